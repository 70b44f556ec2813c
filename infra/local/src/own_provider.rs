//! An operator's own identity providers, to try them in the local run before they are deployed.

use std::error::Error as _;

use portico::sign_in::{ClientAuth, Provider};

/// The id of the provider that the local run brings along.
const BUILT_IN: &str = "local";

/// Why a provider cannot be added to the local run.
#[derive(Debug, thiserror::Error)]
pub enum OwnProviderError {
    /// The text is not the JSON of a provider.
    #[error(
        "--provider must be JSON such as \
         {{\"id\": \"acme\", \"name\": \"Acme\", \"issuer\": \"https://…\", \"client_id\": \"…\"}}: \
         {0}"
    )]
    Malformed(serde_json::Error),
    /// The provider has the id of the one that is always there.
    #[error("--provider must have another id than {BUILT_IN}, which Local sign-in has")]
    Taken,
    /// The provider authenticates the portal by a key, of which there is none.
    #[error("the environment variable {0} must hold the private key of --provider, in PEM")]
    NoKey(String),
    /// The settings contradict themselves or each other.
    #[error("--provider: {0}")]
    Invalid(String),
}

/// Parses the providers of the command line, each a JSON object as in the parameter `Providers`.
/// Their secrets come from the variables that [`secret_variable`] names.
///
/// The issuer may be http on this machine alone.
pub fn own_providers(
    texts: &[String],
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Provider>, OwnProviderError> {
    let mut providers = Vec::new();
    for text in texts {
        let mut provider: Provider =
            serde_json::from_str(text).map_err(OwnProviderError::Malformed)?;
        if provider.id == BUILT_IN {
            return Err(OwnProviderError::Taken);
        }
        let name = secret_variable(&provider.id);
        provider.client_secret = variable(&name).filter(|secret| !secret.trim().is_empty());
        let needs_key =
            matches!(provider.auth, Some(ClientAuth::PrivateKeyJwt | ClientAuth::Apple));
        if needs_key && provider.client_secret.is_none() {
            return Err(OwnProviderError::NoKey(name));
        }
        providers.push(provider);
    }
    Provider::check(&providers).map_err(|error| {
        // The message for callers hides its cause.
        OwnProviderError::Invalid(error.source().map_or_else(String::new, ToString::to_string))
    })?;
    Ok(providers)
}

/// Returns the name of the environment variable with the secret of the provider `id`:
/// `PORTICO_SECRET_ACME_EU` for `acme-eu`.
#[must_use]
pub fn secret_variable(id: &str) -> String {
    format!("PORTICO_SECRET_{}", id.to_ascii_uppercase().replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: &str = r#"{"id": "acme-eu", "name": "Acme", "issuer": "https://login.acme.example",
        "client_id": "portico"}"#;

    fn read(texts: &[&str], variable: &str) -> Result<Vec<Provider>, OwnProviderError> {
        let texts: Vec<_> = texts.iter().map(|text| (*text).to_owned()).collect();
        own_providers(&texts, |name| (name == variable).then(|| "hush".to_owned()))
    }

    #[test]
    fn a_provider_gets_the_secret_of_its_own_variable() {
        let other = ACME.replace("acme-eu", "other");
        let providers = read(&[ACME, &other], "PORTICO_SECRET_ACME_EU").expect("providers");
        let secrets: Vec<_> = providers.iter().map(|own| own.client_secret.as_deref()).collect();
        assert_eq!(secrets, [Some("hush"), None]);
    }

    #[test]
    fn what_cannot_work_is_refused_with_the_reason() {
        let with = |from: &str, to: &str| ACME.replace(from, to);
        let keyed = |auth: &str| {
            let key = format!(r#""client_id": "portico", "auth": "{auth}", "key_id": "k""#);
            with(r#""client_id": "portico""#, &key)
        };
        for (texts, expected) in [
            (vec!["acme".to_owned()], "--provider must be JSON such as"),
            (vec![with("\"name\"", "\"nam\"")], "unknown field `nam`"),
            (vec![with("acme-eu", "local")], "another id than local"),
            (vec![with("acme-eu", "Acme")], "lower-case letters"),
            (vec![ACME.to_owned(), ACME.to_owned()], "two providers have the id acme-eu"),
            (vec![with("https://", "http://")], "must be an https address"),
            (vec![keyed("private-key-jwt")], "PORTICO_SECRET_ACME_EU must hold the private key"),
            (vec![keyed("apple")], "PORTICO_SECRET_ACME_EU must hold the private key"),
        ] {
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            let error = read(&texts, "").expect_err("refused").to_string();
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }

    #[test]
    fn an_issuer_on_this_machine_may_be_http() {
        for issuer in ["http://localhost:8080/realms/acme", "http://127.0.0.1:9000"] {
            let text = ACME.replace("https://login.acme.example", issuer);
            assert!(read(&[&text], "").is_ok(), "{issuer}");
        }
    }
}
