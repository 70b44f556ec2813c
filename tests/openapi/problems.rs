//! The kinds of problem: those of the code, of the document and of the site.

use std::{collections::BTreeSet, fs, path::Path};

use portico::{domain::FieldErrorCode, http::KINDS};
use serde_json::Value;

use crate::document::{Document, items, kind, members};

/// Lists the kinds that have a schema.
fn described(document: &Document) -> BTreeSet<String> {
    let constants = members(&document.0["components"]["schemas"])
        .filter_map(|(_, item)| item["properties"]["type"]["const"].as_str());
    constants.filter_map(kind).map(str::to_owned).collect()
}

fn known() -> BTreeSet<String> {
    KINDS.map(str::to_owned).into()
}

#[test]
fn every_kind_is_described_and_no_other() {
    assert_eq!(described(&Document::read()), known());
}

/// What every operation answers around CloudFront, so that the document says it once;
/// [`crate::wrong_address`] tries them all.
const OF_EVERY_OPERATION: &str = "wrong-address";

/// Pages translate field errors by their codes, so the document lists every code.
#[test]
fn the_field_error_codes_are_those_of_the_code() {
    let document = Document::read();
    let codes: Vec<_> =
        items(&document.0["components"]["schemas"]["FaultyField"]["properties"]["code"]["enum"])
            .filter_map(Value::as_str)
            .collect();
    assert_eq!(codes, FieldErrorCode::CODES);
}

#[test]
fn every_kind_is_an_outcome_of_an_operation() {
    let document = Document::read();
    let outcomes: BTreeSet<_> =
        document.operations().iter().flat_map(|operation| operation.outcomes(&document)).collect();
    let of_all = |kind: &String| kind == OF_EVERY_OPERATION;
    let never: Vec<_> =
        known().into_iter().filter(|kind| !outcomes.contains(kind) && !of_all(kind)).collect();
    assert!(never.is_empty(), "nothing answers {never:?}");
}

#[test]
fn the_table_for_readers_names_every_kind_with_its_status() {
    let document = Document::read();
    let text = document.0["info"]["description"].as_str().expect("a description");
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut listed = BTreeSet::new();
    for row in rows {
        let (status, kinds) = row.trim_matches(['|', ' ']).split_once(" | ").expect("two columns");
        listed.extend(
            kinds.split(", ").map(|text| (text.trim_matches('`').to_owned(), status.to_owned())),
        );
    }
    let schemas =
        members(&document.0["components"]["schemas"]).map(|(_, item)| &item["properties"]);
    let described = schemas.filter_map(|schema| {
        Some((
            kind(schema["type"]["const"].as_str()?)?.to_owned(),
            schema["status"]["const"].to_string(),
        ))
    });
    assert_eq!(listed, described.collect());
}

/// What CloudFront or API Gateway answers before a function runs, so that no operation has it.
const REFUSED_BEFORE: &str = "too-many-cookies";

/// A page explains each kind of problem that people see, and each way a sign-in fails.
#[test]
fn every_kind_has_a_page_and_every_page_a_kind() {
    let document = Document::read();
    let failures = items(&document.0["components"]["schemas"]["SignInProblem"]["enum"])
        .map(|value| value.as_str().expect("a kind").to_owned());
    let expected: BTreeSet<_> =
        known().into_iter().chain(failures).chain([REFUSED_BEFORE.to_owned()]).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../site/content/problems");
    let files = fs::read_dir(folder)
        .expect("the pages")
        .map(|value| value.expect("a page").file_name().to_string_lossy().into_owned());
    // Translations are beside them; the site's own tests check that none is missing.
    let pages: BTreeSet<_> = files
        .filter_map(|file| file.strip_suffix(".md").map(str::to_owned))
        .filter(|text| text != "_index" && !text.contains('.'))
        .collect();
    assert_eq!(pages, expected);
}
