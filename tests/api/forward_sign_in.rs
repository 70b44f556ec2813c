//! Answers that a provider's page posts (OAuth 2.0 Form Post Response Mode), as Apple's does.

mod apple;

use serde_json::Value;
use tests::{Answer, Portal};

const PATH: &str = "/api/sign-in/callback/test";

/// Posts an answer as a browser does from another site: it sends no `SameSite=Lax` cookie.
async fn post(portal: &Portal, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut elsewhere = portal.browser();
    elsewhere.headers = vec![
        ("sec-fetch-site".to_owned(), "cross-site".to_owned()),
        ("origin".to_owned(), "https://appleid.apple.com".to_owned()),
    ];
    elsewhere.post_form(path, fields).await
}

/// Returns the parameters of an address in their order.
fn query(address: &str) -> Vec<(String, String)> {
    let address = reqwest::Url::parse(&format!("http://site{address}")).expect("an address");
    address.query_pairs().into_owned().collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn the_browser_is_led_to_the_callback_with_what_it_knows_and_nothing_else() {
    let portal = Portal::start().await;
    let fields = [
        ("code", "c/d+e f"),
        ("user", r#"{"name":{"firstName":"Zoë"}}"#),
        ("state", "s"),
        ("id_token", "secret"),
        ("error", ""),
        ("iss", "https://a.example"),
        ("iss", "https://b.example"),
        ("return", "https://evil.example"),
    ];
    let answer = post(&portal, PATH, &fields).await;
    assert_eq!((answer.status, &answer.body, answer.cookies.len()), (303, &Value::Null, 0));
    assert_eq!(answer.headers["cache-control"], "no-store");
    let location = answer.location();
    assert!(location.starts_with("/api/sign-in/callback/test?"), "{location}");
    let expected = [
        ("state", "s"),
        // Twice, so that the callback refuses it.
        ("iss", "https://a.example"),
        ("iss", "https://b.example"),
        ("error", ""),
        ("code", "c/d+e f"),
        ("user", r#"{"name":{"firstName":"Zoë"}}"#),
    ];
    assert_eq!(query(location), pairs(&expected));
}

#[tokio::test]
async fn an_address_that_would_be_too_long_leaves_out_what_does_not_fit() {
    let portal = Portal::start().await;
    for (long, stay) in [
        ("user", ["state", "code", "error_description"]),
        ("error_description", ["state", "code", "user"]),
        ("code", ["state", "error_description", "user"]),
    ] {
        let value = "x".repeat(9000);
        let fields = ["state", "code", "error_description", "user"]
            .map(|name| (name, if name == long { value.as_str() } else { "short" }));
        let answer = post(&portal, PATH, &fields).await;
        assert!(answer.location().len() < 8192);
        assert_eq!(query(answer.location()), pairs(&stay.map(|name| (name, "short"))), "{long}");
    }
}

#[tokio::test]
async fn a_path_that_names_no_provider_leads_nowhere() {
    let portal = Portal::start().await;
    for path in ["T", "a%2fb", "a%3Fb", "%2e%2e", "ä"] {
        let answer = post(&portal, &format!("/api/sign-in/callback/{path}"), &[]).await;
        assert_eq!(answer.status, 404, "{path}: {answer}");
    }
    // The callback explains a provider that is not configured.
    assert_eq!(post(&portal, "/api/sign-in/callback/none", &[]).await.status, 303);
}
