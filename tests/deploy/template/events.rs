//! Asynchronous work: mail from the stream, reports from SES, the schedules. Nothing is lost.

use serde_json::{Value, json};

use crate::{
    pattern::matches,
    permissions::grants,
    rule::{Check, GONE, Rule},
    transformed::{Template, items, named},
};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "the stream gives up late, drops single records only, and keeps them",
        check: Check::Equal(&[
            (
                "/Resources/DeliverMailMail/Properties/EventSourceArn",
                r#"{"Fn::GetAtt": ["Table", "StreamArn"]}"#,
            ),
            ("/Resources/DeliverMailMail/Properties/StartingPosition", r#""TRIM_HORIZON""#),
            ("/Resources/DeliverMailMail/Properties/BisectBatchOnFunctionError", "true"),
            (
                "/Resources/DeliverMailMail/Properties/FunctionResponseTypes",
                r#"["ReportBatchItemFailures"]"#,
            ),
            (
                "/Resources/CopyPartnerCardCard/Properties/EventSourceArn",
                r#"{"Fn::GetAtt": ["Table", "StreamArn"]}"#,
            ),
            ("/Resources/CopyPartnerCardCard/Properties/StartingPosition", r#""TRIM_HORIZON""#),
            ("/Resources/CopyPartnerCardCard/Properties/BisectBatchOnFunctionError", "true"),
            (
                "/Resources/CopyPartnerCardCard/Properties/FunctionResponseTypes",
                r#"["ReportBatchItemFailures"]"#,
            ),
        ]),
        breaks: &[("/Resources/DeliverMailMail/Properties/BisectBatchOnFunctionError", "false")],
    },
    Rule {
        says: "what a use of the stream gives up goes to a queue of its own",
        check: Check::Find(destinations),
        breaks: &[
            ("/Resources/DeliverMailMail/Properties/DestinationConfig", GONE),
            (
                "/Resources/DeliverMailMail/Properties/DestinationConfig/OnFailure/Destination",
                r#"{"Fn::GetAtt": ["DeadLetters", "Arn"]}"#,
            ),
            (
                "/Resources/CopyPartnerCardCard/Properties/DestinationConfig/OnFailure/Destination",
                r#"{"Fn::GetAtt": ["MailDeadLetters", "Arn"]}"#,
            ),
        ],
    },
    Rule {
        says: "a mail that keeps failing holds up a part of its shard, and a new account's few \
               executions are left to the API; a partner's changes stay in order",
        check: Check::Equal(&[
            ("/Resources/DeliverMailMail/Properties/ParallelizationFactor", "4"),
            ("/Resources/CopyPartnerCardCard/Properties/ParallelizationFactor", "1"),
        ]),
        breaks: &[("/Resources/DeliverMailMail/Properties/ParallelizationFactor", GONE)],
    },
    Rule {
        says: "the table's stream has two uses at most, as AWS advises",
        check: Check::Find(uses),
        breaks: &[("/Resources/DeadLetters/Type", r#""AWS::Lambda::EventSourceMapping""#)],
    },
    Rule {
        says: "the stream, the rule and the schedule retry for hours, but not for ever",
        check: Check::Find(retries),
        breaks: &[
            ("/Resources/DeliverMailMail/Properties/MaximumRetryAttempts", GONE),
            ("/Resources/DeliverMailMail/Properties/MaximumRetryAttempts", "-1"),
            ("/Resources/DeliverMailMail/Properties/MaximumRecordAgeInSeconds", GONE),
            ("/Resources/FlagLapsedPlansHourly/Properties/Target/RetryPolicy", GONE),
            ("/Resources/RecordDeliveryReport/Properties/Targets/0/RetryPolicy", GONE),
        ],
    },
    Rule {
        says: "the stream's filter lets through new mails and nothing else",
        check: Check::Find(filter),
        breaks: &[
            ("/Resources/DeliverMailMail/Properties/FilterCriteria", GONE),
            (
                "/Resources/DeliverMailMail/Properties/FilterCriteria/Filters/0/Pattern",
                r#""{eventName: INSERT}""#,
            ),
            (
                "/Resources/DeliverMailMail/Properties/FilterCriteria/Filters/0/Pattern",
                r#""{\"dynamodb\": {\"Keys\": {\"pk\": {\"S\": [{\"prefix\": \"mail#\"}]}}}}""#,
            ),
            (
                "/Resources/DeliverMailMail/Properties/FilterCriteria/Filters/0/Pattern",
                concat!(
                    r#""{\"eventName\": [\"INSERT\"], "#,
                    r#"\"dynamodb\": {\"Keys\": {\"pk\": [{\"prefix\": \"mail#\"}]}}}""#
                ),
            ),
        ],
    },
    Rule {
        says: "a partner's card is copied after all requests that were running have ended",
        check: Check::Find(window),
        breaks: &[
            ("/Resources/CopyPartnerCardCard/Properties/MaximumBatchingWindowInSeconds", GONE),
            ("/Resources/UpdateAccount/Properties/Timeout", "60"),
        ],
    },
    Rule {
        says: "a batch of mails is sent within the function's time limit",
        check: Check::Find(batch),
        breaks: &[
            ("/Resources/DeliverMail/Properties/Timeout", "3"),
            ("/Resources/DeliverMailMail/Properties/BatchSize", "1000"),
        ],
    },
    Rule {
        says: "a schedule has a valid expression, a time zone and a function that it may call",
        check: Check::Find(schedule),
        breaks: &[
            ("/Resources/FlagLapsedPlansHourly/Properties/ScheduleExpression", r#""rate(1 days)""#),
            (
                "/Resources/FlagLapsedPlansHourly/Properties/ScheduleExpression",
                r#""cron(5 0 * * * *)""#,
            ),
            (
                "/Resources/FlagLapsedPlansHourly/Properties/ScheduleExpression",
                r#""cron(5 24 * * ? *)""#,
            ),
            ("/Resources/FlagLapsedPlansHourly/Properties/ScheduleExpressionTimezone", GONE),
            ("/Resources/FlagLapsedPlansHourly/Properties/Target/DeadLetterConfig", GONE),
            ("/Resources/FlagLapsedPlansHourlyRole/Properties/Policies/0", GONE),
            ("/Resources/FlagLapsedPlansHourlyRole/Properties/Policies/1", GONE),
        ],
    },
    Rule {
        says: "SES reports deliveries, and the rule passes only this stack's reports",
        check: Check::Find(reports),
        breaks: &[
            ("/Resources/MailEvents/Properties/EventDestination/Enabled", "false"),
            ("/Resources/MailEvents/Properties/EventDestination/MatchingEventTypes/2", GONE),
            ("/Resources/RecordDeliveryReport/Properties/EventPattern/detail", GONE),
            ("/Resources/RecordDeliveryReport/Properties/EventPattern/detail-type/0", GONE),
            ("/Resources/RecordDeliveryReport/Properties/Targets/0/DeadLetterConfig", GONE),
            (
                "/Resources/DeliverMail/Properties/Environment/Variables/CONFIGURATION_SET",
                r#""another""#,
            ),
            ("/Resources/RecordDeliveryReportPermission", GONE),
        ],
    },
    Rule {
        says: "every queue of lost work keeps messages for as long as SQS allows, encrypted",
        check: Check::Find(queues),
        breaks: &[
            ("/Resources/DeadLetters/Properties/MessageRetentionPeriod", "345600"),
            ("/Resources/MailDeadLetters/Properties/SqsManagedSseEnabled", GONE),
            ("/Resources/CardDeadLetters/Properties/MessageRetentionPeriod", GONE),
        ],
    },
];

/// The reports, by their names in SES's configuration set and in EventBridge.
const REPORTS: [(&str, &str); 5] = [
    ("delivery", "Email Delivered"),
    ("deliveryDelay", "Email Delivery Delayed"),
    ("bounce", "Email Bounced"),
    ("complaint", "Email Complaint Received"),
    ("reject", "Email Rejected"),
];

/// Checks that each mapping has a queue to give up to, which nothing else uses.
fn destinations(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    let mut taken = vec!["DeadLetters"];
    for (name, mapping) in template.all("AWS::Lambda::EventSourceMapping") {
        let queue = named(&mapping["DestinationConfig"]["OnFailure"]["Destination"]);
        if queue.is_none_or(|queue| taken.contains(&queue)) {
            violations.push(format!("{name} has no queue of its own"));
        }
        taken.extend(queue);
    }
    violations
}

fn uses(template: &Template) -> Vec<String> {
    let uses = template.all("AWS::Lambda::EventSourceMapping").count();
    if uses <= 2 { vec![] } else { vec![format!("{uses} uses")] }
}

fn queues(template: &Template) -> Vec<String> {
    let wrong = template.all("AWS::SQS::Queue").filter(|(_, queue)| {
        queue["MessageRetentionPeriod"] != 1_209_600 || queue["SqsManagedSseEnabled"] != true
    });
    wrong.map(|(name, queue)| format!("{name} is {queue}")).collect()
}

fn retries(template: &Template) -> Vec<String> {
    let mut found = Vec::new();
    for (name, mapping) in template.all("AWS::Lambda::EventSourceMapping") {
        found.push((name, &mapping["MaximumRetryAttempts"], &mapping["MaximumRecordAgeInSeconds"]));
    }
    let schedules = template
        .all("AWS::Scheduler::Schedule")
        .map(|(name, schedule)| (name, &schedule["Target"]));
    let rules = template
        .all("AWS::Events::Rule")
        .flat_map(|(name, rule)| items(&rule["Targets"]).iter().map(move |target| (name, target)));
    for (name, target) in schedules.chain(rules) {
        let policy = &target["RetryPolicy"];
        found.push((name, &policy["MaximumRetryAttempts"], &policy["MaximumEventAgeInSeconds"]));
    }
    let wrong = found.into_iter().filter(|(_, attempts, age)| {
        let between = |value: &Value, least: i64, most: i64| {
            value.as_i64().is_some_and(|number| (least..=most).contains(&number))
        };
        !between(attempts, 10, 200) || !between(age, 3600, 86_400)
    });
    wrong
        .map(|(name, attempts, age)| format!("{name} retries {attempts} times in {age} seconds"))
        .collect()
}

fn record(event: &str, pk: &str) -> Value {
    json!({
        "eventID": "c4ca4238a0b923820dcc509a6f75849b",
        "eventName": event,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_764_000_000,
            "Keys": { "pk": { "S": pk }, "sk": { "S": "mail" } },
            "NewImage": { "pk": { "S": pk }, "sk": { "S": "mail" }, "delivery": { "S": "queued" } },
            "SequenceNumber": "4421584500000000017450439091",
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN":
            "arn:aws:dynamodb:eu-central-1:123456789012:table/portico/stream/2026-01-01T00:00:00",
    })
}

fn filter(template: &Template) -> Vec<String> {
    let filters =
        items(template.at("/Resources/DeliverMailMail/Properties/FilterCriteria/Filters"));
    let mut violations = Vec::new();
    let mut patterns = Vec::new();
    for filter in filters {
        match filter["Pattern"].as_str().map(serde_json::from_str::<Value>) {
            Some(Ok(pattern)) => patterns.push(pattern),
            _ => violations.push(format!("{} is not JSON", filter["Pattern"])),
        }
    }
    if filters.is_empty() {
        violations.push("no filter".to_owned());
    }
    let mail = "mail#01JD0000000000000000000000";
    let records = [
        (true, "INSERT", mail),
        (false, "MODIFY", mail),
        (false, "REMOVE", mail),
        (false, "INSERT", "account#01JD0000000000000000000000"),
    ];
    for (wanted, event, pk) in records {
        if patterns.iter().any(|pattern| matches(pattern, &record(event, pk))) != wanted {
            violations
                .push(format!("{event} of {pk} is {}", if wanted { "blocked" } else { "passed" }));
        }
    }
    violations
}

/// Checks that a batch, whose mails are sent one after the other, fits into the time limit.
fn batch(template: &Template) -> Vec<String> {
    let size =
        template.at("/Resources/DeliverMailMail/Properties/BatchSize").as_u64().unwrap_or(100);
    let seconds = template.at("/Resources/DeliverMail/Properties/Timeout").as_u64().unwrap_or(3);
    // Up to six seconds for each when the services are slow; see core's config.rs.
    if size * 6 <= seconds { vec![] } else { vec![format!("{size} mails in {seconds} s")] }
}

/// Checks that a request that stores the partner's old card ends before the copying starts.
fn window(template: &Template) -> Vec<String> {
    let window = template
        .at("/Resources/CopyPartnerCardCard/Properties/MaximumBatchingWindowInSeconds")
        .as_u64()
        .unwrap_or_default();
    let mut violations = Vec::new();
    for function in ["UpdateAccount", "CreateAccount", "ImportAccounts"] {
        let timeout =
            template.at(&format!("/Resources/{function}/Properties/Timeout")).as_u64().unwrap_or(3);
        if window < timeout + 5 {
            violations
                .push(format!("{function} takes up to {timeout} s, the stream waits {window} s"));
        }
    }
    violations
}

fn schedule(template: &Template) -> Vec<String> {
    let mut violations = Vec::new();
    for (name, schedule) in template.all("AWS::Scheduler::Schedule") {
        let expression = schedule["ScheduleExpression"].as_str().unwrap_or_default();
        if !is_schedule(expression) {
            violations.push(format!("{name}: {expression} is not a valid expression"));
        }
        if schedule["ScheduleExpressionTimezone"].as_str().is_none_or(str::is_empty) {
            violations.push(format!("{name} has no time zone"));
        }
        let target = &schedule["Target"];
        let role = named(&target["RoleArn"])
            .map(|role| grants(template.at(&format!("/Resources/{role}/Properties"))))
            .unwrap_or_default();
        let function = format!("{}.Arn", named(&target["Arn"]).unwrap_or("nothing"));
        if !role.contains(&("lambda:InvokeFunction".to_owned(), function.clone())) {
            violations.push(format!("{name} may not call {function}"));
        }
        if named(&target["DeadLetterConfig"]["Arn"]) != Some("DeadLetters")
            || !role.contains(&("sqs:SendMessage".to_owned(), "DeadLetters.Arn".to_owned()))
        {
            violations.push(format!("{name} cannot write to the dead-letter queue"));
        }
    }
    violations
}

/// Checks `rate(2 hours)` and `cron(MINUTE HOUR DAY MONTH WEEKDAY YEAR)`, whose fields may be
/// numbers, lists, steps, `*` and `?`.
fn is_schedule(text: &str) -> bool {
    let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(rate) = inside("rate") {
        let Some((number, unit)) = rate.split_once(' ') else { return false };
        let units =
            if number == "1" { ["minute", "hour", "day"] } else { ["minutes", "hours", "days"] };
        return number.parse::<u32>().is_ok_and(|number| number > 0) && units.contains(&unit);
    }
    let fields: Vec<&str> = inside("cron").unwrap_or_default().split(' ').collect();
    let [minute, hour, day, month, weekday, year] = fields[..] else { return false };
    let limits = [
        (minute, 0, 59),
        (hour, 0, 23),
        (day, 1, 31),
        (month, 1, 12),
        (weekday, 1, 7),
        (year, 1970, 2199),
    ];
    // Either the day or the weekday is given; the other is a question mark.
    (day == "?") != (weekday == "?")
        && limits.iter().all(|(field, least, most)| is_field(field, *least, *most))
}

fn is_field(field: &str, least: u32, most: u32) -> bool {
    let number =
        |text: &str| text.parse::<u32>().is_ok_and(|number| (least..=most).contains(&number));
    ["*", "?"].contains(&field)
        || field
            .split(',')
            .all(|part| part.split(['-', '/']).all(|bound| bound == "*" || number(bound)))
}

fn report(kind: &str, configuration_set: &Value) -> Value {
    let tags = json!({
        "ses:configuration-set": [configuration_set],
        "mail": ["01JD0000000000000000000000"],
    });
    json!({
        "version": "0",
        "source": "aws.ses",
        "detail-type": kind,
        "detail": { "mail": { "tags": tags } },
    })
}

fn reports(template: &Template) -> Vec<String> {
    let destination = template.at("/Resources/MailEvents/Properties/EventDestination");
    let mut violations = Vec::new();
    if destination["Enabled"] != true
        || named(template.at("/Resources/MailEvents/Properties/ConfigurationSetName"))
            != Some("MailConfiguration")
    {
        violations.push("MailEvents is off, or not for this stack's configuration set".to_owned());
    }
    if named(
        template.at("/Resources/DeliverMail/Properties/Environment/Variables/CONFIGURATION_SET"),
    ) != Some("MailConfiguration")
    {
        violations.push("DeliverMail does not send with the stack's configuration set".to_owned());
    }
    let rules: Vec<_> = template.all("AWS::Events::Rule").collect();
    let own = json!({ "Ref": "MailConfiguration" });
    for (in_ses, in_event_bridge) in REPORTS {
        if !items(&destination["MatchingEventTypes"]).iter().any(|kind| kind == in_ses) {
            violations.push(format!("SES does not report {in_ses}"));
        }
        let passes =
            |event: &Value| rules.iter().any(|(_, rule)| matches(&rule["EventPattern"], event));
        if !passes(&report(in_event_bridge, &own)) {
            violations.push(format!("{in_event_bridge} is blocked"));
        }
        if passes(&report(in_event_bridge, &"another".into())) {
            violations.push(format!("{in_event_bridge} of another stack passes"));
        }
    }
    for (name, rule) in &rules {
        for target in items(&rule["Targets"]) {
            let function = named(&target["Arn"]);
            let permitted = template.all("AWS::Lambda::Permission").any(|(_, permission)| {
                named(&permission["FunctionName"]) == function
                    && permission["Principal"] == "events.amazonaws.com"
                    && named(&permission["SourceArn"]) == Some(name)
            });
            if !permitted {
                violations.push(format!("{name} may not call {}", function.unwrap_or("nothing")));
            }
            if target.get("DeadLetterConfig").is_none() {
                violations.push(format!("{name} has no dead-letter queue"));
            }
        }
    }
    violations
}

#[test]
fn expressions_are_checked_as_eventbridge_scheduler_checks_them() {
    for text in ["cron(5 0 * * ? *)", "cron(0/15 8-18 ? * 2-6 *)", "rate(1 day)", "rate(5 minutes)"]
    {
        assert!(is_schedule(text), "{text}");
    }
    for text in [
        "rate(1 days)",
        "rate(5 minute)",
        "rate(0 days)",
        "cron(5 0 * * * *)",
        "cron(60 0 * * ? *)",
        "cron(5 0 * * ?)",
        "daily",
    ] {
        assert!(!is_schedule(text), "{text}");
    }
}
