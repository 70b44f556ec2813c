//! The OpenID Foundation's certification plans for relying parties with the code flow, each module
//! as a test by its name.
//!
//! The plans are `oidcc-client-basic-certification-test-plan`,
//! `oidcc-client-config-certification-test-plan` and the comprehensive `oidcc-client-test-plan`, as
//! the conformance suite lists them (openid/conformance-suite, package
//! `net.openid.conformance.openid.client`: `OIDCCClientBasicTestPlan`, `OIDCCClientConfigTestPlan`,
//! `OIDCCClientTestPlan`). [`NOT_APPLICABLE`] names the modules that do not apply and says why.

use serde_json::{Value, json};
use tests::{Behaviour, Edit, Portal, Signer, TestKey};

use super::{Attempt, REFUSED, SIGNED_IN, forget_metadata};

/// The modules of the three plans, in their order.
const PLANS: [&[&str]; 3] = [
    &[
        "oidcc-client-test",
        "oidcc-client-test-invalid-iss",
        "oidcc-client-test-missing-sub",
        "oidcc-client-test-invalid-aud",
        "oidcc-client-test-missing-iat",
        "oidcc-client-test-kid-absent-single-jwks",
        "oidcc-client-test-kid-absent-multiple-jwks",
        "oidcc-client-test-idtoken-sig-rs256",
        "oidcc-client-test-idtoken-sig-none",
        "oidcc-client-test-invalid-sig-rs256",
        "oidcc-client-test-userinfo-invalid-sub",
        "oidcc-client-test-nonce-invalid",
        "oidcc-client-test-scope-userinfo-claims",
        "oidcc-client-test-client-secret-basic",
    ],
    &[
        "oidcc-client-test-discovery-openid-config",
        "oidcc-client-test-discovery-jwks-uri-keys",
        "oidcc-client-test-discovery-issuer-mismatch",
        "oidcc-client-test-idtoken-sig-none",
        "oidcc-client-test-signing-key-rotation-just-before-signing",
        "oidcc-client-test-signing-key-rotation",
    ],
    // Those that the first two plans do not have.
    &[
        "oidcc-client-test-missing-aud",
        "oidcc-client-test-userinfo-bearer-header",
        "oidcc-client-test-userinfo-bearer-body",
        "oidcc-client-test-nonce",
        "oidcc-client-test-missing-chash",
        "oidcc-client-test-invalid-chash",
        "oidcc-client-test-invalid-athash",
        "oidcc-client-test-missing-athash",
        "oidcc-client-test-formpost-error",
        "oidcc-client-test-invalid-sig-hs256",
        "oidcc-client-test-invalid-sig-es256",
        "oidcc-client-test-aggregated-claims",
        "oidcc-client-test-distributed-claims",
        "oidcc-client-test-mtls-endpoint-aliases",
        "oidcc-client-test-ignores-unparseable-key-in-jwks",
        "oidcc-client-test-discovery-webfinger-acct",
        "oidcc-client-test-discovery-webfinger-url",
        "oidcc-client-test-dynamic-registration",
        "oidcc-client-test-request-uri-signed-rs256",
        "oidcc-client-test-request-uri-signed-none",
        "oidcc-client-test-userinfo-signed",
    ],
];

/// Modules of these plans that do not apply, by reason.
const NOT_APPLICABLE: [(&str, &[&str]); 6] = [
    (
        "the portal reads the ID token alone and sends no access token anywhere",
        &[
            "oidcc-client-test-userinfo-bearer-header",
            "oidcc-client-test-userinfo-bearer-body",
            "oidcc-client-test-userinfo-signed",
            "oidcc-client-test-aggregated-claims",
            "oidcc-client-test-distributed-claims",
        ],
    ),
    (
        "the token endpoint's answer needs no hash, since no access token is used",
        &[
            "oidcc-client-test-missing-chash",
            "oidcc-client-test-invalid-chash",
            "oidcc-client-test-missing-athash",
            "oidcc-client-test-invalid-athash",
        ],
    ),
    (
        "operators configure the providers, and register the portal with them",
        &[
            "oidcc-client-test-discovery-webfinger-acct",
            "oidcc-client-test-discovery-webfinger-url",
            "oidcc-client-test-dynamic-registration",
        ],
    ),
    (
        "the request stands in the address of the provider's page",
        &[
            "oidcc-client-test-request-uri-signed-rs256",
            "oidcc-client-test-request-uri-signed-none",
        ],
    ),
    ("the portal authenticates with no certificate", &["oidcc-client-test-mtls-endpoint-aliases"]),
    ("the portal asks Apple alone to answer by form", &["oidcc-client-test-formpost-error"]),
];

