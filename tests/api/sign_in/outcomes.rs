//! What people are told of each outcome, and what is counted and logged of it.

use local::Options;
use portico::runtime::metrics::Metric;
use serde_json::{Value, json};
use tests::{Edit, IdentityProvider, Log, Portal, Rewrite, TestKey};

use super::{
    Attempt, Change, EMAIL, NAME, Rows, SIGNED_IN, callback_of, outcome, parameter, start,
    with_parameters,
};

/// How often sign-ins failed that the portal had begun, and how often by a fault of provider or
/// configuration.
fn counted(portal: &Portal) -> (u32, u32) {
    let metrics = &portal.stack().app.store.metrics;
    (metrics.counted(Metric::SignInFailed), metrics.counted(Metric::SignInProviderFault))
}

/// The answers of a provider's page, and what the person is told.
const DENIALS: [(&str, &str, &str); 22] = [
    ("access_denied", "", "sign-in-cancelled"),
    ("access_denied", "The resource owner denied the request.", "sign-in-cancelled"),
    ("access_denied", "AADSTS65004: User declined to consent.", "sign-in-cancelled"),
    ("login_required", "", "sign-in-cancelled"),
    ("interaction_required", "", "sign-in-cancelled"),
    ("account_selection_required", "", "sign-in-cancelled"),
    ("consent_required", "", "sign-in-not-allowed"),
    ("consent_required", "AADSTS65001: The user has not consented.", "sign-in-not-allowed"),
    ("interaction_required", "AADSTS65001: No consent.", "sign-in-not-allowed"),
    ("access_denied", "AADSTS50105: Not assigned to a role.", "sign-in-not-allowed"),
    ("interaction_required", "AADSTS50105: Not assigned.", "sign-in-not-allowed"),
    ("access_denied", "AADSTS90094: Admin consent is required.", "sign-in-not-allowed"),
    ("invalid_client", "AADSTS90094: Admin consent is required.", "sign-in-not-allowed"),
    ("temporarily_unavailable", "", "provider-unavailable"),
    ("server_error", "", "provider-unavailable"),
    ("invalid_scope", "", "provider-misconfigured"),
    ("invalid_request", "", "provider-misconfigured"),
    ("unauthorized_client", "", "provider-misconfigured"),
    ("unsupported_response_type", "", "provider-misconfigured"),
    ("invalid_client", "", "provider-misconfigured"),
    ("request_not_supported", "", "provider-misconfigured"),
    ("registration_not_supported", "", "provider-misconfigured"),
];

#[tokio::test]
async fn every_error_of_a_providers_page_has_its_sentence() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (error, description, right) in DENIALS {
        portal.provider.change(|says| says.error = Some((error, description)));
        let before = counted(&portal);
        let mut browser = portal.browser();
        let callback = callback_of(&portal, &mut browser, "&return=/library/").await;
        let answer = browser.get(&callback).await;
        let case = format!("{error} {description}");
        rows.check(&case, &outcome(&answer), right);
        let back = parameter(answer.location(), "return").unwrap_or_default();
        rows.check(format!("{case}, the way back"), &back, "/library/");
        let id = parameter(answer.location(), "provider").unwrap_or_default();
        rows.check(format!("{case}, the provider"), &id, "test");
        // What the person wanted is no failure, and what comes through a browser no fault.
        let failures = u32::from(right != "sign-in-cancelled");
        if counted(&portal) != (before.0 + failures, before.1) {
            rows.check(&case, "counted in another way", "counted as what it is");
        }
    }
    assert_eq!(portal.provider.requests().token, 0);
    rows.assert_right();
}

