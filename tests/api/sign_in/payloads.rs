//! Tokens that are none: other headers, other forms, other bytes.

use serde_json::json;
use tests::{IdentityProvider, Portal, Rewrite, Signer, TestKey};

use super::{Attempt, REFUSED, Rows, SIGNED_IN};

#[tokio::test]
async fn claims_that_decide_are_read_once_and_well_formed() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (case, payload) in [
        ("nothing", Rewrite::to("")),
        ("no JSON", Rewrite::to("claims")),
        ("null", Rewrite::to("null")),
        ("a list", Rewrite::new(|claims| format!("[{claims}]").into_bytes())),
        ("a text", Rewrite::new(|claims| json!(claims).to_string().into_bytes())),
        ("cut off", Rewrite::new(|claims| claims.as_bytes()[..claims.len() - 1].to_vec())),
        ("two objects", Rewrite::new(|claims| format!("{claims}{{}}").into_bytes())),
        ("a comment", Rewrite::new(|claims| format!("{claims}//").into_bytes())),
        // RFC 7519, 4: refused, or only the last counts.
        ("a second, wrong nonce", Rewrite::append(r#""nonce":"another""#)),
        ("a second, wrong issuer", Rewrite::append(r#""iss":"https://another.example""#)),
        ("a second, wrong audience", Rewrite::append(r#""aud":"another""#)),
        ("a second, earlier end", Rewrite::append(r#""exp":1"#)),
        ("a second, empty subject", Rewrite::append(r#""sub":"""#)),
        ("a lone surrogate as subject", Rewrite::append(r#""sub":"\ud800""#)),
        (
            "a subject that is not UTF-8",
            Rewrite::new(|claims| {
                let mut bytes = claims.as_bytes().to_vec();
                let place = claims.find("subject of").expect("a subject");
                bytes[place] = 0xff;
                bytes
            }),
        ),
    ] {
        portal.provider.change(|says| says.payload = payload);
        rows.check(case, &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_header_says_how_it_is_signed_and_may_say_more() {
    let portal = Portal::start().await;
    let own = TestKey::P256(1).jwk(json!({}));
    let strangers = TestKey::P256(3).jwk(json!({}));
    let mut rows = Rows::default();
    for (header, right) in [
        (json!({ "kid": "first" }), SIGNED_IN),
        (json!({ "kid": "first", "typ": "at+jwt", "cty": "x", "more": [1] }), SIGNED_IN),
        (
            json!({ "kid": "first", "x5t": "a", "x5c": ["b"], "jku": "https://x.example" }),
            SIGNED_IN,
        ),
        (json!({ "kid": "first", "jwk": own }), SIGNED_IN),
        // What a recipient must understand (RFC 7515, 4.1.11).
        (json!({ "kid": "first", "crit": ["more"], "more": true }), REFUSED),
        (json!({ "kid": "first", "crit": ["b64"], "b64": false }), REFUSED),
        (json!({ "kid": "first", "crit": [] }), REFUSED),
        (json!({ "kid": "first", "alg": null }), REFUSED),
        (json!({ "kid": "first", "alg": "" }), REFUSED),
        (json!({ "kid": "first", "alg": 256 }), REFUSED),
        (json!({ "kid": "first", "alg": ["ES256"] }), REFUSED),
        (json!({ "kid": "first", "alg": "es256" }), REFUSED),
        (json!({ "kid": "first", "alg": "none" }), REFUSED),
        (json!({ "kid": "first", "alg": "ES384" }), REFUSED),
        (json!({ "kid": "first", "alg": "ES256K" }), REFUSED),
        (json!({ "kid": "first", "alg": "RS256" }), REFUSED),
    ] {
        let case = header.to_string();
        portal.provider.change(|says| says.header = header);
        rows.check(case, &Attempt::of(&portal).await.outcome(), right);
    }
    // A key that comes with the token is nobody's.
    for header in [json!({ "jwk": strangers }), json!({ "kid": "first", "jwk": strangers })] {
        portal.provider.change(|says| {
            says.signer = Signer::Key(TestKey::P256(3));
            says.header = header;
        });
        rows.check("a stranger's key", &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_signature_is_made_with_the_providers_private_key() {
    let portal = Portal::start().await;
    let public = TestKey::P256(1).jwk(json!({})).to_string().into_bytes();
    let mut rows = Rows::default();
    for (case, algorithm, signer) in [
        ("none", "none", Signer::Nothing),
        ("none, in other letters", "None", Signer::Nothing),
        ("none, with a signature", "none", Signer::Bytes(vec![1; 64])),
        ("no signature", "ES256", Signer::Nothing),
        ("zeros", "ES256", Signer::Bytes(vec![0; 64])),
        ("half", "ES256", Signer::Bytes(vec![1; 32])),
        ("the portal's secret", "HS256", Signer::Secret(IdentityProvider::SECRET.into())),
        ("an empty secret", "HS256", Signer::Secret(Vec::new())),
        ("the public key as secret", "HS256", Signer::Secret(public)),
        ("another's key", "ES256", Signer::Key(TestKey::P256(3))),
    ] {
        portal.provider.change(|says| {
            algorithm.clone_into(&mut says.algorithm);
            says.signer = signer;
        });
        rows.check(case, &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    rows.assert_right();
}
