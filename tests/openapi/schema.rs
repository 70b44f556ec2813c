//! A check of values against the part of JSON Schema that the document uses.
//!
//! It is stricter than JSON Schema in one point: a member that is not documented is a mismatch,
//! unless `additionalProperties` describes it.

use jiff::{Timestamp, civil::Date};
use portico::domain::{AccountId, EmailAddress};
use serde_json::Value;

use crate::document::{Document, items, members};

/// The keywords that the check knows, or that do not restrict a value. Patterns are for readers:
/// the tests have no engine for them.
const KEYWORDS: [&str; 22] = [
    "additionalProperties",
    "const",
    "default",
    "description",
    "discriminator",
    "enum",
    "examples",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
];

/// Lists the mismatches of `value`, each with its place.
pub(crate) fn mismatches(document: &Document, schema: &Value, value: &Value) -> Vec<String> {
    let mut mismatches = Vec::new();
    Check { document, mismatches: &mut mismatches }.value(schema, value, "");
    mismatches
}

struct Check<'a> {
    document: &'a Document,
    mismatches: &'a mut Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, place: &str) {
        let schema = self.document.resolve(schema);
        if let Some((name, _)) =
            members(schema).find(|(name, _)| !KEYWORDS.contains(&name.as_str()))
        {
            panic!("the check does not know {name}");
        }
        let types: Vec<_> =
            items(&schema["type"]).chain([&schema["type"]]).filter_map(Value::as_str).collect();
        self.expect(types.is_empty() || types.iter().any(|item| is(value, item)), place, || {
            format!("{value} is not {types:?}")
        });
        let constant = schema.get("const");
        self.expect(constant.is_none_or(|expected| expected == value), place, || {
            format!("{value} is not {constant:?}")
        });
        let choice = schema["enum"].as_array();
        self.expect(choice.is_none_or(|text| text.contains(value)), place, || {
            format!("{value} is not one of {choice:?}")
        });
        if let Some(choices) = schema["oneOf"].as_array() {
            let attempts: Vec<_> =
                choices.iter().map(|choice| mismatches(self.document, choice, value)).collect();
            let fitting = attempts.iter().filter(|attempt| attempt.is_empty()).count();
            self.expect(fitting == 1, place, || {
                format!("fits {fitting} of {}: {attempts:?}", choices.len())
            });
            return;
        }
        match value {
            Value::Object(_) => self.object(schema, value, place),
            Value::Array(list) => {
                self.within(schema, "minItems", "maxItems", list.len() as u64, place);
                for (index, item) in list.iter().enumerate() {
                    self.value(&schema["items"], item, &format!("{place}/{index}"));
                }
            }
            Value::String(text) => {
                self.within(schema, "minLength", "maxLength", text.chars().count() as u64, place);
                self.expect(has_format(&schema["format"], text), place, || {
                    format!("{text} is not a {}", schema["format"])
                });
            }
            Value::Number(number) => self.within(
                schema,
                "minimum",
                "maximum",
                number.as_u64().unwrap_or_default(),
                place,
            ),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn object(&mut self, schema: &Value, value: &Value, place: &str) {
        for name in items(&schema["required"]).filter_map(Value::as_str) {
            self.expect(value.get(name).is_some(), place, || format!("{name} is missing"));
        }
        self.within(schema, "minProperties", "maxProperties", members(value).count() as u64, place);
        for (name, member) in members(value) {
            let place = format!("{place}/{name}");
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(schema), _) | (None, schema @ Value::Object(_)) => {
                    self.value(schema, member, &place);
                }
                _ => self.mismatches.push(format!("{place} is not documented")),
            }
        }
    }

    fn within(&mut self, schema: &Value, least: &str, most: &str, size: u64, place: &str) {
        let (least, most) = (schema[least].as_u64(), schema[most].as_u64());
        let fits =
            least.is_none_or(|value| value <= size) && most.is_none_or(|value| size <= value);
        self.expect(fits, place, || format!("{size} is not within {least:?} and {most:?}"));
    }

    fn expect(&mut self, holds: bool, place: &str, mismatch: impl FnOnce() -> String) {
        if !holds {
            self.mismatches.push(format!("{place}: {}", mismatch()));
        }
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        unknown => panic!("there is no type {unknown}"),
    }
}

fn has_format(format: &Value, text: &str) -> bool {
    match format.as_str() {
        None => true,
        Some("date") => text.parse::<Date>().is_ok_and(|value| value.to_string() == text),
        Some("date-time") => text.ends_with('Z') && text.parse::<Timestamp>().is_ok(),
        Some("email") => EmailAddress::parse(text).is_ok(),
        Some("ulid") => AccountId::parse(text).is_some(),
        Some("uri") => reqwest::Url::parse(text).is_ok(),
        Some("uri-reference") => text.starts_with('/') || reqwest::Url::parse(text).is_ok(),
        Some(unknown) => panic!("the check does not know the format {unknown}"),
    }
}

#[test]
fn the_check_finds_mismatches() {
    let document = Document::read();
    let schema = serde_json::json!({
        "type": "object", "required": ["day", "state"],
        "properties": {
            "day": { "type": "string", "format": "date" }, "state": { "enum": ["on"] },
            "ids": { "type": "array", "items": { "$ref": "#/components/schemas/Id" } },
        },
    });
    let fitting = serde_json::json!({
        "day": "2026-11-22", "state": "on", "ids": ["00000000000000000000000000"],
    });
    assert!(mismatches(&document, &schema, &fitting).is_empty());
    for (name, value) in [
        ("day", "22.11.2026".into()),
        ("state", "off".into()),
        ("ids", serde_json::json!(["x"])),
        ("more", 1.into()),
    ] {
        let mut value_with = fitting.clone();
        value_with[name] = value;
        assert_eq!(mismatches(&document, &schema, &value_with).len(), 1, "{name}");
    }
    assert_eq!(
        mismatches(&document, &schema, &serde_json::json!({ "day": "2026-11-22" })).len(),
        1,
        "a required member"
    );
}
