//! The schedule that routes requests for access to the next people.

use serde_json::{Value, json};
use tests::{CallFailure, Fixture, Portal, Table, operator_event};

use crate::ask_for_access::{ask, nina_asks, of, request_mails, state};

async fn run(portal: &Portal) -> Value {
    let answer = portal.operator("route-access-requests", json!({})).await;
    portal.deliver().await;
    answer
}

/// The customer with an administrator, a partner and staff who are linked.
async fn open() -> Fixture {
    let fixture = Fixture::with_customer().await;
    fixture.link_partner().await;
    fixture.link_staff().await;
    fixture
}

#[tokio::test]
async fn without_a_decision_the_partner_then_staff_are_asked_once_each_and_it_expires() {
    let fixture = open().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    let mut steps = Vec::new();
    // The request is made on a Sunday: three working days are over on Thursday, three more on the
    // next Wednesday.
    for day in [
        "2026-11-22",
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2026-12-01",
        "2026-12-02",
        "2026-12-31",
        "2027-01-01",
    ] {
        fixture.portal.set_today(day);
        for _ in 0..2 {
            if run(&fixture.portal).await["routed"] != 0 {
                steps.push(day);
            }
        }
    }
    assert_eq!(steps, ["2026-11-26", "2026-12-02", "2027-01-01"]);
    let expected = [
        "ada@customer.example",
        "pat@partner.example",
        "ada@customer.example",
        "stella@vendor.example",
        "pat@partner.example",
    ];
    assert_eq!(
        request_mails(&fixture.portal),
        expected,
        "those who let their time pass are reminded"
    );
    assert!(fixture.portal.mail("pat@partner.example").subject.starts_with("Reminder: "));
    assert_eq!(
        state(&mut fixture.portal.sign_in("Nina", "nina@home.example").await).await,
        "expired"
    );
}

#[tokio::test]
async fn a_late_run_goes_one_step_at_a_time() {
    let fixture = open().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    fixture.portal.set_today("2026-12-09");
    assert_eq!(run(&fixture.portal).await["routed"], 1);
    let mut stella = fixture.portal.sign_in("Stella Staff", "stella@vendor.example").await;
    let seen = stella.get(&of(&fixture.portal.customer)).await;
    assert_eq!(
        (&seen.items()[0]["stage"], &seen.items()[0]["due_on"]),
        (&json!("partner"), &json!("2026-12-15")),
        "the partner has its days too"
    );
    assert_eq!(run(&fixture.portal).await["routed"], 0);
}

#[tokio::test]
async fn the_days_are_those_of_the_account() {
    let portal = Portal::start().await;
    let plan = json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2027-12-31" });
    let new = json!({
        "name": "Antipodes Ltd", "kind": "customer", "plan": plan, "time_zone": "Pacific/Auckland",
    });
    let account = portal.create_account(new).await;
    portal.linked(&account, "Anna", "anna@antipodes.example").await;
    let mut nina = portal.sign_in("Nina", "nina@home.example").await;
    // It is Monday there: the first of three whole working days is Tuesday, and Friday starts
    // eleven hours earlier than in UTC.
    portal.clock.set("2026-11-22T12:00:00Z".parse().unwrap());
    ask(&mut nina, "Antipodes Ltd", "nina@antipodes.example").await;
    portal.deliver().await;
    portal.clock.set("2026-11-26T10:59:00Z".parse().unwrap());
    assert_eq!(run(&portal).await["routed"], 0);
    portal.clock.set("2026-11-26T11:01:00Z".parse().unwrap());
    assert_eq!(run(&portal).await["routed"], 1);
}

#[tokio::test]
async fn a_run_that_is_cut_off_anywhere_is_made_up_for_without_asking_twice() {
    let fixture = open().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    fixture.portal.set_today("2026-11-26");
    for after in 0..12 {
        for failure in [CallFailure::Broken, CallFailure::AnswerLost] {
            fixture.portal.probe.disturb(failure, after, 4);
            let _cut_off = fixture.portal.invoke("route-access-requests", json!({})).await;
            fixture.portal.probe.reset();
        }
    }
    run(&fixture.portal).await;
    assert_eq!(
        request_mails(&fixture.portal),
        ["ada@customer.example", "pat@partner.example", "ada@customer.example"]
    );
    let activity = fixture
        .portal
        .operator("ListActivity", operator_event(&fixture.portal.customer, None, Value::Null))
        .await;
    let escalated = activity["body"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|activity| activity["event"]["type"] == "access-request-escalated")
        .count();
    assert_eq!(escalated, 1);
}

#[tokio::test]
async fn two_runs_at_once_ask_once() {
    let fixture = open().await;
    nina_asks(&fixture.portal, "Example Customer").await;
    fixture.portal.set_today("2026-11-26");
    let (one, other) = tokio::join!(
        fixture.portal.operator("route-access-requests", json!({})),
        fixture.portal.operator("route-access-requests", json!({}))
    );
    assert_eq!(
        one["routed"].as_u64().unwrap() + other["routed"].as_u64().unwrap(),
        1,
        "{one} {other}"
    );
    fixture.portal.deliver().await;
    assert_eq!(request_mails(&fixture.portal).len(), 3);
}

#[tokio::test]
async fn closed_requests_are_not_routed() {
    let mut fixture = open().await;
    let mut nina = nina_asks(&fixture.portal, "Example Customer").await;
    let id =
        nina.get("/api/access-requests").await.items()[0]["request"].as_str().unwrap().to_owned();
    let path = format!("{}/access-requests/{id}/decision", fixture.account);
    assert_eq!(
        fixture
            .administrator
            .post(&path, json!({ "decision": "decline", "reason": "No." }))
            .await
            .status,
        200
    );
    fixture.portal.set_today("2026-12-24");
    run(&fixture.portal).await;
    let before = Table::of(&fixture.portal).await;
    assert_eq!(run(&fixture.portal).await["routed"], 0);
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn requests_made_while_mail_was_stuck_are_routed_by_the_schedule() {
    let fixture = open().await;
    let mut nina = fixture.portal.sign_in("Nina", "nina@home.example").await;
    ask(&mut nina, "Example Customer", "nina@customer.example").await;
    assert_eq!(fixture.portal.operator("route-access-requests", json!({})).await["routed"], 1);
    fixture.portal.deliver().await;
    assert_eq!(
        request_mails(&fixture.portal),
        ["ada@customer.example"],
        "and not again by the mail"
    );
}
