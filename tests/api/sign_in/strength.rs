//! Fresh sign-ins and several factors, from what asks for them, through the provider, to what they
//! allow (requirement 42).

use jiff::SignedDuration;
use local::Options;
use portico::sign_in::{Factors, Provider};
use serde_json::{Value, json};
use tests::{Answer, Browser, Edit, Fixture, IdentityProvider, Portal};

use super::{NAME, Rows, SIGNED_IN, outcome, parameter, start};

fn pass(portal: &Portal, minutes: i64) {
    portal.clock.set(portal.clock.now() + SignedDuration::from_mins(minutes));
}

/// Signs Ada in once more in her browser, with what `query` asks for.
async fn again(portal: &Portal, browser: &mut Browser, query: &str) -> (String, Answer) {
    let page = start(browser, "test", query).await.expect("a provider's page");
    let callback = portal.provider.authorize(&page, NAME, "ada@customer.example");
    let answer = browser.get(&callback).await;
    (page, answer)
}

/// Has the provider say how many minutes ago Ada proved who she is.
fn prove(portal: &Portal, minutes_ago: i64) {
    portal.provider.change(|says| {
        says.claims = Edit::new(move |claims| {
            let now = claims["iat"].as_i64().expect("a time");
            claims.insert("auth_time".to_owned(), json!(now - 60 * minutes_ago));
        });
    });
}

#[tokio::test]
async fn a_fresh_sign_in_allows_what_an_old_one_does_not() {
    let Fixture { portal, administrator: mut ada, .. } = Fixture::with_customer().await;
    let export = format!("/api/accounts/{}/professionals/export", portal.customer);
    pass(&portal, 16);
    let refused = ada.get(&export).await;
    assert_eq!((refused.status, refused.problem()), (401, "step-up-required"), "{refused}");

    // A provider that confirms an earlier sign-in is not believed to have asked again.
    prove(&portal, 5);
    let (page, answer) = again(&portal, &mut ada.browser, "&fresh=true&return=/people/").await;
    assert_eq!(parameter(&page, "max_age").as_deref(), Some("0"));
    assert_eq!(parameter(&page, "prompt").as_deref(), Some("login"));
    assert_eq!(outcome(&answer), "sign-in-not-fresh");
    assert_eq!(parameter(answer.location(), "return").as_deref(), Some("/people/"));
    assert_eq!(ada.get("/api/session").await.body["identity"]["name"], NAME, "still signed in");
    assert_eq!(ada.get(&export).await.problem(), "step-up-required");

    prove(&portal, 0);
    let (_, answer) = again(&portal, &mut ada.browser, "&fresh=true&return=/people/").await;
    assert_eq!(answer.location(), "/people/");
    let done = ada.get(&export).await;
    assert_eq!(done.status, 200, "{done}");
    let sessions = ada.get("/api/sessions").await;
    assert_eq!(sessions.body["sessions"][0]["stated"], true, "{sessions}");
}

#[tokio::test]
async fn a_new_sign_in_is_fresh_where_the_provider_states_no_time_and_recorded_as_such() {
    let Fixture { portal, administrator: mut ada, .. } = Fixture::with_customer().await;
    let export = format!("/api/accounts/{}/professionals/export", portal.customer);
    pass(&portal, 16);
    let (_, answer) = again(&portal, &mut ada.browser, "&fresh=true&return=/people/").await;
    assert_eq!(outcome(&answer), SIGNED_IN);
    let done = ada.get(&export).await;
    assert_eq!(done.status, 200, "{done}");
    let sessions = ada.get("/api/sessions").await;
    assert_eq!(sessions.body["sessions"][0]["stated"], false, "{sessions}");
    // An old proof does not become fresh by a sign-in that the provider completes silently.
    prove(&portal, 60);
    again(&portal, &mut ada.browser, "&return=/people/").await;
    let refused = ada.get(&export).await;
    assert_eq!(refused.problem(), "step-up-required", "{refused}");
}

