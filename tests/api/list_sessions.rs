//! One's own sessions, and the sign-ins on record.

use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, link_token, snapshot};

const PATH: &str = "/api/sessions";

#[tokio::test]
async fn it_lists_when_where_from_and_in_which_browser_a_person_is_signed_in() {
    let portal = Portal::start().await;
    let mut phone = portal.browser();
    phone.headers.push(("user-agent".to_owned(), "A telephone".to_owned()));
    phone.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
    let mut desk = portal.browser();
    desk.headers.push(("user-agent".to_owned(), "A desk".to_owned()));
    desk.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
    portal.sign_in("Bob Builder", "bob@customer.example").await;
    let mut answer = desk.get(PATH).await;
    // The emulator's content delivery network has another address.
    for list in ["sessions", "events"] {
        for item in answer.body[list].as_array_mut().expect("a list") {
            assert_ne!(item["source"], "", "{list}");
            item["source"] = "[address]".into();
        }
    }
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "events": [
        {
          "at": "[time]",
          "browser": "A desk",
          "event": {
            "kept": false,
            "type": "signed-in"
          },
          "id": "[id 1]",
          "source": "[address]"
        },
        {
          "at": "[time]",
          "browser": "A telephone",
          "event": {
            "kept": false,
            "type": "signed-in"
          },
          "id": "[id 2]",
          "source": "[address]"
        }
      ],
      "next": null,
      "sessions": [
        {
          "authenticated_at": "[time]",
          "browser": "A desk",
          "created_at": "[time]",
          "current": true,
          "ends_at": "[time]",
          "kept": false,
          "last_used_at": "[time]",
          "session": "[id 3]",
          "several_factors": false,
          "source": "[address]",
          "stated": false
        },
        {
          "authenticated_at": "[time]",
          "browser": "A telephone",
          "created_at": "[time]",
          "current": false,
          "ends_at": "[time]",
          "kept": false,
          "last_used_at": "[time]",
          "session": "[id 4]",
          "several_factors": false,
          "source": "[address]",
          "stated": false
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn signing_out_and_signing_in_again_are_on_record() {
    let portal = Portal::start().await;
    let mut first = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    first.post("/api/sign-out", Value::Null).await;
    let mut second = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    // Another sign-in in the same browser ends the session before.
    second.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
    let answer = second.get(PATH).await;
    let events = answer.body["events"].as_array().expect("a list");
    let kinds: Vec<_> = events.iter().map(|item| item["event"]["type"].clone()).collect();
    assert_eq!(kinds, ["signed-out", "signed-in", "signed-in", "signed-out", "signed-in"]);
    assert_eq!(answer.body["sessions"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_record_is_kept_for_ninety_days() {
    let portal = Portal::start().await;
    portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let table = Table::of(&portal).await;
    let (_, _, event) = table.items("identity#", "sign-in-event#")[0];
    let days = (event["ttl"].as_i64().expect("a time") - portal.clock.now().as_second()) / 86_400;
    assert!((89..=90).contains(&days), "{days}");
}

#[tokio::test]
async fn only_who_is_signed_in_sees_it() {
    let portal = Portal::start().await;
    let mut ada = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut bob = portal.sign_in("Bob Builder", "bob@customer.example").await;
    assert_eq!(portal.browser().get(PATH).await.problem(), "not-signed-in");
    // A cookie with another identity's key and one's own secret.
    let [own, other] = [&bob, &ada].map(|browser| browser.cookies["__Host-session"].clone());
    let (secret, key) = (own.split_once('.').unwrap().0, other.split_once('.').unwrap().1);
    bob.cookies.insert("__Host-session".to_owned(), format!("{secret}.{key}"));
    assert_eq!(bob.get(PATH).await.problem(), "not-signed-in");
    assert_eq!(ada.get(PATH).await.body["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(portal.operator("ListSessions", json!({})).await["status"], 401);
}

#[tokio::test]
async fn an_identity_that_a_profile_loses_is_signed_out_everywhere_and_told_why() {
    let mut fixture = Fixture::with_customer().await;
    let mut elsewhere = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    fixture.member.browser.post(&fixture.member.invitation, Value::Null).await;
    fixture.portal.deliver().await;
    let mut new = fixture.portal.sign_in("Bob Builder", "bob@home.example").await;
    let answer = new.link(&fixture.portal.token("bob@customer.example")).await;
    assert_eq!(answer.status, 200, "{answer}");
    for browser in [&mut fixture.member.browser, &mut elsewhere] {
        assert_eq!(browser.get("/api/session").await.body, Value::Null);
    }
    assert_eq!(new.get(&fixture.account).await.status, 200, "the new identity stays");
    let mut again = fixture.portal.sign_in("Bob Builder", "bob@customer.example").await;
    let ended = again.get(PATH).await.body["events"][1]["event"].clone();
    let expected =
        json!({ "type": "sessions-ended", "sessions": 2, "reason": "identity-switched" });
    assert_eq!(ended, expected);
}

#[tokio::test]
async fn this_was_not_me_signs_the_intruder_out_everywhere() {
    let fixture = Fixture::with_customer().await;
    fixture.invited("Cleo", "cleo@customer.example").await;
    let mut intruder = fixture
        .portal
        .follow_invitation("cleo@customer.example", "Ivan", "ivan@home.example")
        .await;
    let mut elsewhere = fixture.portal.sign_in("Ivan", "ivan@home.example").await;
    let notice = link_token(&fixture.portal.mail("cleo@customer.example"));
    let token = json!({ "token": notice });
    assert_eq!(fixture.portal.browser().post("/api/links/disputes", token).await.status, 200);
    for browser in [&mut intruder, &mut elsewhere] {
        assert_eq!(browser.get("/api/session").await.body, Value::Null);
        assert_eq!(browser.get(PATH).await.problem(), "not-signed-in");
    }
    let mut again = fixture.portal.sign_in("Ivan", "ivan@home.example").await;
    let ended = again.get(PATH).await.body["events"][1].clone();
    assert_eq!(ended["event"]["reason"], "link-disputed");
    assert_eq!(
        (&ended["browser"], &ended["source"]),
        (&json!(""), &json!("")),
        "not the reporter's"
    );
}
