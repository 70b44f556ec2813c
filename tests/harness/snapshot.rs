//! Answers spelled for snapshots, without what differs from run to run.

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
