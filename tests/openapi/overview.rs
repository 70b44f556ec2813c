//! The API on one screen, `infra/api.md`: generated from the document, compared with it here.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use crate::document::{Document, Operation};

/// Kinds that most operations share; the page names them once.
const COMMON: [&str; 6] =
    ["cross-site", "internal", "malformed", "not-signed-in", "unavailable", "wrong-address"];

/// Run with `RENEW=1` to write the page.
#[test]
#[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
fn the_page_lists_every_route_with_its_callers_and_problems() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/api.md");
    let page = page(&Document::read());
    if env::var_os("RENEW").is_some() {
        fs::write(&path, &page).expect("a written page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "infra/api.md does not match infra/openapi.yaml; write it with \
         `RENEW=1 cargo test -p tests --test openapi overview` and read what has changed"
    );
}

fn page(document: &Document) -> String {
    let mut rows = BTreeMap::new();
    for operation in document.operations() {
        let callers = callers(&operation);
        let problems: BTreeSet<_> = operation.outcomes(document).into_iter().collect();
        let own: Vec<_> = problems
            .iter()
            .filter(|outcome| outcome.parse::<u16>().is_err() && !COMMON.contains(&&***outcome))
            .map(|kind| format!("`{kind}`"))
            .collect();
        let route = format!("{} {}", operation.method, operation.path);
        let row = format!(
            "| `{route}` | [{id}](../functions/{id}/src/lib.rs) | {callers} | {own} |\n",
            id = operation.id,
            own = own.join(", "),
        );
        rows.insert((operation.path.clone(), operation.method.to_string()), row);
    }
    let common = COMMON.map(|kind| format!("`{kind}`")).join(", ");
    format!(
        "# The API on one screen\n\n\
         Generated from [openapi.yaml](openapi.yaml), which describes each operation in full. Any \
         operation can also\nfail with {common}.\n\n\
         | route | function | allowed for | problems of its own |\n|---|---|---|---|\n{}",
        rows.into_values().collect::<String>()
    )
}

/// Extracts from the description of `operation` every sentence about who may call it.
fn callers(operation: &Operation) -> String {
    const START: &str = "Allowed for ";
    let text = operation.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentences: BTreeSet<_> = text
        .match_indices(START)
        .map(|(index, _)| {
            let rest = &text[index + START.len()..];
            rest.split(". ").next().unwrap_or(rest).trim_end_matches('.')
        })
        .collect();
    assert!(!sentences.is_empty(), "{} does not say who may call it", operation.id);
    sentences.into_iter().collect::<Vec<_>>().join("; ")
}
