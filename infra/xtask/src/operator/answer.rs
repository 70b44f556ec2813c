//! What a function answers to an operator.

use serde_json::Value;

/// Spells an answer for people. A function of the API answers `{"status", "body"}`, others whatever they do; a problem is an error.
pub(super) fn read(answer: &Value) -> Result<String, String> {
    let Some(status) = answer.get("status").and_then(Value::as_u64) else {
        return Ok(pretty(answer));
    };
    let body = &answer["body"];
    if status < 400 {
        let more =
            answer["link"].as_str().map(|it| format!("\nThere is more: {it}")).unwrap_or_default();
        return Ok(format!(
            "{}{more}",
            if body.is_null() { "Done.".to_owned() } else { pretty(body) }
        ));
    }
    let said = |name: &str| body[name].as_str().map(str::to_owned);
    let faults = body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let faults: Vec<String> = faults
        .iter()
        .map(|it| format!("\n- {}: {}", text(&it["field"]), text(&it["reason"])))
        .collect();
    // The detail says of all fields what is said of each below.
    let reason = if faults.is_empty() { said("detail").or(said("title")) } else { said("title") };
    Err(format!(
        "refused ({status}): {}{}",
        reason.unwrap_or_else(|| pretty(body)),
        faults.concat()
    ))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_made_is_shown() {
        assert_eq!(
            read(&json!({ "status": 201, "body": { "id": "A" } })),
            Ok("{\n  \"id\": \"A\"\n}".to_owned())
        );
        assert_eq!(read(&json!({ "status": 204, "body": null })), Ok("Done.".to_owned()));
        assert_eq!(read(&json!({ "lapsed": 2 })), Ok("{\n  \"lapsed\": 2\n}".to_owned()));
    }

    #[test]
    fn a_problem_is_a_failure_with_every_faulty_field() {
        let body = json!({ "title": "Invalid", "detail": "2 fields are invalid", "errors": [
            { "field": "name", "reason": "must not be empty" },
            { "field": "email", "reason": "must look like name@example.org" },
        ] });
        let reason = read(&json!({ "status": 422, "body": body })).expect_err("a problem");
        assert_eq!(
            reason,
            "refused (422): Invalid\n- name: must not be empty\n- email: must look like name@example.org"
        );
    }
}
