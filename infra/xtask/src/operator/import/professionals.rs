//! Rows of professionals: up to 16 of one account in one call of import-professionals.

use serde_json::{Map, Value, json};

use super::{
    Wishes,
    engine::{Answer, Ask, entries},
    file::Row,
    journal::Entry,
};
use crate::stack::VENDOR_ACCOUNT;

/// What the columns may be called; the first name is the API's.
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
/// How many of them a file has to have.
pub(super) const REQUIRED: usize = 3;
/// What one call takes.
pub(super) const MOST: usize = 16;

const ADMINISTRATOR: usize = 7;
const YES: [&str; 8] = ["yes", "y", "true", "1", "x", "ja", "j", "wahr"];
const NO: [&str; 7] = ["", "no", "n", "false", "0", "nein", "falsch"];

/// The account that was looked up last: a file has mostly all of one account together.
#[derive(Default)]
pub(super) struct Accounts(Option<(String, Option<String>)>);

/// Sends rows of one account and returns what became of each.
pub(super) fn send(
    rows: &[Row],
    wishes: Wishes,
    accounts: &mut Accounts,
    ask: &mut Ask<'_>,
) -> Result<Vec<Entry>, String> {
    let number = rows.first().map(|it| it.cell(0)).unwrap_or_default();
    let unknown = || {
        vec![
            Entry::invalid("account must be the id or the number of an account that is there");
            rows.len()
        ]
    };
    let Some(account) = accounts.find(number, ask)? else { return Ok(unknown()) };
    let (sound, faulty): (Vec<_>, Vec<_>) =
        rows.iter().enumerate().partition(|(_, it)| says(it.cell(ADMINISTRATOR)).is_some());
    let mut results = vec![Entry::invalid("administrator must be yes or no"); rows.len()];
    if faulty.len() == rows.len() {
        return Ok(results);
    }
    let sent: Vec<_> = sound.iter().map(|(_, it)| row(it)).collect();
    let body = json!({ "dry_run": wishes.dry_run, "send_invitations": wishes.send_invitations, "rows": sent });
    let Answer { status, body } =
        ask("import-professionals", &json!({ "path": { "account": account }, "body": body }))?;
    match status {
        200 => {}
        404 => return Ok(unknown()),
        status => return Err(Answer { status, body }.refusal()),
    }
    for ((index, _), entry) in sound.iter().zip(entries(&body, sound.len(), "professional")?) {
        results[*index] = entry;
    }
    Ok(results)
}

impl Accounts {
    /// Returns the id of the account that a file calls `number`: its id, `vendor`, or the vendor's number.
    fn find(&mut self, number: &str, ask: &mut Ask<'_>) -> Result<Option<String>, String> {
        if number == "vendor" {
            return Ok(Some(VENDOR_ACCOUNT.to_owned()));
        }
        if number.len() == 26
            && number.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase())
        {
            return Ok(Some(number.to_owned()));
        }
        if let Some((_, found)) = self.0.as_ref().filter(|(it, _)| it == number) {
            return Ok(found.clone());
        }
        let Answer { status, body } =
            ask("list-accounts", &json!({ "query": { "external_id": number } }))?;
        let found = match status {
            200 => body["items"][0]["account"].as_str().map(str::to_owned),
            // What is no number is no account's.
            422 => None,
            status => return Err(Answer { status, body }.refusal()),
        };
        self.0 = Some((number.to_owned(), found.clone()));
        Ok(found)
    }
}

fn row(row: &Row) -> Value {
    let cells = COLUMNS.iter().zip(row.cells()).enumerate().skip(1).take(ADMINISTRATOR - 1);
    let said = cells.filter(|(place, (_, cell))| *place < REQUIRED || !cell.is_empty());
    let mut sent: Map<String, Value> =
        said.map(|(_, (called, cell))| (called[0].to_owned(), cell.as_str().into())).collect();
    if says(row.cell(ADMINISTRATOR)) == Some(true) {
        sent.insert("administrator".to_owned(), true.into());
    }
    Value::Object(sent)
}

fn says(cell: &str) -> Option<bool> {
    let cell = cell.to_lowercase();
    if YES.contains(&cell.as_str()) {
        return Some(true);
    }
    NO.contains(&cell.as_str()).then_some(false)
}
