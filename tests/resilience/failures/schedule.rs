//! The schedules under failures: plans are flagged and announced once, however often a schedule has
//! to run.

use std::{collections::BTreeMap, time::Duration};

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use tests::{CallFailure, Portal, Table};

/// Creates an account with an administrator, and a partner with one, whose plan has a notice due at
/// noon of `day`.
async fn due(portal: &Portal, day: Date, days_left: i32) -> String {
    let yesterday = day.yesterday().expect("a day").to_string();
    portal.set_today(&yesterday);
    let plan = json!({
        "name": "Support", "starts_on": "2026-01-01",
        "ends_on": (day + days_left.days()).to_string(),
    });
    let body = json!({
        "name": "Ending Customer", "kind": "customer", "partner": portal.partner, "plan": plan,
    });
    let account = portal.create_account(body).await;
    portal
        .add(&account, "Ada Lovelace", &format!("ada{}@customer.example", day.day_of_year()))
        .await;
    portal.schedule_ran_through("flag-lapsed-plans", &(day - 2.days()).to_string()).await;
    portal.set_today(&day.to_string());
    account
}

async fn flag(portal: &Portal) -> Result<Value, local::InvocationError> {
    portal.stack().functions.invoke("flag-lapsed-plans", Value::Null).await
}

/// Counts the notices of plans that have reached each mailbox.
fn notices(portal: &Portal) -> BTreeMap<String, usize> {
    let mut notices = BTreeMap::new();
    for mail in portal
        .mailbox
        .messages()
        .into_iter()
        .filter(|message| message.tags["kind"].starts_with("plan-"))
    {
        *notices.entry(mail.to).or_default() += 1;
    }
    notices
}

/// Disturbs each call of a run, once and permanently, and lets the next runs continue.
async fn disturbed(failure: CallFailure, days_left: i32) {
    let portal = Portal::start().await;
    portal.add(&portal.partner, "Pat Partner", "pat@partner.example").await;
    let mut day: Date = "2026-11-24".parse().expect("a date");
    due(&portal, day, days_left).await;
    let before = Table::of(&portal).await;
    portal.probe.reset();
    flag(&portal).await.expect("the schedule runs");
    let calls = portal.probe.calls();
    let expected = Table::of(&portal).await.changes_since(&before);
    portal.deliver().await;

    // One index page of each day is enough.
    let points = (0..calls.len()).filter(|value| calls[*value] != "Query" || value % 16 == 1);
    for point in points {
        for times in [1, usize::MAX] {
            day += 5.days();
            due(&portal, day, days_left).await;
            portal.deliver().await;
            let (before, announced) = (Table::of(&portal).await, notices(&portal));
            portal.probe.reset();
            portal.probe.disturb(failure, point, times);
            // The run may fail or succeed: the client retries less after more failures.
            let _failed = flag(&portal).await;
            portal.probe.reset();
            let what = format!("{failure:?} at call {point}, {}, {times} times", calls[point]);
            flag(&portal).await.expect("it goes on where it has come to");
            flag(&portal).await.expect("and has nothing left to do");
            assert_eq!(Table::of(&portal).await.changes_since(&before), expected, "{what}");
            portal.deliver().await;
            let mut wanted = announced;
            *wanted.entry(format!("ada{}@customer.example", day.day_of_year())).or_default() += 1;
            *wanted.entry("pat@partner.example".to_owned()).or_default() += 1;
            assert_eq!(notices(&portal), wanted, "{what}");
        }
    }
}

#[tokio::test]
async fn an_upcoming_end_is_announced_once_however_often_the_schedule_fails() {
    tokio::join!(
        disturbed(CallFailure::Throttled, 14),
        disturbed(CallFailure::Broken, 14),
        disturbed(CallFailure::Conflict, 14),
        disturbed(CallFailure::AnswerLost, 14)
    );
}

#[tokio::test]
async fn a_lapse_is_announced_once_however_often_the_schedule_fails() {
    tokio::join!(
        disturbed(CallFailure::Throttled, -1),
        disturbed(CallFailure::Broken, -1),
        disturbed(CallFailure::Conflict, -1),
        disturbed(CallFailure::AnswerLost, -1)
    );
}

#[tokio::test]
async fn a_stage_is_announced_once_when_the_schedule_runs_twice_at_once() {
    let portal = Portal::start().await;
    for days_left in [60, 2, -1] {
        let day: Date = "2026-11-24".parse().expect("a date");
        due(&portal, day, days_left).await;
        let (one, two, three) = tokio::join!(flag(&portal), flag(&portal), flag(&portal));
        let noticed = |item: &Value| {
            item["noticed"]
                .as_object()
                .expect("stages")
                .values()
                .filter_map(Value::as_u64)
                .sum::<u64>()
        };
        let noticed: Vec<_> = [one, two, three]
            .into_iter()
            .map(|value| noticed(&value.expect("it ends well")))
            .collect();
        assert_eq!(noticed.iter().sum::<u64>(), 1, "{noticed:?}");
    }
    portal.deliver().await;
    assert_eq!(notices(&portal), [("ada328@customer.example".to_owned(), 3)].into());
}

