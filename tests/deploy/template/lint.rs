//! Runs cfn-lint on the transformed template; on the SAM file it checks little.

use std::{env, fs, path::Path, process::Command};

use crate::{
    rule::Break,
    transformed::{Template, items, root},
};

/// The checks that are ignored, each for one resource, and why.
const IGNORED: [(&str, &str, &str); 1] =
    [("Cdn", "W1030", "a condition removes the certificate when its default, empty, is used")];

/// Returns cfn-lint's findings, empty if there are none.
fn lint(template: &Template, name: &str) -> String {
    let folder = Path::new(&root("target")).join("deploy-template");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, template.0.to_string()).expect("a file");
    let mut linter = Command::new(root("target/venv/bin/cfn-lint"));
    // A .cfnlintrc in the home folder could ignore more checks.
    let printed = linter
        .arg("--")
        .arg(&path)
        .current_dir(&folder)
        .env("HOME", env::temp_dir())
        .output()
        .expect("cfn-lint");
    if printed.status.success() {
        String::new()
    } else {
        String::from_utf8_lossy(&printed.stdout).into_owned()
    }
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn cfn_lint_finds_nothing() {
    for (template, name) in [
        (Template::deployed(), "whole.json"),
        (Template::web_acl(), "web-acl.json"),
        (Template::cdn_log(), "cdn-log.json"),
    ] {
        let findings = lint(&template, name);
        assert!(findings.is_empty(), "{name}\n{findings}");
    }
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn cfn_lint_would_find_something() {
    let misspelt = Break {
        pointer: "/Resources/Invite/Properties/Runtimme",
        value: Some("provided.al2023".into()),
    };
    let findings = lint(&Template::deployed().broken(&misspelt), "misspelt.json");
    assert!(findings.contains("Runtimme"), "{findings}");
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn no_check_is_ignored_without_a_reason() {
    let template = Template::deployed();
    assert!(
        template.at("/Metadata/cfn-lint").is_null(),
        "checks are ignored for the whole template"
    );
    for (name, resource) in template.at("/Resources").as_object().expect("resources") {
        for check in items(&resource["Metadata"]["cfn-lint"]["config"]["ignore_checks"]) {
            let known = IGNORED.iter().any(|(of, rule, _)| of == name && check == rule);
            assert!(known, "{name} ignores {check}");
        }
    }
}
