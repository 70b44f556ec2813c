//! Event patterns, as Lambda's filters and EventBridge's rules have them, as far as this template uses them.

use serde_json::Value;

/// Tells whether an event matches. What the pattern does not know is a panic, not a match.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    match pattern {
        Value::Object(fields) => {
            fields.iter().all(|(name, pattern)| matches(pattern, &event[name]))
        }
        // A list in the event matches with any of its items.
        Value::Array(any) => match event {
            Value::Array(items) => items.iter().any(|item| any.iter().any(|it| is(it, item))),
            event => any.iter().any(|it| is(it, event)),
        },
        other => panic!("a pattern has objects and lists, not {other}"),
    }
}

fn is(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Object(rule) if rule.len() == 1 => match (rule.get("prefix"), rule.get("Ref")) {
            (Some(prefix), _) => {
                value.as_str().is_some_and(|it| it.starts_with(prefix.as_str().expect("a text")))
            }
            // What CloudFormation puts in; the test's events name the resource in its place.
            (_, Some(_)) => value == wanted,
            _ => panic!("{wanted} is not known here"),
        },
        Value::Object(_) | Value::Array(_) => panic!("{wanted} is not known here"),
        literal => literal == value,
    }
}
