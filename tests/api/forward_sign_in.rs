//! Answers that a provider's page posts (OAuth 2.0 Form Post Response Mode), as Apple's does.

use local::Options;
use portico::sign_in::{ClientAuth, Provider};
use serde_json::{Value, json};
use tests::{Answer, Browser, Edit, IdentityProvider, Portal, TestKey};

const PATH: &str = "/api/sign-in/callback/test";

/// The id of the team's key.
const KEY: &str = "KEY1234567";

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

/// Starts a portal whose provider `apple` does as Apple does: a client that authenticates with a
/// key, and no name in tokens.
async fn apple() -> (Portal, IdentityProvider) {
    let apple = IdentityProvider::start_another().await;
    let provider = Provider {
        auth: Some(ClientAuth::Apple),
        client_secret: Some(TestKey::P256(1).pem().to_owned()),
        key_id: Some(KEY.to_owned()),
        team_id: Some("TEAM123456".to_owned()),
        ..apple.configuration("apple", "Apple")
    };
    let options = Options { providers: vec![provider], ..Options::default() };
    let portal = Portal::start_with(options).await;
    apple.follow(&portal.clock);
    apple.change(|behaviour| {
        behaviour.client_auth = vec!["client_secret_post"];
        behaviour.client_key = Some((TestKey::P256(1), KEY));
        behaviour.claims = Edit::set(json!({
            "name": null, "email": "abc@privaterelay.appleid.com", "email_verified": "true",
            "is_private_email": "true",
        }));
    });
    (portal, apple)
}

/// Signs in at Apple and returns what its page posts.
async fn answered(browser: &mut Browser, apple: &IdentityProvider) -> Vec<(String, String)> {
    let begun = browser.get("/api/sign-in?provider=apple").await;
    let asked = begun.location();
    assert!(asked.contains("response_mode=form_post"), "{asked}");
    assert!(asked.contains("scope=openid+email+name"), "{asked}");
    let back = apple.authorize(asked, "Ana Keller", "ana@people.example");
    let back = reqwest::Url::parse(&back).expect("an address");
    back.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn somebody_signs_in_with_apple_and_is_known_by_the_name_that_the_page_posts() {
    let (portal, apple) = apple().await;
    let mut ana = portal.browser();
    let mut posted = answered(&mut ana, &apple).await;
    let user = r#"{"name":{"firstName":"Ana","lastName":"Keller"},"email":"abc@privaterelay.appleid.com"}"#;
    posted.push(("user".to_owned(), user.to_owned()));
    let fields: Vec<_> = posted.iter().map(|(name, value)| (&**name, &**value)).collect();
    let led = post(&portal, "/api/sign-in/callback/apple", &fields).await;
    assert_eq!(led.status, 303);
    let finished = ana.get(led.location()).await;
    assert_eq!(finished.location(), "/accounts/?first=1", "{finished}");
    let identity = ana.get("/api/session").await.body["identity"].clone();
    assert_eq!(
        (&identity["name"], &identity["email"]),
        (&json!("Ana Keller"), &json!("abc@privaterelay.appleid.com"))
    );
}

#[tokio::test]
async fn the_client_secret_is_an_assertion_of_minutes_that_the_teams_key_has_signed() {
    let (portal, apple) = apple().await;
    let mut ana = portal.browser();
    let posted = answered(&mut ana, &apple).await;
    let fields: Vec<_> = posted.iter().map(|(name, value)| (&**name, &**value)).collect();
    let led = post(&portal, "/api/sign-in/callback/apple", &fields).await;
    ana.get(led.location()).await;
    let [request] = &apple.token_requests()[..] else { panic!("one request") };
    assert_eq!(request.client_auth, "client_secret_post");
    assert_eq!(request.assertion_header, json!({ "alg": "ES256", "kid": KEY, "typ": "JWT" }));
    let now = portal.clock.now().as_second();
    let expected = json!({
        "iss": "TEAM123456", "sub": IdentityProvider::CLIENT, "aud": "https://appleid.apple.com",
        "iat": now, "exp": now + 120,
    });
    assert_eq!(request.assertion, expected);
}
