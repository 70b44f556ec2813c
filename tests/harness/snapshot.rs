//! Formats answers for snapshots, without the values that differ from run to run.

use jiff::Timestamp;
use serde_json::Value;

use crate::{Answer, Portal};

/// Formats an answer: status, content type and body.
pub fn snapshot(answer: &Answer) -> String {
    let body = masked(answer.body.clone(), &mut Vec::new());
    Answer { body, ..answer.clone() }.to_string()
}

/// Formats a value.
pub fn snapshot_value(value: &Value) -> String {
    serde_json::to_string_pretty(&masked(value.clone(), &mut Vec::new())).expect("JSON")
}

/// Formats an activity: the action, its actor, relationship, target and source in the first line,
/// then a line for each detail.
pub fn activity_text(activity: &Value) -> String {
    let activity = masked(activity.clone(), &mut Vec::new());
    let part = |word: &str, value: &Value| {
        value.as_str().map(|text| format!("{word}{text}")).unwrap_or_default()
    };
    let (actor, event) = (&activity["actor"], &activity["event"]);
    let first_line = [
        part("", &event["type"]),
        part(" by ", &actor["name"]),
        part(" as ", &actor["as"]),
        part(" of ", &actor["home"]),
        part(" on ", &event["professional"]["name"]),
        part(" on ", &event["recipient"]["name"]),
        part(" from ", &activity["source"]),
    ]
    .concat();
    let members = event.as_object().into_iter().flatten();
    let details = members
        .filter(|(name, _)| !["type", "professional", "recipient"].contains(&name.as_str()))
        .map(|(name, value)| (name, detail(value)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("\n  {name}: {text}"));
    [first_line].into_iter().chain(details).collect()
}

/// Formats a field of an event: objects and lists by their values, without identifiers.
fn detail(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(detail).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let named = members.iter().filter(|(name, _)| *name != "id");
            named.map(|(_, member)| detail(member)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Numbers identifiers in the order they appear, and hides times.
fn masked(value: Value, ids: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) if text.parse::<Timestamp>().is_ok() => "[time]".into(),
        Value::String(text) if is_id(&text) => {
            let number = ids.iter().position(|id| *id == text).unwrap_or(ids.len());
            if number == ids.len() {
                ids.push(text);
            }
            format!("[id {}]", number + 1).into()
        }
        Value::Array(items) => items.into_iter().map(|item| masked(item, ids)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, masked(member, ids))).collect()
        }
        other => other,
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 26
        && text != Portal::VENDOR
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}
