//! Lifting the policy from outside, when the account's administrators cannot get in.

use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::{Answer, Fixture, Person, Portal, Table, activity_text, operator_event};

use super::{path, policy, required, with};

const REASON: &str = "The only administrator lost their second factor.";

fn lift() -> Value {
    with(policy("nobody"), "reason", json!(REASON))
}

/// A customer that requires several factors, whose administrator does not have them any more, and
/// two of the vendor's staff who may appoint.
async fn locked_out() -> (Fixture, Person) {
    let mut fixture = Fixture::builder().customer().staff().build().await;
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    portal.assert_factors(&fixture.administrator.browser, false).await;
    let sid = fixture.link_colleague(&["appointments"]).await;
    (fixture, sid)
}

async fn ask(fixture: &Fixture, person: &mut Person) -> Answer {
    person.put(&path(&fixture.portal.customer), lift()).await
}

async fn is_locked_out(fixture: &mut Fixture) -> bool {
    fixture.member.get(&fixture.account).await.problem() == "step-up-required"
}

#[tokio::test]
async fn two_of_the_staff_lift_it_and_the_administrators_are_told_both_times() {
    let (mut fixture, mut sid) = locked_out().await;
    let sent = fixture.portal.sent_mails().await;
    let asked = ask(&fixture, &mut sid).await;
    let shown = &asked.body["sign_in_policy"];
    assert_eq!((asked.status, &shown["factors"]), (202, &json!("everybody")), "{asked}");
    assert_eq!(
        (&shown["lift"]["asked_by"], &shown["lift"]["reason"], &shown["lift"]["yours"]),
        (&json!("Sid Second"), &json!(REASON), &json!(true))
    );
    assert_eq!(fixture.portal.sent_mails().await, sent + 1);
    let mail = fixture.portal.mail("ada@customer.example");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(mail.subject, "Request to lift the sign-in policy of Example Customer");
    assert!(text.contains("until 29 November 2026, 12:0") && text.contains(REASON), "{text}");
    assert!(is_locked_out(&mut fixture).await);

    let seen = fixture.staff.get(&fixture.account).await;
    assert_eq!(seen.body["sign_in_policy"]["lift"]["yours"], false);
    let body = policy("nobody");
    let lifted = fixture.staff.put(&path(&fixture.portal.customer), body.clone()).await;
    let shown = json!({
        "factors": "nobody", "linking": { "kind": "any", "values": [] }, "lift": null,
        "outside": null,
    });
    assert_eq!((lifted.status, &lifted.body["sign_in_policy"]), (200, &shown), "{lifted}");
    assert_eq!(fixture.portal.sent_mails().await, sent + 2);
    let mail = fixture.portal.mail("ada@customer.example");
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(mail.subject, "The sign-in policy of Example Customer was lifted");
    assert!(text.contains("as “Sid Second” had asked") && text.contains(REASON), "{text}");
    assert_eq!(fixture.portal.recipients("sign-in-policy-lift"), ["ada@customer.example"; 2]);
    assert!(!is_locked_out(&mut fixture).await);

    let list = fixture.staff.get(&fixture.activity).await;
    let of_policy = |item: &&Value| {
        item["event"]["type"].as_str().is_some_and(|kind| kind.starts_with("sign-in-policy-lift"))
    };
    let events: Vec<_> = list.items().iter().filter(of_policy).map(activity_text).collect();
    insta::assert_snapshot!(events.join("\n"), @"
    sign-in-policy-lifted by Stella Staff as staff of Example Vendor from 127.0.0.1
      reason: The only administrator lost their second factor.
      requested_by: Sid Second
    sign-in-policy-lift-requested by Sid Second as staff of Example Vendor from 127.0.0.1
      reason: The only administrator lost their second factor.
    ");
    let before = Table::of(&fixture.portal).await;
    let again = fixture.staff.put(&path(&fixture.portal.customer), body).await;
    assert_eq!(again.status, 200, "a retry");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn nobody_is_both_of_the_two() {
    let (mut fixture, mut sid) = locked_out().await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 202);
    let before = Table::of(&fixture.portal).await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 202, "a retry");
    before.assert_unchanged(&fixture.portal).await;
    assert!(is_locked_out(&mut fixture).await);
    // With another session of the same person neither.
    sid.sign_in_again(&fixture.portal).await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 202);
    assert!(is_locked_out(&mut fixture).await);
}

