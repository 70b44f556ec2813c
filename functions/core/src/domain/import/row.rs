//! A row as sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

use super::{Column, RecordKind, cell};
use crate::domain::FieldErrorCode;

/// The cells of a row that are not blank, by column, in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(BTreeMap<&'static str, String>);

impl Row {
    /// Reads a row's cells by the names of their columns in the API.
    ///
    /// # Errors
    /// If there is no such column, or if a required one is missing.
    pub fn new(
        kind: RecordKind,
        cells: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Result<Self, String> {
        let mut row = BTreeMap::new();
        let mut given = Vec::new();
        for (name, cell) in cells {
            let Some(column) = kind.columns().find(|column| column.name == name) else {
                return Err(unknown_column(kind, &name));
            };
            let Some(cell) = cell else { continue };
            given.push(name);
            let cell = cell::clean(&cell);
            if !cell.is_empty() {
                row.insert(column.name.as_str(), column.cell_type.canonical(cell));
            }
        }
        let is_missing = |column: &&Column| column.required && !given.contains(&column.name);
        match kind.columns().find(is_missing) {
            Some(column) => Err(format!("missing field `{}`", column.name)),
            None => Ok(Self(row)),
        }
    }

    fn from_json(kind: RecordKind, row: Map<String, Value>) -> Result<Self, String> {
        let cell = |(name, cell): (String, Value)| match cell {
            Value::Null => Ok((name, None)),
            Value::String(cell) => Ok((name, Some(cell))),
            _ if kind.columns().any(|column| column.name == name) => {
                Err(format!("invalid type: `{name}`, expected a string"))
            }
            _ => Err(unknown_column(kind, &name)),
        };
        Self::new(kind, row.into_iter().map(cell).collect::<Result<Vec<_>, _>>()?)
    }

    /// Returns a cell, unless it is blank.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }

    /// Returns a cell; the empty text if it is blank.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        self.get(column).unwrap_or_default()
    }

    /// Returns whether a cell says yes; a blank one says no.
    pub fn yes_no(&self, column: &str) -> Result<bool, FieldErrorCode> {
        cell::parse_yes_no(self.text(column))
    }
}

/// Deserializes rows of accounts.
pub fn account_rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Row>, D::Error> {
    rows(RecordKind::Accounts, deserializer)
}

/// Deserializes rows of people.
pub fn professional_rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Row>, D::Error> {
    rows(RecordKind::Professionals, deserializer)
}

fn rows<'de, D: Deserializer<'de>>(
    kind: RecordKind,
    deserializer: D,
) -> Result<Vec<Row>, D::Error> {
    let rows: Vec<Map<String, Value>> = Deserialize::deserialize(deserializer)?;
    rows.into_iter().map(|row| Row::from_json(kind, row).map_err(D::Error::custom)).collect()
}

fn unknown_column(kind: RecordKind, name: &str) -> String {
    let names: Vec<_> = kind.columns().map(|column| format!("`{}`", column.name)).collect();
    format!("unknown field `{name}`, expected one of {}", names.join(", "))
}
