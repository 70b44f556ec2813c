//! What is read, and what is refused.

use serde_json::json;

use super::*;

fn function(event: &str) -> String {
    format!(
        "Resources:\n  Greet:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Event: {event}\n"
    )
}

fn refusal(event: &str) -> String {
    Template::parse(&function(event)).expect_err("refused").to_string()
}

#[test]
fn a_route_is_read() {
    let event = r#"{ Type: HttpApi, Properties: { ApiId: !Ref Api, Method: get, Path: "/api/greet/{name}" } }"#;
    let template = Template::parse(&function(event)).expect("a template");
    let route =
        Route { function: "Greet".into(), method: Method::GET, path: "/api/greet/{name}".into() };
    assert_eq!(template.routes, [route]);
    assert!(template.functions.contains("Greet"));
}

#[test]
fn a_table_becomes_what_create_table_takes() {
    let yaml = "Resources:\n  People:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      BillingMode: PAY_PER_REQUEST\n      \
                DeletionProtectionEnabled: true\n      StreamSpecification: { StreamViewType: NEW_IMAGE }\n      \
                TimeToLiveSpecification: { AttributeName: ttl, Enabled: true }\n";
    let table = &Template::parse(yaml).expect("a template").tables[0];
    let stream = json!({ "StreamViewType": "NEW_IMAGE", "StreamEnabled": true });
    let definition = json!({ "TableName": "People", "BillingMode": "PAY_PER_REQUEST", "StreamSpecification": stream });
    assert_eq!(table.definition, definition);
    assert_eq!(table.time_to_live, Some(json!({ "AttributeName": "ttl", "Enabled": true })));
}

#[test]
fn daily_schedules_are_read_and_others_refused() {
    for expression in ["rate(1 day)", "rate(5 minutes)", "cron(5 0 * * ? *)"] {
        let event =
            format!("{{ Type: ScheduleV2, Properties: {{ ScheduleExpression: {expression} }} }}");
        assert_eq!(Template::parse(&function(&event)).expect("a template").schedules, ["Greet"]);
    }
    for expression in
        ["rate(2 days)", "rate(0 hours)", "cron(5 24 * * ? *)", "cron(5 0 1 * ? *)", "daily"]
    {
        let event =
            format!("{{ Type: ScheduleV2, Properties: {{ ScheduleExpression: {expression} }} }}");
        assert!(refusal(&event).ends_with("is not at least once a day"), "{expression}");
    }
}

#[test]
fn what_the_local_run_does_not_know_is_refused_by_name() {
    let any = "{ Type: HttpApi, Properties: { Method: ANY, Path: / } }";
    assert_eq!(
        refusal(any),
        "infra/template.yaml: Greet.Events.Event: ANY is not one method; name each"
    );
    let rule = |properties: &str| {
        refusal(&format!("{{ Type: EventBridgeRule, Properties: {{ {properties} }} }}"))
    };
    assert!(
        rule("Pattern: { source: [aws.ses] }, EventBusName: other")
            .ends_with("the local run does not know EventBusName")
    );
    assert!(
        rule("Pattern: { source: [aws.ses] }, InputPath: $.detail")
            .ends_with("the local run does not know InputPath")
    );
    assert!(rule("Pattern: { source: [{ suffix: ses }] }").contains("does not know the rule"));
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
    assert_eq!(
        template.schedules,
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
    let report = |kind: &str, set: &str| json!({ "source": "aws.ses", "detail-type": kind, "detail": { "mail": { "tags": { "ses:configuration-set": [set] } } } });
    assert!(rule.pattern.matches(&report("Email Bounced", "MailConfiguration")));
    assert!(!rule.pattern.matches(&report("Email Bounced", "AnotherStack")));
    assert!(!rule.pattern.matches(&report("Email Opened", "MailConfiguration")));
    let record = |event: &str, pk: &str| json!({ "eventName": event, "dynamodb": { "Keys": { "pk": { "S": pk } } } });
    assert!(stream.filters[0].matches(&record("INSERT", "mail#1")));
    assert!(!stream.filters[0].matches(&record("MODIFY", "mail#1")));
    assert!(!stream.filters[0].matches(&record("INSERT", "account#1")));
}