/// Signs in with a provider of one key, RS256, as the plan's providers have.
async fn outcome(change: impl FnOnce(&mut Behaviour)) -> (String, Portal) {
    let portal = Portal::start().await;
    portal.provider.change(|says| {
        says.use_key(TestKey::Rsa(1), "RS256", "k1");
        change(says);
    });
    let attempt = Attempt::of(&portal).await;
    (attempt.outcome(), portal)
}

async fn assert_accepted(change: impl FnOnce(&mut Behaviour)) -> Portal {
    let (outcome, portal) = outcome(change).await;
    assert_eq!(outcome, SIGNED_IN);
    portal
}

async fn assert_refused(change: impl FnOnce(&mut Behaviour)) {
    let (outcome, portal) = outcome(change).await;
    assert_ne!(outcome, SIGNED_IN, "{REFUSED}");
    portal.provider.reset();
    forget_metadata(&portal);
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "an honest token is believed");
}

fn claims(claims: Value) -> impl FnOnce(&mut Behaviour) {
    |says| says.claims = Edit::set(claims)
}

#[tokio::test]
async fn oidcc_client_test() {
    let portal = assert_accepted(|_| ()).await;
    let request = &portal.provider.token_requests()[0];
    assert_eq!(request.form["grant_type"], "authorization_code");
    assert!(request.form["code_verifier"].len() >= 43, "{:?}", request.form);
}

#[tokio::test]
async fn oidcc_client_test_invalid_iss() {
    assert_refused(claims(json!({ "iss": "https://invalid.example" }))).await;
}

