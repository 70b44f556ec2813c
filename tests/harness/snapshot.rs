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
    let actor = &activity["actor"];
    let first_line = [
        part("", &activity["act"]),
        part(" by ", &actor["name"]),
        part(" as ", &actor["as"]),
        part(" of ", &actor["home"]),
        part(" on ", &activity["target"]["name"]),
        part(" from ", &activity["source"]),
    ]
    .concat();
    let details = activity["facts"].as_object().into_iter().flatten();
    let details = details.map(|(name, value)| part(&format!("\n  {name}: "), value));
    [first_line].into_iter().chain(details).collect()
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
