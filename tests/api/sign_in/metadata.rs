//! A provider's metadata: only what is read of it can keep people from signing in.

use serde_json::{Value, json};
use tests::{Answering, Edit, Portal, Rewrite};

use super::{Attempt, Change, REFUSED, Rows, SIGNED_IN, forget_metadata, start};

/// The members that a portal does not read (OpenID Connect Discovery 1.0, 3; RFC 8414, 2; and
/// others that providers send).
const UNREAD: [&str; 40] = [
    "acr_values_supported",
    "backchannel_logout_session_supported",
    "backchannel_logout_supported",
    "check_session_iframe",
    "claim_types_supported",
    "claims_locales_supported",
    "claims_parameter_supported",
    "claims_supported",
    "cloud_instance_name",
    "code_challenge_methods_supported",
    "device_authorization_endpoint",
    "display_values_supported",
    "frontchannel_logout_supported",
    "grant_types_supported",
    "http_logout_supported",
    "id_token_encryption_alg_values_supported",
    "id_token_encryption_enc_values_supported",
    "introspection_endpoint",
    "kerberos_endpoint",
    "mtls_endpoint_aliases",
    "op_policy_uri",
    "op_tos_uri",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "request_object_signing_alg_values_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "require_request_uri_registration",
    "response_modes_supported",
    "response_types_supported",
    "revocation_endpoint",
    "scopes_supported",
    "service_documentation",
    "signed_metadata",
    "subject_types_supported",
    "tls_client_certificate_bound_access_tokens",
    "ui_locales_supported",
    "userinfo_endpoint",
    "userinfo_signing_alg_values_supported",
    "x_of_the_providers_own",
];

fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(1),
        json!(""),
        json!("text"),
        json!("/relative"),
        json!("https://provider.example:port/"),
        json!([]),
        json!([1, null, {}]),
        json!({}),
    ]
}

async fn try_metadata(
    portal: &Portal,
    rows: &mut Rows,
    case: &str,
    right: &str,
    change: impl FnOnce(&mut Answering),
) {
    portal.provider.reset();
    portal.provider.change(|says| change(&mut says.metadata));
    forget_metadata(portal);
    rows.check(case, &Attempt::of(portal).await.outcome(), right);
}

#[tokio::test]
async fn members_that_are_not_read_may_be_anything() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for member in UNREAD {
        for value in values() {
            let (case, members) = (format!("{member}: {value}"), json!({ member: value }));
            portal.provider.change(|says| says.metadata.members = Edit::set(members));
            forget_metadata(&portal);
            let started = start(&mut portal.browser(), "test", "").await;
            let outcome = if started.is_ok() { SIGNED_IN } else { "not started" };
            rows.check(case, outcome, SIGNED_IN);
        }
    }
    for value in values() {
        let members: Value =
            UNREAD.iter().map(|member| ((*member).to_owned(), value.clone())).collect();
        let case = format!("all of them: {value}");
        try_metadata(&portal, &mut rows, &case, SIGNED_IN, |answer| {
            answer.members = Edit::set(members);
        })
        .await;
    }
    let edit = || Edit::new(|members| members.retain(|name, _| !UNREAD.contains(&name.as_str())));
    try_metadata(&portal, &mut rows, "none of them", SIGNED_IN, |answer| answer.members = edit())
        .await;
    rows.assert_right();
}

