//! `cargo xtask sbom`: what the functions and the site are made of, as CycloneDX 1.5.
//!
//! The functions' document lists the crates that are compiled into them for their target. Build
//! scripts, procedural macros and development dependencies run on the builder's machine only and
//! are left out. The site's document lists the npm packages that its scripts contain.

mod functions;
mod site;

use std::fs;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use xshell::cmd;

use crate::{
    architecture::Architecture,
    process::{root, shell},
};

/// The folder of the documents.
const FOLDER: &str = "target/sbom";

/// A component of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Component {
    name: String,
    version: String,
    /// An SPDX expression; empty if there is none.
    licence: String,
    /// The package URL; `None` for a part of Portico.
    purl: Option<String>,
    /// The algorithm and the digest in hexadecimal digits.
    hash: Option<(&'static str, String)>,
    /// What it uses, by [`Component::reference`].
    uses: Vec<String>,
}

impl Component {
    fn reference(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}

/// Writes `functions.cdx.json` for the functions on `architecture` and `site.cdx.json`.
pub(crate) fn run(architecture: Architecture) -> Result<()> {
    let sh = shell()?;
    // The time of the commit, so that one commit has one document.
    let time = cmd!(sh, "git log -1 --format=%cI").quiet().ignore_stderr().read().ok();
    let functions = functions::components(&sh, architecture)?;
    let site = site::components(root())?;
    let folder = root().join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for (name, components) in [("functions", functions), ("site", site)] {
        let file = folder.join(format!("{name}.cdx.json"));
        let document = document(&format!("portico-{name}"), time.as_deref(), &components);
        let text = serde_json::to_string_pretty(&document)?;
        fs::write(&file, text + "\n")
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("{FOLDER}/{name}.cdx.json: {} components", components.len());
    }
    Ok(())
}

/// Creates the document of the application `name`, which uses all of `components`.
fn document(name: &str, time: Option<&str>, components: &[Component]) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let application = format!("{name}@{version}");
    let used: Vec<&String> = components.iter().flat_map(|component| &component.uses).collect();
    let tops: Vec<_> = components
        .iter()
        .map(Component::reference)
        .filter(|reference| !used.contains(&reference))
        .collect();
    let mut dependencies = vec![json!({ "ref": application, "dependsOn": tops })];
    dependencies.extend(
        components
            .iter()
            .map(|component| json!({ "ref": component.reference(), "dependsOn": component.uses })),
    );
    let mut document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": application, "name": name, "version": version,
            },
        },
        "components": components.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    });
    if let Some(time) = time {
        document["metadata"]["timestamp"] = time.into();
    }
    document
}

fn component(component: &Component) -> Value {
    let mut object = json!({
        "type": "library",
        "bom-ref": component.reference(),
        "name": component.name,
        "version": component.version,
    });
    if !component.licence.is_empty() {
        object["licenses"] = json!([{ "expression": component.licence }]);
    }
    if let Some(purl) = &component.purl {
        object["purl"] = purl.as_str().into();
    }
    if let Some((algorithm, digest)) = &component.hash {
        object["hashes"] = json!([{ "alg": algorithm, "content": digest }]);
    }
    object
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Checks the rules of the schema that concern what is written here.
    pub(super) fn assert_valid(document: &Value) {
        assert_eq!(document["bomFormat"], "CycloneDX");
        assert_eq!(document["specVersion"], "1.5");
        assert!(document["version"].as_u64().is_some_and(|version| version >= 1));
        let members = ["$schema", "bomFormat", "specVersion", "version", "metadata", "components"];
        for member in document.as_object().expect("an object").keys() {
            assert!(members.contains(&member.as_str()) || member == "dependencies", "{member}");
        }
        let application = &document["metadata"]["component"];
        let mut references = BTreeSet::new();
        let components = document["components"].as_array().expect("components");
        for component in components.iter().chain([application]) {
            let kind = component["type"].as_str().expect("a type");
            assert!(["application", "library"].contains(&kind), "{kind}");
            assert!(component["name"].as_str().is_some_and(|name| !name.is_empty()));
            assert!(component["version"].is_string());
            let reference = component["bom-ref"].as_str().expect("a reference");
            assert!(references.insert(reference), "{reference} is there twice");
            for hash in component["hashes"].as_array().into_iter().flatten() {
                let digest = hash["content"].as_str().expect("a digest");
                let length = match hash["alg"].as_str() {
                    Some("SHA-256") => 64,
                    Some("SHA-512") => 128,
                    other => panic!("{other:?} is no algorithm of the schema used here"),
                };
                assert!(digest.len() == length, "{digest}");
                assert!(digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{digest}");
            }
            let licences = component["licenses"].as_array().map_or(&[][..], Vec::as_slice);
            assert!(licences.len() <= 1, "an expression stands alone");
            for licence in licences {
                let expression = licence["expression"].as_str().expect("an expression");
                assert!(!expression.contains('/'), "{expression} is no SPDX expression");
            }
            if let Some(purl) = component.get("purl") {
                assert!(purl.as_str().is_some_and(|purl| purl.starts_with("pkg:")), "{purl}");
            }
        }
        let mut described = BTreeSet::new();
        for dependency in document["dependencies"].as_array().expect("dependencies") {
            let reference = dependency["ref"].as_str().expect("a reference");
            assert!(references.contains(reference), "{reference} is no component");
            assert!(described.insert(reference), "{reference} is there twice");
            let uses = dependency["dependsOn"].as_array().expect("a list");
            let distinct: BTreeSet<_> =
                uses.iter().map(|used| used.as_str().expect("text")).collect();
            assert_eq!(distinct.len(), uses.len(), "{reference} names one twice");
            assert!(distinct.is_subset(&references), "{reference}: {distinct:?}");
        }
        assert_eq!(described, references, "every component has its dependencies");
    }

    #[test]
    fn the_documents_keep_the_schema_and_have_no_machine_in_them() {
        let sh = shell().expect("a shell");
        let functions = functions::components(&sh, Architecture::Arm64).expect("the functions");
        let site = site::components(root()).expect("the site");
        for (name, components, expected, unexpected) in [
            ("functions", functions, "aws-sdk-dynamodb", "proptest"),
            ("site", site, "lit-html", "typescript"),
        ] {
            let document = document(name, Some("2026-11-30T12:00:00+00:00"), &components);
            assert_valid(&document);
            let names: BTreeSet<_> =
                components.iter().map(|component| component.name.as_str()).collect();
            assert!(names.contains(expected), "{names:?}");
            assert!(!names.contains(unexpected), "{unexpected}");
            let text = document.to_string();
            assert!(!text.contains(&*root().to_string_lossy()), "a path of this machine");
            for component in components.iter().filter(|component| component.purl.is_some()) {
                assert!(component.hash.is_some(), "{} has no checksum", component.name);
                assert!(!component.licence.is_empty(), "{} has no licence", component.name);
            }
        }
    }
}