/// Starts a portal whose second provider, `strong`, asserts several factors by `amr`.
async fn with_factors() -> (Fixture, IdentityProvider) {
    let strong = IdentityProvider::start_another().await;
    let configuration = Provider {
        factors: Factors {
            ask: vec!["mfa".to_owned()],
            amr: vec!["mfa".to_owned(), "otp".to_owned()],
            ..Factors::default()
        },
        ..strong.configuration("strong", "Strong")
    };
    let options = Options { providers: vec![configuration], ..Options::default() };
    let fixture = Fixture::builder().customer().options(options).build().await;
    strong.follow(&fixture.portal.clock);
    (fixture, strong)
}

#[tokio::test]
async fn several_factors_count_where_the_provider_asserts_them() {
    let (mut fixture, strong) = with_factors().await;
    let portal = &fixture.portal;
    let providers = portal.browser().get("/api/sign-in").await.body["providers"].clone();
    assert_eq!(providers[0]["asserts_factors"], false);
    assert_eq!(providers[1]["asserts_factors"], true);

    // Eve has an identity at the provider that can, and becomes administrator.
    let id = fixture.invited("Eve Early", "eve@customer.example").await;
    let token = portal.token("eve@customer.example");
    let mut eve = portal.browser();
    let mut rows = Rows::default();
    for (amr, query, right) in [
        (json!(null), "&factors=true", "factors-missing"),
        (json!(["pwd"]), "&factors=true", "factors-missing"),
        (json!({ "mfa": true }), "&factors=true", "factors-missing"),
        (json!("otp"), "&factors=true", SIGNED_IN),
        (json!(["pwd", "mfa"]), "&factors=true", SIGNED_IN),
        (json!(["pwd"]), "", SIGNED_IN),
    ] {
        let claims = json!({ "amr": amr });
        strong.change(|says| says.claims = Edit::set(claims));
        let page = start(&mut eve, "strong", query).await.expect("a provider's page");
        let asked = parameter(&page, "acr_values");
        assert_eq!(asked.as_deref(), (!query.is_empty()).then_some("mfa"));
        let answer = eve.get(&strong.authorize(&page, "Eve", "eve@customer.example")).await;
        rows.check(format!("{amr} {query}"), &outcome(&answer), right);
        let strength = eve.get("/api/session").await.body["several_factors"].clone();
        let is_strong = query == "&factors=true" && right == SIGNED_IN;
        if outcome(&answer) == SIGNED_IN && strength != json!(is_strong) {
            rows.check(format!("{amr} {query}"), &strength.to_string(), "its strength");
        }
    }
    rows.assert_right();
    assert_eq!(eve.link(&token).await.status, 200);

    // The session of the last row has one factor, so Eve cannot ask others for several.
    let ada = fixture.administrator.id.clone();
    let roles = json!({
        "administrators": [ada, id], "billing_contact": ada, "shipping_contact": ada,
    });
    let customer = fixture.portal.customer.clone();
    let given = fixture.administrator.put(&format!("/api/accounts/{customer}/roles"), roles).await;
    assert_eq!(given.status, 200, "{given}");
    let policy = format!("/api/accounts/{customer}/sign-in-policy");
    let wanted = json!({ "factors": "administrators", "linking": { "kind": "any" } });
    let refused = eve.put(&policy, wanted.clone()).await;
    assert_eq!((refused.problem(), &refused.body["factors"]), ("step-up-required", &json!(true)));

    let claims = json!({ "amr": ["mfa"] });
    strong.change(|says| says.claims = Edit::set(claims));
    let page = start(&mut eve, "strong", "&factors=true").await.expect("a provider's page");
    eve.get(&strong.authorize(&page, "Eve", "eve@customer.example")).await;
    assert_eq!(eve.put(&policy, wanted).await.status, 200);
    // From now on Ada, whose provider asserts nothing, is asked for more, and members are not.
    let account = format!("/api/accounts/{customer}");
    let ada = fixture.administrator.get(&account).await;
    assert_eq!((ada.problem(), &ada.body["factors"]), ("step-up-required", &Value::Bool(true)));
    assert_eq!(eve.get(&account).await.status, 200);
    assert_eq!(fixture.member.get(&account).await.status, 200);
}
