//! Delivers mail that the table's stream has dropped or never delivered.

use anyhow::{Result, bail};
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

use crate::{
    aws::{AwsCli, Stack},
    private_file::PrivateFile,
};

/// Younger mail may still be on its way.
const MIN_AGE_IN_MINUTES: i64 = 10;

/// Finds overdue mail and invokes deliver-mail for each, the oldest first.
///
/// Mail that is held back is left alone, since Portico sends it later. Scans the whole table.
pub(super) fn run(aws: &AwsCli, stack: &Stack) -> Result<()> {
    let function = stack.function_name(aws, "deliver-mail")?;
    let keys = overdue_mail(aws, stack.required_output("TableName")?)?;
    if keys.is_empty() {
        println!("No mail has waited for more than {MIN_AGE_IN_MINUTES} minutes.");
        return Ok(());
    }
    let mut failures = Vec::new();
    for key in &keys {
        // The event is the stream's, so a mail that was sent in the meantime is not sent again.
        match aws.invoke(&function, &stream_event(key)) {
            Ok(result) if result["batchItemFailures"].as_array().is_some_and(Vec::is_empty) => {
                println!("{key} delivered");
            }
            Ok(_) => failures.push(format!("{key}: see the functions' log")),
            Err(error) => failures.push(format!("{key}: {error:#}")),
        }
    }
    if !failures.is_empty() {
        let (failed, all) = (failures.len(), keys.len());
        bail!("{failed} of {all} could not be delivered:\n{}", failures.join("\n"));
    }
    Ok(())
}

fn overdue_mail(aws: &AwsCli, table: &str) -> Result<Vec<String>> {
    const FILTER: &str = "begins_with(pk, :mail) AND delivery = :queued \
                          AND attribute_not_exists(held) AND created_at < :before";
    let values = json!({
        ":mail": { "S": "mail#" },
        ":queued": { "S": "queued" },
        ":before": { "S": latest_overdue(now())? },
    });
    let values = PrivateFile::write("json", &values.to_string())?;
    let found = aws.json(&[
        "dynamodb",
        "scan",
        "--table-name",
        table,
        "--filter-expression",
        FILTER,
        "--expression-attribute-values",
        &values.url(),
        "--projection-expression",
        "pk",
    ])?;
    let items = found["Items"].as_array().into_iter().flatten();
    let mut keys: Vec<String> =
        items.filter_map(|item| item["pk"]["S"].as_str().map(str::to_owned)).collect();
    // The ids begin with the time of creation.
    keys.sort();
    Ok(keys)
}

#[expect(clippy::disallowed_methods, reason = "an operator's clock is the real one")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns the time before which mail is overdue, to be compared as text with times in the table.
fn latest_overdue(now: Timestamp) -> Result<String> {
    let before = now.checked_sub(MIN_AGE_IN_MINUTES.minutes())?;
    Ok(before.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Returns the event that the stream sends for a new mail.
fn stream_event(key: &str) -> Value {
    json!({ "Records": [{
        "eventID": key,
        "eventVersion": "1.1",
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {
            "Keys": { "pk": { "S": key }, "sk": { "S": "mail" } },
            "SequenceNumber": "1",
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_compare_as_text_with_those_in_the_table() {
        let now = "2026-11-22T08:00:00.5Z".parse().expect("a time");
        let before = latest_overdue(now).expect("a time");
        assert_eq!(before, "2026-11-22T07:50:00");
        assert!("2026-11-22T07:49:59.999Z" < before.as_str());
        assert!("2026-11-22T07:50:00Z" > before.as_str());
    }

    #[test]
    fn the_event_names_the_mail_as_the_stream_does() {
        let record = &stream_event("mail#1")["Records"][0];
        assert_eq!(record["dynamodb"]["Keys"]["pk"]["S"], "mail#1");
        assert!(record["dynamodb"]["SequenceNumber"].is_string());
    }
}
