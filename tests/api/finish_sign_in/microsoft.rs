//! Microsoft, whose metadata has a template for the issuer and whose tokens name their tenant.

use local::Options;
use tests::{Browser, Forgery, IdentityProvider, Portal};

use super::{FORGERIES, SESSION, assert_failed, problem_of};

/// Starts a portal with a Microsoft for `tenants`.
async fn start(tenants: &str) -> (Portal, IdentityProvider) {
    let microsoft = IdentityProvider::start_microsoft(tenants).await;
    let providers = vec![microsoft.configuration("microsoft", "Microsoft")];
    let portal = Portal::start_with(Options { providers, ..Options::default() }).await;
    microsoft.follow(&portal.clock);
    (portal, microsoft)
}

/// Starts a sign-in as Ada at Microsoft and returns the callback address.
async fn callback_after_sign_in(microsoft: &IdentityProvider, browser: &mut Browser) -> String {
    let started = browser.get("/api/sign-in?provider=microsoft").await;
    microsoft.authorize(started.location(), "Ada Lovelace", "ada@customer.example")
}

#[tokio::test]
async fn with_all_tenants_an_identity_of_any_tenant_signs_in() {
    for tenants in ["common", "organizations"] {
        let (portal, microsoft) = start(tenants).await;
        for forgery in [None, Some(Forgery::OtherTenant)] {
            microsoft.forge(forgery);
            let mut browser = portal.browser();
            let callback = callback_after_sign_in(&microsoft, &mut browser).await;
            assert_eq!(
                browser.get(&callback).await.location(),
                "/accounts/?first=1",
                "{tenants}, {forgery:?}"
            );
            assert_eq!(browser.get("/api/session").await.body["identity"]["provider"], "Microsoft");
        }
    }
}

#[tokio::test]
async fn the_same_subject_of_another_tenant_is_another_identity() {
    let (portal, microsoft) = start("common").await;
    let mut keys = Vec::new();
    for forgery in [None, Some(Forgery::OtherTenant), None] {
        microsoft.forge(forgery);
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&microsoft, &mut browser).await;
        browser.get(&callback).await;
        keys.push(browser.cookies[SESSION].split_once('.').expect("two parts").1.to_owned());
    }
    assert_eq!(keys[0], keys[2]);
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn a_forged_token_gives_no_session() {
    let own = [Forgery::WrongTenant, Forgery::NoTenant, Forgery::Template, Forgery::OtherHost];
    for forgery in FORGERIES.into_iter().chain(own) {
        let (portal, microsoft) = start("common").await;
        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&microsoft, &mut browser).await;
        browser.get(&callback).await;
        browser.post("/api/sign-out", serde_json::Value::Null).await;

        let mut browser = portal.browser();
        let callback = callback_after_sign_in(&microsoft, &mut browser).await;
        microsoft.forge(Some(forgery));
        let answer = browser.get(&callback).await;
        assert_failed(&portal, &answer, &browser, problem_of(forgery)).await;
        microsoft.forge(None);
        let callback = callback_after_sign_in(&microsoft, &mut browser).await;
        assert_eq!(
            browser.get(&callback).await.location(),
            "/accounts/?first=1",
            "after {forgery:?} an honest token is believed"
        );
    }
}

#[tokio::test]
async fn with_one_tenant_nobody_of_another_signs_in() {
    let (portal, microsoft) = start(IdentityProvider::TENANT).await;
    microsoft.forge(Some(Forgery::OtherTenant));
    let mut browser = portal.browser();
    let callback = callback_after_sign_in(&microsoft, &mut browser).await;
    let answer = browser.get(&callback).await;
    assert_failed(&portal, &answer, &browser, "provider-misconfigured").await;
    microsoft.forge(None);
    let callback = callback_after_sign_in(&microsoft, &mut browser).await;
    assert_eq!(browser.get(&callback).await.location(), "/accounts/?first=1");
}

#[tokio::test]
async fn a_code_works_only_at_the_provider_that_issued_it() {
    let (portal, microsoft) = start("common").await;
    let mut browser = portal.browser();
    let ours = callback_after_sign_in(&microsoft, &mut browser).await;
    let started = browser.get("/api/sign-in?provider=test").await;
    let theirs = portal.provider.authorize(started.location(), "Mallory", "ada@customer.example");
    let (state, code) = (
        ours.split_once("&state=").expect("a state").1,
        theirs.split_once("&state=").expect("a code").0,
    );
    let answer = browser.get(&format!("{code}&state={state}")).await;
    assert_failed(&portal, &answer, &browser, "sign-in-refused").await;
}

#[tokio::test]
async fn no_other_provider_passes_for_microsoft() {
    let portal = Portal::start().await;
    for named in [
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "http://localhost/{tenantid}",
        "{tenantid}",
    ] {
        portal.provider.pose_as(named);
        let mut browser = portal.browser();
        let answer = browser.get("/api/sign-in?provider=test").await;
        assert_failed(&portal, &answer, &browser, "provider-misconfigured").await;
    }
    let (portal, microsoft) = start("common").await;
    microsoft.pose_as("https://login.microsoftonline.com/{tenantid}/v2.0");
    let mut browser = portal.browser();
    let answer = browser.get("/api/sign-in?provider=microsoft").await;
    assert_failed(&portal, &answer, &browser, "provider-misconfigured").await;
}
