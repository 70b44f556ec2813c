//! Each rule on metadata that breaks it, and on metadata that does not.

use portico::sign_in::Factors;
use serde_json::{Value, json};

use super::*;

const SITE: &str = "https://portal.example";
const ISSUER: &str = "https://login.acme.example";

fn metadata() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://login.acme.example/authorize",
        "token_endpoint": "https://login.acme.example/token",
        "jwks_uri": "https://login.acme.example/keys",
        "end_session_endpoint": "https://login.acme.example/logout",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "scopes_supported": ["openid", "email", "profile"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": ["gold"],
        "claims_supported": ["sub", "acr"],
    })
}

/// Returns a provider with further settings.
fn provider(settings: &Value) -> Provider {
    let mut all = json!({ "id": "acme", "name": "Acme", "issuer": ISSUER, "client_id": "portico" });
    for (name, value) in settings.as_object().expect("settings") {
        all[name] = value.clone();
    }
    serde_json::from_value(all).expect("a provider")
}

fn examined(provider: &Provider, metadata: &Value) -> Report {
    let mut report = Report::new(provider);
    examine(provider, metadata, SITE, &mut report);
    report
}

/// Returns the findings where `member` has another value; `null` for none.
fn changed(settings: &Value, member: &str, value: Value) -> Vec<(Severity, String)> {
    let mut changed = metadata();
    match value {
        Value::Null => drop(changed.as_object_mut().expect("members").remove(member)),
        value => changed[member] = value,
    }
    let report = examined(&provider(settings), &changed);
    report.findings().iter().map(|found| (found.severity, found.text.clone())).collect()
}

#[test]
fn good_metadata_says_what_to_register_and_raises_nothing() {
    let report = examined(&provider(&json!({})), &metadata());
    assert_eq!(report.findings(), []);
    let text = report.to_string();
    for expected in [
        "https://portal.example/api/sign-in/callback/acme",
        "client_secret_basic, with the secret of: cargo xtask operator secret acme",
        "RS256, ES256",
        "register https://portal.example/ to come back",
        "not announced",
        "optional",
    ] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
}

#[test]
fn what_keeps_sign_in_from_working_is_an_error_that_says_how_to_mend_it() {
    let none = json!({});
    let apple = json!({ "auth": "apple", "team_id": "T", "key_id": "K" });
    for (settings, member, value, expected) in [
        (&none, "issuer", json!(null), "names no issuer"),
        (&none, "issuer", json!(format!("{ISSUER}/")), "the slash at the end"),
        (&none, "issuer", json!("https://LOGIN.acme.example"), "upper and lower case"),
        (&none, "issuer", json!("https://other.example"), "\"issuer\": \"https://other.example\""),
        (&none, "issuer", json!("https://login.acme.example/{tenantid}/v2.0"), "which is another"),
        (&none, "authorization_endpoint", json!(null), "has no authorization_endpoint"),
        (&none, "token_endpoint", json!(""), "has no token_endpoint"),
        (&none, "token_endpoint", json!("/token"), "is no https address"),
        (&none, "jwks_uri", json!("http://login.acme.example/keys"), "is no https address"),
        (&none, "jwks_uri", json!(7), "has no jwks_uri"),
        (&none, "jwks_uri", json!("http://127.0.0.1/keys"), "the portal refuses the metadata"),
        (&none, "response_types_supported", json!(["id_token"]), "authorization code flow"),
        (&none, "response_modes_supported", json!(["fragment"]), "lacks query"),
        (&apple, "response_modes_supported", json!(["query"]), "lacks form_post"),
        (&none, "code_challenge_methods_supported", json!(["plain"]), "PKCE with SHA-256"),
        (&none, "scopes_supported", json!(["email", "profile"]), "OpenID Connect"),
        (&none, "require_pushed_authorization_requests", json!(true), "turn this off"),
        (&none, "require_signed_request_object", json!(true), "turn this off"),
        (&none, "id_token_signing_alg_values_supported", json!(["HS256"]), "a signing key"),
        (
            &none,
            "token_endpoint_auth_methods_supported",
            json!(["tls_client_auth", "client_secret_jwt"]),
            "tls_client_auth, client_secret_jwt, of which the portal has none",
        ),
        (
            &none,
            "token_endpoint_auth_methods_supported",
            json!(["private_key_jwt"]),
            "\"auth\": \"private-key-jwt\"",
        ),
    ] {
        let found = changed(settings, member, value.clone());
        assert!(
            found
                .iter()
                .any(|(severity, text)| *severity == Severity::Error && text.contains(expected)),
            "{expected} for {member} {value}: {found:?}"
        );
    }
}

