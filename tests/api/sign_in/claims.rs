//! Claims that are only shown refuse no token, whatever a provider makes of them.

use std::fmt::Write as _;

use proptest::{
    collection::{btree_map, vec},
    prelude::{Just, Strategy, any, prop_oneof},
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use tests::{Edit, Portal, Rewrite};

use super::{Attempt, Rows, SIGNED_IN};

/// Every claim that a portal shows or may ignore: the standard ones (OpenID Connect Core 1.0, 5.1),
/// and others that providers send.
const CLAIMS: [&str; 34] = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
    "upn",
    "unique_name",
    "auth_time",
    "acr",
    "amr",
    "at_hash",
    "c_hash",
    "s_hash",
    "jti",
    "sid",
    "groups",
    "roles",
    "oid",
    "ver",
    "is_private_email",
];

/// Values of every JSON type.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(""),
        json!(" "),
        json!("text"),
        json!("2026-11-28T09:14:07.841Z"),
        json!("\u{0}\u{1b}[31m\u{202e}"),
        json!("x".repeat(5000)),
        json!([]),
        json!(["a", "b"]),
        json!([1, null, {}]),
        json!({}),
        json!({ "formatted": "1 Main Street", "": [{}] }),
    ]
}

/// Signs in with these claims and checks that the session can be shown.
async fn check(portal: &Portal, rows: &mut Rows, case: impl std::fmt::Display) {
    let mut attempt = Attempt::of(portal).await;
    let outcome = attempt.outcome();
    rows.check(&case, &outcome, SIGNED_IN);
    if outcome == SIGNED_IN {
        let identity = attempt.identity().await;
        let is_named = identity["name"].as_str().is_some_and(|name| !name.trim().is_empty());
        if !is_named {
            rows.check(&case, &identity.to_string(), "an identity with a name");
        }
    }
}

#[tokio::test]
async fn no_type_of_a_claim_that_is_only_shown_refuses_a_token() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for claim in CLAIMS {
        for value in values() {
            let case: String = format!("{claim}: {value}").chars().take(60).collect();
            portal.provider.change(|says| says.claims = Edit::set(json!({ claim: value })));
            check(&portal, &mut rows, case).await;
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn no_absent_claim_that_is_only_shown_refuses_a_token() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    portal.provider.change(|says| {
        says.claims = Edit::new(|claims| claims.retain(|name, _| !CLAIMS.contains(&name.as_str())));
    });
    check(&portal, &mut rows, "none of them").await;
    rows.assert_right();
}

/// The kinds that failed with real providers: Auth0's, `JumpCloud`'s, `LinkedIn`'s and gov.br's,
/// and one that sends addresses as text.
#[tokio::test]
async fn tokens_of_the_shapes_that_failed_sign_in() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for (case, claims) in [
        (
            "a time as text",
            json!({
                "given_name": "Ana", "family_name": "Keller", "nickname": "ana",
                "picture": "https://pictures.example/a.png",
                "updated_at": "2026-11-28T09:14:07.841Z", "email_verified": true,
            }),
        ),
        (
            "a verified address as text",
            json!({
                "aud": ["portico"], "middle_name": "", "picture": "none",
                "preferred_username": "ana", "email_verified": "true", "rat": 1_795_928_129,
                "auth_time": 1_735_938_131, "at_hash": "AAAAAAAAAAAAAAAAAAAAAA",
                "member_of": ["group1"],
            }),
        ),
        (
            "a postal address as text",
            json!({
                "address": "1 Main Street, Springfield", "phone_number_verified": "false",
                "locale": "", "birthdate": "1970",
            }),
        ),
        ("a locale as object", json!({ "locale": { "country": "US", "language": "en" } })),
        ("a name as object", json!({ "name": { "localized": { "en_US": "Ana" } } })),
        ("addresses as list", json!({ "email": ["ana@people.example", "a@people.example"] })),
        ("methods as text", json!({ "amr": "pwd mfa" })),
    ] {
        portal.provider.change(|says| says.claims = Edit::set(claims));
        check(&portal, &mut rows, case).await;
    }
    rows.assert_right();
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// The claims of 64 tokens are the same in each run.
#[tokio::test]
async fn no_values_of_all_claims_that_are_only_shown_refuse_a_token() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = vec(any_json(), CLAIMS.len());
    for case in 0..64 {
        let values = strategy.new_tree(&mut runner).expect("values").current();
        let claims: Value =
            CLAIMS.iter().map(|name| (*name).to_owned()).zip(values.clone()).collect();
        portal.provider.change(|says| says.claims = Edit::set(claims));
        let before = rows.0.len();
        check(&portal, &mut rows, format!("case {case}")).await;
        // What a failing case was, as JSON does not shrink over HTTP.
        if rows.0.len() > before {
            let mut text = String::new();
            write!(text, ", {values:?}").expect("text");
            rows.0.last_mut().expect("a row").push_str(&text);
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn no_text_of_a_claim_that_is_only_shown_refuses_a_token() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for claim in CLAIMS.into_iter().chain(["https://claims.example/x"]) {
        for (case, text) in [
            ("twice", format!(r#""{claim}":"a","{claim}":"b""#)),
            ("twice, with two types", format!(r#""{claim}":{{"a":1}},"{claim}":[2]"#)),
            ("a lone surrogate", format!(r#""{claim}":"Ada \ud83d Lovelace""#)),
            ("a lone low surrogate in a list", format!(r#""{claim}":["\udc00"]"#)),
            ("a number with an exponent", format!(r#""{claim}":1e3"#)),
            ("a number that no float holds", format!(r#""{claim}":1e999"#)),
            ("a number of fifty digits", format!(r#""{claim}":{}"#, "7".repeat(50))),
            ("nested 20,000 times", format!(r#""{claim}":{deep}"#)),
        ] {
            portal.provider.change(|says| says.payload = Rewrite::append(text));
            check(&portal, &mut rows, format!("{claim}, {case}")).await;
        }
    }
    rows.assert_right();
}
