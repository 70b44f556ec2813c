//! The event patterns of Lambda's stream filters and `EventBridge`'s rules, as far as Portico uses
//! them.

use std::collections::BTreeMap;

use serde_json::Value;

/// An event pattern: nested objects with lists of rules as leaves.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Fields);

type Fields = BTreeMap<String, Node>;

#[derive(Clone, Debug)]
enum Node {
    Fields(Fields),
    /// The value must match one of these rules.
    OneOf(Vec<Rule>),
}

#[derive(Clone, Debug)]
enum Rule {
    Equal(Value),
    Prefix(String),
    Exists(bool),
}

impl Pattern {
    /// Parses a pattern from JSON text; see [`Pattern::read`].
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        Self::read(
            serde_json::from_str(json)
                .map_err(|error| format!("the pattern {json} is not JSON: {error}"))?,
        )
    }

    /// Reads a pattern. Fails for rules other than a value, `prefix` and `exists`.
    pub(crate) fn read(pattern: Value) -> Result<Self, String> {
        match pattern {
            Value::Object(fields) => Ok(Self(read_fields(fields)?)),
            other => Err(format!("the pattern {other} is not an object")),
        }
    }

    /// Checks whether an event matches every field of the pattern.
    pub(crate) fn matches(&self, event: &Value) -> bool {
        fields_match(&self.0, Some(event))
    }
}

fn read_fields(fields: serde_json::Map<String, Value>) -> Result<Fields, String> {
    fields.into_iter().map(|(name, value)| Ok((name, read_node(value)?))).collect()
}

fn read_node(value: Value) -> Result<Node, String> {
    match value {
        Value::Object(fields) => Ok(Node::Fields(read_fields(fields)?)),
        Value::Array(rules) => {
            Ok(Node::OneOf(rules.into_iter().map(read_rule).collect::<Result<_, _>>()?))
        }
        other => Err(format!("{other} in a pattern must be in a list")),
    }
}

fn read_rule(value: Value) -> Result<Rule, String> {
    let Value::Object(rule) = &value else { return Ok(Rule::Equal(value)) };
    match (rule.len(), rule.get("prefix"), rule.get("exists")) {
        (1, Some(Value::String(prefix)), _) => Ok(Rule::Prefix(prefix.clone())),
        (1, _, Some(Value::Bool(exists))) => Ok(Rule::Exists(*exists)),
        _ => Err(format!("the local run does not support the rule {value}")),
    }
}

fn fields_match(fields: &Fields, value: Option<&Value>) -> bool {
    fields.iter().all(|(name, node)| {
        let value = value.and_then(|object| object.get(name));
        match node {
            Node::Fields(fields) => fields_match(fields, value),
            Node::OneOf(rules) => rules.iter().any(|rule| rule.passes(value)),
        }
    })
}

impl Rule {
    /// Checks a value. A list passes if one of its values does.
    fn passes(&self, value: Option<&Value>) -> bool {
        if let Some(Value::Array(values)) = value.filter(|_| !matches!(self, Self::Exists(_))) {
            return values.iter().any(|value| self.passes(Some(value)));
        }
        match self {
            Self::Equal(wanted) => value == Some(wanted),
            Self::Prefix(prefix) => {
                value.and_then(Value::as_str).is_some_and(|text| text.starts_with(prefix))
            }
            Self::Exists(wanted) => value.is_some() == *wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(pattern: &str, record: &Value) -> bool {
        Pattern::parse(pattern).expect("a pattern").matches(record)
    }

    #[test]
    fn one_rule_of_a_list_is_enough_and_every_field_is_needed() {
        let record =
            json!({ "eventName": "INSERT", "dynamodb": { "Keys": { "pk": { "S": "mail#1" } } } });
        assert!(matches(r#"{"eventName": ["REMOVE", "INSERT"]}"#, &record));
        assert!(!matches(r#"{"eventName": ["INSERT"], "eventVersion": ["1.1"]}"#, &record));
        assert!(matches(
            r#"{"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "mail#"}]}}}}"#,
            &record
        ));
        assert!(!matches(
            r#"{"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "account#"}]}}}}"#,
            &record
        ));
    }

    #[test]
    fn one_value_of_a_list_is_enough() {
        let event = json!({ "tags": { "kind": ["invitation", "linked"], "none": [] } });
        assert!(matches(r#"{"tags": {"kind": ["linked"]}}"#, &event));
        assert!(matches(r#"{"tags": {"kind": [{"prefix": "link"}]}}"#, &event));
        assert!(!matches(r#"{"tags": {"kind": ["my-link"]}}"#, &event));
        assert!(!matches(r#"{"tags": {"none": ["linked"]}}"#, &event));
        assert!(matches(r#"{"tags": {"kind": [{"exists": true}]}}"#, &event));
    }

    #[test]
    fn a_missing_field_can_be_asked_for() {
        assert!(matches(r#"{"userIdentity": [{"exists": false}]}"#, &json!({})));
        assert!(!matches(r#"{"userIdentity": [{"exists": true}]}"#, &json!({})));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in ["", "[]", r#"{"eventName": "INSERT"}"#, r#"{"eventName": [{"suffix": "T"}]}"#]
        {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }
}
