//! How the portal authenticates at token endpoints (OpenID Connect Core 1.0, 9; RFC 7523).

use std::collections::BTreeSet;

use local::Options;
use portico::sign_in::{ClientAuth, Provider};
use serde_json::json;
use tests::{Edit, IdentityProvider, Portal, TestKey};

use super::{Attempt, Rows, SIGNED_IN, forget_metadata};

const BASIC: &str = "client_secret_basic";
const POST: &str = "client_secret_post";
const KEY: &str = "private_key_jwt";
const NONE: &str = "none";

/// Lists how the portal has authenticated since `before` requests.
fn methods(portal: &Portal, before: usize) -> Vec<&'static str> {
    let requests = portal.provider.token_requests();
    requests[before..].iter().map(|request| request.client_auth).collect()
}

/// Starts a portal that knows its provider under further ids too, configured in other ways.
async fn start(configure: impl Fn(Provider) -> Vec<Provider>) -> (Portal, IdentityProvider) {
    let provider = IdentityProvider::start_another().await;
    let providers = configure(provider.configuration("own", "Own"));
    let portal = Portal::start_with(Options { providers, ..Options::default() }).await;
    provider.follow(&portal.clock);
    let portal = Portal { provider: provider.clone(), ..portal };
    (portal, provider)
}

#[tokio::test]
async fn the_method_is_what_metadata_says_and_post_the_second_try() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (listed, taken, right, tried) in [
        (None, vec![BASIC], SIGNED_IN, vec![BASIC]),
        (Some(json!([])), vec![BASIC], SIGNED_IN, vec![BASIC]),
        (Some(json!([BASIC])), vec![BASIC], SIGNED_IN, vec![BASIC]),
        (Some(json!([POST])), vec![POST], SIGNED_IN, vec![POST]),
        (Some(json!([BASIC, POST])), vec![BASIC], SIGNED_IN, vec![BASIC]),
        (Some(json!([KEY, POST])), vec![POST], SIGNED_IN, vec![POST]),
        // Metadata lists both, but this client is registered for one (canaille).
        (Some(json!([BASIC, POST])), vec![POST], SIGNED_IN, vec![BASIC, POST]),
        (None, vec![POST], SIGNED_IN, vec![BASIC, POST]),
        (Some(json!([BASIC, POST])), vec![], "provider-misconfigured", vec![BASIC, POST]),
        (None, vec![], "provider-misconfigured", vec![BASIC, POST]),
    ] {
        portal.provider.change(|says| {
            says.client_auth = taken.clone();
            says.metadata.members = Edit::new({
                let listed = listed.clone();
                move |metadata| {
                    let methods = listed.clone().map(|methods| {
                        ("token_endpoint_auth_methods_supported".to_owned(), methods)
                    });
                    metadata.extend(methods);
                }
            });
        });
        forget_metadata(&portal);
        let before = portal.provider.requests().token;
        let case = format!("{listed:?} with a client for {taken:?}");
        rows.check(&case, &Attempt::of(&portal).await.outcome(), right);
        let asked = methods(&portal, before);
        if asked != tried {
            rows.check(&case, &format!("{asked:?}"), &format!("{tried:?}"));
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn the_configuration_decides_where_metadata_is_wrong() {
    let (portal, provider) = start(|own| {
        vec![
            Provider { id: "basic".into(), auth: Some(ClientAuth::Basic), ..own.clone() },
            Provider { id: "post".into(), auth: Some(ClientAuth::Post), ..own.clone() },
            Provider { id: "public".into(), client_secret: None, ..own },
        ]
    })
    .await;
    for (id, listed, method) in
        [("basic", POST, BASIC), ("post", BASIC, POST), ("public", NONE, NONE)]
    {
        provider.change(|says| {
            says.client_auth = vec![method];
            says.metadata.members =
                Edit::set(json!({ "token_endpoint_auth_methods_supported": [listed] }));
        });
        let before = provider.requests().token;
        assert_eq!(Attempt::with(&portal, id, &provider).await.outcome(), SIGNED_IN, "{id}");
        assert_eq!(methods(&portal, before), [method], "{id}");
    }
}

#[tokio::test]
async fn only_a_refused_client_is_tried_a_second_time() {
    let portal = Portal::start().await;
    for (status, error) in [
        (400, "invalid_grant"),
        (400, "invalid_request"),
        (400, "unauthorized_client"),
        (403, "access_denied"),
        (500, "server_error"),
        (503, "temporarily_unavailable"),
    ] {
        portal.provider.change(|says| says.token.fail(status, json!({ "error": error })));
        let before = portal.provider.requests().token;
        assert_ne!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "{error}");
        assert_eq!(methods(&portal, before), [BASIC], "{error}");
    }
}

/// Starts a portal whose provider takes signed assertions, of two keys under two ids.
async fn start_with_keys() -> (Portal, IdentityProvider) {
    let with_key = |own: &Provider, id: &str, key: TestKey| Provider {
        id: id.to_owned(),
        client_secret: Some(key.pem().to_owned()),
        auth: Some(ClientAuth::PrivateKeyJwt),
        key_id: Some("portal-key".to_owned()),
        ..own.clone()
    };
    let (portal, provider) = start(|own| {
        vec![with_key(&own, "rsa", TestKey::Rsa(1)), with_key(&own, "ec", TestKey::P256(1))]
    })
    .await;
    provider.change(|says| says.client_auth = vec![KEY]);
    (portal, provider)
}

#[tokio::test]
async fn a_private_key_signs_an_assertion_that_is_used_once() {
    let (portal, provider) = start_with_keys().await;
    for (id, key, algorithm) in
        [("rsa", TestKey::Rsa(1), "RS256"), ("ec", TestKey::P256(1), "ES256")]
    {
        provider.change(|says| says.client_key = Some((key, "portal-key")));
        let before = provider.requests().token;
        for _ in 0..2 {
            let attempt = Attempt::with(&portal, id, &provider).await;
            assert_eq!(attempt.outcome(), SIGNED_IN, "{id}");
        }
        let requests = provider.token_requests().split_off(before);
        assert_eq!(methods(&portal, before), [KEY, KEY], "{id}");
        let ids: BTreeSet<_> =
            requests.iter().map(|request| request.assertion["jti"].to_string()).collect();
        assert_eq!(ids.len(), 2, "{id}: {ids:?}");
        for request in requests {
            assert_eq!(request.assertion_header["alg"], algorithm);
            assert_eq!(request.assertion_header["kid"], "portal-key");
            assert!(!request.form.contains_key("client_secret"), "{id}");
            let lifetime =
                request.assertion["exp"].as_i64().expect("a time") - portal.clock.now().as_second();
            assert!((30..=300).contains(&lifetime), "{id}: {lifetime} s");
        }
    }
}

#[tokio::test]
async fn an_assertion_of_another_key_is_refused_as_the_portals_fault() {
    let (portal, provider) = start_with_keys().await;
    for (case, key) in [
        ("another key", Some((TestKey::Rsa(2), "portal-key"))),
        ("another id", Some((TestKey::Rsa(1), "another-key"))),
        ("no key", None),
    ] {
        provider.change(|says| says.client_key = key);
        let attempt = Attempt::with(&portal, "rsa", &provider).await;
        assert_eq!(attempt.outcome(), "provider-misconfigured", "{case}");
    }
}
