//! Showing one professional to those who may see the profile.

use serde_json::{Value, json};
use tests::{Fixture, operator_event, snapshot};

#[tokio::test]
async fn an_administrator_sees_the_whole_profile() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.get(&fixture.member.path).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
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
      "pending_email": null,
      "phone": null,
      "professional": "[id 2]",
      "roles": [],
      "state": "linked",
      "title": null,
      "you": {
        "allowed_actions": [
          "view-professional",
          "update-professional",
          "set-end-date",
          "delete-professional",
          "send-invitation",
          "revoke-invitation"
        ],
        "mail_preferences": null,
        "self": false
      }
    }
    "#);
}

#[tokio::test]
async fn people_see_their_own_profile_and_their_allowed_actions() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.member.browser.get(&fixture.member.path).await;
    assert_eq!(
        answer.body["you"],
        json!({
            "self": true,
            "allowed_actions": ["view-professional", "update-professional", "send-invitation"],
            "mail_preferences": [],
        }),
        "{answer}"
    );
    let answer = fixture.administrator.browser.get(&fixture.administrator.path).await;
    assert_eq!(
        (
            &answer.body["you"]["self"],
            answer.body["you"]["allowed_actions"].as_array().map(Vec::len)
        ),
        (&json!(true), Some(6)),
        "{answer}"
    );
}

#[tokio::test]
async fn partner_staff_and_operator_see_it_as_the_administrator_does() {
    let mut fixture = Fixture::with_customer().await;
    let (mut partner, mut staff) = (fixture.link_partner().await, fixture.link_staff().await);
    let seen = fixture.administrator.get(&fixture.member.path).await.body;
    for browser in [&mut partner.browser, &mut staff.browser] {
        assert_eq!(browser.get(&fixture.member.path).await.body, seen);
    }
    let answer = fixture
        .portal
        .operator(
            "ShowProfessional",
            operator_event(&fixture.portal.customer, Some(&fixture.member.id), Value::Null),
        )
        .await;
    assert_eq!(answer, json!({ "status": 200, "body": seen }));
}

#[tokio::test]
async fn the_state_follows_what_happens_to_the_invitation() {
    let mut fixture = Fixture::with_customer().await;
    let cleo =
        json!({ "name": "Cleo", "email": "cleo@customer.example", "send_invitation": false });
    let cleo = fixture.portal.add_with(&fixture.portal.customer, cleo).await;
    let (path, invitation) = (fixture.person(&cleo), fixture.invitation(&cleo));
    assert_eq!(fixture.profile(&cleo).await["state"], "not_invited");
    fixture.administrator.post(&invitation, Value::Null).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "queued");
    fixture.portal.deliver().await;
    assert_eq!(fixture.profile(&cleo).await["state"], "sent");
    fixture.administrator.delete(&invitation).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "revoked");
    fixture.administrator.post(&invitation, Value::Null).await;
    fixture.portal.deliver().await;
    fixture.portal.follow_invitation("cleo@customer.example", "Cleo", "cleo@home.example").await;
    assert_eq!(fixture.profile(&cleo).await["state"], "linked");
    fixture.administrator.patch(&path, json!({ "ends_on": "2026-11-22" })).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "linked", "the last day is a day of access");
    fixture.portal.set_today("2026-11-23");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    assert_eq!(fixture.profile(&cleo).await["state"], "ended");
}

#[tokio::test]
async fn the_last_sign_in_is_recorded_with_the_providers_current_name() {
    let mut fixture = Fixture::with_customer().await;
    let before = fixture.profile(&fixture.member.id.clone()).await;
    fixture.portal.set_today("2026-11-23");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    fixture.portal.sign_in("Robert Builder", "bob@customer.example").await;
    let after = fixture.profile(&fixture.member.id.clone()).await;
    assert!(after["last_sign_in"].as_str().unwrap().starts_with("2026-11-23T12:00"), "{after}");
    assert_ne!(before["last_sign_in"], after["last_sign_in"]);
    assert_eq!(
        (&after["identity"]["name"], &after["name"]),
        (&json!("Robert Builder"), &json!("Bob Builder"))
    );
}
