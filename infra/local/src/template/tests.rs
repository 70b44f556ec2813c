//! Tests which templates are read and which are refused.

use jiff::SignedDuration;
use serde_json::json;

use super::*;

fn function(event: &str) -> String {
    format!(
        "Resources:\n  Greet:\n    Type: AWS::Serverless::Function\n    Properties:\n\
         \x20     Events:\n        Event: {event}\n"
    )
}

fn refusal(event: &str) -> String {
    Template::parse(&function(event)).expect_err("refused").to_string()
}

#[test]
fn a_route_is_read() {
    let event = r#"{ Type: HttpApi, Properties: { Method: get, Path: "/api/greet/{name}" } }"#;
    let template = Template::parse(&function(event)).expect("a template");
    let route =
        Route { function: "Greet".into(), method: Method::GET, path: "/api/greet/{name}".into() };
    assert_eq!(template.routes, [route]);
    assert!(template.functions.contains("Greet"));
}

#[test]
fn a_table_becomes_what_create_table_takes() {
    let yaml = "
Resources:
  People:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: true
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      TimeToLiveSpecification: { AttributeName: ttl, Enabled: true }
";
    let table = &Template::parse(yaml).expect("a template").tables[0];
    let stream = json!({ "StreamViewType": "NEW_IMAGE", "StreamEnabled": true });
    let definition = json!({
        "TableName": "People",
        "BillingMode": "PAY_PER_REQUEST",
        "StreamSpecification": stream,
    });
    assert_eq!(table.definition, definition);
    assert_eq!(table.time_to_live, Some(json!({ "AttributeName": "ttl", "Enabled": true })));
}

#[test]
fn the_forwarded_cookies_are_a_list() {
    let policy = |cookies: &str| {
        Template::parse(&format!(
            "Resources: {{ Forward: {{ Type: AWS::CloudFront::OriginRequestPolicy, Properties: {{ \
             OriginRequestPolicyConfig: {{ CookiesConfig: {{ {cookies} }} }} }} }} }}"
        ))
    };
    let template = policy("CookieBehavior: whitelist, Cookies: [a, b]").expect("a template");
    assert_eq!(template.forwarded_cookies, ["a", "b"]);
    let all = policy("CookieBehavior: all").expect_err("refused").to_string();
    assert!(all.contains("Forward: CookieBehavior must be whitelist"), "{all}");
}

fn schedule(expression: &str) -> String {
    format!("{{ Type: ScheduleV2, Properties: {{ ScheduleExpression: {expression} }} }}")
}

#[test]
fn a_schedule_runs_as_often_as_its_expression_says() {
    let times = |runs: &Schedule| {
        // Each minute of a day, from midnight on.
        let start: Timestamp = "2026-11-22T00:00:00Z".parse().expect("a time");
        let minutes = (0..24 * 60).map(|minute| start + SignedDuration::from_mins(minute));
        let mut last = runs.interval(start - SignedDuration::from_mins(1));
        let new = |now: &Timestamp| std::mem::replace(&mut last, runs.interval(*now)) != last;
        minutes.filter(new).map(|now| now.strftime("%H:%M").to_string()).collect::<Vec<_>>()
    };
    let read = |expression| {
        let template = Template::parse(&function(&schedule(expression))).expect("a template");
        let [schedule] = &template.schedules[..] else { panic!("one schedule") };
        assert_eq!(schedule.function, "Greet");
        times(schedule)
    };
    assert_eq!(read("rate(1 day)"), ["00:00"]);
    assert_eq!(read("rate(12 hours)"), ["00:00", "12:00"]);
    assert_eq!(read("cron(30 2 * * ? *)"), ["02:30"]);
    assert_eq!(read("rate(1 hour)").len(), 24);
    assert_eq!(read("cron(5 * * * ? *)")[..2], ["00:05", "01:05"]);
    assert_eq!(read("rate(5 minutes)")[..3], ["00:00", "00:05", "00:10"]);
    assert_eq!(read("rate(1 minute)").len(), 24 * 60);
}

