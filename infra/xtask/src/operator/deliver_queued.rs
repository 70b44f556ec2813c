//! Mail that the table's stream gave up on, or never brought: sent after all.

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

use super::physical;
use crate::{
    aws::{Aws, file},
    private_file::PrivateFile,
    stack::Stack,
    terminal::say,
};

/// What waits longer than this is not about to be sent by itself.
const MINUTES: i64 = 10;

/// Finds what waits and has it delivered, the oldest first. What is held back is not lost and leaves by itself, so it is left alone. An operator's tool may read the whole table; it costs a read of all of it.
pub(super) fn run(aws: &Aws, stack: &Stack) -> Result<(), String> {
    let function = physical(aws, stack, "deliver-mail")?;
    let waiting = waiting(aws, stack.required("TableName")?)?;
    if waiting.is_empty() {
        say(&format!("No mail has waited for more than {MINUTES} minutes."));
        return Ok(());
    }
    let mut failed = Vec::new();
    for key in &waiting {
        // Its event is the stream's own, so it does what it does there: a mail that was sent meanwhile is not sent again.
        match aws.invoke(&function, &event(key)) {
            Ok(answer) if answer["batchItemFailures"].as_array().is_some_and(Vec::is_empty) => {
                say(&format!("{key} delivered"))
            }
            Ok(_) => failed.push(format!("{key}: see the functions' log")),
            Err(error) => failed.push(format!("{key}: {error}")),
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} of {} could not be delivered:\n{}",
        failed.len(),
        waiting.len(),
        failed.join("\n")
    ))
}

fn waiting(aws: &Aws, table: &str) -> Result<Vec<String>, String> {
    let values = json!({ ":mail": { "S": "mail#" }, ":queued": { "S": "queued" }, ":before": { "S": before(now())? } });
    let values = PrivateFile::write("json", &values.to_string())?;
    let values = file(values.path());
    let arguments = [
        ["dynamodb", "scan", "--table-name", table].as_slice(),
        &["--filter-expression", "begins_with(pk, :mail) AND delivery = :queued AND attribute_not_exists(held_at) AND created_at < :before"],
        &["--expression-attribute-values", &values, "--projection-expression", "pk"],
    ]
    .concat();
    let found = aws.ask(&arguments)?;
    let mut keys: Vec<String> = found["Items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["pk"]["S"].as_str().map(str::to_owned))
        .collect();
    // Their identifiers begin with the time.
    keys.sort();
    Ok(keys)
}

#[expect(clippy::disallowed_methods, reason = "an operator's clock is the real one")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// Spells the time before which a mail has waited too long, as the table has times: they compare as texts.
fn before(now: Timestamp) -> Result<String, String> {
    let before = now.checked_sub(MINUTES.minutes()).map_err(|error| error.to_string())?;
    Ok(before.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Returns the event by which the stream tells of a mail.
fn event(key: &str) -> Value {
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
    fn times_compare_with_those_of_the_table_as_texts() {
        let before = before("2026-11-22T08:00:00.5Z".parse().expect("a time")).expect("a time");
        assert_eq!(before, "2026-11-22T07:50:00");
        assert!(
            "2026-11-22T07:49:59.999Z" < before.as_str()
                && "2026-11-22T07:50:00Z" > before.as_str()
        );
    }

    #[test]
    fn the_event_names_the_mail_as_the_stream_does() {
        let record = &event("mail#1")["Records"][0];
        assert_eq!(record["dynamodb"]["Keys"]["pk"]["S"], "mail#1");
        assert!(record["dynamodb"]["SequenceNumber"].is_string());
    }
}
