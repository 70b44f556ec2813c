//! Events of the table's stream, and the answer to them.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{Error, Result};

/// A change of an item.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Change {
    #[serde(default)]
    keys: Map<String, Value>,
    #[serde(default)]
    new_image: Map<String, Value>,
    sequence_number: String,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    dynamodb: Change,
}

impl Change {
    /// Returns a text attribute of the key or of the new item.
    #[must_use]
    pub fn text(&self, attribute: &str) -> Option<&str> {
        self.keys.get(attribute).or_else(|| self.new_image.get(attribute))?.get("S")?.as_str()
    }
}

/// Parses the changes of a stream event, in their order.
pub fn changes(event: Value) -> Result<Vec<Change>> {
    let Event { records } =
        serde_json::from_value(event).map_err(|err| Error::Malformed(err.to_string()))?;
    Ok(records.into_iter().map(|record| record.dynamodb).collect())
}

/// Creates the answer to a stream event with the first change that failed, if any. The stream sends
/// it and all later ones again. (Lambda resumes at the lowest sequence number in the answer.)
#[must_use]
pub fn batch_response(failed: Option<&Change>) -> Value {
    let failed: Vec<_> =
        failed.iter().map(|change| json!({ "itemIdentifier": change.sequence_number })).collect();
    json!({ "batchItemFailures": failed })
}
