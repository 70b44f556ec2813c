//! Rows of accounts: up to 100 in one call of import-accounts.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use super::{
    Wishes,
    engine::{Answer, Ask, entries},
    file::Row,
    journal::Entry,
};

/// What the columns may be called; the first name is the API's.
pub(super) const COLUMNS: [&[&str]; 12] = [
    &["external_id", "number", "customer number", "Kundennummer", "Nummer"],
    &["name", "Firma"],
    &["kind", "Art"],
    &["partner"],
    &["plan", "service plan", "Servicevertrag", "Vertrag"],
    &["starts_on", "first day", "erster Tag", "Beginn"],
    &["ends_on", "last day", "letzter Tag", "Ende"],
    &["time_zone", "Zeitzone"],
    &["email", "e-mail"],
    &["phone", "telephone", "Telefon"],
    &["website", "Webseite"],
    &["licences", "licenses", "Lizenzen"],
];
/// How many of them a file has to have.
pub(super) const REQUIRED: usize = 2;
/// What one call takes.
pub(super) const MOST: usize = 100;

const KIND: usize = 2;
const PARTNER: usize = 3;

/// The partners that a trial would have created.
#[derive(Default)]
pub(super) struct Expected(HashSet<String>);

/// Sends rows and returns what became of each.
pub(super) fn send(
    rows: &[Row],
    wishes: Wishes,
    expected: &mut Expected,
    ask: &mut Ask<'_>,
) -> Result<Vec<Entry>, String> {
    let mut body =
        json!({ "dry_run": wishes.dry_run, "rows": rows.iter().map(row).collect::<Vec<_>>() });
    if wishes.dry_run {
        let named: BTreeSet<&str> =
            rows.iter().map(|it| it.cell(PARTNER)).filter(|it| expected.0.contains(*it)).collect();
        body["partners"] = json!(named);
    }
    let Answer { status, body } = ask("import-accounts", &json!({ "body": body }))?;
    if status != 200 {
        return Err(Answer { status, body }.refusal());
    }
    let entries = entries(&body, rows.len(), "account")?;
    if wishes.dry_run {
        let created = rows
            .iter()
            .zip(&entries)
            .filter(|(row, entry)| entry.outcome == "created" && row.cell(KIND) == "partner");
        expected.0.extend(created.map(|(row, _)| row.cell(0).to_owned()));
    }
    Ok(entries)
}

/// An empty cell says nothing, except of what every row has.
fn row(row: &Row) -> Value {
    let cells = COLUMNS.iter().zip(row.cells()).enumerate();
    let said = cells.filter(|(place, (_, cell))| *place < REQUIRED || !cell.is_empty());
    Value::Object(
        said.map(|(_, (called, cell))| (called[0].to_owned(), cell.as_str().into()))
            .collect::<Map<_, _>>(),
    )
}
