//! The routes of the document, the template and the functions are the same.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::document::{Document, members};

/// Routes by the function that answers: `{"show-account": "GET /api/accounts/{account}"}`.
type Routes = BTreeMap<String, String>;

fn documented() -> Routes {
    Document::read()
        .operations()
        .into_iter()
        .map(|operation| (operation.id, format!("{} {}", operation.method, operation.path)))
        .collect()
}

/// Reads the routes of the HTTP API out of the template.
fn deployed() -> Routes {
    let template: yaml_serde::Value =
        yaml_serde::from_str(include_str!("../../infra/template.yaml")).expect("YAML");
    let template: Value = serde_json::to_value(&template["Resources"]).expect("JSON");
    let mut routes = Routes::new();
    for (_, resource) in members(&template) {
        let properties = &resource["Properties"];
        for (_, event) in
            members(&properties["Events"]).filter(|(_, item)| item["Type"] == "HttpApi")
        {
            let function = properties["CodeUri"]
                .as_str()
                .and_then(|text| text.rsplit('/').next())
                .expect("a folder");
            let part =
                |name: &str| event["Properties"][name].as_str().expect("a string").to_owned();
            routes.insert(function.to_owned(), format!("{} {}", part("Method"), part("Path")));
        }
    }
    routes
}

/// Reads the `ROUTE` of each function that has one out of its source.
fn written() -> Routes {
    let functions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../functions");
    let mut routes = Routes::new();
    for folder in
        fs::read_dir(functions).expect("the functions").map(|value| value.expect("a folder"))
    {
        let source = fs::read_to_string(folder.path().join("src/lib.rs")).expect("a source");
        if let Some((_, rest)) = source.split_once("pub const ROUTE: &str = \"") {
            let route = rest.split('"').next().expect("a string");
            routes.insert(folder.file_name().to_string_lossy().into_owned(), route.to_owned());
        }
    }
    routes
}

#[test]
fn every_route_of_the_template_is_documented_under_its_functions_name() {
    assert_eq!(documented(), deployed());
}

#[test]
fn every_function_knows_the_route_it_is_documented_with() {
    assert_eq!(documented(), written());
}
