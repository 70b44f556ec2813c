//! The document is well formed, and its examples match their schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    document::{Document, examples, items, members},
    refusals, schema,
};

/// Visits every value in the document, each before its members.
fn visit<'a>(value: &'a Value, place: &str, see: &mut impl FnMut(&str, &'a Value)) {
    see(place, value);
    for (name, member) in members(value) {
        visit(member, &format!("{place}/{name}"), see);
    }
    for (index, item) in items(value).enumerate() {
        visit(item, &format!("{place}/{index}"), see);
    }
}

#[test]
fn the_document_is_openapi_3_1() {
    let Document(document) = Document::read();
    assert!(document["openapi"].as_str().is_some_and(|text| text.starts_with("3.1.")));
    let allowed = ["openapi", "info", "servers", "security", "tags", "paths", "components"];
    assert!(members(&document).all(|(name, _)| allowed.contains(&name.as_str())));
    assert!(
        ["title", "version", "description"].iter().all(|value| document["info"][value].is_string())
    );
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    let document = Document::read();
    let mut used = BTreeSet::new();
    visit(&document.0, "", &mut |place, value| {
        let mapped = members(&value["discriminator"]["mapping"]).map(|(_, value)| value);
        for target in value
            .get("$ref")
            .into_iter()
            .chain(mapped)
            .map(|value| value.as_str().expect("a reference"))
        {
            assert!(
                document.0.pointer(target.strip_prefix('#').expect("local")).is_some(),
                "{place} refers to {target}"
            );
            used.insert(target.to_owned());
        }
    });
    for (sort, components) in
        members(&document.0["components"]).filter(|(sort, _)| *sort != "securitySchemes")
    {
        // The values of a query parameter of a page, and what every operation answers.
        let by_itself = ["SignInProblem", "WrongAddress"];
        for (name, _) in members(components).filter(|(name, _)| !by_itself.contains(&&***name)) {
            assert!(
                used.contains(&format!("#/components/{sort}/{name}")),
                "nothing uses {sort}/{name}"
            );
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_a_tag_and_descriptions() {
    let document = Document::read();
    let tags: BTreeSet<_> =
        items(&document.0["tags"]).map(|item| &item["name"]).map(Value::to_string).collect();
    let mut names = BTreeSet::new();
    for operation in document.operations() {
        let place = &document.0["paths"][&operation.path][operation.method.as_str().to_lowercase()];
        assert!(names.insert(operation.id.clone()), "{} is there twice", operation.id);
        assert!(
            items(&place["tags"]).count() == 1
                && items(&place["tags"]).all(|value| tags.contains(&value.to_string())),
            "{}",
            operation.id
        );
        assert!(
            place["summary"].is_string() && place["description"].is_string(),
            "{}",
            operation.id
        );
        assert!(
            operation.parameters.iter().all(|parameter| parameter["description"].is_string()),
            "{}",
            operation.id
        );
        assert!(
            operation.responses.values().all(|response| response["description"].is_string()),
            "{}",
            operation.id
        );
        for scheme in
            items(&place["security"]).chain(items(&document.0["security"])).flat_map(members)
        {
            assert!(
                document.0["components"]["securitySchemes"].get(scheme.0).is_some(),
                "{}",
                operation.id
            );
        }
    }
}

#[test]
fn every_path_parameter_is_described() {
    for operation in Document::read().operations() {
        let named: BTreeSet<_> = operation
            .path
            .split('/')
            .filter_map(|text| text.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        let described: BTreeSet<_> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path" && parameter["required"] == true)
            .filter_map(|item| item["name"].as_str())
            .collect();
        assert_eq!(named, described, "{}", operation.id);
    }
}

/// Browsers send the header that says where a change comes from; other clients have to know it.
#[test]
fn every_change_has_the_header_of_the_portals_own_pages() {
    for operation in Document::read().operations() {
        let has = operation.parameters.iter().any(|item| item["name"] == "Sec-Fetch-Site");
        let is_for_pages =
            operation.method != http::Method::GET && !refusals::is_from_anywhere(&operation);
        assert_eq!(has, is_for_pages, "{}", operation.id);
    }
}

#[test]
fn every_schema_sent_in_a_body_is_closed() {
    let document = Document::read();
    for operation in document.operations() {
        if let Some(body) = &operation.body {
            visit(body, "", &mut |place, value| {
                let value = document.resolve(value);
                // A map describes its values, whatever their names.
                let more = &value["additionalProperties"];
                let closed = value["type"] != "object" || more == false || more.is_object();
                assert!(closed, "{}{place}", operation.id);
            });
        }
    }
}

#[test]
fn every_example_matches_its_schema() {
    let document = Document::read();
    let mut checked = 0;
    visit(&document.0, "", &mut |place, value| {
        let Some(schema) = value.get("schema").filter(|_| !place.contains("/properties/")) else {
            return;
        };
        for (name, example) in examples(value) {
            assert_eq!(schema::mismatches(&document, schema, &example), [""; 0], "{place}: {name}");
            checked += 1;
        }
    });
    for (name, described) in members(&document.0["components"]["schemas"]) {
        for example in items(&described["examples"]) {
            assert_eq!(schema::mismatches(&document, described, example), [""; 0], "{name}");
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} examples");
}

#[test]
fn every_body_of_a_request_or_answer_has_an_example() {
    let document = Document::read();
    for operation in document.operations() {
        assert!(operation.body.is_none() || !operation.examples.is_empty(), "{}", operation.id);
        for (status, response) in &operation.responses {
            let media = &response["content"]["application/json"];
            assert!(media.is_null() || !examples(media).is_empty(), "{} {status}", operation.id);
        }
    }
}
