//! Taking an invitation back.

use serde_json::{Value, json};
use tests::{Fixture, Table, operator_event, snapshot, snapshot_value};

#[tokio::test]
async fn an_administrator_takes_one_back() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let answer = fixture.administrator.browser.delete(&fixture.invitation(&cleo)).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "email": "cleo@customer.example",
      "ends_on": null,
      "identity": null,
      "invitation": {
        "created_at": "[time]",
        "expires_at": "[time]",
        "state": "revoked"
      },
      "language": "en",
      "last_sign_in": null,
      "name": "Cleo",
      "phone": null,
      "professional": "[id 2]",
      "roles": [],
      "state": "revoked",
      "title": null,
      "you": {
        "may": [
          "view-professional",
          "update-professional",
          "set-end-date",
          "delete-professional",
          "send-invitation",
          "revoke-invitation"
        ],
        "self": false
      }
    }
    "#);
    insta::assert_snapshot!(snapshot_value(&fixture.newest_activity().await), @r#"
    {
      "act": "invitation-revoked",
      "actor": {
        "as": "administrator",
        "home": null,
        "name": "Ada Lovelace"
      },
      "at": "[time]",
      "facts": {},
      "id": "[id 1]",
      "source": "127.0.0.1",
      "target": {
        "name": "Cleo",
        "professional": "[id 2]"
      }
    }
    "#);
}

#[tokio::test]
async fn doing_so_again_changes_nothing() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let first = fixture.administrator.browser.delete(&fixture.invitation(&cleo)).await;
    let before = Table::of(&fixture.portal).await;
    let second = fixture.administrator.browser.delete(&fixture.invitation(&cleo)).await;
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
    let answer = fixture.administrator.browser.delete(&fixture.invitation(&cleo)).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("not_invited")), "{answer}");
    before.assert_unchanged(&fixture.portal).await;
}

#[tokio::test]
async fn a_linked_colleague_keeps_access() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.browser.delete(&fixture.member.invitation).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    assert_eq!(fixture.member.browser.get(&fixture.account).await.status, 200);
}

#[tokio::test]
async fn a_mail_that_has_not_left_stays_behind() {
    let mut fixture = Fixture::with_customer().await;
    let added = fixture
        .administrator
        .browser
        .post(&fixture.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().unwrap();
    assert_eq!(fixture.administrator.browser.delete(&fixture.invitation(cleo)).await.status, 200);
    let before = fixture.portal.mailbox.messages().len();
    assert_eq!(fixture.portal.sent_mails().await, before);
}

#[tokio::test]
async fn a_disputed_identity_cannot_ask_for_another_link() {
    let mut fixture = Fixture::with_customer().await;
    let cleo = fixture.invited("Cleo", "cleo@customer.example").await;
    let token = fixture.portal.token("cleo@customer.example");
    fixture.administrator.browser.delete(&fixture.invitation(&cleo)).await;
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
