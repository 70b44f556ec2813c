//! The signed-in identity and the session's end.

use jiff::Timestamp;
use serde_json::{Value, json};
use tests::{Fixture, Portal, Table, snapshot};

#[tokio::test]
async fn nobody_is_signed_in_at_first() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/session").await;
    insta::assert_snapshot!(snapshot(&answer), @r"
    200 application/json
    null
    ");
    assert_eq!(
        portal.operator("ShowSession", json!({})).await,
        json!({ "status": 200, "body": null })
    );
}

#[tokio::test]
async fn it_names_the_identity_and_counts_its_accounts() {
    let mut fixture = Fixture::with_customer().await;
    let answer = fixture.administrator.get("/api/session").await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "accounts": 1,
      "authenticated_at": "[time]",
      "expires_at": "[time]",
      "identity": {
        "email": "ada@customer.example",
        "name": "Ada Lovelace",
        "provider": "Test sign-in"
      },
      "kept": false,
      "provider": "test",
      "several_factors": false
    }
    "#);
    assert_eq!(fixture.stranger().await.get("/api/session").await.body["accounts"], 0);
}

/// Sets the clock to a time of 2026-11-22 or 2026-11-23.
fn set_clock(portal: &Portal, time: &str) {
    portal.clock.set(format!("2026-11-{time}:00Z").parse::<Timestamp>().expect("a time"));
}

#[tokio::test]
async fn a_session_lasts_a_day_at_most() {
    let portal = Portal::start().await;
    set_clock(&portal, "22T12:00");
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    for time in ["22T23:00", "23T10:00", "23T11:59"] {
        set_clock(&portal, time);
        assert_eq!(browser.get("/api/session").await.body["kept"], false, "{time}");
    }
    set_clock(&portal, "23T12:01");
    assert_eq!(browser.get("/api/session").await.body, Value::Null);
    assert_eq!(browser.get("/api/accounts").await.problem(), "not-signed-in");
}

#[tokio::test]
async fn a_session_that_is_not_kept_ends_after_twelve_hours_without_use() {
    let mut fixture = Fixture::with_customer().await;
    set_clock(&fixture.portal, "22T12:00");
    fixture.administrator.sign_in_again(&fixture.portal).await;
    set_clock(&fixture.portal, "22T23:59");
    assert_eq!(fixture.administrator.get(&fixture.account).await.status, 200);
    set_clock(&fixture.portal, "23T00:01");
    assert_eq!(fixture.administrator.get("/api/session").await.body, Value::Null);
    for path in [&fixture.account, &fixture.people, "/api/accounts", "/api/sessions"] {
        assert_eq!(fixture.administrator.get(path).await.problem(), "not-signed-in", "{path}");
    }
}

#[tokio::test]
async fn its_use_is_noted_once_an_hour() {
    let portal = Portal::start().await;
    set_clock(&portal, "22T12:00");
    let mut browser = portal.sign_in("Ada Lovelace", "ada@customer.example").await;
    let begun = Table::of(&portal).await;
    set_clock(&portal, "22T12:59");
    browser.get("/api/session").await;
    begun.assert_unchanged(&portal).await;
    set_clock(&portal, "22T13:01");
    browser.get("/api/session").await;
    let noted = Table::of(&portal).await;
    let used = noted.items("identity#", "session#")[0].2["last_used_at"].clone();
    assert!(used.as_str().expect("a time").starts_with("2026-11-22T13:01:"), "{used}");
    browser.get("/api/session").await;
    noted.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn a_session_that_is_kept_lasts_thirty_days() {
    let portal = Portal::start().await;
    let clock = |time: &str| portal.clock.set(time.parse::<Timestamp>().expect("a time"));
    clock("2026-11-22T12:00:00Z");
    let mut browser = portal.browser();
    let begun = browser.get("/api/sign-in?provider=test&keep=true").await;
    let callback =
        portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example");
    browser.get(&callback).await;
    clock("2026-12-22T11:59:00Z");
    assert_eq!(browser.get("/api/session").await.body["kept"], true);
    clock("2026-12-22T12:01:00Z");
    assert_eq!(browser.get("/api/session").await.body, Value::Null);
}

#[tokio::test]
async fn a_cookie_that_names_another_identity_is_refused() {
    let mut fixture = Fixture::with_customer().await;
    let mut cleo = fixture.stranger().await;
    let own = cleo.cookies["__Host-session"].clone();
    let other = fixture.administrator.browser.cookies["__Host-session"].clone();
    let (secret, key) = (own.split_once('.').unwrap().0, other.split_once('.').unwrap().1);
    cleo.cookies.insert("__Host-session".to_owned(), format!("{secret}.{key}"));
    assert_eq!(cleo.get("/api/session").await.body, Value::Null);
    for path in [&fixture.account, &fixture.people, "/api/accounts"] {
        assert_eq!(cleo.get(path).await.problem(), "not-signed-in", "{path}");
    }
    let token = json!({ "email": "bob@customer.example" });
    assert_eq!(cleo.post("/api/links/requests", token).await.problem(), "not-signed-in");
    assert_eq!(fixture.administrator.get(&fixture.account).await.status, 200);
}
