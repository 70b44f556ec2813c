//! CSV files of accounts and people: the columns that a row may have, and what a cell means.
//!
//! `import-columns.json` is the one list of columns, with their names in every language. The
//! functions that import read it here; the page and the operator's command read it to find the
//! columns of a file, and send the cells as they are.

mod cell;
mod columns;
mod row;

pub use cell::parse_yes_no;
pub use columns::{CellType, Column, RecordKind, name_key};
pub use row::{Row, account_rows, professional_rows};

#[cfg(test)]
mod tests;
