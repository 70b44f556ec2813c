//! Rows of professionals: up to 16 of one account in one call of import-professionals.

use anyhow::Result;
use serde_json::json;

use super::{
    call::{CallFunction, row_results},
    csv_file::Row,
    options::ImportOptions,
    result_file::RowResult,
};
use crate::settings::VENDOR_ACCOUNT_ID;

pub(super) const ACCOUNT: &str = "account";

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
    let reference = rows.first().map(|row| row.cell(ACCOUNT)).unwrap_or_default();
    let unknown_account = || {
        let error = "account must be the id or the external id of an existing account";
        vec![RowResult::invalid(error); rows.len()]
    };
    let Some(account) = account_lookup.find(reference, call_function)? else {
        return Ok(unknown_account());
    };
    let cells: Vec<_> = rows.iter().map(Row::to_json).collect();
    let body = json!({
        "dry_run": options.dry_run,
        "send_invitations": options.send_invitations,
        "rows": cells,
    });
    let event = json!({ "path": { "account": account }, "body": body });
    let response = call_function("import-professionals", &event)?;
    match response.status {
        200 => row_results(&response.body, rows.len(), "professional"),
        404 => Ok(unknown_account()),
        _ => Err(response.into_error()),
    }
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
