//! The schedules under faults: a plan is flagged, and what is due is told of, once, however often a schedule has to run.

use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use tests::{Fault, Portal};

use crate::table::Table;

/// Lapses a plan and returns the calls of flagging it to be disturbed: where it has come to, the page of the due index that names the
/// account, the account, the change, and where it has come to now.
async fn lapse(portal: &Portal, day: Date) -> [usize; 5] {
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": day.yesterday().expect("a day") });
    let account = portal.create_account(json!({ "name": "Lapsing Customer", "kind": "customer", "plan": plan })).await;
    portal.store.schedule_done("flag-lapsed-plans", day).await.expect("noted");
    portal.set_today(&day.to_string());
    let table = Table::of(portal).await;
    let due = table.item(&format!("account#{account}"), "account")["due_pk"].as_str().expect("it is due").to_owned();
    let shard: usize = due.rsplit('#').next().and_then(|it| it.parse().ok()).expect("a shard");
    [0, shard + 1, shard + 2, shard + 3, 20]
}

async fn flag(portal: &Portal) -> Result<Value, local::InvocationError> {
    portal.stack().functions.invoke("flag-lapsed-plans", Value::Null).await
}

async fn disturbed(fault: Fault) {
    let portal = Portal::start().await;
    let mut day: Date = "2026-11-23".parse().expect("a date");
    let mut next = || {
        day += 1.day();
        day
    };
    lapse(&portal, next()).await;
    let before = Table::of(&portal).await;
    assert_eq!(flag(&portal).await.expect("flagged")["flagged"], 1);
    let expected = Table::of(&portal).await.changes_since(&before);

    for point in 0..5 {
        for times in [1, usize::MAX] {
            let calls = lapse(&portal, next()).await;
            let before = Table::of(&portal).await;
            portal.probe.reset();
            portal.probe.disturb(fault, calls[point], times);
            let flagged = flag(&portal).await;
            portal.probe.reset();
            // A conflict is met by the change alone.
            let failed = times == usize::MAX && (fault != Fault::Conflict || point <= 3);
            assert_eq!(flagged.is_err(), failed, "{fault:?} at point {point}: {flagged:?}");
            flag(&portal).await.expect("it goes on where it has come to");
            let changes = Table::of(&portal).await.changes_since(&before);
            assert_eq!(changes, expected, "{fault:?} at point {point}, {times} times");
        }
    }
}

#[tokio::test]
async fn a_plan_is_flagged_once_however_often_the_schedule_fails() {
    tokio::join!(disturbed(Fault::Throttled), disturbed(Fault::Broken), disturbed(Fault::Conflict), disturbed(Fault::AnswerLost));
}

#[tokio::test]
async fn a_plan_is_flagged_and_told_of_once_when_the_schedule_runs_twice_at_once() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    portal.set_today("2028-01-01");
    portal.store.schedule_done("flag-lapsed-plans", "2028-01-01".parse().expect("a date")).await.expect("noted");
    let (one, two) = tokio::join!(flag(&portal), flag(&portal));
    let flagged = [one, two].map(|it| it.expect("both end well")["flagged"].as_u64().expect("a number"));
    assert_eq!(flagged.iter().sum::<u64>(), 1, "{flagged:?}");
    portal.deliver().await;
    let notices = portal.mailbox.messages().into_iter().filter(|it| it.tags["kind"] == "plan-lapsed").count();
    assert_eq!(notices, 1);
}

/// Has the end of somebody's access due on `day`, and returns the calls of telling of it to be disturbed: where the schedule has come to, the
/// page that names the professional, the professional, the change, and where it has come to now.
async fn ending(portal: &Portal, day: Date) -> [usize; 5] {
    portal.store.schedule_done("remind-administrators-ends", day.yesterday().expect("a day")).await.expect("noted");
    portal.store.schedule_done("remind-administrators-reviews", day).await.expect("noted");
    let person =
        json!({ "name": "Emil Erpel", "email": format!("{}@customer.example", day.day_of_year()), "ends_on": (day + 14.days()).to_string() });
    let id = portal.add_with(&portal.customer, person).await;
    portal.set_today(&day.to_string());
    let table = Table::of(portal).await;
    let due = table.item(&format!("account#{}", portal.customer), &format!("professional#{id}"))["due_pk"].as_str().expect("it is due").to_owned();
    let shard: usize = due.rsplit('#').next().and_then(|it| it.parse().ok()).expect("a shard");
    // The two days before have nothing.
    let begin = 33 + shard;
    [0, begin, begin + 1, begin + 2, 33 + 16 + 3]
}

async fn remind(portal: &Portal) -> Result<Value, local::InvocationError> {
    portal.stack().functions.invoke("remind-administrators", Value::Null).await
}

async fn reminding_disturbed(fault: Fault) {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    let mut day: Date = "2026-11-23".parse().expect("a date");
    for point in 0..5 {
        for times in [1, usize::MAX] {
            day += 1.day();
            let calls = ending(&portal, day).await;
            portal.deliver().await;
            let before = told(&portal);
            portal.probe.reset();
            portal.probe.disturb(fault, calls[point], times);
            let reminded = remind(&portal).await;
            portal.probe.reset();
            if times == 1 {
                assert!(reminded.is_ok(), "{fault:?} at point {point}: {reminded:?}");
            }
            remind(&portal).await.expect("it goes on where it has come to");
            remind(&portal).await.expect("and has nothing left to do");
            portal.deliver().await;
            assert_eq!(told(&portal), before + 2, "{fault:?} at point {point}, {times} times");
        }
    }
}

fn told(portal: &Portal) -> usize {
    portal.mailbox.messages().iter().filter(|it| it.tags["kind"] == "access-ending").count()
}

#[tokio::test]
async fn an_end_of_access_is_told_once_however_often_the_schedule_fails() {
    tokio::join!(
        reminding_disturbed(Fault::Throttled),
        reminding_disturbed(Fault::Broken),
        reminding_disturbed(Fault::Conflict),
        reminding_disturbed(Fault::AnswerLost)
    );
}

#[tokio::test]
async fn an_end_of_access_is_told_once_when_the_schedule_runs_twice_at_once() {
    let portal = Portal::start().await;
    portal.add(&portal.customer, "Ada Lovelace", "ada@customer.example").await;
    ending(&portal, "2026-11-24".parse().expect("a date")).await;
    let (one, two) = tokio::join!(remind(&portal), remind(&portal));
    let ends = [one, two].map(|it| it.expect("both end well")["ends"].as_u64().expect("a number"));
    assert_eq!(ends.iter().sum::<u64>(), 1, "{ends:?}");
    portal.deliver().await;
    assert_eq!(told(&portal), 2);
}
