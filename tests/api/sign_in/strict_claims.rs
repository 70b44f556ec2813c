//! The claims that decide: a token is refused unless each is right (OpenID Connect Core 1.0,
//! 3.1.3.7; RFC 7519, 4.1).

use local::Options;
use serde_json::{Value, json};
use tests::{Edit, IdentityProvider, Portal, Rewrite};

use super::{Attempt, REFUSED, Rows, SIGNED_IN};

/// Tries tokens in which one claim has another value.
async fn try_values(portal: &Portal, rows: &mut Rows, claim: &'static str, values: Vec<Value>) {
    for value in values {
        let case = format!("{claim}: {value}");
        portal.provider.change(|says| says.claims = Edit::set(json!({ claim: value })));
        rows.check(case, &Attempt::of(portal).await.outcome(), REFUSED);
    }
}

#[tokio::test]
async fn a_claim_that_decides_is_there_and_right() {
    let portal = Portal::start().await;
    let issuer = portal.provider.issuer().to_owned();
    let no_text = || vec![json!(null), json!(1), json!(true), json!([]), json!({}), json!("")];
    let mut rows = Rows::default();
    for claim in ["iss", "sub", "aud", "exp", "iat", "nonce"] {
        portal.provider.change(|says| says.claims = Edit::without(claim));
        rows.check(format!("no {claim}"), &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    for claim in ["iss", "sub", "aud", "nonce"] {
        try_values(&portal, &mut rows, claim, no_text()).await;
    }
    let wrong_issuers = vec![
        json!("https://another.example"),
        json!(format!("{issuer}/")),
        json!(issuer.to_uppercase()),
        json!(format!("{issuer}.evil.example")),
        json!([issuer]),
    ];
    try_values(&portal, &mut rows, "iss", wrong_issuers).await;
    try_values(&portal, &mut rows, "sub", vec![json!(["s-1"]), json!({ "id": "s-1" })]).await;
    try_values(
        &portal,
        &mut rows,
        "aud",
        vec![json!("another"), json!(["another"]), json!([""]), json!({ "portico": true })],
    )
    .await;
    try_values(&portal, &mut rows, "azp", vec![json!(1), json!(["portico"]), json!({})]).await;
    try_values(&portal, &mut rows, "nonce", vec![json!("another")]).await;
    for claim in ["exp", "nbf"] {
        let no_time = vec![json!("soon"), json!(true), json!([]), json!({})];
        try_values(&portal, &mut rows, claim, no_time).await;
    }
    try_values(&portal, &mut rows, "exp", vec![json!(null), json!(0), json!(-1), json!(1.5)]).await;
    try_values(&portal, &mut rows, "nbf", vec![json!(i64::MAX), json!(1e300)]).await;
    portal.provider.reset();
    rows.check("the usual", &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    rows.assert_right();
}

type NonceEdit = fn(&str) -> Value;

#[tokio::test]
async fn a_nonce_is_that_of_its_own_sign_in() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let edits: [(&str, NonceEdit); 5] = [
        ("in a list", |nonce| json!([nonce])),
        ("longer", |nonce| json!(format!("{nonce}x"))),
        ("shorter", |nonce| json!(nonce[..nonce.len() - 1])),
        ("in capitals", |nonce| json!(nonce.to_uppercase())),
        ("with a space", |nonce| json!(format!("{nonce} "))),
    ];
    for (case, edit) in edits {
        portal.provider.change(|says| {
            says.claims = Edit::new(move |claims| {
                let nonce = edit(claims["nonce"].as_str().expect("a nonce"));
                claims.insert("nonce".to_owned(), nonce);
            });
        });
        rows.check(case, &Attempt::of(&portal).await.outcome(), REFUSED);
    }
    rows.assert_right();
}

/// When a token was issued decides nothing else, so its form does not matter.
#[tokio::test]
async fn the_time_of_issue_is_there_in_any_form() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (issued, right) in [
        (json!(null), REFUSED),
        (json!(0), SIGNED_IN),
        (json!("2026-11-22T12:00:00Z"), SIGNED_IN),
        (json!("1795348800"), SIGNED_IN),
        (json!(true), SIGNED_IN),
        (json!({}), SIGNED_IN),
    ] {
        let case = format!("iat: {issued}");
        portal.provider.change(|says| says.claims = Edit::set(json!({ "iat": issued })));
        rows.check(case, &Attempt::of(&portal).await.outcome(), right);
    }
    rows.assert_right();
}

type TimeFormat = fn(i64) -> String;

#[tokio::test]
async fn times_may_be_written_as_any_number() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let edits: [(&str, TimeFormat); 3] = [
        ("with a fraction", |time| format!("{time}.5")),
        ("with an exponent", |time| format!("{time}e0")),
        ("with a point and an exponent", |time| {
            format!("{}.{:09}E9", time / 1_000_000_000, time % 1_000_000_000)
        }),
    ];
    for (case, edit) in edits {
        portal.provider.change(|says| {
            says.payload = Rewrite::new(move |claims| {
                let values: Value = serde_json::from_str(claims).expect("claims");
                let mut text = claims.to_owned();
                for claim in ["exp", "iat"] {
                    let time = values[claim].as_i64().expect("a time");
                    let (from, to) =
                        (format!(r#""{claim}":{time}"#), format!(r#""{claim}":{}"#, edit(time)));
                    assert!(text.contains(&from), "{text}");
                    text = text.replace(&from, &to);
                }
                text.into_bytes()
            });
        });
        rows.check(case, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    rows.assert_right();
}

#[tokio::test]
async fn a_subject_may_be_any_text_that_is_not_empty() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let subjects = ["0", "auth0|0123456789abcdef", "ada@customer.example", "Ä ö", &"s".repeat(255)];
    for subject in subjects {
        let claims = json!({ "sub": subject });
        portal.provider.change(|says| says.claims = Edit::set(claims));
        rows.check(subject, &Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    rows.assert_right();
}

#[tokio::test]
async fn microsofts_tenant_is_the_one_that_the_issuer_names() {
    let microsoft = IdentityProvider::start_microsoft("common").await;
    let providers = vec![microsoft.configuration("microsoft", "Microsoft")];
    let portal = Portal::start_with(Options { providers, ..Options::default() }).await;
    microsoft.follow(&portal.clock);
    let mut rows = Rows::default();
    for (tenant, right) in [
        (json!(IdentityProvider::TENANT), SIGNED_IN),
        (json!("5d7f8c2a-6a0e-4f5b-9c53-0f2f3b7c1a11"), REFUSED),
        (json!("{tenantid}"), REFUSED),
        (json!("common"), REFUSED),
        (json!(""), REFUSED),
        (json!(null), REFUSED),
        (json!(1), REFUSED),
        (json!([IdentityProvider::TENANT]), REFUSED),
        (json!({ "id": IdentityProvider::TENANT }), REFUSED),
    ] {
        let case = format!("tid: {tenant}");
        microsoft.change(|says| says.claims = Edit::set(json!({ "tid": tenant })));
        let attempt = Attempt::with(&portal, "microsoft", &microsoft).await;
        rows.check(case, &attempt.outcome(), right);
    }
    microsoft.change(|says| says.claims = Edit::without("tid"));
    let attempt = Attempt::with(&portal, "microsoft", &microsoft).await;
    rows.check("no tid", &attempt.outcome(), REFUSED);
    rows.assert_right();
}
