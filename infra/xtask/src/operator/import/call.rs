//! Calls of API functions: how to make one, and its response.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::result_file::RowResult;
use crate::operator::response;

/// Calls the named function with an event.
pub(super) type CallFunction<'a> = dyn FnMut(&str, &Value) -> Result<Response> + 'a;

/// Response of an API function.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u64,
    pub(super) body: Value,
}

impl Response {
    /// Parses what an API function returns to a direct invocation.
    pub(super) fn parse(response: &Value) -> Result<Self> {
        let status = response["status"]
            .as_u64()
            .with_context(|| format!("the function's response has no status: {response}"))?;
        Ok(Self { status, body: response["body"].clone() })
    }

    /// Checks whether the same call may succeed in a moment.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self.status, 429 | 503)
    }

    /// Returns the error of an unsuccessful response.
    pub(super) fn into_error(self) -> anyhow::Error {
        response::problem(self.status, &self.body)
    }
}

/// Parses the results of `count` rows; `id_field` names the field with the record's id.
pub(super) fn row_results(body: &Value, count: usize, id_field: &str) -> Result<Vec<RowResult>> {
    let results = body["results"]
        .as_array()
        .filter(|results| results.len() == count)
        .context("the function did not return a result for each row")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let field_error =
        |error: &Value| format!("{} {}", text(&error["field"]), text(&error["reason"]));
    let parse = |result: &Value| {
        let errors = result["errors"].as_array().into_iter().flatten().map(field_error);
        RowResult {
            outcome: text(&result["outcome"]),
            id: text(&result[id_field]),
            errors: errors.collect::<Vec<_>>().join("; "),
            is_new_partner: result["outcome"] == "created" && result["kind"] == "partner",
        }
    };
    Ok(results.iter().map(parse).collect())
}