#[test]
fn a_schedule_that_the_local_run_cannot_emulate_is_refused() {
    for expression in [
        "rate(0 hours)",
        "rate(2 hour)",
        "rate(1 days)",
        "rate(1 week)",
        "cron(5 24 * * ? *)",
        "cron(60 * * * ? *)",
        "cron(5 0 1 * ? *)",
        "at(2027-01-01T00:00:00)",
        "daily",
    ] {
        let refusal = refusal(&schedule(expression));
        assert!(refusal.contains(&format!("does not support {expression}; use")), "{refusal}");
    }
    let zone = "rate(1 hour), ScheduleExpressionTimezone: Europe/Berlin";
    assert!(refusal(&schedule(zone)).contains("the time zone Europe/Berlin; use UTC"));
}

#[test]
fn what_the_local_run_does_not_support_is_refused_by_name() {
    let any = "{ Type: HttpApi, Properties: { Method: ANY, Path: / } }";
    assert_eq!(
        refusal(any),
        "infra/template.yaml: Greet.Events.Event: ANY is not one method; add an event for each"
    );
    let rule = |properties: &str| {
        refusal(&format!("{{ Type: EventBridgeRule, Properties: {{ {properties} }} }}"))
    };
    assert!(
        rule("Pattern: { source: [aws.ses] }, EventBusName: other")
            .ends_with("the local run does not support EventBusName")
    );
    assert!(
        rule("Pattern: { source: [aws.ses] }, InputPath: $.detail")
            .ends_with("the local run does not support InputPath")
    );
    assert!(rule("Pattern: { source: [{ suffix: ses }] }").contains("does not support the rule"));
    assert!(
        rule("Pattern: { source: [!Ref Nothing] }")
            .ends_with("!Ref \"Nothing\" is not a configuration set")
    );
    assert!(rule("State: ENABLED").contains("missing field `Pattern`"));
    assert!(
        refusal("{ Type: SQS, Properties: {} }")
            .contains("Greet.Events.Event: unknown variant `SQS`")
    );
}

#[test]
fn the_deployed_template_is_read() {
    let template = Template::parse(DEPLOYED).expect("a template");
    assert_eq!(template.tables[0].name, "Table");
    let schedules: Vec<_> =
        template.schedules.iter().map(|schedule| schedule.function.as_str()).collect();
    assert_eq!(
        schedules,
        ["DeliverMail", "FlagLapsedPlans", "RemindAdministrators", "RouteAccessRequests"]
    );
    let [cards, stream] = &template.streams[..] else { panic!("two streams") };
    assert_eq!((cards.function.as_str(), cards.table.as_str()), ("CopyPartnerCard", "Table"));
    assert_eq!(
        (stream.function.as_str(), stream.table.as_str(), stream.batch_size),
        ("DeliverMail", "Table", 10)
    );
    let [rule] = &template.rules[..] else { panic!("one rule") };
    assert_eq!(rule.function, "RecordDelivery");
    let report = |kind: &str, set: &str| {
        let mail = json!({ "tags": { "ses:configuration-set": [set] } });
        json!({ "source": "aws.ses", "detail-type": kind, "detail": { "mail": mail } })
    };
    assert!(rule.pattern.matches(&report("Email Bounced", "MailConfiguration")));
    assert!(!rule.pattern.matches(&report("Email Bounced", "AnotherStack")));
    assert!(!rule.pattern.matches(&report("Email Opened", "MailConfiguration")));
    let record = |event: &str, pk: &str| {
        let keys = json!({ "pk": { "S": pk } });
        json!({ "eventName": event, "dynamodb": { "Keys": keys } })
    };
    assert!(stream.filters[0].matches(&record("INSERT", "mail#1")));
    assert!(!stream.filters[0].matches(&record("MODIFY", "mail#1")));
    assert!(!stream.filters[0].matches(&record("INSERT", "account#1")));
}
