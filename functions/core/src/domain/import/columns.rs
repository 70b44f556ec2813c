//! The list of columns.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// What the rows of a file describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Partners and customers.
    Accounts,
    /// People.
    Professionals,
}

/// A column of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name in the API, and in files whatever their language.
    pub name: String,
    /// What its cells hold.
    #[serde(default, rename = "type")]
    pub cell_type: CellType,
    /// Whether a file must have it.
    #[serde(default)]
    pub required: bool,
    /// Whether it identifies the record of a row, alone or with other such columns.
    #[serde(default)]
    pub key: bool,
    /// Whether only files for the operator's command have it. The API has it in a path.
    #[serde(default)]
    pub operator_only: bool,
    /// Its title by language, which a file may use too.
    pub titles: BTreeMap<String, String>,
    /// What a person should know of it, by language.
    pub hints: BTreeMap<String, String>,
    /// What else files call it.
    pub aliases: Vec<String>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellType {
    /// Text as it is.
    #[default]
    Text,
    /// An e-mail address, whose case does not matter.
    Email,
    /// A day.
    Date,
    /// A language.
    Language,
    /// Yes or no.
    YesNo,
    /// Customer or partner.
    AccountKind,
}

/// Words by the value that they stand for.
pub(super) type Words = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    accounts: Record,
    professionals: Record,
    values: Values,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    rows_per_request: usize,
    columns: Vec<Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Values {
    account_kind: Words,
    language: Words,
    yes_no: Words,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../import-columns.json"))
        .expect("a unit test reads the file")
});

impl RecordKind {
    /// Returns the columns that a row of the API may have.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        self.all_columns().iter().filter(|column| !column.operator_only)
    }

    /// Returns the columns that a file may have.
    #[must_use]
    pub fn all_columns(self) -> &'static [Column] {
        &self.record().columns
    }

    /// Returns how many rows one request takes.
    #[must_use]
    pub fn rows_per_request(self) -> usize {
        self.record().rows_per_request
    }

    /// Returns the column that a cell of a file's header names.
    #[must_use]
    pub fn find_column(self, name: &str) -> Option<&'static Column> {
        let key = name_key(name);
        self.all_columns().iter().find(|column| column.is_called(&key))
    }

    fn record(self) -> &'static Record {
        match self {
            Self::Accounts => &FILE.accounts,
            Self::Professionals => &FILE.professionals,
        }
    }
}

impl Column {
    fn is_called(&self, key: &str) -> bool {
        let names = [&self.name].into_iter().chain(self.titles.values()).chain(&self.aliases);
        names.into_iter().any(|name| name_key(name) == key)
    }
}

impl CellType {
    /// Returns the words that stand for values of this type.
    pub(super) fn words(self) -> Option<&'static Words> {
        match self {
            Self::Text | Self::Email | Self::Date => None,
            Self::Language => Some(&FILE.values.language),
            Self::YesNo => Some(&FILE.values.yes_no),
            Self::AccountKind => Some(&FILE.values.account_kind),
        }
    }
}

/// Returns what names are compared by: letters and digits, in lower case and without marks.
///
/// `E-Mail ` and `e_mail` are the same. The page and the operator's command have the same rule;
/// `import-columns.test.json` tests all three.
#[must_use]
pub fn name_key(name: &str) -> String {
    let plain: String = name.nfkd().filter(|letter| letter.is_alphanumeric()).collect();
    plain.to_lowercase()
}
