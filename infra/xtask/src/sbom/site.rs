//! The npm packages that the site's scripts contain.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use walkdir::WalkDir;

use super::Component;

/// Returns the packages that the site's scripts import, with what these need at run time.
pub(super) fn components(root: &Path) -> Result<Vec<Component>> {
    let lock = fs::read_to_string(root.join("package-lock.json"))
        .context("cannot read package-lock.json")?;
    let lock: Value = serde_json::from_str(&lock).context("cannot parse package-lock.json")?;
    let mut imported = BTreeSet::new();
    for entry in WalkDir::new(root.join("site/src")) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if name.ends_with(".ts") && !name.ends_with(".test.ts") && !name.ends_with(".d.ts") {
            imported.extend(imports(&fs::read_to_string(entry.path())?));
        }
    }
    locked(&lock, imported)
}

/// Returns the packages that a module imports, and not its own files (`./` and `#language/`).
fn imports(module: &str) -> BTreeSet<String> {
    let quoted = module.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = if let Some((_, rest)) = line.split_once(" from '") {
            rest
        } else if let Some((_, rest)) = line.split_once("import('") {
            rest
        } else {
            line.strip_prefix("import '")?
        };
        rest.split('\'').next()
    });
    let packages = quoted.filter(|name| !name.starts_with(['.', '#', '/']));
    packages
        .map(|name| {
            // A scope and a name, or a name; what follows is a file in the package.
            let parts = if name.starts_with('@') { 2 } else { 1 };
            name.split('/').take(parts).collect::<Vec<_>>().join("/")
        })
        .filter(|name| !name.starts_with("node:"))
        .collect()
}

/// Returns the packages `names` as locked, and those that they depend on.
fn locked(lock: &Value, names: BTreeSet<String>) -> Result<Vec<Component>> {
    let (mut components, mut seen) = (Vec::new(), names.clone());
    let mut left: Vec<_> = names.into_iter().collect();
    while let Some(name) = left.pop() {
        let package = &lock["packages"][format!("node_modules/{name}")];
        let version = package["version"].as_str();
        let version = version.with_context(|| format!("{name} is not in package-lock.json"))?;
        let mut uses = Vec::new();
        for needed in package["dependencies"].as_object().into_iter().flat_map(|map| map.keys()) {
            let other = &lock["packages"][format!("node_modules/{needed}")];
            // Types are not part of the scripts.
            if needed.starts_with("@types/") {
                continue;
            }
            uses.push(format!("{needed}@{}", other["version"].as_str().unwrap_or_default()));
            if seen.insert(needed.clone()) {
                left.push(needed.clone());
            }
        }
        components.push(Component {
            purl: Some(format!("pkg:npm/{}@{version}", name.replace('@', "%40"))),
            hash: package["integrity"].as_str().and_then(digest),
            licence: package["license"].as_str().unwrap_or_default().to_owned(),
            version: version.to_owned(),
            uses,
            name,
        });
    }
    components.sort_by_key(Component::reference);
    Ok(components)
}

/// Returns a digest of the lock file in hexadecimal digits.
fn digest(integrity: &str) -> Option<(&'static str, String)> {
    let bytes = STANDARD.decode(integrity.strip_prefix("sha512-")?).ok()?;
    let digits = bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    Some(("SHA-512", digits))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn packages_are_told_from_the_modules_of_the_site() {
        let module = "import { html } from 'lit-html'\n\
                      import { unsafe } from 'lit-html/directives/unsafe-html.js'\n\
                      import * as text from '#language/page.ts'\n\
                      import { load } from '../shell/view.ts'\n\
                      } from '@scope/name/file.js'\n\
                      const search = await import('minisearch')\n";
        let found: Vec<_> = imports(module).into_iter().collect();
        assert_eq!(found, ["@scope/name", "lit-html", "minisearch"]);
    }

    #[test]
    fn what_a_package_needs_is_listed_without_types() {
        let lock = json!({ "packages": {
            "node_modules/@a/b": {
                "version": "1.0.0", "license": "MIT", "integrity": "sha512-AP8=",
                "dependencies": { "c": "^2", "@types/d": "^3" },
            },
            "node_modules/c": { "version": "2.1.0", "license": "ISC" },
        } });
        let found = locked(&lock, BTreeSet::from(["@a/b".to_owned()])).expect("locked");
        let [ab, c] = &found[..] else { panic!("{found:?}") };
        assert_eq!(ab.purl.as_deref(), Some("pkg:npm/%40a/b@1.0.0"));
        assert_eq!(ab.hash, Some(("SHA-512", "00ff".to_owned())));
        assert_eq!(ab.uses, ["c@2.1.0"]);
        assert_eq!(c.reference(), "c@2.1.0");
        assert!(locked(&lock, BTreeSet::from(["e".to_owned()])).is_err(), "an unknown package");
    }
}
