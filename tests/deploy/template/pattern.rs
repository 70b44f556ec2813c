//! The event patterns of Lambda's filters and EventBridge's rules, as far as the template uses
//! them.

use serde_json::Value;

/// Checks whether an event matches. Panics for a pattern that is not supported here.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    match pattern {
        Value::Object(fields) => {
            fields.iter().all(|(name, pattern)| matches(pattern, &event[name]))
        }
        // A list in the event matches with any of its items.
        Value::Array(any) => match event {
            Value::Array(items) => items.iter().any(|item| any.iter().any(|rule| is(rule, item))),
            event => any.iter().any(|rule| is(rule, event)),
        },
        other => panic!("a pattern has objects and lists, not {other}"),
    }
}

fn is(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Object(rule) if rule.len() == 1 => match (rule.get("prefix"), rule.get("Ref")) {
            (Some(prefix), _) => value
                .as_str()
                .is_some_and(|text| text.starts_with(prefix.as_str().expect("a text"))),
            // CloudFormation inserts the value; the test's events hold the reference instead.
            (_, Some(_)) => value == wanted,
            _ => panic!("{wanted} is not supported here"),
        },
        Value::Object(_) | Value::Array(_) => panic!("{wanted} is not supported here"),
        literal => literal == value,
    }
}