#[tokio::test]
async fn members_that_a_portal_can_do_without_may_be_absent_or_empty() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    let members = [
        "end_session_endpoint",
        "id_token_signing_alg_values_supported",
        "token_endpoint_auth_methods_supported",
        "token_endpoint_auth_signing_alg_values_supported",
        "authorization_response_iss_parameter_supported",
        "prompt_values_supported",
    ];
    for member in members {
        let edit = Edit::without(member);
        try_metadata(&portal, &mut rows, &format!("no {member}"), SIGNED_IN, |answer| {
            answer.members = edit;
        })
        .await;
        let empty = match member {
            "end_session_endpoint" => vec![json!(null), json!(""), json!("/sign-out"), json!(1)],
            "authorization_response_iss_parameter_supported" => vec![json!(null), json!(false)],
            _ => vec![json!(null), json!([])],
        };
        for value in empty {
            let (case, members) = (format!("{member}: {value}"), json!({ member: value }));
            try_metadata(&portal, &mut rows, &case, SIGNED_IN, |answer| {
                answer.members = Edit::set(members);
            })
            .await;
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn the_form_of_metadata_does_not_matter_where_it_is_json() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for content_type in ["text/plain", "text/html; charset=utf-8", "application/jwt", ""] {
        try_metadata(&portal, &mut rows, content_type, SIGNED_IN, |answer| {
            answer.content_type = content_type;
        })
        .await;
    }
    for (case, text) in [
        ("a byte order mark", Rewrite::byte_order_mark()),
        ("white space", Rewrite::new(|text| format!("\n {text}\n").into_bytes())),
        ("a member twice", Rewrite::append(r#""claims_supported":1,"claims_supported":[]"#)),
        ("a lone surrogate", Rewrite::append(r#""op_policy_uri":"\ud800""#)),
    ] {
        try_metadata(&portal, &mut rows, case, SIGNED_IN, |answer| answer.text = text).await;
    }
    rows.assert_right();
}

#[tokio::test]
async fn addresses_that_are_used_are_there_and_safe() {
    let portal = Portal::start().await;
    let mut rows = Rows::default();
    for member in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        let edit = Edit::without(member);
        try_metadata(&portal, &mut rows, &format!("no {member}"), REFUSED, |answer| {
            answer.members = edit;
        })
        .await;
        for value in [
            json!(null),
            json!(1),
            json!([]),
            json!(""),
            json!("/relative"),
            json!("provider.example/path"),
            json!("//provider.example/path"),
            json!("http://provider.example/path"),
            json!("javascript:alert(1)"),
            json!("data:application/json,{}"),
            json!("file:///etc/passwd"),
        ] {
            let (case, members) = (format!("{member}: {value}"), json!({ member: value }));
            try_metadata(&portal, &mut rows, &case, REFUSED, |answer| {
                answer.members = Edit::set(members);
            })
            .await;
        }
    }
    rows.assert_right();
}

#[tokio::test]
async fn metadata_is_that_of_the_configured_issuer_to_the_last_slash() {
    let portal = Portal::start().await;
    let issuer = portal.provider.issuer().to_owned();
    let mut rows = Rows::default();
    for named in [
        json!(null),
        json!(1),
        json!(""),
        json!([issuer]),
        json!(format!("{issuer}/")),
        json!(issuer.to_uppercase()),
        json!(format!("{issuer}/common/v2.0")),
        json!("https://another.example"),
        json!("{tenantid}"),
        json!("https://login.microsoftonline.com/{tenantid}/v2.0"),
    ] {
        let case = format!("issuer: {named}");
        try_metadata(&portal, &mut rows, &case, REFUSED, |answer| {
            answer.members = Edit::set(json!({ "issuer": named }));
        })
        .await;
    }
    try_metadata(&portal, &mut rows, "no issuer", REFUSED, |answer| {
        answer.members = Edit::without("issuer");
    })
    .await;
    for (case, change) in [
        ("nothing", Rewrite::to("")),
        ("no JSON", Rewrite::to("<html></html>")),
        ("a list", Rewrite::new(|text| format!("[{text}]").into_bytes())),
        ("cut off", Rewrite::new(|text| text.as_bytes()[..text.len() - 1].to_vec())),
    ] {
        try_metadata(&portal, &mut rows, case, REFUSED, |answer| answer.text = change).await;
    }
    rows.assert_right();
}

#[tokio::test]
async fn metadata_is_read_once_an_hour() {
    let portal = Portal::start().await;
    for _ in 0..3 {
        assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    }
    assert_eq!(portal.provider.requests().metadata, 1);
    assert_eq!(portal.provider.requests().keys, 1);
    forget_metadata(&portal);
    assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
    assert_eq!(portal.provider.requests().metadata, 2);
}

#[tokio::test]
async fn people_sign_in_while_metadata_or_keys_that_were_read_are_down() {
    let failures: [(&str, Change); 5] = [
        ("metadata down", |says| says.metadata.fail(503, json!("down"))),
        ("metadata gone", |says| says.metadata.fail(404, json!("gone"))),
        ("metadata no JSON", |says| says.metadata.text = Rewrite::to("<html></html>")),
        ("keys down", |says| says.keys.fail(500, json!("down"))),
        ("keys no JSON", |says| says.keys.text = Rewrite::to("<html></html>")),
    ];
    for (case, change) in failures {
        let portal = Portal::start().await;
        assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN);
        portal.provider.change(change);
        for _ in 0..2 {
            forget_metadata(&portal);
            assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "{case}");
        }
        portal.provider.reset();
        forget_metadata(&portal);
        assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "after {case}");
    }
}

#[tokio::test]
async fn nobody_signs_in_while_what_was_never_read_is_down_and_everybody_afterwards() {
    let failures: [(&str, Change); 2] = [
        ("metadata", |says| says.metadata.fail(503, json!("down"))),
        ("keys", |says| says.keys.fail(500, json!("down"))),
    ];
    for (case, change) in failures {
        let portal = Portal::start().await;
        portal.provider.change(change);
        assert_eq!(Attempt::of(&portal).await.outcome(), "provider-unavailable", "{case}");
        portal.provider.reset();
        assert_eq!(Attempt::of(&portal).await.outcome(), SIGNED_IN, "after {case}");
    }
}
