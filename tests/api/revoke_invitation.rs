//! Revoking an invitation.

use serde_json::{Value, json};
use tests::{Fixture, Table, activity_text, operator_event};

#[tokio::test]
async fn an_administrator_revokes_an_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let answer = fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer}");
    assert_eq!(
        (&answer.body["state"], &answer.body["invitation"]["state"]),
        (&json!("revoked"), &json!("revoked"))
    );
    assert_eq!(answer.body, fixture.profile(&cleo).await);
    assert_eq!(
        activity_text(&fixture.newest_activity().await),
        "invitation-revoked by Ada Lovelace as administrator on Cleo from 127.0.0.1"
    );
}

#[tokio::test]
async fn revoking_again_changes_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let first = fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    let before = Table::of(&fixture.portal).await;
    let second = fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    assert_eq!((first.status, first.body), (second.status, second.body));
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn there_is_nothing_to_revoke_without_an_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = fixture.portal.add_with(&fixture.portal.customer, cleo).await;
    let before = Table::of(&fixture.portal).await;
    let answer = fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("not_invited")), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_linked_colleague_keeps_access() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.delete(&fixture.member.invitation).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    assert_eq!(fixture.member.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn a_mail_that_was_not_sent_yet_is_not_sent() {
    let mut fixture = Fixture::with_customer().await;
    let added = fixture
        .administrator
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().unwrap();
    assert_eq!(fixture.administrator.delete(&fixture.invitation(cleo)).await.status, 200);
    let before = fixture.portal.mailbox.messages().len();
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn a_disputed_identity_cannot_ask_for_another_link() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let token = fixture.portal.token("cleo@customer.example");
    fixture.administrator.delete(&fixture.invitation(&cleo)).await;
    let before = fixture.portal.sent_mails().await;
    let mut stranger = fixture.stranger().await;
    for body in [json!({ "email": "cleo@customer.example" }), json!({ "token": token })] {
        assert_eq!(stranger.post("/api/links/requests", body).await.status, 202);
    }
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn partner_staff_and_operator_may() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    for (index, browser) in [&mut partner.browser, &mut staff.browser].into_iter().enumerate() {
        let id = fixture.invited("Cleo", &format!("cleo{index}@customer.example")).await;
        let answer = browser.delete(&fixture.invitation(&id)).await;
        assert_eq!((answer.status, &answer.body["state"]), (200, &json!("revoked")), "{answer}");
    }
    let id = fixture.invited("Cleo", "cleo@customer.example").await;
    let answer = fixture
        .portal
        .operator(
            "RevokeInvitation",
            operator_event(&fixture.portal.customer, Some(&id), Value::Null),
        )
        .await;
    assert_eq!(answer["body"]["state"], "revoked", "{answer}");
    assert_eq!(fixture.newest_activity().await["actor"]["as"], "operator");
}
