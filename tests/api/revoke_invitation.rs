//! Taking an invitation back.

use serde_json::{Value, json};

use crate::office::{Office, assert_unchanged, event, mails, shown, shown_value, table};

#[tokio::test]
async fn an_administrator_takes_one_back() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let answer = office.ada.browser.delete(&office.invitation(&cleo)).await;
    insta::assert_snapshot!(shown(&answer), @r#"
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
    insta::assert_snapshot!(shown_value(&office.newest_activity().await), @r#"
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
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let first = office.ada.browser.delete(&office.invitation(&cleo)).await;
    let before = table(&office.portal).await;
    let second = office.ada.browser.delete(&office.invitation(&cleo)).await;
    assert_eq!((first.status, first.body), (second.status, second.body));
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn whoever_was_never_invited_has_nothing_to_take_back() {
    let mut office = Office::open().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = office.portal.add_with(&office.portal.customer, cleo).await;
    let before = table(&office.portal).await;
    let answer = office.ada.browser.delete(&office.invitation(&cleo)).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("not_invited")), "{answer}");
    assert_unchanged(&office.portal, &before).await;
}

#[tokio::test]
async fn a_linked_colleague_keeps_access() {
    let mut office = Office::open().await;
    let answer = office.ada.browser.delete(&office.bob.invitation).await;
    assert_eq!((answer.status, &answer.body["state"]), (200, &json!("linked")), "{answer}");
    assert_eq!(office.bob.browser.get(&office.account).await.status, 200);
}

#[tokio::test]
async fn a_mail_that_has_not_left_stays_behind() {
    let mut office = Office::open().await;
    let added = office
        .ada
        .browser
        .post(&office.people, json!({ "name": "Cleo", "email": "cleo@customer.example" }))
        .await;
    let cleo = added.body["professional"].as_str().unwrap();
    assert_eq!(office.ada.browser.delete(&office.invitation(cleo)).await.status, 200);
    let before = office.portal.mailbox.messages().len();
    assert_eq!(mails(&office.portal).await, before);
}

#[tokio::test]
async fn whoever_it_was_taken_from_cannot_ask_for_another() {
    let mut office = Office::open().await;
    let cleo = office.invited("Cleo", "cleo@customer.example").await;
    let token = office.portal.token("cleo@customer.example");
    office.ada.browser.delete(&office.invitation(&cleo)).await;
    let before = mails(&office.portal).await;
    let mut stranger = office.stranger().await;
    for body in [json!({ "email": "cleo@customer.example" }), json!({ "token": token })] {
        assert_eq!(stranger.post("/api/links/requests", body).await.status, 202);
    }
    assert_eq!(mails(&office.portal).await, before);
}

#[tokio::test]
async fn partner_staff_and_operator_may() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    for (index, browser) in [&mut partner.browser, &mut staff.browser].into_iter().enumerate() {
        let id = office.invited("Cleo", &format!("cleo{index}@customer.example")).await;
        let answer = browser.delete(&office.invitation(&id)).await;
        assert_eq!((answer.status, &answer.body["state"]), (200, &json!("revoked")), "{answer}");
    }
    let id = office.invited("Cleo", "cleo@customer.example").await;
    let answer = office
        .portal
        .operator("RevokeInvitation", event(&office.portal.customer, Some(&id), Value::Null))
        .await;
    assert_eq!(answer["body"]["state"], "revoked", "{answer}");
    assert_eq!(office.newest_activity().await["actor"]["as"], "operator");
}
