//! Rows of accounts: up to 100 in one call of import-accounts.

use std::collections::{BTreeSet, HashSet};

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{
    call::{CallFunction, row_results},
    csv_file::Row,
    options::ImportOptions,
    result_file::RowResult,
};

/// Names of the columns; the first name of each is the API's.
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
/// How many of the first columns a file must have.
pub(super) const REQUIRED_COLUMNS: usize = 2;
/// The limit of import-accounts.
pub(super) const MAX_ROWS_PER_CALL: usize = 100;

const KIND: usize = 2;
const PARTNER: usize = 3;

/// External ids of the partners that a dry run would have created so far.
#[derive(Default)]
pub(super) struct PlannedPartners(HashSet<String>);

/// Sends rows and returns the result of each.
pub(super) fn send(
    rows: &[Row],
    options: ImportOptions,
    planned_partners: &mut PlannedPartners,
    call_function: &mut CallFunction<'_>,
) -> Result<Vec<RowResult>> {
    let fields: Vec<Value> = rows.iter().map(fields).collect();
    let mut body = json!({ "dry_run": options.dry_run, "rows": fields });
    if options.dry_run {
        let partners = rows.iter().map(|row| row.cell(PARTNER));
        let planned: BTreeSet<&str> =
            partners.filter(|partner| planned_partners.0.contains(*partner)).collect();
        body["partners"] = json!(planned);
    }
    let response = call_function("import-accounts", &json!({ "body": body }))?;
    if response.status != 200 {
        return Err(response.into_error());
    }
    let results = row_results(&response.body, rows.len(), "account")?;
    if options.dry_run {
        let is_new_partner = |(row, result): &(&Row, &RowResult)| {
            result.outcome == "created" && row.cell(KIND) == "partner"
        };
        let new_partners = rows.iter().zip(&results).filter(is_new_partner);
        planned_partners.0.extend(new_partners.map(|(row, _)| row.cell(0).to_owned()));
    }
    Ok(results)
}

/// Returns a row's fields. Empty cells are left out, except those of required columns.
fn fields(row: &Row) -> Value {
    let cells = COLUMNS.iter().zip(row.cells()).enumerate();
    let cells = cells.filter(|(index, (_, cell))| *index < REQUIRED_COLUMNS || !cell.is_empty());
    let fields = cells.map(|(_, (names, cell))| (names[0].to_owned(), cell.as_str().into()));
    Value::Object(fields.collect::<Map<_, _>>())
}
