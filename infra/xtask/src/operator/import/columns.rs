//! The columns that a file may have, from the one list that the API's functions and the page read
//! too.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::options::RecordKind;

/// The columns of one kind of record.
#[derive(Deserialize)]
pub(super) struct Record {
    /// The limit of the API.
    pub(super) rows_per_request: usize,
    pub(super) columns: Vec<Column>,
}

/// A column, with all that a header may call it.
#[derive(Debug, Deserialize)]
pub(super) struct Column {
    /// Name in the API.
    pub(super) name: String,
    #[serde(default, rename = "type")]
    cell_type: String,
    #[serde(default)]
    pub(super) required: bool,
    /// Whether it identifies the record of a row, alone or with other such columns.
    #[serde(default)]
    pub(super) key: bool,
    /// Whether only this command's files have it. The API has it in a path.
    #[serde(default)]
    pub(super) operator_only: bool,
    titles: BTreeMap<String, String>,
    hints: BTreeMap<String, String>,
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    accounts: Record,
    professionals: Record,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../functions/core/import-columns.json"
    ));
    serde_json::from_str(text).expect("a unit test reads the file")
});

/// Describes the columns for the command's help.
pub(super) fn help() -> String {
    let mut text = String::new();
    for (title, kind) in
        [("accounts", RecordKind::Accounts), ("professionals", RecordKind::Professionals)]
    {
        text += &format!("Columns of {title}, by these names or others in English or German:\n");
        for column in &kind.record().columns {
            text += &format!("  {:14} {}\n", column.name, column.hints["en"]);
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

impl RecordKind {
    pub(super) fn record(self) -> &'static Record {
        match self {
            Self::Accounts => &FILE.accounts,
            Self::Professionals => &FILE.professionals,
        }
    }
}

impl Column {
    /// Checks whether a cell of a header names this column.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let key = name_key(name);
        let names = [&self.name].into_iter().chain(self.titles.values()).chain(&self.aliases);
        names.into_iter().any(|name| name_key(name) == key)
    }

    /// Returns what a cell is compared by where it identifies a record.
    pub(super) fn key_of(&self, cell: &str) -> String {
        if self.cell_type == "email" { cell.to_lowercase() } else { cell.to_owned() }
    }
}

/// Returns what names are compared by: letters and digits, in lower case and without marks.
///
/// The API's functions and the page have the same rule; `import-columns.test.json` tests all three.
fn name_key(name: &str) -> String {
    let plain: String = name.nfkd().filter(|letter| letter.is_alphanumeric()).collect();
    plain.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{accounts, professionals},
        *,
    };

    #[derive(Deserialize)]
    struct Vectors {
        keys: BTreeMap<String, Vec<String>>,
        columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    }

    #[test]
    fn columns_that_are_named_in_code_are_in_the_list() {
        for (kind, name) in [
            (RecordKind::Accounts, accounts::EXTERNAL_ID),
            (RecordKind::Accounts, accounts::PARTNER),
            (RecordKind::Professionals, professionals::ACCOUNT),
        ] {
            assert!(kind.record().columns.iter().any(|column| column.name == name), "{name}");
        }
    }

    #[test]
    fn the_help_describes_every_column() {
        assert!(help().contains("external_id    Required. Your own reference"));
        assert!(help().contains("administrator  Optional. yes or no."));
    }

    #[test]
    fn the_api_finds_the_same_columns() {
        let text = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../functions/core/import-columns.test.json"
        ));
        let vectors: Vectors = serde_json::from_str(text).expect("vectors");
        for (key, names) in vectors.keys {
            for name in names {
                assert_eq!(name_key(&name), key, "{name:?}");
            }
        }
        for (kind, columns) in vectors.columns {
            let kind =
                if kind == "accounts" { RecordKind::Accounts } else { RecordKind::Professionals };
            for (expected, names) in columns {
                for name in names {
                    let mut columns = kind.record().columns.iter();
                    let found = columns.find(|column| column.is_called(&name)).expect("a column");
                    assert_eq!(found.name, expected, "{name:?}");
                }
            }
        }
    }
}
