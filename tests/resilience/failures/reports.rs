//! Reports of the mail service are recorded and announced once, under any failure.

use jiff::SignedDuration;
use local::Report;
use serde_json::json;
use tests::{CallFailure, Fixture, Portal, Table};

use crate::rules;

/// The calls that record a report: the mail; with it the professional and the inviter; the change.
const CALLS: [&str; 3] = ["BatchGetItem", "BatchGetItem", "TransactWriteItems"];

/// Counts what must have happened once for each bounced invitation: its state, its activity, the
/// alert.
async fn counted(portal: &Portal) -> [usize; 4] {
    let table = Table::of(portal).await;
    let mails = table
        .items("mail#", "mail")
        .iter()
        .filter(|(_, _, item)| item["delivery"] == "bounced")
        .count();
    let people = table
        .items("account#", "professional#")
        .iter()
        .filter(|(_, _, item)| item["invitation"]["delivery"] == "bounced")
        .count();
    let alerts = portal
        .mailbox
        .messages()
        .iter()
        .filter(|message| message.tags["kind"] == "invitation-bounced")
        .count();
    [mails, people, table.count(&portal.customer, "mail-bounced"), alerts]
}

async fn disturbed(failure: CallFailure) {
    let Fixture { portal, administrator: mut ada, .. } =
        Fixture::builder().customer().build().await;
    let people = format!("/api/accounts/{}/professionals", portal.customer);
    let mut cases = 0;
    for (index, call) in CALLS.iter().enumerate() {
        if failure == CallFailure::Conflict && *call != "TransactWriteItems" {
            continue;
        }
        for times in [1, usize::MAX] {
            let what = format!("{failure:?} at call {index}, {times} times");
            let email = format!("eve{cases}@customer.example");
            let added = ada.post(&people, json!({ "name": "Eve Early", "email": email })).await;
            assert_eq!(added.status, 201, "{added}");
            portal.deliver().await;
            let event = Report::Bounced.event(&portal.mail(&email));
            portal.probe.reset();
            portal.probe.disturb(failure, index, times);
            let waiting = portal.publish(vec![event.clone()]).await;
            portal.probe.reset();
            assert_eq!(waiting, usize::from(times > 1), "{what}");
            assert_eq!(portal.publish(vec![]).await, 0, "afterwards: {what}");
            assert_eq!(portal.publish(vec![event]).await, 0, "again: {what}");
            portal.deliver().await;
            cases += 1;
            assert_eq!(counted(&portal).await, [cases; 4], "{what}");
            rules::hold(&portal).await;
            // Within an hour, the sixth would be gathered in a digest.
            portal.clock.set(portal.clock.now() + SignedDuration::from_hours(1));
        }
    }
}

#[tokio::test]
async fn a_report_is_recorded_and_announced_once_whichever_call_fails() {
    tokio::join!(
        disturbed(CallFailure::Throttled),
        disturbed(CallFailure::Broken),
        disturbed(CallFailure::Conflict),
        disturbed(CallFailure::AnswerLost)
    );
}

#[tokio::test]
async fn a_report_and_the_record_of_the_sending_may_race() {
    let portal = Portal::start().await;
    for round in 0..10 {
        let email = format!("eve{round}@customer.example");
        let event = json!({
            "path": { "account": portal.customer }, "body": { "name": "Eve Early", "email": email },
        });
        assert_eq!(portal.operator("Invite", event).await["status"], 201);
        let delivering = portal.stack().deliver();
        let reporting = async {
            loop {
                let reports = portal.ses.take_reports();
                if !reports.is_empty() {
                    return portal.publish(reports).await;
                }
                tokio::task::yield_now().await;
            }
        };
        let (delivered, reported) = tokio::join!(delivering, reporting);
        assert_eq!((delivered.expect("the stream is read"), reported), (0, 0));
        let table = rules::hold_when_delivered(&portal).await;
        assert!(
            table.items("mail#", "mail").iter().all(|(_, _, item)| item["delivery"] == "delivered")
        );
        assert_eq!(
            table.count(&portal.customer, "mail-sent"),
            round + 1,
            "each sender gets one alert for each mail"
        );
    }
}
