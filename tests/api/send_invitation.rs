//! Sending an invitation to another person, or a link to oneself.

use serde_json::{Value, json};
use tests::{Fixture, activity_text, operator_event};

#[tokio::test]
async fn an_administrator_sends_an_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = fixture.portal.add_with(&fixture.portal.customer, cleo).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "not_invited");
    let answer = fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await;
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer}");
    assert_eq!(
        (&answer.body["state"], &answer.body["invitation"]["state"]),
        (&json!("queued"), &json!("queued"))
    );
    assert_eq!(answer.body, fixture.profile(&cleo).await);
    fixture.portal.deliver().await;
    assert_eq!(fixture.profile(&cleo).await["state"], "sent");
    let mail = fixture.portal.mail("cleo@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        (
            "Ada Lovelace has invited you to the Example Vendor customer portal for \
             Example Customer",
            "ada@customer.example"
        )
    );
}

#[tokio::test]
async fn it_is_in_the_activity_list() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.post(&fixture.member.invitation, Value::Null).await;
    assert_eq!(
        activity_text(&fixture.newest_activity().await),
        "invitation-requested by Ada Lovelace as administrator on Bob Builder from 127.0.0.1"
    );
}

#[tokio::test]
async fn oneself_gets_a_link_and_not_an_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    fixture.portal.deliver().await;
    let mail = fixture.portal.mail("bob@customer.example");
    assert_eq!(
        (mail.subject.as_str(), mail.reply_to.as_str()),
        ("Your link to the Example Vendor customer portal for Example Customer", "")
    );
    assert_eq!(fixture.newest_activity().await["event"]["type"], "mail-sent");
}

#[tokio::test]
async fn partner_staff_and_operator_may_and_are_marked() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (browser, name, capacity) in [
        (&mut partner.browser, "Pat Partner", "partner"),
        (&mut staff.browser, "Stella Staff", "staff"),
    ] {
        let home = if capacity == "partner" { "Helpful Partner" } else { "Example Vendor" };
        assert_eq!(browser.post(&fixture.member.invitation, Value::Null).await.status, 200);
        let newest = fixture.administrator.get(&fixture.activity).await.items()[0].clone();
        assert_eq!(
            (&newest["event"]["type"], &newest["actor"]),
            (
                &json!("invitation-requested"),
                &json!({ "name": name, "as": capacity, "home": home })
            )
        );
        fixture.portal.deliver().await;
        assert!(fixture.portal.mail("bob@customer.example").subject.starts_with(name));
    }
    let answer = fixture
        .portal
        .operator(
            "SendInvitation",
            operator_event(&fixture.portal.customer, Some(&fixture.member.id), Value::Null),
        )
        .await;
    assert_eq!(answer["status"], 200, "{answer}");
    assert_eq!(
        fixture.newest_activity().await["actor"],
        json!({ "name": "The portal's operator", "as": "operator", "home": null })
    );
}

#[tokio::test]
async fn each_invitation_is_a_mail_of_its_own_unless_replaced_before_it_was_sent() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.portal.sent_mails().await;
    for _ in 0..3 {
        assert_eq!(
            fixture.administrator.post(&fixture.member.invitation, Value::Null).await.status,
            200
        );
    }
    assert_eq!(
        fixture.portal.sent_mails().await,
        before + 1,
        "the overtaken ones do not leave: their links would be void"
    );
    assert_eq!(
        fixture.administrator.post(&fixture.member.invitation, Value::Null).await.status,
        200
    );
    assert_eq!(fixture.portal.sent_mails().await, before + 2);
}

#[tokio::test]
async fn people_whose_access_has_ended_get_none() {
    let mut fixture = Fixture::with_customer().await;
    fixture.administrator.patch(&fixture.member.path, json!({ "ends_on": "2026-11-22" })).await;
    fixture.portal.set_today("2026-11-23");
    let mut ada = fixture.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let answer = ada.post(&fixture.member.invitation, Value::Null).await;
    assert_eq!(
        (answer.status, answer.invalid_fields().as_slice()),
        (422, ["ends_on"].as_slice()),
        "{answer}"
    );
}

#[tokio::test]
async fn an_expired_invitation_never_blocks_a_new_one() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    fixture.portal.set_today("2026-11-30");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "expired");
    assert_eq!(
        fixture.administrator.post(&fixture.invitation(&cleo), Value::Null).await.status,
        200
    );
    fixture.portal.deliver().await;
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
}