#[tokio::test]
async fn a_run_out_of_time_leaves_the_rest_to_the_next() {
    let portal = Portal::start().await;
    due(&portal, "2026-11-24".parse().expect("a date"), 2).await;
    let functions = &portal.stack().functions;
    let cut = functions
        .invoke_within("flag-lapsed-plans", Value::Null, Some(Duration::ZERO))
        .await
        .expect("the run ends in time");
    assert_eq!((&cut["noticed"], &cut["finished"]), (&json!({}), &json!(false)));
    let next = functions
        .invoke_within("flag-lapsed-plans", Value::Null, Some(Duration::from_mins(15)))
        .await
        .expect("it goes on");
    assert_eq!((&next["noticed"], &next["finished"]), (&json!({ "2-days": 1 }), &json!(true)));
}

#[tokio::test]
async fn an_account_that_cannot_be_read_delays_no_other() {
    let portal = Portal::start().await;
    let day: Date = "2026-11-24".parse().expect("a date");
    let broken = due(&portal, day, 2).await;
    let key = [("pk", format!("account#{broken}")), ("sk", "account".to_owned())]
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
    let update = portal
        .dynamodb
        .update_item()
        .table_name(&portal.table)
        .set_key(Some(key.into()))
        .update_expression("SET #kind = :kind");
    let values = ("#kind", "kind", ":kind", AttributeValue::S("unheard-of".to_owned()));
    let update = update
        .expression_attribute_names(values.0, values.1)
        .expression_attribute_values(values.2, values.3);
    update.send().await.expect("broken");
    due(&portal, day, 2).await;
    flag(&portal).await.expect_err("it says so");
    portal.deliver().await;
    assert_eq!(notices(&portal), [("ada328@customer.example".to_owned(), 1)].into());
    assert_eq!(
        portal
            .store
            .progress("flag-lapsed-plans")
            .await
            .expect("read")
            .expect("noted")
            .through
            .to_string(),
        "2026-11-22"
    );
    portal.set_today("2026-11-30");
    flag(&portal).await.expect_err("it says so again");
    let through =
        portal.store.progress("flag-lapsed-plans").await.expect("read").expect("noted").through;
    assert_eq!(through.to_string(), "2026-11-23", "the day is not over");
}

/// Adds a person whose access ends, with the notice due on `day`.
async fn ending(portal: &Portal, day: Date) {
    portal.schedule_ran_through("remind-administrators-ends", &(day - 2.days()).to_string()).await;
    portal
        .schedule_ran_through("remind-administrators-reviews", &(day - 2.days()).to_string())
        .await;
    let email = format!("{}@customer.example", day.day_of_year());
    let person = json!({
        "name": "Emil Erpel", "email": email, "ends_on": (day + 14.days()).to_string(),
    });
    portal.add_with(&portal.customer, person).await;
    // Notices go only to addresses that are proved.
    portal.follow_invitation(&email, "Emil Erpel", &email).await;
    portal.set_today(&day.to_string());
}

async fn remind(portal: &Portal) -> Result<Value, local::InvocationError> {
    portal.stack().functions.invoke("remind-administrators", Value::Null).await
}

async fn reminding_disturbed(failure: CallFailure) {
    let portal = Portal::start().await;
    portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let mut day: Date = "2026-11-23".parse().expect("a date");
    ending(&portal, day).await;
    portal.deliver().await;
    portal.probe.reset();
    remind(&portal).await.expect("reminded");
    let calls = portal.probe.calls();
    let points = (0..calls.len()).filter(|value| calls[*value] != "Query" || value % 16 == 1);
    for point in points {
        for times in [1, usize::MAX] {
            day += 5.days();
            ending(&portal, day).await;
            portal.deliver().await;
            let before = announced(&portal);
            portal.probe.reset();
            portal.probe.disturb(failure, point, times);
            let _failed = remind(&portal).await;
            portal.probe.reset();
            remind(&portal).await.expect("it goes on where it has come to");
            remind(&portal).await.expect("and has nothing left to do");
            portal.deliver().await;
            assert_eq!(
                announced(&portal),
                before + 2,
                "{failure:?} at point {point}, {times} times"
            );
        }
    }
}

fn announced(portal: &Portal) -> usize {
    portal
        .mailbox
        .messages()
        .iter()
        .filter(|message| message.tags["kind"] == "access-ending")
        .count()
}

#[tokio::test]
async fn an_end_of_access_is_announced_once_however_often_the_schedule_fails() {
    tokio::join!(
        reminding_disturbed(CallFailure::Throttled),
        reminding_disturbed(CallFailure::Broken),
        reminding_disturbed(CallFailure::Conflict),
        reminding_disturbed(CallFailure::AnswerLost)
    );
}

#[tokio::test]
async fn an_end_of_access_is_announced_once_when_the_schedule_runs_twice_at_once() {
    let portal = Portal::start().await;
    portal.linked(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    ending(&portal, "2026-11-24".parse().expect("a date")).await;
    let (one, two) = tokio::join!(remind(&portal), remind(&portal));
    let ends =
        [one, two].map(|value| value.expect("both end well")["ends"].as_u64().expect("a number"));
    assert_eq!(ends.iter().sum::<u64>(), 1, "{ends:?}");
    portal.deliver().await;
    assert_eq!(announced(&portal), 2);
}
