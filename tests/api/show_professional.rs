//! What is shown of one professional, and to whom.

use serde_json::{Value, json};

use crate::office::{Office, event, shown};

#[tokio::test]
async fn an_administrator_sees_the_whole_profile() {
    let mut office = Office::open().await;
    let answer = office.ada.browser.get(&office.bob.path).await;
    insta::assert_snapshot!(shown(&answer), @r#"
    200 application/json
    {
      "account": "[id 1]",
      "email": "bob@customer.example",
      "ends_on": null,
      "identity": {
        "email": "bob@customer.example",
        "linked_at": "[time]",
        "name": "Bob Builder",
        "provider": "Test sign-in"
      },
      "invitation": {
        "created_at": "[time]",
        "expires_at": "[time]",
        "state": "accepted"
      },
      "language": "en",
      "last_sign_in": "[time]",
      "name": "Bob Builder",
      "phone": null,
      "professional": "[id 2]",
      "roles": [],
      "state": "linked",
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
}

#[tokio::test]
async fn oneself_sees_the_own_profile_and_what_may_be_done_with_it() {
    let mut office = Office::open().await;
    let answer = office.bob.browser.get(&office.bob.path).await;
    assert_eq!(
        answer.body["you"],
        json!({ "self": true, "may": ["view-professional", "update-professional", "send-invitation"] }),
        "{answer}"
    );
    let answer = office.ada.browser.get(&office.ada.path).await;
    assert_eq!(
        (&answer.body["you"]["self"], answer.body["you"]["may"].as_array().map(Vec::len)),
        (&json!(true), Some(6)),
        "{answer}"
    );
}

#[tokio::test]
async fn partner_staff_and_operator_see_it_as_the_administrator_does() {
    let mut office = Office::open().await;
    let (mut partner, mut staff) = (office.partner().await, office.staff().await);
    let seen = office.ada.browser.get(&office.bob.path).await.body;
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(browser.get(&office.bob.path).await.body, seen);
    }
    let answer = office
        .portal
        .operator(
            "ShowProfessional",
            event(&office.portal.customer, Some(&office.bob.id), Value::Null),
        )
        .await;
    assert_eq!(answer, json!({ "status": 200, "body": seen }));
}

#[tokio::test]
async fn the_state_follows_what_happens_to_the_invitation() {
    let mut office = Office::open().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = office.portal.add_with(&office.portal.customer, cleo).await;
    let (path, invitation) = (office.person(&cleo), office.invitation(&cleo));
    assert_eq!(office.seen(&cleo).await["state"], "not_invited");
    office.ada.browser.post(&invitation, Value::Null).await;
    assert_eq!(office.seen(&cleo).await["state"], "queued");
    office.portal.deliver().await;
    assert_eq!(office.seen(&cleo).await["state"], "sent");
    office.ada.browser.delete(&invitation).await;
    assert_eq!(office.seen(&cleo).await["state"], "revoked");
    office.ada.browser.post(&invitation, Value::Null).await;
    office.portal.deliver().await;
    office.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    assert_eq!(office.seen(&cleo).await["state"], "linked");
    office.ada.browser.patch(&path, json!({ "ends_on": "2026-11-22" })).await;
    assert_eq!(office.seen(&cleo).await["state"], "linked", "the last day is a day of access");
    office.portal.set_today("2026-11-23");
    office.ada.browser = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(office.seen(&cleo).await["state"], "ended");
}

#[tokio::test]
async fn the_last_sign_in_is_noted_with_how_the_provider_names_the_identity_now() {
    let mut office = Office::open().await;
    let before = office.seen(&office.bob.id.clone()).await;
    office.portal.set_today("2026-11-23");
    office.ada.browser = office.portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    office.portal.sign_in("Robert Builder", "bob@customer.example").await;
    let after = office.seen(&office.bob.id.clone()).await;
    assert!(after["last_sign_in"].as_str().unwrap().starts_with("2026-11-23T12:00"), "{after}");
    assert_ne!(before["last_sign_in"], after["last_sign_in"]);
    assert_eq!(
        (&after["identity"]["name"], &after["name"]),
        (&json!("Robert Builder"), &json!("Bob Builder"))
    );
}
