//! cfn-lint on the transformed template: on the SAM file it looks at little.

use std::{env, fs, path::Path, process::Command};

use crate::{
    rule::Break,
    transformed::{Template, items, root},
};

/// The checks that are left out, each for one resource, and why.
const LEFT_OUT: [(&str, &str, &str); 1] =
    [("Cdn", "W1030", "the certificate's default is empty, and then a condition leaves it out")];

/// Returns what cfn-lint says; nothing if it is content.
fn lint(template: &Template, name: &str) -> String {
    let folder = Path::new(&root("target")).join("deploy-template");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, template.0.to_string()).expect("a file");
    let mut linter = Command::new(root("target/venv/bin/cfn-lint"));
    // A .cfnlintrc of whoever runs it would leave out more.
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
    let said = lint(&Template::deployed(), "whole.json");
    assert!(said.is_empty(), "\n{said}");
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn cfn_lint_would_find_something() {
    let misspelt = Break {
        pointer: "/Resources/Invite/Properties/Runtimme",
        value: Some("provided.al2023".into()),
    };
    let said = lint(&Template::deployed().broken(&misspelt), "misspelt.json");
    assert!(said.contains("Runtimme"), "{said}");
}

#[test]
#[ignore = "needs Python: cargo xtask test deploy"]
fn no_check_is_left_out_without_a_reason() {
    let template = Template::deployed();
    assert!(
        template.at("/Metadata/cfn-lint").is_null(),
        "checks are left out for the whole template"
    );
    for (name, resource) in template.at("/Resources").as_object().expect("resources") {
        for check in items(&resource["Metadata"]["cfn-lint"]["config"]["ignore_checks"]) {
            let known = LEFT_OUT.iter().any(|(of, it, _)| of == name && check == it);
            assert!(known, "{name} leaves out {check}");
        }
    }
}
