//! The kinds of events are the same in the code and in the document, field by field.

use std::collections::BTreeSet;

use portico::domain::{AccountField, Event, MailKind, Personal, ProfessionalField};
use serde_json::Value;
use strum::VariantNames;

use crate::document::{Document, items, members};

/// The names in events that are not those of people.
const NOT_PERSONAL: [&str; 5] =
    ["account/name", "partner/name", "to/name", "plan/name", "identity/provider"];

/// Lists each kind of event with the documented examples of it.
fn kinds(document: &Document) -> Vec<(&String, Vec<&Value>)> {
    let mapping = &document.0["components"]["schemas"]["Event"]["discriminator"]["mapping"];
    let examples = |target: &Value| {
        let target = target.as_str().and_then(|text| text.strip_prefix('#')).expect("local");
        items(&document.0.pointer(target).expect("a schema")["examples"]).collect()
    };
    members(mapping).map(|(kind, target)| (kind, examples(target))).collect()
}

#[test]
fn every_kind_of_event_is_documented_and_no_other() {
    let document = Document::read();
    let documented: BTreeSet<_> = kinds(&document).into_iter().map(|(kind, _)| &**kind).collect();
    assert_eq!(documented, Event::VARIANTS.iter().copied().collect());
    let event = &document.0["components"]["schemas"]["Event"];
    let choices = items(&event["oneOf"]).map(|choice| &choice["$ref"]);
    let mapped = members(&event["discriminator"]["mapping"]).map(|(_, target)| target);
    assert_eq!(codes(choices), codes(mapped));
}

/// The examples fit their schemas, as all do; here they fit the code as well. A field that one side
/// lacks is lost on the way or missing.
#[test]
fn every_kind_of_event_has_the_documented_fields() {
    let document = Document::read();
    for (kind, examples) in kinds(&document) {
        assert!(!examples.is_empty(), "{kind} has no example");
        for example in examples {
            assert_eq!(example["type"], **kind);
            let event: Event = serde_json::from_value(example.clone())
                .unwrap_or_else(|error| panic!("{kind}: {error}"));
            assert_eq!(&serde_json::to_value(event).expect("JSON"), example);
        }
    }
}

#[test]
fn what_events_name_by_code_is_documented() {
    let document = Document::read();
    for (schema, variants) in [
        ("AccountField", AccountField::VARIANTS),
        ("ProfessionalField", ProfessionalField::VARIANTS),
        ("MailKind", MailKind::VARIANTS),
    ] {
        let documented = codes(items(&document.0["components"]["schemas"][schema]["enum"]));
        assert_eq!(documented, variants.iter().copied().collect(), "{schema}");
    }
}

fn codes<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<&'a str> {
    values.filter_map(Value::as_str).collect()
}

/// Every text is marked as personal, but codes, identifiers, days, and the names of what is nobody.
#[test]
fn everything_personal_in_an_event_is_marked() {
    const ERASED: &str = "[erased]";
    let document = Document::read();
    for (kind, examples) in kinds(&document) {
        let mut event: Event = serde_json::from_value(examples[0].clone()).expect("an event");
        for text in event.personal_mut() {
            *text = Personal::from(ERASED);
        }
        let erased = serde_json::to_value(&event).expect("JSON");
        let mut left = Vec::new();
        texts(&erased, "", &mut left);
        left.retain(|(place, text)| {
            let is_code = !text.contains(' ') && !text.contains('@') && !is_name(place);
            text != ERASED && !is_code && !NOT_PERSONAL.contains(&&**place)
        });
        assert_eq!(left, [], "{kind} has personal texts that are not marked");
    }
}

/// Lists the texts in a value with their places.
fn texts(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    if let Some(text) = value.as_str() {
        found.push((place.to_owned(), text.to_owned()));
    }
    for (name, member) in members(value) {
        let place = if place.is_empty() { name.clone() } else { format!("{place}/{name}") };
        texts(member, &place, found);
    }
    for item in items(value) {
        texts(item, place, found);
    }
}

fn is_name(place: &str) -> bool {
    place.ends_with("/name") || place.ends_with("/provider")
}
