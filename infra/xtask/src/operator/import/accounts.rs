//! Rows of accounts: up to 100 in one call of import-accounts.

use std::collections::{BTreeSet, HashSet};

use anyhow::Result;
use serde_json::json;

use super::{
    call::{CallFunction, row_results},
    csv_file::Row,
    options::ImportOptions,
    result_file::RowResult,
};

pub(super) const EXTERNAL_ID: &str = "external_id";
pub(super) const PARTNER: &str = "partner";

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
    let cells: Vec<_> = rows.iter().map(Row::to_json).collect();
    let mut body = json!({ "dry_run": options.dry_run, "rows": cells });
    if options.dry_run {
        body["partners"] = json!(planned_partners.named_in(rows));
    }
    let response = call_function("import-accounts", &json!({ "body": body }))?;
    if response.status != 200 {
        return Err(response.into_error());
    }
    let results = row_results(&response.body, rows.len(), "account")?;
    if options.dry_run {
        planned_partners.record(rows, &results);
    }
    Ok(results)
}

impl PlannedPartners {
    /// Returns the planned partners that these rows name.
    fn named_in<'a>(&self, rows: &'a [Row]) -> BTreeSet<&'a str> {
        let partners = rows.iter().map(|row| row.cell(PARTNER));
        partners.filter(|partner| self.0.contains(*partner)).collect()
    }

    /// Remembers the partners that these rows would create.
    fn record(&mut self, rows: &[Row], results: &[RowResult]) {
        let new_partners = rows.iter().zip(results).filter(|(_, result)| result.is_new_partner);
        self.0.extend(new_partners.map(|(row, _)| row.cell(EXTERNAL_ID).to_owned()));
    }
}
