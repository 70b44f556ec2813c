//! The configured identity providers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Deserialize;
use url::Url;

use crate::{Error, Result, domain::is_guid};

/// An identity provider. The order in the configuration is the order on the sign-in page.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name in addresses, such as `microsoft`.
    pub id: String,
    /// Its name on pages, such as Microsoft.
    pub name: String,
    /// Its issuer, the base of `/.well-known/openid-configuration`.
    pub issuer: String,
    /// The id of this portal at the provider.
    pub client_id: String,
    /// The secret of this portal at the provider, or the private key (PKCS #8, PEM) with which it
    /// signs what it authenticates with; `None` if PKCE suffices. Never read from the environment.
    #[serde(skip)]
    pub client_secret: Option<String>,
    /// How the portal authenticates; `None` for what the metadata says.
    #[serde(default)]
    pub auth: Option<ClientAuth>,
    /// The id of the private key at the provider, for `private-key-jwt` and `apple`.
    #[serde(default)]
    pub key_id: Option<String>,
    /// The id of the developer team, for `apple`.
    #[serde(default)]
    pub team_id: Option<String>,
    /// The values of `prompt` that the provider takes; `None` for what the metadata says.
    #[serde(default)]
    pub prompts: Option<Vec<String>>,
    /// How the provider asserts several factors; by default it does not.
    #[serde(default)]
    pub factors: Factors,
}

/// How the portal authenticates at a provider's token endpoint (OpenID Connect Core 1.0, 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAuth {
    /// With the secret in the `Authorization` header.
    Basic,
    /// With the secret in the form.
    Post,
    /// With an assertion signed by a private key (RFC 7523).
    PrivateKeyJwt,
    /// With a secret that is an assertion signed by a private key, as Apple wants it.
    Apple,
}

/// How a provider is asked for several factors, and how it asserts them (requirement 42).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Factors {
    /// The values of `acr_values` with which several factors are asked for.
    pub ask: Vec<String>,
    /// The values of the claim `acr` that assert several factors.
    pub acr: Vec<String>,
    /// The values of the claim `amr` any one of which asserts several factors.
    pub amr: Vec<String>,
}

impl Factors {
    /// Checks whether the provider can assert several factors at all.
    #[must_use]
    pub fn are_asserted(&self) -> bool {
        !self.acr.is_empty() || !self.amr.is_empty()
    }
}

/// The tenant of personal Microsoft accounts, also known as `consumers`.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, issuer, client_id, client_secret, auth, .. } = self;
        let client_secret = client_secret.as_ref().map(|_| "…");
        f.debug_struct("Provider")
            .field("id", id)
            .field("name", name)
            .field("issuer", issuer)
            .field("client_id", client_id)
            .field("client_secret", &client_secret)
            .field("auth", auth)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// Creates a provider without a secret that does what its metadata says.
    #[must_use]
    pub fn new(id: &str, name: &str, issuer: &str, client_id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: None,
            auth: None,
            key_id: None,
            team_id: None,
            prompts: None,
            factors: Factors::default(),
        }
    }

    /// Creates the provider Microsoft for the identities of `tenant`: `common` for all,
    /// `organizations` for work and school accounts, `consumers` for personal ones, or the id of
    /// one tenant.
    ///
    /// A tenant's domain is refused, because tokens contain the id.
    pub fn microsoft(client_id: &str, tenant: &str) -> Result<Self> {
        let tenant = match tenant {
            "common" | "organizations" => tenant.to_owned(),
            "consumers" => CONSUMERS.to_owned(),
            id if is_guid(id) => id.to_ascii_lowercase(),
            _ => {
                return Err(invalid(
                    "MICROSOFT_TENANT must be common, organizations, consumers or a tenant's id, \
                     which is a GUID",
                ));
            }
        };
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        Ok(Self::new("microsoft", "Microsoft", &issuer, client_id))
    }

    /// Creates the provider Google.
    #[must_use]
    pub fn google(client_id: &str) -> Self {
        // Its metadata names no prompts, and `login` leads to an error page of its own.
        let prompts = ["none", "consent", "select_account"].map(str::to_owned);
        Self {
            prompts: Some(prompts.to_vec()),
            ..Self::new("google", "Google", "https://accounts.google.com", client_id)
        }
    }

    /// Returns the page on which an administrator allows the portal for their organisation, at
    /// Microsoft; `None` for other providers.
    #[must_use]
    pub fn admin_consent(&self, site_url: &str) -> Option<String> {
        let issuer = Url::parse(&self.issuer).ok()?;
        if issuer.host_str() != Some("login.microsoftonline.com") {
            return None;
        }
        // Everybody's organisation, where the provider is for all.
        let issuer = self.issuer.replace("/common/", "/organizations/");
        let mut page = Url::parse(&format!("{issuer}/adminconsent")).ok()?;
        page.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("scope", "openid email profile")
            .append_pair("redirect_uri", &super::redirect_uri(self, site_url));
        Some(page.into())
    }

    /// Checks that each provider has a unique id, a name, a client id and an https issuer.
    pub fn check(providers: &[Self]) -> Result<()> {
        let mut ids = BTreeSet::new();
        for Self { id, name, issuer, client_id, .. } in providers {
            if id.is_empty()
                || id.len() > 40
                || !id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            {
                return Err(invalid(&format!(
                    "the id {id:?} must have 1 to 40 lower-case letters, digits and hyphens"
                )));
            }
            if !ids.insert(id) {
                return Err(invalid(&format!(
                    "two providers have the id {id}; give each its own id"
                )));
            }
            if name.trim().is_empty() || client_id.trim().is_empty() {
                return Err(invalid(&format!("the provider {id} needs a name and a client_id")));
            }
            if !is_issuer(issuer) {
                return Err(invalid(&format!(
                    "the issuer of {id} must be an https address without query and fragment"
                )));
            }
        }
        Ok(())
    }

    /// Adds the client secrets from `secrets`, a JSON object `{"provider id": "client secret"}`. A
    /// provider may have none.
    ///
    /// Fails if it is no such object; the error contains no part of a secret. An entry for an
    /// unknown provider is ignored, so that removing a provider does not stop the others.
    pub fn with_secrets(mut providers: Vec<Self>, secrets: &str) -> Result<Vec<Self>> {
        let secrets: BTreeMap<String, String> = serde_json::from_str(secrets)
            // The parser's message may contain a secret.
            .map_err(|err| {
                invalid(&format!(
                    "the secret must be a JSON object {{\"provider id\": \"client secret\"}}; \
                     see its line {}",
                    err.line()
                ))
            })?;
        for (id, secret) in secrets {
            let Some(provider) = providers.iter_mut().find(|provider| provider.id == id) else {
                // The name is not logged, because it may be a secret in the wrong place.
                tracing::warn!(
                    "the secret has an entry for an unknown provider; \
                     its names must be provider ids"
                );
                continue;
            };
            if secret.trim().is_empty() {
                return Err(invalid(&format!(
                    "the client secret of {id} is empty; remove the entry if there is none"
                )));
            }
            provider.client_secret = Some(secret);
        }
        Ok(providers)
    }
}

