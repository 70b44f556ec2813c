//! Signatures and the keys that verify them, as providers publish and change them.

use jiff::ToSpan as _;
use serde_json::{Value, json};
use tests::{Portal, Rewrite, TestKey};

use super::{Attempt, REFUSED, Rows, SIGNED_IN, forget_metadata};

/// The algorithms that are believed, each with a key.
const ALGORITHMS: [(TestKey, &str); 6] = [
    (TestKey::Rsa(1), "RS256"),
    (TestKey::Rsa(1), "PS256"),
    (TestKey::P256(1), "ES256"),
    (TestKey::P384, "ES384"),
    (TestKey::P521, "ES512"),
    (TestKey::Ed25519, "EdDSA"),
];

/// Lets the portal know the provider's keys, longer than a minute ago.
async fn start() -> Portal {
    let portal = Portal::start().await;
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    pass(&portal, 61);
    portal
}

fn pass(portal: &Portal, seconds: i64) {
    portal.clock.set(portal.clock.now() + seconds.seconds());
}

#[tokio::test]
async fn every_algorithm_of_real_providers_is_believed() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (key, algorithm) in ALGORITHMS {
        for members in [
            json!({ "kid": "k", "use": "sig", "alg": algorithm }),
            json!({ "kid": "k", "use": "sig" }),
            json!({ "kid": "k", "alg": algorithm }),
            json!({ "kid": "k" }),
            json!({ "kid": "k", "key_ops": ["verify"], "x5c": ["MII"], "x5t": "t", "nbf": 1 }),
        ] {
            let case = format!("{algorithm} with {members}");
            portal.provider.change(|says| {
                says.sign_with(key, algorithm, Some("k"));
                says.published = vec![key.jwk(members)];
            });
            forget_metadata(&portal);
            rows.check(case, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
        }
        // One byte of the signature differs.
        portal.provider.change(|says| {
            says.token.members = tests::Edit::new(|members| {
                let token = members["id_token"].as_str().expect("a token");
                let place = token.rfind('.').expect("parts") + 10;
                let other = if &token[place..=place] == "A" { "B" } else { "A" };
                let token = format!("{}{other}{}", &token[..place], &token[place + 1..]);
                members.insert("id_token".to_owned(), token.into());
            });
        });
        let case = format!("{algorithm}, another signature");
        rows.check(case, &Attempt::of(&portal).await.outcome(), REFUSED);
        portal.provider.reset();
    }
    rows.assert_right();
}

/// The keys of a provider that keeps one to encrypt with, some without an id, and some of kinds
/// that a portal does not know.
fn mixed_keys() -> Vec<Value> {
    let [first, second, third] = [TestKey::Rsa(1), TestKey::Rsa(2), TestKey::Rsa(3)];
    vec![
        first.jwk(json!({ "kid": "base", "use": "enc", "alg": "RSA-OAEP" })),
        second.jwk(json!({ "kid": "base" })),
        second.jwk(json!({ "kid": "base_RS256", "alg": "RS256", "use": "sig" })),
        TestKey::Ed25519.jwk(json!({ "kid": "ed" })),
        json!({ "kty": "AKP", "kid": "pq", "alg": "ML-DSA-44", "pub": "P" }),
        TestKey::P256(1).jwk(json!({ "kid": "es", "use": "sig", "alg": "ES256" })),
        third.jwk(json!({})),
    ]
}

