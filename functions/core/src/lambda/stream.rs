//! What the table's stream tells a function, and what the function answers it.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{Error, Result};

/// What became of an item, as far as it matters here.
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
    /// Returns an attribute that is text: of the key, or of the item as it is since.
    #[must_use]
    pub fn text(&self, attribute: &str) -> Option<&str> {
        self.keys.get(attribute).or_else(|| self.new_image.get(attribute))?.get("S")?.as_str()
    }
}

/// Reads the changes of a stream event, which come in their order.
pub fn changes(event: Value) -> Result<Vec<Change>> {
    let Event { records } =
        serde_json::from_value(event).map_err(|err| Error::Malformed(err.to_string()))?;
    Ok(records.into_iter().map(|it| it.dynamodb).collect())
}

/// Makes the answer to a stream event: the change that could not be dealt with, if any, for the stream to send it again and all behind it.
/// (Lambda takes up again from the lowest number it is told.)
#[must_use]
pub fn dealt_with(failed: Option<&Change>) -> Value {
    let failed: Vec<_> =
        failed.iter().map(|it| json!({ "itemIdentifier": it.sequence_number })).collect();
    json!({ "batchItemFailures": failed })
}