#[tokio::test]
async fn no_word_of_a_provider_reaches_the_page_or_the_log() {
    let portal = Portal::start().await;
    let log = Log::keep();
    let words = ["<script>alert(1)</script>", "ada@customer.example", "odd\r\nSet-Cookie: x=1"];
    for word in words {
        for (error, description) in [("access_denied", word), (word, "")] {
            portal.provider.change(|says| says.error = Some((error, description)));
            let attempt = Attempt::of(&portal).await;
            assert_ne!(attempt.outcome(), SIGNED_IN);
            let location = attempt.answer.location();
            for part in ["script", "ada", "odd", "x=1", "x%3D1"] {
                assert!(!location.contains(part), "{location}");
            }
        }
    }
    for part in ["<script", "scriptalert", "ada@customer", "adacustomer", "x=1"] {
        assert!(!log.text().contains(part), "{part}");
    }
}

#[tokio::test]
async fn every_failure_behind_the_page_has_its_sentence_and_counts_for_whom_it_is() {
    let mut rows = Rows::default();
    let failures: [(&str, Change, &str, bool); 20] = [
        ("client refused", |says| says.client_auth.clear(), "provider-misconfigured", true),
        (
            "unauthorized client",
            |says| says.token.fail(400, json!({ "error": "unauthorized_client" })),
            "provider-misconfigured",
            true,
        ),
        (
            "grant type refused",
            |says| says.token.fail(400, json!({ "error": "unsupported_grant_type" })),
            "provider-misconfigured",
            false,
        ),
        (
            "scope refused",
            |says| says.token.fail(400, json!({ "error": "invalid_scope" })),
            "provider-misconfigured",
            false,
        ),
        (
            "code refused",
            |says| says.token.fail(400, json!({ "error": "invalid_grant" })),
            "sign-in-refused",
            false,
        ),
        ("token endpoint gone", |says| says.token.status = 404, "provider-misconfigured", true),
        ("token endpoint down", |says| says.token.status = 500, "provider-unavailable", true),
        ("token endpoint busy", |says| says.token.status = 503, "provider-unavailable", true),
        ("too many requests", |says| says.token.status = 429, "provider-unavailable", true),
        (
            "a page for an answer",
            |says| says.token.text = Rewrite::to("<html></html>"),
            "provider-misconfigured",
            true,
        ),
        (
            "no ID token",
            |says| says.token.members = Edit::without("id_token"),
            "provider-misconfigured",
            true,
        ),
        (
            "another's signature",
            |says| says.sign_with(TestKey::P256(3), "ES256", Some("first")),
            "provider-misconfigured",
            true,
        ),
        (
            "another audience",
            |says| says.claims = Edit::set(json!({ "aud": "another" })),
            "provider-misconfigured",
            true,
        ),
        (
            "another issuer",
            |says| says.claims = Edit::set(json!({ "iss": "https://another.example" })),
            "provider-misconfigured",
            true,
        ),
        ("no subject", |says| says.claims = Edit::without("sub"), "provider-misconfigured", true),
        (
            "another nonce",
            |says| says.claims = Edit::set(json!({ "nonce": "another" })),
            "sign-in-refused",
            false,
        ),
        ("too old", |says| says.claims = Edit::set(json!({ "exp": 1 })), "sign-in-refused", true),
        ("keys down", |says| says.keys.fail(500, json!("down")), "provider-unavailable", true),
        (
            "metadata down",
            |says| says.metadata.fail(503, json!("down")),
            "provider-unavailable",
            true,
        ),
        (
            "metadata of another issuer",
            |says| says.metadata.members = Edit::set(json!({ "issuer": "https://x.example" })),
            "provider-misconfigured",
            true,
        ),
    ];
    for (case, change, right, is_fault) in failures {
        let portal = Portal::start().await;
        portal.provider.change(change);
        let attempt = Attempt::of(&portal).await;
        rows.check(case, &attempt.outcome(), right);
        let faults = counted(&portal).1;
        if faults != u32::from(is_fault) {
            rows.check(case, &format!("counted as {faults} faults"), &format!("{is_fault}"));
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_misconfiguration_has_a_reference_that_the_log_has() {
    let portal = Portal::start().await;
    let log = Log::keep();
    portal.provider.change(|says| says.client_auth.clear());
    let attempt = Attempt::of(&portal).await;
    assert_eq!(attempt.outcome(), "provider-misconfigured");
    let reference = parameter(attempt.answer.location(), "reference").expect("a reference");
    assert!(reference.len() > 5, "{reference}");
    let lines = log.text();
    let line = lines
        .lines()
        .filter(|line| line.contains(&reference))
        .find(|line| line.contains(r#""provider":"test""#))
        .unwrap_or_else(|| panic!("{reference} in {lines}"));
    let line: Value = serde_json::from_str(line).expect("JSON");
    assert!(line["fields"]["kind"].is_string(), "{line}");
    assert!(line.to_string().contains("invalid_client"), "{line}");
}

#[tokio::test]
async fn a_visitor_cannot_set_off_the_alarm() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let own = callback_of(&portal, &mut browser, "").await;
    let state = parameter(&own, "state").expect("a state");
    let invented = "s".repeat(43);
    for query in [
        String::new(),
        "?code=x".to_owned(),
        format!("?code=x&state={invented}"),
        format!("?error=server_error&state={invented}"),
        format!("?error=invalid_client&state={invented}"),
        "?error=invalid_client".to_owned(),
        "?admin_consent=True&tenant=t".to_owned(),
    ] {
        portal.browser().get(&format!("/api/sign-in/callback/test{query}")).await;
    }
    assert_eq!(counted(&portal), (0, 0), "nothing of this had been begun here");
    // With a sign-in of their own, a visitor can say that the provider said anything.
    for query in ["error=server_error", "error=invalid_client", "error=odd", "code=odd"] {
        let mut browser = portal.browser();
        let own = callback_of(&portal, &mut browser, "").await;
        let state = parameter(&own, "state").expect("a state");
        browser.get(&format!("/api/sign-in/callback/test?{query}&state={state}")).await;
    }
    browser
        .get(&format!("/api/sign-in/callback/test?iss=https://x.example&code=x&state={state}"))
        .await;
    assert_eq!(counted(&portal).1, 0);
}

#[tokio::test]
async fn a_success_is_counted_nowhere() {
    let portal = Portal::start().await;
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    assert_eq!(counted(&portal), (0, 0));
}

#[tokio::test]
async fn a_denial_without_state_is_understood_in_the_browser_that_had_begun() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (error, right) in [
        ("access_denied", "sign-in-cancelled"),
        ("consent_required", "sign-in-not-allowed"),
        // Nothing but a denial is told without a state, since anybody can make it up.
        ("server_error", "sign-in-unknown"),
    ] {
        portal.provider.change(|says| says.error = Some((error, "")));
        let mut browser = portal.browser();
        let callback = callback_of(&portal, &mut browser, "&return=/de/people/").await;
        let answer = browser.get(&with_parameters(&callback, &["state"], &[])).await;
        rows.check(error, &outcome(&answer), right);
        let page = answer.location().split('?').next().unwrap_or_default();
        rows.check(format!("{error}, the page"), page, "/de/sign-in/");
    }
    rows.assert_right();
    assert_eq!(portal.provider.requests().token, 0);
}

#[tokio::test]
async fn an_administrators_consent_is_understood_with_and_without_state() {
    let portal = Portal::start().await;
    let consent = [("admin_consent", "True"), ("tenant", IdentityProvider::TENANT)];
    for without in [&["code"][..], &["code", "state"]] {
        let mut browser = portal.browser();
        let callback = callback_of(&portal, &mut browser, "").await;
        let answer = browser.get(&with_parameters(&callback, without, &consent)).await;
        assert_eq!(outcome(&answer), "consent-given", "without {without:?}");
    }
    // In another browser: the administrator's, who had followed a link.
    let address = format!("/api/sign-in/callback/test?admin_consent=True&tenant={}", consent[1].1);
    assert_eq!(outcome(&portal.browser().get(&address).await), "consent-given");
    assert_eq!(portal.provider.requests().token, 0);
    assert_eq!(counted(&portal), (0, 0));
}

#[tokio::test]
async fn who_comes_late_or_from_elsewhere_is_told_so() {
    let portal = Portal::start().await;
    let mut browser = portal.browser();
    let callback = callback_of(&portal, &mut browser, "").await;
    assert_eq!(outcome(&portal.browser().get(&callback).await), "sign-in-unknown");
    portal.clock.set(portal.clock.now() + jiff::SignedDuration::from_secs(601));
    assert_eq!(outcome(&browser.get(&callback).await), "sign-in-expired");
    assert_eq!(portal.provider.requests().token, 0);
}

#[tokio::test]
async fn every_sentence_is_in_the_language_of_the_page_that_people_came_from() {
    let portal = Portal::start().await;
    for (error, _, _) in DENIALS {
        portal.provider.change(|says| says.error = Some((error, "")));
        let mut browser = portal.browser();
        let callback = callback_of(&portal, &mut browser, "&return=/de/people/").await;
        let answer = browser.get(&callback).await;
        assert!(answer.location().starts_with("/de/sign-in/?"), "{}", answer.location());
    }
}

#[tokio::test]
async fn another_account_is_asked_for_in_words_that_the_provider_knows() {
    let (own, none) = (IdentityProvider::start_another().await, Options::default());
    let login_only = portico::sign_in::Provider {
        prompts: Some(vec!["login".to_owned()]),
        ..own.configuration("login-only", "Login only")
    };
    let portal = Portal::start_with(Options { providers: vec![login_only], ..none }).await;
    let prompt = async |id: &str, query: &str| {
        let page = start(&mut portal.browser(), id, query).await.expect("a page");
        parameter(&page, "prompt")
    };
    assert_eq!(prompt("test", "").await, None);
    assert_eq!(prompt("test", "&choose=true").await.as_deref(), Some("select_account"));
    assert_eq!(prompt("login-only", "&choose=true").await.as_deref(), Some("login"));
    portal.provider.change(|says| {
        says.metadata.members = Edit::set(json!({ "prompt_values_supported": ["login"] }));
    });
    super::forget_metadata(&portal);
    assert_eq!(prompt("test", "&choose=true").await.as_deref(), Some("login"));
}

#[tokio::test]
async fn a_provider_that_refuses_to_let_people_choose_is_asked_to_sign_them_in() {
    let portal = Portal::start().await;
    portal.provider.change(|says| {
        says.refused_prompts = vec![("select_account", "invalid_request")];
    });
    let mut browser = portal.browser();
    let page = start(&mut browser, "test", "&choose=true&return=/library/").await.expect("a page");
    let answer = browser.get(&portal.provider.authorize(&page, NAME, EMAIL)).await;
    // Once more, with another prompt.
    let asked = parameter(answer.location(), "prompt");
    assert_eq!(asked.as_deref(), Some("login"), "{}", answer.location());
    let answer = browser.get(&portal.provider.authorize(answer.location(), NAME, EMAIL)).await;
    assert_eq!((outcome(&answer).as_str(), answer.location()), (SIGNED_IN, "/library/"));
    // Where that is refused too, it ends.
    portal.provider.change(|says| {
        says.refused_prompts =
            vec![("select_account", "invalid_request"), ("login", "invalid_request")];
    });
    let mut browser = portal.browser();
    let page = start(&mut browser, "test", "&choose=true").await.expect("a page");
    let answer = browser.get(&portal.provider.authorize(&page, NAME, EMAIL)).await;
    let answer = browser.get(&portal.provider.authorize(answer.location(), NAME, EMAIL)).await;
    assert_eq!(outcome(&answer), "provider-misconfigured");
}