#[test]
fn settings_that_cannot_work_are_errors() {
    for (settings, expected) in [
        (json!({ "auth": "private-key-jwt" }), "needs \"key_id\""),
        (json!({ "auth": "apple", "key_id": "K" }), "needs \"team_id\" and \"key_id\""),
        (json!({ "auth": "apple", "team_id": "T", "key_id": "" }), "needs \"team_id\""),
        (json!({ "issuer": "https://www.linkedin.com/oauth" }), "have no nonce"),
        (json!({ "issuer": "https://appleid.apple.com" }), "write \"auth\": \"apple\""),
    ] {
        let provider = provider(&settings);
        let mut metadata = metadata();
        metadata["issuer"] = provider.issuer.clone().into();
        let report = examined(&provider, &metadata);
        assert!(
            report
                .findings()
                .iter()
                .any(|found| found.severity == Severity::Error && found.text.contains(expected)),
            "{expected}: {report}"
        );
    }
}

#[test]
fn what_works_in_part_is_a_warning() {
    let none = json!({});
    let post = json!({ "auth": "post" });
    let factors = |ask: &str, acr: &str, amr: &str| {
        let list = |text: &str| json!(text.split_whitespace().collect::<Vec<_>>());
        json!({ "factors": { "ask": list(ask), "acr": list(acr), "amr": list(amr) } })
    };
    for (settings, member, value, expected) in [
        (&none, "scopes_supported", json!(["openid"]), "lacks email and profile"),
        (&none, "prompt_values_supported", json!(["none", "consent"]), "neither select_account"),
        (&none, "end_session_endpoint", json!("logout"), "sign-out is not offered"),
        (
            &post,
            "token_endpoint_auth_methods_supported",
            json!(["client_secret_basic"]),
            "lacks client_secret_post, which \"auth\" asks for",
        ),
        (&factors("gold", "", ""), "x", json!(1), "accepts nothing as their assertion"),
        (&factors("silver", "gold", ""), "x", json!(1), "acr_values_supported lacks silver"),
        (&factors("gold", "bronze", ""), "x", json!(1), "acr_values_supported lacks bronze"),
        (&factors("", "", "mfa"), "x", json!(1), "neither of the claims"),
    ] {
        let found = changed(settings, member, value.clone());
        assert!(
            matches!(&found[..], [(Severity::Warning, text)] if text.contains(expected)),
            "{expected} for {member} {value}: {found:?}"
        );
    }
}

#[test]
fn what_is_absent_empty_or_of_another_type_says_nothing() {
    for member in [
        "response_types_supported",
        "response_modes_supported",
        "scopes_supported",
        "id_token_signing_alg_values_supported",
        "token_endpoint_auth_methods_supported",
        "code_challenge_methods_supported",
        "prompt_values_supported",
        "acr_values_supported",
        "claims_supported",
        "end_session_endpoint",
        "require_pushed_authorization_requests",
    ] {
        for value in [json!(null), json!([]), json!({}), json!(7), json!([7])] {
            let found = changed(&json!({}), member, value.clone());
            assert_eq!(found, [], "{member} {value}");
        }
    }
}

#[test]
fn the_client_authenticates_as_the_settings_and_then_the_metadata_say() {
    for (settings, offered, expected) in [
        (json!({}), json!(["client_secret_post", "client_secret_basic"]), "client_secret_basic,"),
        (json!({}), json!(["client_secret_post"]), "client_secret_post,"),
        (json!({}), json!(null), "client_secret_basic,"),
        (json!({}), json!(["none"]), "only PKCE protects"),
        (json!({ "auth": "post" }), json!(null), "client_secret_post,"),
        (
            json!({ "auth": "private-key-jwt", "key_id": "K" }),
            json!(["private_key_jwt"]),
            "private_key_jwt, with the key of: cargo xtask operator secret acme --file KEY",
        ),
    ] {
        let mut metadata = metadata();
        metadata["token_endpoint_auth_methods_supported"] = offered;
        let report = examined(&provider(&settings), &metadata);
        assert_eq!(report.findings(), [], "{expected}");
        assert!(report.to_string().contains(expected), "{expected} in\n{report}");
    }
}

#[test]
fn microsofts_template_is_the_issuer_of_many_tenants_alone() {
    for (own, named, is_right) in [
        ("common/v2.0", "{tenantid}/v2.0", true),
        ("organizations/v2.0", "{tenantid}/v2.0", true),
        ("8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0", "{tenantid}/v2.0", false),
        ("contoso.example/v2.0", "8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0", false),
    ] {
        let host = "https://login.microsoftonline.com";
        let mut metadata = metadata();
        metadata["issuer"] = format!("{host}/{named}").into();
        let provider = provider(&json!({ "issuer": format!("{host}/{own}") }));
        let report = examined(&provider, &metadata);
        assert_eq!(report.findings().is_empty(), is_right, "{own}: {report}");
    }
}

#[test]
fn factors_that_the_metadata_knows_raise_nothing() {
    let factors = json!({ "factors": { "ask": ["gold"], "acr": ["gold"] } });
    let report = examined(&provider(&factors), &metadata());
    assert_eq!(report.findings(), []);
    assert!(report.to_string().contains("gold; asserted by acr gold"), "{report}");
    assert_eq!(provider(&json!({})).factors, Factors::default());
}
