//! Responses of invoked functions.

use anyhow::{Result, anyhow};
use serde_json::Value;

/// Formats a response for people.
///
/// API functions return `{"status", "body"}`; others return any JSON.
///
/// # Errors
/// If the response is a problem. The error lists the problem's field errors.
pub(super) fn format(response: &Value) -> Result<String> {
    let Some(status) = response.get("status").and_then(Value::as_u64) else {
        return Ok(pretty(response));
    };
    let body = &response["body"];
    if status >= 400 {
        return Err(problem(status, body));
    }
    let text = if body.is_null() { "Done.".to_owned() } else { pretty(body) };
    let next_page = response["link"].as_str();
    Ok(next_page.map_or_else(|| text.clone(), |link| format!("{text}\nNext page: {link}")))
}

/// Creates the error that describes a problem body.
pub(super) fn problem(status: u64, body: &Value) -> anyhow::Error {
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let field_errors: Vec<String> = body["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| {
            let text = |name: &str| error[name].as_str().unwrap_or("?");
            format!("\n- {}: {}", text("field"), text("reason"))
        })
        .collect();
    // With field errors the detail only repeats them.
    let reason =
        if field_errors.is_empty() { text("detail").or(text("title")) } else { text("title") };
    let reason = reason.unwrap_or_else(|| pretty(body));
    anyhow!("refused ({status}): {reason}{}", field_errors.concat())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_success_shows_its_body() {
        let formatted = |response: Value| format(&response).expect("a success");
        assert_eq!(
            formatted(json!({ "status": 201, "body": { "id": "A" } })),
            "{\n  \"id\": \"A\"\n}"
        );
        assert_eq!(formatted(json!({ "status": 204, "body": null })), "Done.");
        assert_eq!(
            formatted(json!({ "status": 200, "body": [], "link": "</a?after=1>" })),
            "[]\nNext page: </a?after=1>"
        );
        assert_eq!(formatted(json!({ "lapsed": 2 })), "{\n  \"lapsed\": 2\n}");
    }

    #[test]
    fn a_problem_is_an_error_with_each_field_error() {
        let body = json!({ "title": "Invalid", "detail": "2 fields are invalid", "errors": [
            { "field": "name", "reason": "must not be empty" },
            { "field": "email", "reason": "must look like name@example.org" },
        ] });
        let error = format(&json!({ "status": 422, "body": body })).expect_err("a problem");
        assert_eq!(
            error.to_string(),
            "refused (422): Invalid\n\
             - name: must not be empty\n\
             - email: must look like name@example.org"
        );
        let body = json!({ "title": "Conflict", "detail": "the number is taken" });
        let error = format(&json!({ "status": 409, "body": body })).expect_err("a problem");
        assert_eq!(error.to_string(), "refused (409): the number is taken");
    }
}