#[tokio::test]
async fn oidcc_client_test_missing_sub() {
    assert_refused(|says| says.claims = Edit::without("sub")).await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_aud() {
    assert_refused(claims(json!({ "aud": "portico-invalid" }))).await;
}

#[tokio::test]
async fn oidcc_client_test_missing_aud() {
    assert_refused(|says| says.claims = Edit::without("aud")).await;
}

#[tokio::test]
async fn oidcc_client_test_missing_iat() {
    assert_refused(|says| says.claims = Edit::without("iat")).await;
}

#[tokio::test]
async fn oidcc_client_test_kid_absent_single_jwks() {
    assert_accepted(|says| {
        says.published = vec![TestKey::Rsa(1).jwk(json!({}))];
        says.sign_with(TestKey::Rsa(1), "RS256", None);
    })
    .await;
}

/// The plan lets a client refuse the token or try every key; a portal tries.
#[tokio::test]
async fn oidcc_client_test_kid_absent_multiple_jwks() {
    assert_accepted(|says| {
        says.published =
            [1, 2, 3].map(|number| TestKey::Rsa(number).jwk(json!({ "use": "sig" }))).to_vec();
        says.sign_with(TestKey::Rsa(2), "RS256", None);
    })
    .await;
}

#[tokio::test]
async fn oidcc_client_test_idtoken_sig_rs256() {
    assert_accepted(|says| says.use_key(TestKey::Rsa(2), "RS256", "k2")).await;
}

/// The plan expects that a client takes an unsigned token; a portal never does.
#[tokio::test]
async fn oidcc_client_test_idtoken_sig_none() {
    assert_refused(|says| {
        says.signer = Signer::Nothing;
        "none".clone_into(&mut says.algorithm);
    })
    .await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_rs256() {
    assert_refused(|says| says.sign_with(TestKey::Rsa(2), "RS256", Some("k1"))).await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_es256() {
    assert_refused(|says| {
        says.use_key(TestKey::P256(1), "ES256", "k1");
        says.sign_with(TestKey::P256(2), "ES256", Some("k1"));
    })
    .await;
}

#[tokio::test]
async fn oidcc_client_test_invalid_sig_hs256() {
    assert_refused(|says| {
        says.signer = Signer::Secret(b"another secret".to_vec());
        "HS256".clone_into(&mut says.algorithm);
    })
    .await;
}

/// The endpoint answers about another person in the plan. Nobody asks it.
#[tokio::test]
async fn oidcc_client_test_userinfo_invalid_sub() {
    let portal = assert_accepted(|_| ()).await;
    assert_eq!(portal.provider.requests().userinfo, 0);
}

#[tokio::test]
async fn oidcc_client_test_nonce() {
    let mut nonces = std::collections::BTreeSet::new();
    let portal = Portal::start().await;
    for _ in 0..3 {
        let page = super::start(&mut portal.browser(), "test", "").await.expect("a page");
        nonces.insert(super::parameter(&page, "nonce").expect("a nonce"));
    }
    assert_eq!(nonces.len(), 3, "{nonces:?}");
}

#[tokio::test]
async fn oidcc_client_test_nonce_invalid() {
    assert_refused(claims(json!({ "nonce": "invalid" }))).await;
}

/// The plan answers with the claims of the scopes at an endpoint that a portal does not ask. It
/// asks for the scopes, so that providers put them into the ID token.
#[tokio::test]
async fn oidcc_client_test_scope_userinfo_claims() {
    let portal = Portal::start().await;
    let page = super::start(&mut portal.browser(), "test", "").await.expect("a page");
    let scope = super::parameter(&page, "scope").expect("a scope");
    assert_eq!(scope.split(' ').collect::<Vec<_>>(), ["openid", "email", "profile"]);
}

#[tokio::test]
async fn oidcc_client_test_client_secret_basic() {
    let portal = assert_accepted(|says| says.client_auth = vec!["client_secret_basic"]).await;
    let request = &portal.provider.token_requests()[0];
    assert_eq!(request.client_auth, "client_secret_basic");
    assert!(!request.form.contains_key("client_secret"), "{:?}", request.form);
}

#[tokio::test]
async fn oidcc_client_test_ignores_unparseable_key_in_jwks() {
    assert_accepted(|says| {
        let unusable = [
            json!({ "kty": "AKP", "kid": "pq", "alg": "ML-DSA-999", "pub": "AAAA" }),
            json!({ "kty": "made-up", "kid": "m" }),
        ];
        says.published = unusable.into_iter().chain(says.published.clone()).collect();
    })
    .await;
}

#[tokio::test]
async fn oidcc_client_test_discovery_openid_config() {
    let portal = assert_accepted(|_| ()).await;
    assert_eq!(portal.provider.requests().metadata, 1);
}

#[tokio::test]
async fn oidcc_client_test_discovery_jwks_uri_keys() {
    let portal = assert_accepted(|_| ()).await;
    assert_eq!(portal.provider.requests().keys, 1);
}

#[tokio::test]
async fn oidcc_client_test_discovery_issuer_mismatch() {
    let portal = Portal::start().await;
    portal.provider.pose_as("https://mismatch.example");
    assert_ne!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    assert_eq!(portal.provider.requests().token, 0);
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation() {
    let portal = assert_accepted(|_| ()).await;
    forget_metadata(&portal);
    portal.provider.change(|says| says.use_key(TestKey::Rsa(2), "RS256", "k2"));
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
}

/// The key changes between the redirect and the token, later than a minute after the last reading.
#[tokio::test]
async fn oidcc_client_test_signing_key_rotation_just_before_signing() {
    let portal = assert_accepted(|_| ()).await;
    portal.clock.set(portal.clock.now() + jiff::SignedDuration::from_secs(61));
    let mut browser = portal.browser();
    let callback = super::callback_of(&portal, &mut browser, "").await;
    portal.provider.change(|says| says.use_key(TestKey::Rsa(2), "RS256", "k2"));
    assert_eq!(super::outcome(&browser.get(&callback).await), SIGNED_IN);
}

#[test]
fn every_module_of_the_plans_is_tested_or_does_not_apply() {
    let source = include_str!("certification.rs");
    let not_applicable =
        |module: &str| NOT_APPLICABLE.iter().any(|(_, modules)| modules.contains(&module));
    for module in PLANS.into_iter().flatten() {
        let test = format!("async fn {}()", module.replace('-', "_"));
        assert_ne!(source.contains(&test), not_applicable(module), "{module}");
    }
}
