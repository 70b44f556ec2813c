//! Sending a browser to an identity provider.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use portico::domain::Secret;
use reqwest::Url;
use serde_json::json;
use tests::{Answer, Portal, Table, snapshot};

fn query(address: &str) -> BTreeMap<String, String> {
    Url::parse(address).expect("an address").query_pairs().into_owned().collect()
}

#[tokio::test]
async fn without_a_provider_it_lists_them_by_name() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/sign-in").await;
    insta::assert_snapshot!(snapshot(&answer), @r#"
    200 application/json
    {
      "keep_days": 30,
      "providers": [
        {
          "admin_consent": null,
          "asserts_factors": false,
          "id": "test",
          "name": "Test sign-in"
        }
      ]
    }
    "#);
    let operator = portal.operator("StartSignIn", json!({})).await;
    assert_eq!(operator["body"], answer.body);
}

#[tokio::test]
async fn it_asks_the_provider_for_a_code_with_pkce_state_and_nonce() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/sign-in?provider=test").await;
    assert_eq!((answer.status, answer.headers["cache-control"].as_str()), (303, "no-store"));
    let mut query = query(answer.location());
    for secret in ["code_challenge", "nonce", "state"] {
        assert_eq!(
            query.remove(secret).map(|value| value.len()),
            Some(43),
            "{secret} in {}",
            answer.location()
        );
    }
    let redirect_uri = format!("{}/api/sign-in/callback/test", portal.url);
    assert_eq!(query.remove("redirect_uri"), Some(redirect_uri));
    insta::assert_json_snapshot!(query, @r#"
    {
      "client_id": "portico",
      "code_challenge_method": "S256",
      "response_type": "code",
      "scope": "openid email profile"
    }
    "#);
}

/// The secret in the cookie of a sign-in that `answer` sets.
fn secret(answer: &Answer) -> String {
    let value = answer.cookies[0].split(';').next().and_then(|text| text.split_once('='));
    value.and_then(|(_, value)| value.split('.').next()).expect("a secret").to_owned()
}

#[tokio::test]
async fn two_sign_ins_share_no_secret_and_each_has_its_cookie() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let first = query(browser.get("/api/sign-in?provider=test").await.location());
    let before = browser.cookies.clone();
    let second = query(browser.get("/api/sign-in?provider=test").await.location());
    for secret in ["code_challenge", "nonce", "state"] {
        assert_ne!(first[secret], second[secret], "{secret}");
    }
    assert_eq!(browser.cookies.len(), 2, "two tabs of one browser can both finish");
    assert!(before.iter().all(|(name, value)| browser.cookies.get(name) == Some(value)));
}

#[tokio::test]
async fn a_fifth_tab_takes_the_cookie_of_the_oldest() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let start = "2026-11-22T12:00:00Z".parse::<Timestamp>().expect("a time");
    let mut set = Vec::new();
    for second in 0..5 {
        portal.clock.set(start + SignedDuration::from_secs(second));
        let answer = browser.get("/api/sign-in?provider=test").await;
        assert_eq!(answer.cookies.len(), 1);
        set.push(answer.cookies[0].split('=').next().expect("a name").to_owned());
    }
    assert_eq!(browser.cookies.len(), 4);
    assert_eq!(set[4], set[0]);
}

#[tokio::test]
async fn five_hundred_sign_ins_are_started_without_writing_anything() {
    let portal = Portal::start().await;
    let before = Table::of(&portal).await;
    // In the emulator a few show the same.
    let count = if portal.deployment.is_some() { 20 } else { 500 };
    let mut anybody = portal.browser();
    for _ in 0..count {
        let answer = anybody.get("/api/sign-in?provider=test").await;
        assert_eq!(answer.status, 303, "{answer}");
        anybody.cookies.clear();
    }
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn the_provider_learns_nothing_that_leads_to_nonce_or_verifier() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/sign-in?provider=test").await;
    let secret = secret(&answer);
    let sent = query(answer.location());
    let derived = |purpose: &str| {
        let secret = Secret::parse(&secret).expect("a secret");
        secret.derive(purpose).expose().to_owned()
    };
    assert_eq!(sent["state"], derived("sign-in state"));
    assert_eq!(sent["nonce"], derived("sign-in nonce"));
    assert!(!answer.location().contains(&secret));
    assert!(!answer.location().contains(&derived("sign-in verifier")), "only its hash is sent");
}

#[tokio::test]
async fn its_cookie_is_http_only_and_short_lived() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/sign-in?provider=test").await;
    let cookie = &answer.headers["set-cookie"];
    let attributes: Vec<_> = cookie.split("; ").skip(1).collect();
    assert!(cookie.starts_with("__Host-sign-in-"), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=3600"] {
        assert!(attributes.contains(&attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn the_provider_asks_which_identity_to_use() {
    let portal = Portal::start().await;
    let answer = portal.browser().get("/api/sign-in?provider=test&choose=true").await;
    assert_eq!(query(answer.location())["prompt"], "select_account");
}

#[tokio::test]
async fn another_site_cannot_keep_anybody_signed_in() {
    let portal = Portal::start().await;
    for (site, kept) in [("same-origin", true), ("none", true), ("cross-site", false)] {
        let mut browser = portal.browser();
        browser.headers = vec![("sec-fetch-site".to_owned(), site.to_owned())];
        let begun = browser.get("/api/sign-in?provider=test&keep=true").await;
        let callback =
            portal.provider.authorize(begun.location(), "Ada Lovelace", "ada@customer.example");
        browser.get(&callback).await;
        assert_eq!(browser.get("/api/session").await.body["kept"], kept, "{site}");
    }
}

#[tokio::test]
async fn an_unknown_provider_leads_back_to_the_sign_in_page() {
    let portal = Portal::start().await;
    let before = Table::of(&portal).await;
    for provider in ["nobody", "", "TEST"] {
        let mut browser = portal.browser();
        let answer =
            browser.get(&format!("/api/sign-in?provider={provider}&return=/library/")).await;
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/sign-in/?problem=sign-in-unknown&return=%2Flibrary%2F"),
            "{provider}"
        );
        assert!(browser.cookies.is_empty());
    }
    before.assert_unchanged(&portal).await;
}

#[tokio::test]
async fn a_failure_is_explained_in_the_language_of_the_return_page() {
    let portal = Portal::start().await;
    for (return_path, page) in [
        ("/de/library/", "/de/sign-in/"),
        ("/de/", "/de/sign-in/"),
        ("/dev/", "/sign-in/"),
        ("/fr/", "/sign-in/"),
        ("//de/", "/sign-in/"),
    ] {
        let answer = portal
            .browser()
            .get(&format!("/api/sign-in?provider=nobody&return={return_path}"))
            .await;
        assert!(
            answer.location().starts_with(&format!("{page}?problem=sign-in-unknown&return=")),
            "{return_path}: {}",
            answer.location()
        );
    }
}