#[tokio::test]
async fn the_second_one_has_seven_days() {
    let (mut fixture, mut sid) = locked_out().await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 202);
    let (clock, week) = (fixture.portal.clock.clone(), SignedDuration::from_hours(7 * 24));
    clock.set(clock.now() + week);
    fixture.staff.sign_in_again(&fixture.portal).await;
    fixture.member.sign_in_again(&fixture.portal).await;
    let seen = fixture.staff.get(&fixture.account).await;
    assert_eq!(seen.body["sign_in_policy"]["lift"], Value::Null, "{seen}");
    let late = ask(&fixture, &mut fixture.staff.clone()).await;
    assert_eq!(late.status, 202, "she is the first by now: {late}");
    assert!(is_locked_out(&mut fixture).await);

    clock.set(clock.now() + week - SignedDuration::from_mins(2));
    sid.sign_in_again(&fixture.portal).await;
    fixture.member.sign_in_again(&fixture.portal).await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 200, "in time");
    assert!(!is_locked_out(&mut fixture).await);
}

#[tokio::test]
async fn an_administrator_who_saves_the_policy_again_ends_the_request() {
    let (mut fixture, mut sid) = locked_out().await;
    assert_eq!(ask(&fixture, &mut sid).await.status, 202);
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    let seen = fixture.administrator.get(&fixture.account).await;
    assert_eq!(seen.body["sign_in_policy"]["lift"], Value::Null, "{seen}");
    let stella = ask(&fixture, &mut fixture.staff.clone()).await;
    assert_eq!(stella.status, 202, "the first again");
    assert!(is_locked_out(&mut fixture).await);
}

#[tokio::test]
async fn the_first_one_gives_a_reason() {
    let (fixture, mut sid) = locked_out().await;
    let before = Table::of(&fixture.portal).await;
    for (body, code) in [
        (policy("nobody"), "empty"),
        (with(policy("nobody"), "reason", json!("")), "empty"),
        (with(policy("nobody"), "reason", json!("See https://evil.example")), "address-inside"),
    ] {
        let answer = sid.put(&path(&fixture.portal.customer), body).await;
        assert_eq!(
            (answer.status, answer.invalid_fields().as_slice(), &answer.body["errors"][0]["code"]),
            (422, ["reason"].as_slice(), &json!(code)),
            "{answer}"
        );
    }
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn only_staff_who_may_appoint_lift_it() {
    let mut fixture = Fixture::builder().customer().partner().staff().build().await;
    let portal = &fixture.portal;
    required(portal, &portal.customer, &mut fixture.administrator, "everybody").await;
    portal.assert_factors(&fixture.member.browser, true).await;
    let mut people = fixture.link_colleague(&["people", "plans", "imports"]).await;
    let before = Table::of(portal).await;
    for (person, permission) in [
        (&mut people, json!("appointments")),
        (&mut fixture.partner, Value::Null),
        (&mut fixture.member, Value::Null),
    ] {
        let answer = person.put(&path(&portal.customer), lift()).await;
        assert_eq!((answer.status, answer.problem()), (403, "forbidden"), "{answer}");
        assert_eq!(answer.body["permission"], permission);
    }
    before.assert_unchanged(portal).await;
}

#[tokio::test]
async fn an_operator_lifts_it_alone_the_vendors_too() {
    let (mut fixture, mut sid) = locked_out().await;
    let portal = &fixture.portal;
    let event = |account: &str| operator_event(account, None, lift());
    let answer = portal.operator("ChangeSignInPolicy", event(&portal.customer)).await;
    assert_eq!(answer["status"], 200, "{answer}");
    portal.deliver().await;
    assert_eq!(portal.recipients("sign-in-policy-lift"), ["ada@customer.example"]);
    assert!(!is_locked_out(&mut fixture).await);

    let portal = &fixture.portal;
    required(portal, Portal::VENDOR, &mut fixture.staff, "administrators").await;
    let own = sid.put(&path(Portal::VENDOR), lift()).await;
    assert_eq!((own.status, own.problem()), (403, "forbidden"), "Sid is no administrator: {own}");
    portal.assert_factors(&fixture.staff.browser, false).await;
    let answer = portal.operator("ChangeSignInPolicy", event(Portal::VENDOR)).await;
    assert_eq!(answer["status"], 200, "{answer}");
    assert_eq!(fixture.staff.get(&path_of_vendor()).await.status, 200);
}

fn path_of_vendor() -> String {
    format!("/api/accounts/{}", Portal::VENDOR)
}