/// Checks whether a connection to `scheme` and `host` is secure: over TLS, or to this machine.
pub(super) fn is_secure(scheme: Option<&str>, host: &str) -> bool {
    scheme == Some("https") || (scheme == Some("http") && matches!(host, "localhost" | "127.0.0.1"))
}

fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    is_secure(Some(url.scheme()), url.host_str().unwrap_or_default())
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
}

fn invalid(reason: &str) -> Error {
    Error::internal(format!("the identity providers are not valid: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(id: &str) -> Provider {
        Provider { id: id.to_owned(), ..Provider::google("a client") }
    }

    fn error(result: Result<impl fmt::Debug>) -> String {
        format!("{:?}", result.expect_err("refused"))
    }

    #[test]
    fn a_client_secret_is_not_printed() {
        let provider = Provider { client_secret: Some("hush".to_owned()), ..provider("google") };
        assert!(!format!("{provider:?}").contains("hush"));
    }

    #[test]
    fn the_issuer_of_microsoft_follows_from_the_tenant() {
        let issuer =
            |tenant| Provider::microsoft("a client", tenant).map(|microsoft| microsoft.issuer);
        for (tenant, expected) in [
            ("common", "common"),
            ("organizations", "organizations"),
            ("consumers", CONSUMERS),
            ("8EAEF023-2b34-4da1-9baa-8bc8c9d6a490", "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"),
        ] {
            assert_eq!(
                issuer(tenant).expect("a tenant"),
                format!("https://login.microsoftonline.com/{expected}/v2.0"),
                "{tenant}"
            );
        }
        for tenant in [
            "",
            "Common",
            "contoso.onmicrosoft.com",
            "{tenantid}",
            "../common",
            "8eaef0232b344da19baa8bc8c9d6a490",
        ] {
            assert!(error(issuer(tenant)).contains("MICROSOFT_TENANT must be"), "{tenant}");
        }
    }

    #[test]
    fn invalid_providers_are_refused_with_the_reason() {
        let with_issuer = |issuer: &str| Provider { issuer: issuer.to_owned(), ..provider("own") };
        for (providers, expected) in [
            (vec![provider("")], "id"),
            (vec![provider("Own Provider")], "id"),
            (vec![provider("own"), provider("own")], "two providers have the id own"),
            (vec![Provider { name: " ".to_owned(), ..provider("own") }], "own needs a name"),
            (vec![Provider { client_id: String::new(), ..provider("own") }], "client_id"),
            (vec![with_issuer("http://provider.example")], "https"),
            (vec![with_issuer("provider.example")], "https"),
            (vec![with_issuer("https://provider.example/?tenant=1")], "https"),
        ] {
            let error = error(Provider::check(&providers));
            assert!(error.contains(expected), "{expected}: {error}");
        }
        for issuer in [
            "https://provider.example",
            "https://provider.example/tenant/",
            "http://127.0.0.1:3001",
        ] {
            assert!(Provider::check(&[with_issuer(issuer)]).is_ok(), "{issuer}");
        }
    }

    #[test]
    fn each_provider_gets_its_own_secret() {
        let providers = Provider::with_secrets(
            vec![provider("google"), provider("own")],
            r#"{"own": "hush", "gone": "x"}"#,
        )
        .expect("secrets");
        assert_eq!(
            providers.iter().map(|own| own.client_secret.as_deref()).collect::<Vec<_>>(),
            [None, Some("hush")]
        );
    }

    #[test]
    fn invalid_secrets_are_refused_without_quoting_them() {
        for secrets in [
            "hush",
            r#""hush""#,
            r#"["hush"]"#,
            r#"{"own": {"client_secret": "hush"}}"#,
            r#"{"own": 1, "x": "hush"}"#,
            r#"{"own": "hush""#,
            "",
        ] {
            let error = error(Provider::with_secrets(vec![provider("own")], secrets));
            assert!(
                error.contains("the secret must be a JSON object") && !error.contains("hush"),
                "{secrets}: {error}"
            );
        }
        assert!(
            error(Provider::with_secrets(vec![provider("own")], r#"{"own": ""}"#))
                .contains("the client secret of own is empty")
        );
    }
}
