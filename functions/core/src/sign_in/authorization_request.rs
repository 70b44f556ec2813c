//! The address of a provider's page (OpenID Connect Core 1.0, 3.1.2.1).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{ClientAuth, Metadata, Provider, redirect_uri};
use crate::domain::{SignIn, SignInAsks};

/// Returns the address of the page on which a person signs in.
pub(super) fn address(
    provider: &Provider,
    metadata: &Metadata,
    sign_in: &SignIn,
    login_hint: Option<&str>,
    site_url: &str,
) -> String {
    let is_apple = provider.auth == Some(ClientAuth::Apple);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(sign_in.verifier().expose()));
    let mut url = metadata.authorization_endpoint.clone();
    let mut query = url.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &provider.client_id)
        .append_pair("redirect_uri", &redirect_uri(provider, site_url))
        .append_pair("scope", if is_apple { "openid email name" } else { "openid email profile" })
        .append_pair("state", sign_in.state().expose())
        .append_pair("nonce", sign_in.nonce().expose())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    if is_apple {
        // Apple sends names and addresses in no other way.
        query.append_pair("response_mode", "form_post");
    }
    if let Some(prompt) = prompt(provider, metadata, sign_in.asks) {
        query.append_pair("prompt", prompt);
    }
    if sign_in.asks.fresh {
        query.append_pair("max_age", "0");
    }
    if sign_in.asks.factors && !provider.factors.ask.is_empty() {
        query.append_pair("acr_values", &provider.factors.ask.join(" "));
    }
    if let Some(hint) = login_hint {
        query.append_pair("login_hint", hint);
    }
    drop(query);
    url.into()
}

/// Returns the prompt with which the provider asks for a sign-in again, or else which identity to
/// use. A provider that does not say takes both, until it refuses one.
fn prompt(provider: &Provider, metadata: &Metadata, asks: SignInAsks) -> Option<&'static str> {
    let known = provider.prompts.as_ref().or(metadata.prompts.as_ref());
    let takes = |prompt: &str| known.is_none_or(|known| known.iter().any(|own| own == prompt));
    let wanted: &[&str] = match asks {
        SignInAsks { fresh: false, choose: false, .. }
        | SignInAsks { fresh: true, prompt_refused: true, .. } => &[],
        SignInAsks { fresh: true, .. } | SignInAsks { prompt_refused: true, .. } => &["login"],
        _ => &["select_account", "login"],
    };
    wanted.iter().copied().find(|prompt| takes(prompt))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use serde_json::{Value, json};
    use url::Url;

    use super::*;
    use crate::domain::Secret;

    fn query(provider: &Provider, changes: &Value, asks: SignInAsks) -> BTreeMap<String, String> {
        let mut metadata = json!({
            "issuer": provider.issuer,
            "authorization_endpoint": "https://acme.example/authorize?tenant=1",
            "token_endpoint": "https://acme.example/token",
            "jwks_uri": "https://acme.example/keys",
        });
        for (name, value) in changes.as_object().expect("an object") {
            metadata[name] = value.clone();
        }
        let metadata = Metadata::parse(&provider.issuer, metadata.to_string().as_bytes());
        let sign_in = SignIn {
            secret: Secret::generate().expect("random"),
            provider: provider.id.clone(),
            asks,
            started_at: Timestamp::UNIX_EPOCH,
            return_to: "/".to_owned(),
        };
        let hint = Some("ana@people.example");
        let metadata = metadata.expect("metadata");
        let address = address(provider, &metadata, &sign_in, hint, "https://portal.example");
        Url::parse(&address).expect("an address").query_pairs().into_owned().collect()
    }

    fn acme() -> Provider {
        Provider::new("acme", "Acme", "https://acme.example", "portal")
    }

    #[test]
    fn the_request_keeps_the_pages_own_query() {
        let query = query(&acme(), &json!({}), SignInAsks::default());
        for (name, value) in [
            ("tenant", "1"),
            ("response_type", "code"),
            ("client_id", "portal"),
            ("redirect_uri", "https://portal.example/api/sign-in/callback/acme"),
            ("scope", "openid email profile"),
            ("code_challenge_method", "S256"),
            ("login_hint", "ana@people.example"),
        ] {
            assert_eq!(query[name], value);
        }
        assert!(!query.contains_key("prompt") && !query.contains_key("max_age"), "{query:?}");
    }

    #[test]
    fn the_prompt_is_one_that_the_provider_takes() {
        let choose = SignInAsks { choose: true, ..SignInAsks::default() };
        let fresh = SignInAsks { fresh: true, ..SignInAsks::default() };
        let refused = |asks| SignInAsks { prompt_refused: true, ..asks };
        let google = Provider::google("portal");
        for (provider, supported, asks, expected) in [
            (acme(), json!(null), choose, Some("select_account")),
            (acme(), json!(null), refused(choose), Some("login")),
            (acme(), json!(["none", "login"]), choose, Some("login")),
            (acme(), json!(["none"]), choose, None),
            (acme(), json!(null), fresh, Some("login")),
            (acme(), json!(null), refused(fresh), None),
            (acme(), json!(["select_account"]), fresh, None),
            (acme(), json!("login"), fresh, Some("login")),
            (google.clone(), json!(null), choose, Some("select_account")),
            (google, json!(["login"]), fresh, None),
            (acme(), json!(null), SignInAsks::default(), None),
        ] {
            let changes = json!({ "prompt_values_supported": supported });
            let query = query(&provider, &changes, asks);
            let prompt = query.get("prompt").map(String::as_str);
            assert_eq!(prompt, expected, "{supported} {asks:?}");
            assert_eq!(query.contains_key("max_age"), asks.fresh);
        }
    }

    #[test]
    fn several_factors_are_asked_for_in_the_providers_words() {
        let factors = SignInAsks { factors: true, ..SignInAsks::default() };
        let mut provider = acme();
        assert!(!query(&provider, &json!({}), factors).contains_key("acr_values"));
        provider.factors.ask = vec!["phr".to_owned(), "mfa".to_owned()];
        assert_eq!(query(&provider, &json!({}), factors)["acr_values"], "phr mfa");
        assert!(!query(&provider, &json!({}), SignInAsks::default()).contains_key("acr_values"));
    }

    #[test]
    fn apple_is_asked_for_the_name_and_answers_with_a_form() {
        let apple = Provider { auth: Some(ClientAuth::Apple), ..acme() };
        let query = query(&apple, &json!({}), SignInAsks::default());
        assert_eq!(
            (&*query["scope"], &*query["response_mode"]),
            ("openid email name", "form_post")
        );
    }
}
