//! Sign-ins with a provider that does as Apple does.

use local::Options;
use portico::sign_in::{ClientAuth, Provider};
use serde_json::json;
use tests::{Browser, Edit, IdentityProvider, Portal, TestKey};

use super::post;

/// The id of the team's key.
const KEY: &str = "KEY1234567";

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
    let issued_at = request.assertion["iat"].as_i64().expect("a time");
    let expected = json!({
        "iss": "TEAM123456", "sub": IdentityProvider::CLIENT, "aud": "https://appleid.apple.com",
        "iat": issued_at, "exp": issued_at + 120,
    });
    assert_eq!(request.assertion, expected);
}
