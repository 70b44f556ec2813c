//! Ending a session.

use serde_json::{Value, json};
use tests::{Portal, Table, snapshot};

#[tokio::test]
async fn it_ends_the_session_on_the_server() {
    let portal = Portal::start().await;
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut thief = browser.clone();
    let answer = browser.post("/api/sign-out", Value::Null).await;
    assert_eq!(answer.status, 200, "{answer}");
    let cookie = &answer.headers["set-cookie"];
    for attribute in ["__Host-session=;", "Max-Age=0", "Path=/", "Secure", "HttpOnly"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert!(!browser.cookies.contains_key("__Host-session"));
    assert_eq!(thief.get("/api/session").await.body, Value::Null);
    assert_eq!(thief.get("/api/accounts").await.problem(), "not-signed-in");
    assert!(!Table::of(&portal).await.keys().any(|(_, sk)| sk.starts_with("session#")));
}

#[tokio::test]
async fn it_offers_the_providers_own_sign_out() {
    let portal = Portal::start().await;
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let answer = browser.post("/api/sign-out", Value::Null).await;
    let address = answer.body["provider_sign_out"].as_str().expect("an address");
    let back: String = portal.url.replace(':', "%3A").replace('/', "%2F");
    assert!(
        address.contains("/sign-out?client_id=portico&post_logout_redirect_uri=")
            && address.contains(&back),
        "{address}"
    );
}

#[tokio::test]
async fn it_leaves_the_other_sessions_of_the_identity() {
    let portal = Portal::start().await;
    let mut here = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let mut there = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    here.post("/api/sign-out", Value::Null).await;
    assert_eq!(there.get("/api/session").await.body["identity"]["name"], "Ada Lovelace");
}

#[tokio::test]
async fn it_succeeds_without_a_session() {
    let portal = Portal::start().await;
    let answer = portal.browser().post("/api/sign-out", Value::Null).await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "provider_sign_out": null
    }
    "#);
    let mut browser = portal.browser();
    browser.cookies.insert("__Host-session".to_owned(), "nonsense".to_owned());
    assert_eq!(browser.post("/api/sign-out", Value::Null).await.status, 200);
    assert_eq!(portal.operator("SignOut", json!({})).await["status"], 200);
}

#[tokio::test]
async fn a_get_request_signs_nobody_out() {
    let portal = Portal::start().await;
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    assert_eq!(browser.get("/api/sign-out").await.status, 404);
    assert_eq!(browser.get("/api/session").await.body["identity"]["name"], "Ada Lovelace");
}
