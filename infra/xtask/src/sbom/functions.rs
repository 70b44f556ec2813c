//! The crates that the functions contain.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use super::Component;
use crate::{architecture::Architecture, process::root};

/// Packages of the workspace that are no functions.
const OTHERS: [&str; 3] = ["local", "tests", "xtask"];

/// Returns the crates that are compiled into the functions, and the functions.
pub(super) fn components(sh: &Shell, architecture: Architecture) -> Result<Vec<Component>> {
    let target = architecture.rust_target();
    let without = OTHERS.iter().flat_map(|name| ["--exclude", *name]);
    let tree = cmd!(
        sh,
        "cargo tree --locked --workspace {without...} --edges normal,no-proc-macro --target {target}
         --prefix depth --format {FORMAT}"
    );
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    parse(&tree.quiet().read()?, &checksums(&lock)?)
}

/// A line of the tree: the depth, then the package and its licence.
const FORMAT: &str = "\t{p}\t{l}";

/// Parses `cargo tree`. A package whose dependencies stand elsewhere ends in `(*)`.
fn parse(tree: &str, checksums: &BTreeMap<String, String>) -> Result<Vec<Component>> {
    let mut components = BTreeMap::<String, Component>::new();
    let mut path: Vec<String> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.split('\t');
        let (depth, package, licence) = (parts.next(), parts.next(), parts.next());
        let depth: usize = depth.unwrap_or_default().parse().with_context(|| line.to_owned())?;
        let mut words = package.unwrap_or_default().split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let version = words.next().unwrap_or_default().trim_start_matches('v').to_owned();
        let reference = format!("{name}@{version}");
        path.truncate(depth);
        if let Some(parent) = path.last().and_then(|parent| components.get_mut(parent))
            && !parent.uses.contains(&reference)
        {
            parent.uses.push(reference.clone());
        }
        path.push(reference.clone());
        let checksum = checksums.get(&reference);
        components.entry(reference).or_insert_with(|| Component {
            purl: checksum.map(|_| format!("pkg:cargo/{name}@{version}")),
            hash: checksum.map(|digest| ("SHA-256", digest.clone())),
            licence: expression(licence.unwrap_or_default()),
            uses: Vec::new(),
            name,
            version,
        });
    }
    Ok(components.into_values().collect())
}

/// Turns a licence as older crates write it into an SPDX expression.
fn expression(licence: &str) -> String {
    let licence = licence.trim().trim_end_matches("(*)").trim();
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// Returns the checksums of Cargo.lock by name and version. Packages of the workspace have none.
fn checksums(lock: &str) -> Result<BTreeMap<String, String>> {
    let lock: toml::Value = toml::from_str(lock).context("cannot parse Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    let checksum = |package: &toml::Value| {
        let text = |name| package.get(name).and_then(toml::Value::as_str);
        Some((format!("{}@{}", text("name")?, text("version")?), text("checksum")?.to_owned()))
    };
    Ok(packages.filter_map(checksum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "invite"
        version = "0.1.0"
        [[package]]
        name = "jiff"
        version = "0.2.0"
        checksum = "00ff"
    "#;

    #[test]
    fn the_tree_is_read_with_its_edges() {
        let tree = "0\tinvite v0.1.0 (/a/path)\tMIT OR Apache-2.0\n\
                    1\tjiff v0.2.0\tUnlicense/MIT\n\
                    1\tserde v1.0.0\tMIT\n\
                    2\tjiff v0.2.0\tUnlicense/MIT (*)\n";
        let found = parse(tree, &checksums(LOCK).expect("a lock file")).expect("a tree");
        let [invite, jiff, serde] = &found[..] else { panic!("{found:?}") };
        assert_eq!(invite.uses, ["jiff@0.2.0", "serde@1.0.0"]);
        assert_eq!((invite.purl.as_ref(), invite.hash.as_ref()), (None, None));
        assert_eq!(jiff.purl.as_deref(), Some("pkg:cargo/jiff@0.2.0"));
        assert_eq!(jiff.hash, Some(("SHA-256", "00ff".to_owned())));
        assert_eq!(jiff.licence, "Unlicense OR MIT");
        assert_eq!(serde.uses, ["jiff@0.2.0"]);
    }
}