#[tokio::test]
async fn of_mixed_keys_the_one_that_signs_is_found() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (key, algorithm, id, right) in [
        (TestKey::Rsa(2), "RS256", Some("base"), SIGNED_IN),
        (TestKey::Rsa(2), "RS256", Some("base_RS256"), SIGNED_IN),
        (TestKey::Rsa(2), "RS256", None, SIGNED_IN),
        (TestKey::Rsa(3), "RS256", None, SIGNED_IN),
        (TestKey::Rsa(3), "PS256", None, SIGNED_IN),
        (TestKey::P256(1), "ES256", Some("es"), SIGNED_IN),
        (TestKey::P256(1), "ES256", None, SIGNED_IN),
        (TestKey::Ed25519, "EdDSA", Some("ed"), SIGNED_IN),
        // A key to encrypt with signs nothing.
        (TestKey::Rsa(1), "RS256", Some("base"), REFUSED),
        (TestKey::Rsa(1), "RS256", None, REFUSED),
        (TestKey::Rsa(2), "RS256", Some("nobody"), REFUSED),
        (TestKey::Rsa(2), "RS256", Some("es"), REFUSED),
        (TestKey::P256(2), "ES256", Some("es"), REFUSED),
        (TestKey::P256(2), "ES256", None, REFUSED),
    ] {
        portal.provider.change(|says| {
            says.published = mixed_keys();
            says.sign_with(key, algorithm, id);
        });
        forget_metadata(&portal);
        let case = format!("{key:?} as {id:?}");
        rows.check(case, &Attempt::of(&portal).await.outcome(), right);
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_broken_key_among_good_ones_does_no_harm() {
    let portal = Portal::start().await;
    let good = || TestKey::P256(1).jwk(json!({ "kid": "first" }));
    let mut rows = Rows::default();
    for broken in [
        json!(null),
        json!(1),
        json!("key"),
        json!([]),
        json!({}),
        json!({ "kty": 1 }),
        json!({ "kty": "EC" }),
        json!({ "kty": "RSA", "kid": "first" }),
        json!({ "kty": "RSA", "kid": "first", "n": "***", "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "first", "n": "AQAB", "e": "AQAB" }),
        json!({ "kty": "EC", "kid": "first", "crv": "P-256", "x": "AA", "y": "AA" }),
        json!({ "kty": "EC", "kid": "first", "crv": "secp256k1", "x": "AA", "y": "AA" }),
        json!({ "kty": "EC", "kid": "first", "crv": 1, "x": 2, "y": [] }),
        json!({ "kty": "OKP", "kid": "first", "crv": "X448", "x": "AA" }),
        json!({ "kty": "oct", "kid": "first", "k": "AQAB" }),
        json!({ "kty": "AKP", "kid": "first", "alg": "ML-DSA-44", "pub": "P" }),
        json!({ "kty": "of our own", "kid": "first" }),
        TestKey::P256(2).jwk(json!({ "kid": 1, "use": [], "alg": {}, "key_ops": "verify" })),
    ] {
        for published in [vec![broken.clone(), good()], vec![good(), broken.clone()]] {
            portal.provider.change(|says| says.published = published);
            forget_metadata(&portal);
            rows.check(&broken, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn the_form_of_the_keys_does_not_matter_where_they_are_json() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let types = ["application/jwk-set+json", "text/plain", "text/html", "binary/octet-stream", ""];
    for content_type in types {
        portal.provider.change(|says| says.keys.content_type = content_type);
        forget_metadata(&portal);
        rows.check(content_type, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    for (case, text) in [
        ("a byte order mark", Rewrite::byte_order_mark()),
        ("another member", Rewrite::append(r#""more":[1],"more":{}"#)),
    ] {
        portal.provider.change(|says| says.keys.text = text);
        forget_metadata(&portal);
        rows.check(case, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    rows.assert_right();
}

#[tokio::test]
async fn without_a_usable_key_nobody_signs_in() {
    let mut rows = Rows::default();
    for keys in [
        "",
        "[]",
        "{}",
        "null",
        "<html></html>",
        r#"{"keys":null}"#,
        r#"{"keys":{}}"#,
        r#"{"keys":[]}"#,
        r#"{"keys":[{"kty":"oct","kid":"first","k":"AQAB"}]}"#,
    ] {
        let portal = Portal::start().await;
        portal.provider.change(|says| says.keys.text = Rewrite::to(keys));
        rows.check(keys, &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_token_without_an_id_of_its_key_is_tried_with_every_key() {
    let portal = Portal::start().await;
    let published = || {
        vec![
            TestKey::P256(2).jwk(json!({ "kid": "a" })),
            TestKey::Rsa(1).jwk(json!({ "kid": "b" })),
            TestKey::P256(1).jwk(json!({ "kid": "c" })),
        ]
    };
    let mut rows = Rows::default();
    for (key, algorithm, right) in [
        (TestKey::P256(1), "ES256", SIGNED_IN),
        (TestKey::P256(2), "ES256", SIGNED_IN),
        (TestKey::Rsa(1), "RS256", SIGNED_IN),
        (TestKey::P256(3), "ES256", REFUSED),
        (TestKey::Rsa(2), "RS256", REFUSED),
    ] {
        portal.provider.change(|says| {
            says.published = published();
            says.sign_with(key, algorithm, None);
        });
        forget_metadata(&portal);
        rows.check(format!("{key:?}"), &Attempt::of(&portal).await.outcome(), right);
    }
    rows.assert_right();
}

#[tokio::test]
async fn of_two_keys_of_one_id_each_verifies() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (key, right) in
        [(TestKey::P256(1), SIGNED_IN), (TestKey::P256(2), SIGNED_IN), (TestKey::P256(3), REFUSED)]
    {
        portal.provider.change(|says| {
            says.published =
                vec![TestKey::P256(1), TestKey::P256(2)].into_iter().map(named).collect();
            says.sign_with(key, "ES256", Some("first"));
        });
        forget_metadata(&portal);
        rows.check(format!("{key:?}"), &Attempt::of(&portal).await.outcome(), right);
    }
    rows.assert_right();
}

fn named(key: TestKey) -> Value {
    key.jwk(json!({ "kid": "first" }))
}

#[tokio::test]
async fn keys_that_change_are_read_once_more() {
    for (case, key, algorithm, id) in [
        ("a new id", TestKey::P256(2), "ES256", "second"),
        ("another key of the same id", TestKey::P256(2), "ES256", "first"),
        ("another algorithm of the same id", TestKey::Rsa(1), "RS256", "first"),
        ("another algorithm", TestKey::Ed25519, "EdDSA", "second"),
    ] {
        let portal = start().await;
        portal.provider.change(|says| says.use_key(key, algorithm, id));
        let before = portal.provider.requests().keys;
        assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "{case}");
        assert_eq!(portal.provider.requests().keys, before + 1, "{case}");
    }
}

#[tokio::test]
async fn a_key_without_an_id_that_changes_is_read_once_more() {
    let portal = start().await;
    portal.provider.change(|says| {
        says.published = vec![TestKey::P256(2).jwk(json!({}))];
        says.sign_with(TestKey::P256(2), "ES256", None);
    });
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
}

#[tokio::test]
async fn forged_tokens_make_the_portal_read_keys_once_a_minute_at_most() {
    let portal = start().await;
    portal.provider.change(|says| {
        says.sign_with(TestKey::P256(3), "ES256", Some("unknown"));
    });
    let before = portal.provider.requests().keys;
    for _ in 0..3 {
        assert_ne!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    assert_eq!(portal.provider.requests().keys, before + 1, "the first of them alone");
    // Within the minute even a key that the provider now has is not read.
    portal.provider.change(|says| says.use_key(TestKey::P256(2), "ES256", "second"));
    pass(&portal, 50);
    assert_ne!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    assert_eq!(portal.provider.requests().keys, before + 1);
    pass(&portal, 11);
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    assert_eq!(portal.provider.requests().keys, before + 2);
}

#[tokio::test]
async fn a_forged_token_does_not_make_the_portal_forget_the_keys_that_it_knows() {
    let portal = start().await;
    portal.provider.change(|says| {
        says.sign_with(TestKey::P256(3), "ES256", Some("unknown"));
        says.keys.fail(500, json!("down"));
        says.metadata.fail(500, json!("down"));
    });
    assert_ne!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    portal.provider.change(|says| says.sign_with(TestKey::P256(1), "ES256", Some("first")));
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
}
