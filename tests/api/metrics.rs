//! Metrics: each commit counts once.

use local::{Refusal, Report};
use portico::runtime::metrics::Metric;
use serde_json::json;
use tests::{CallFailure, Fixture, Portal, operator_event};

fn counted(portal: &Portal) -> [u32; 5] {
    [
        Metric::Invitations,
        Metric::Links,
        Metric::Lapses,
        Metric::Mails("sent"),
        Metric::Mails("failed"),
    ]
    .map(|value| portal.stack().app.store.metrics.counted(value))
}

#[tokio::test]
async fn invitations_links_and_mails_are_counted_as_they_are_committed() {
    let portal = Portal::start().await;
    let invite = operator_event(
        &portal.customer,
        None,
        json!({ "name": "Ada Lovelace", "email": "ada@customer.example" }),
    );
    portal.operator("Invite", invite.clone()).await;
    assert_eq!(counted(&portal), [1, 0, 0, 0, 0], "the mail has not left");
    portal.deliver().await;
    assert_eq!(counted(&portal), [1, 0, 0, 1, 0]);
    assert_eq!(portal.operator("Invite", invite).await["status"], 409);
    assert_eq!(counted(&portal), [1, 0, 0, 1, 0], "what was refused is not counted");

    portal.follow_invitation("ada@customer.example", "Ada Lovelace", "ada@customer.example").await;
    assert_eq!(
        counted(&portal),
        [1, 1, 0, 2, 0],
        "the notice counts, what stands for all notices does not"
    );
    portal.ses.refuse(1, Refusal::MESSAGE_REJECTED);
    portal.add(&portal.customer, "Bob Builder", "bob@customer.example").await;
    assert_eq!(counted(&portal), [2, 1, 0, 2, 1]);

    portal.add(&portal.customer, "Cleo", "cleo@customer.example").await;
    let report = Report::Bounced.event(&portal.mail("cleo@customer.example"));
    assert_eq!(portal.publish(vec![report.clone(), report]).await, 0);
    assert_eq!(portal.stack().app.store.metrics.counted(Metric::Mails("bounced")), 1);
}

#[tokio::test]
async fn a_lapse_is_counted_once_however_often_the_schedule_runs() {
    let Fixture { portal, .. } = Fixture::with_customer().await;
    portal.skip_to("2027-10-30").await;
    portal.set_today("2028-01-01");
    for _ in 0..2 {
        portal.operator("FlagLapsedPlans", json!({})).await;
    }
    assert_eq!(counted(&portal)[2], 1);
}

#[tokio::test]
async fn a_retried_request_is_counted_once() {
    for failure in [CallFailure::Throttled, CallFailure::Conflict, CallFailure::AnswerLost] {
        let portal = Portal::start().await;
        portal.probe.reset();
        portal.probe.disturb(failure, 1, 1);
        portal
            .operator(
                "Invite",
                operator_event(
                    &portal.customer,
                    None,
                    json!({ "name": "Ada Lovelace", "email": "ada@customer.example" }),
                ),
            )
            .await;
        portal.probe.reset();
        assert_eq!(counted(&portal)[0], 1, "{failure:?}");
    }
}
