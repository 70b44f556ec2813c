//! Releasing the mail of an account that is held back because of bounces.

use serde_json::{Value, json};
use tests::{Fixture, Person, Portal, Table, activity_text, operator_event};

use crate::deliver_mail::held::{invite_in_vain, mailed_to, release};

fn path(account: &str) -> String {
    format!("/api/accounts/{account}/mail/release")
}

/// Has the customer's administrator bounce too much, and then invite Cleo, who waits.
async fn with_held_mail() -> Fixture {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let list = fixture.people.clone();
    invite_in_vain(&fixture.portal, &mut fixture.administrator, &list, 10, "nobody").await;
    invite(&mut fixture.administrator, &list, "cleo@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 0);
    fixture
}

async fn invite(person: &mut Person, list: &str, email: &str) {
    let added = person.post(list, json!({ "name": "Some Person", "email": email })).await;
    assert_eq!(added.status, 201, "{added}");
}

/// Lets the time pass after which held mail is tried again.
async fn a_quarter_of_an_hour_later(portal: &Portal) -> Value {
    portal.clock.set(portal.clock.now() + jiff::SignedDuration::from_mins(16));
    release(portal).await["released"].clone()
}

#[tokio::test]
async fn staff_see_what_is_held_and_release_it() {
    let mut fixture = with_held_mail().await;
    let shown = fixture.staff.get(&fixture.account).await;
    assert_eq!(
        shown.body["held_mail"],
        json!({ "mails": 1, "since": "2026-11-22T12:00:00Z", "released_at": null }),
        "{shown}"
    );
    assert_eq!(a_quarter_of_an_hour_later(&fixture.portal).await, 0, "it waits for staff");

    let answer = fixture.staff.post(&path(&fixture.portal.customer), Value::Null).await;
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer}");
    assert!(answer.body["held_mail"]["released_at"].is_string(), "{answer}");
    let newest = activity_text(&fixture.newest_activity().await);
    let released = "mail-released by Stella Staff as staff of Example Vendor from 127.0.0.1";
    assert!(newest.starts_with(released), "{newest}");
    assert_eq!(a_quarter_of_an_hour_later(&fixture.portal).await, 1);
    assert_eq!(mailed_to(&fixture.portal, "cleo@customer.example"), 1);
    assert_eq!(fixture.staff.get(&fixture.account).await.body["held_mail"], Value::Null);
}

#[tokio::test]
async fn what_bounces_after_a_release_counts_anew() {
    let mut fixture = with_held_mail().await;
    let list = fixture.people.clone();
    fixture.staff.post(&path(&fixture.portal.customer), Value::Null).await;
    // The administrator's own bounces still count: a colleague is not held for them.
    let event =
        json!({ "administrator": true, "name": "Ann Able", "email": "ann@customer.example" });
    fixture.portal.add_with(&fixture.portal.customer, event).await;
    let browser = fixture
        .portal
        .follow_invitation("ann@customer.example", "Ann Able", "ann@customer.example")
        .await;
    let mut ann = Person { browser, ..fixture.administrator.clone() };
    invite(&mut ann, &list, "dora@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "dora@customer.example"), 1);
    invite(&mut fixture.administrator, &list, "emil@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "emil@customer.example"), 0);
    invite_in_vain(&fixture.portal, &mut ann, &list, 10, "nowhere").await;
    invite(&mut ann, &list, "fay@customer.example").await;
    fixture.portal.deliver().await;
    assert_eq!(mailed_to(&fixture.portal, "fay@customer.example"), 0);
}

#[tokio::test]
async fn releasing_again_at_once_or_where_nothing_is_held_changes_nothing() {
    let mut fixture = with_held_mail().await;
    let customer = path(&fixture.portal.customer);
    fixture.staff.post(&customer, Value::Null).await;
    let before = Table::of(&fixture.portal).await;
    let again = fixture.staff.post(&customer, Value::Null).await;
    assert_eq!(again.status, 200, "{again}");
    let partner = fixture.staff.post(&path(&fixture.portal.partner), Value::Null).await;
    assert_eq!((partner.status, &partner.body["held_mail"]), (200, &Value::Null), "{partner}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn nobody_of_the_account_or_its_partner_sees_or_releases_it() {
    let mut fixture = with_held_mail().await;
    let customer = path(&fixture.portal.customer);
    let account = fixture.account.clone();
    let before = Table::of(&fixture.portal).await;
    for person in [&mut fixture.administrator, &mut fixture.member, &mut fixture.partner] {
        assert_eq!(person.get(&account).await.body["held_mail"], Value::Null);
        assert_eq!(person.post(&customer, Value::Null).await.problem(), "forbidden");
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn an_operator_releases_it() {
    let fixture = with_held_mail().await;
    let event = operator_event(&fixture.portal.customer, None, Value::Null);
    let answer = fixture.portal.operator("ReleaseMail", event).await;
    assert_eq!(
        (&answer["status"], &answer["body"]["held_mail"]["mails"]),
        (&json!(200), &json!(1))
    );
}
