//! Sign-outs that a provider reports (OpenID Connect Back-Channel Logout 1.0).

use serde_json::{Value, json};
use tests::{Answer, Browser, Edit, Forgery, IdentityProvider, Portal, Table};

const PATH: &str = "/api/sign-in/logout/test";
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Has the provider's server send a logout token: from anywhere, and without cookies.
async fn send(portal: &Portal, token: &str) -> Answer {
    let mut server = portal.browser();
    server.headers.clear();
    server.post_form(PATH, &[("logout_token", token)]).await
}

/// Reports a sign-out with these claims.
async fn report(portal: &Portal, claims: Value) -> Answer {
    send(portal, &portal.provider.logout_token(&Edit::set(claims))).await
}

/// Signs in a person in a session of the provider's, or in none that it names.
async fn sign_in(portal: &Portal, name: &str, sid: Option<&str>) -> Browser {
    let claims = json!({ "sid": sid });
    portal.provider.change(|behaviour| behaviour.claims = Edit::set(claims));
    portal.sign_in(name, &email(name)).await
}

fn email(name: &str) -> String {
    format!("{}@people.example", name.to_lowercase())
}

fn subject(name: &str) -> String {
    format!("subject of {}", email(name))
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/api/session").await.body != Value::Null
}

fn is_done(answer: &Answer) {
    assert_eq!((answer.status, &answer.body), (200, &json!({})), "{answer}");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

fn is_refused(answer: &Answer, why: &str) {
    let body = json!({ "error": "invalid_request", "error_description": why });
    assert_eq!((answer.status, &answer.body), (400, &body), "{answer}");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn it_ends_the_sessions_of_the_subject_of_the_session_or_of_both() {
    let (ada, bob) = (subject("Ada"), subject("Bob"));
    for (claims, stay) in [
        (json!({ "sub": ada }), [false, false, false, true]),
        (json!({ "sub": ada, "sid": "1" }), [false, true, false, true]),
        (json!({ "sid": "1" }), [false, true, true, false]),
        (json!({ "sub": bob, "sid": "2" }), [true, true, true, true]),
        (json!({ "sid": "3" }), [true, true, true, true]),
        (json!({ "sub": "nobody" }), [true, true, true, true]),
    ] {
        let portal = Portal::start().await;
        let mut browsers = Vec::new();
        // The third session of Ada's began when the provider named none of its own.
        for (name, sid) in
            [("Ada", Some("1")), ("Ada", Some("2")), ("Ada", None), ("Bob", Some("1"))]
        {
            browsers.push(sign_in(&portal, name, sid).await);
        }
        is_done(&report(&portal, claims.clone()).await);
        for (browser, stays) in browsers.iter_mut().zip(stay) {
            assert_eq!(is_signed_in(browser).await, stays, "{claims}");
        }
    }
}

#[tokio::test]
async fn its_owner_sees_it_among_the_sign_ins() {
    let portal = Portal::start().await;
    let _ended = [sign_in(&portal, "Ada", Some("1")).await, sign_in(&portal, "Ada", None).await];
    is_done(&report(&portal, json!({ "sub": subject("Ada") })).await);
    let mut ada = sign_in(&portal, "Ada", Some("2")).await;
    let event = &ada.get("/api/sessions").await.body["events"][1];
    assert_eq!(
        (&event["event"], &event["browser"], &event["source"]),
        (
            &json!({ "type": "sessions-ended", "sessions": 2, "reason": "provider-sign-out" }),
            &json!(""),
            &json!("")
        )
    );
}

#[tokio::test]
async fn a_token_works_once() {
    let portal = Portal::start().await;
    let claims = json!({ "sub": subject("Ada") });
    let token = portal.provider.logout_token(&Edit::set(claims));
    is_done(&send(&portal, &token).await);
    let mut ada = sign_in(&portal, "Ada", None).await;
    let before = Table::of(&portal).await;
    is_refused(&send(&portal, &token).await, "the token has been used before");
    before.assert_unchanged(&portal).await;
    assert!(is_signed_in(&mut ada).await, "what began afterwards stays");
}

#[tokio::test]
async fn of_two_requests_with_one_token_one_succeeds() {
    let portal = Portal::start().await;
    let _ended = sign_in(&portal, "Ada", None).await;
    let token = portal.provider.logout_token(&Edit::set(json!({ "sub": subject("Ada") })));
    let (first, second) = tokio::join!(send(&portal, &token), send(&portal, &token));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn a_token_that_is_not_for_this_portals_logout_is_refused_and_changes_nothing() {
    let portal = Portal::start().await;
    let mut ada = sign_in(&portal, "Ada", Some("1")).await;
    let now = portal.clock.now().as_second();
    let before = Table::of(&portal).await;
    for (change, why) in [
        (json!({ "iss": "https://another.example" }), "iss is another issuer"),
        (json!({ "aud": "another" }), "aud is another client"),
        (
            json!({ "aud": ["another", IdentityProvider::CLIENT] }),
            "aud has several clients, and azp is missing",
        ),
        (json!({ "exp": now - 121 }), "exp is past"),
        (json!({ "exp": null }), "exp is missing"),
        (json!({ "iat": null }), "iat is missing"),
        (json!({ "iat": now + 180 }), "iat is to come"),
        (json!({ "jti": null }), "jti is missing"),
        (json!({ "nonce": "n" }), "nonce is there"),
        (json!({ "events": {} }), "events names no logout"),
        (json!({ "events": { EVENT: null } }), "events names no logout"),
        (json!({ "sub": null }), "sub and sid are missing"),
    ] {
        let mut claims = json!({ "sub": subject("Ada") });
        claims.as_object_mut().expect("members").extend(change.as_object().expect("one").clone());
        is_refused(&report(&portal, claims).await, why);
    }
    let own = || portal.provider.logout_token(&Edit::set(json!({ "sub": subject("Ada") })));
    for (forgery, why) in [
        (Forgery::Key, "no key has signed it; its algorithm is ES256"),
        (Forgery::Unsigned, "no key has signed it; its algorithm is none"),
    ] {
        portal.provider.forge(Some(forgery));
        is_refused(&send(&portal, &own()).await, why);
    }
    portal.provider.forge(None);
    let id_token = portal.provider.issued().expect("a token");
    is_refused(&send(&portal, &id_token).await, "events names no logout");
    is_refused(&send(&portal, "no token").await, "it is no signed token");
    before.assert_unchanged(&portal).await;
    assert!(is_signed_in(&mut ada).await);
    is_done(&send(&portal, &own()).await);
}

#[tokio::test]
async fn anything_but_a_form_with_one_token_for_a_known_provider_is_refused() {
    let portal = Portal::start().await;
    let token = portal.provider.logout_token(&Edit::set(json!({ "sub": subject("Ada") })));
    let mut server = portal.browser();
    let form = "send a form with one logout_token";
    is_refused(&server.post_form(PATH, &[]).await, form);
    is_refused(&server.post_form(PATH, &[("token", &token)]).await, form);
    let twice = [("logout_token", token.as_str()), ("logout_token", &token)];
    is_refused(&server.post_form(PATH, &twice).await, form);
    is_refused(&server.post(PATH, json!({ "logout_token": token })).await, form);
    let other = "/api/sign-in/logout/other";
    let sent = server.post_form(other, &[("logout_token", &token)]).await;
    is_refused(&sent, "there is no such provider");
    assert_eq!(server.get(&format!("{PATH}?logout_token={token}")).await.status, 404);
}

#[tokio::test]
async fn it_signs_out_no_session_of_another_provider() {
    let other = IdentityProvider::start_another().await;
    let options = local::Options {
        providers: vec![other.configuration("other", "Other")],
        ..local::Options::default()
    };
    let portal = Portal::start_with(options).await;
    other.follow(&portal.clock);
    let mut ada = portal.browser();
    let begun = ada.get("/api/sign-in?provider=other").await;
    let callback = other.authorize(begun.location(), "Ada", &email("Ada"));
    assert_eq!(ada.get(&callback).await.status, 303);
    is_done(&report(&portal, json!({ "sub": subject("Ada") })).await);
    assert!(is_signed_in(&mut ada).await);
    // Its token at the other one's address.
    let token = other.logout_token(&Edit::set(json!({ "sub": subject("Ada") })));
    assert_eq!(send(&portal, &token).await.status, 400);
    assert!(is_signed_in(&mut ada).await);
}

#[tokio::test]
async fn a_provider_whose_keys_cannot_be_fetched_is_told_to_try_again() {
    let portal = Portal::start().await;
    portal.provider.change(|behaviour| behaviour.keys.fail(503, json!({})));
    let answer = report(&portal, json!({ "sub": subject("Ada") })).await;
    assert_eq!((answer.status, answer.problem()), (503, "unavailable"), "{answer}");
}
