//! Rows of professionals: up to 16 of one account in one call of import-professionals.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{
    call::{CallFunction, row_results},
    csv_file::Row,
    options::ImportOptions,
    result_file::RowResult,
};
use crate::settings::VENDOR_ACCOUNT_ID;

/// Names of the columns; the first name of each is the API's.
pub(super) const COLUMNS: [&[&str]; 8] = [
    &["account", "external_id", "number", "customer number", "Konto", "Kundennummer", "Nummer"],
    &["name"],
    &["email", "e-mail", "mail", "E-Mail-Adresse"],
    &["title", "job title", "Funktion"],
    &["phone", "telephone", "Telefon"],
    &["language", "Sprache"],
    &["ends_on", "end date", "Enddatum"],
    &["administrator", "admin"],
];
/// How many of the first columns a file must have.
pub(super) const REQUIRED_COLUMNS: usize = 3;
/// The limit of import-professionals.
pub(super) const MAX_ROWS_PER_CALL: usize = 16;

const ADMINISTRATOR: usize = 7;
const YES: [&str; 8] = ["yes", "y", "true", "1", "x", "ja", "j", "wahr"];
const NO: [&str; 7] = ["", "no", "n", "false", "0", "nein", "falsch"];

/// Finds accounts and caches the last one: most files list the rows of an account together.
#[derive(Default)]
pub(super) struct AccountLookup(Option<(String, Option<String>)>);

/// Sends rows of one account and returns the result of each.
pub(super) fn send(
    rows: &[Row],
    options: ImportOptions,
    account_lookup: &mut AccountLookup,
    call_function: &mut CallFunction<'_>,
) -> Result<Vec<RowResult>> {
    let reference = rows.first().map(|row| row.cell(0)).unwrap_or_default();
    let unknown_account = || {
        let error = "account must be the id or the external id of an existing account";
        vec![RowResult::invalid(error); rows.len()]
    };
    let Some(account) = account_lookup.find(reference, call_function)? else {
        return Ok(unknown_account());
    };
    let valid: Vec<_> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| parse_boolean(row.cell(ADMINISTRATOR)).is_some())
        .collect();
    let mut results = vec![RowResult::invalid("administrator must be yes or no"); rows.len()];
    if valid.is_empty() {
        return Ok(results);
    }
    let fields: Vec<_> = valid.iter().map(|(_, row)| fields(row)).collect();
    let body = json!({
        "dry_run": options.dry_run,
        "send_invitations": options.send_invitations,
        "rows": fields,
    });
    let event = json!({ "path": { "account": account }, "body": body });
    let response = call_function("import-professionals", &event)?;
    match response.status {
        200 => {}
        404 => return Ok(unknown_account()),
        _ => return Err(response.into_error()),
    }
    let valid_results = row_results(&response.body, valid.len(), "professional")?;
    for ((index, _), result) in valid.iter().zip(valid_results) {
        results[*index] = result;
    }
    Ok(results)
}

impl AccountLookup {
    /// Returns the id of the account with this id or external id, or of the vendor's ("vendor").
    fn find(
        &mut self,
        reference: &str,
        call_function: &mut CallFunction<'_>,
    ) -> Result<Option<String>> {
        if reference == "vendor" {
            return Ok(Some(VENDOR_ACCOUNT_ID.to_owned()));
        }
        let is_id_byte = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if reference.len() == 26 && reference.bytes().all(is_id_byte) {
            return Ok(Some(reference.to_owned()));
        }
        if let Some((_, account)) = self.0.as_ref().filter(|(cached, _)| cached == reference) {
            return Ok(account.clone());
        }
        let event = json!({ "query": { "external_id": reference } });
        let response = call_function("list-accounts", &event)?;
        let account = match response.status {
            200 => response.body["items"][0]["account"].as_str().map(str::to_owned),
            // No account has an external id that is invalid.
            422 => None,
            _ => return Err(response.into_error()),
        };
        self.0 = Some((reference.to_owned(), account.clone()));
        Ok(account)
    }
}

/// Returns a row's fields except the account. Empty cells are left out, except those of required
/// columns.
fn fields(row: &Row) -> Value {
    let cells = COLUMNS.iter().zip(row.cells()).enumerate().skip(1).take(ADMINISTRATOR - 1);
    let cells = cells.filter(|(index, (_, cell))| *index < REQUIRED_COLUMNS || !cell.is_empty());
    let mut fields: Map<String, Value> =
        cells.map(|(_, (names, cell))| (names[0].to_owned(), cell.as_str().into())).collect();
    if parse_boolean(row.cell(ADMINISTRATOR)) == Some(true) {
        fields.insert("administrator".to_owned(), true.into());
    }
    Value::Object(fields)
}

fn parse_boolean(cell: &str) -> Option<bool> {
    let cell = cell.to_lowercase();
    if YES.contains(&cell.as_str()) {
        return Some(true);
    }
    NO.contains(&cell.as_str()).then_some(false)
}
