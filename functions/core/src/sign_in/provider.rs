//! The identity providers of a portal, as configured.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use openidconnect::url::Url;
use serde::Deserialize;

use crate::{Error, Result};

/// An identity provider people may sign in with. The order in the configuration is the order on the sign-in page.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Names it in addresses: `microsoft`.
    pub id: String,
    /// Names it on pages: Microsoft.
    pub name: String,
    /// Its issuer, under which `/.well-known/openid-configuration` is found.
    pub issuer: String,
    /// What it calls this portal.
    pub client_id: String,
    /// How this portal proves itself to it; none where PKCE is enough. Never read from the environment.
    #[serde(skip)]
    pub client_secret: Option<String>,
}

/// The tenant of everybody with a personal Microsoft account, for which `consumers` is another name.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, issuer, client_id, client_secret } = self;
        let client_secret = client_secret.as_ref().map(|_| "…");
        f.debug_struct("Provider")
            .field("id", id)
            .field("name", name)
            .field("issuer", issuer)
            .field("client_id", client_id)
            .field("client_secret", &client_secret)
            .finish()
    }
}

impl Provider {
    /// Takes Microsoft, for the identities of `tenant`: `common` for all, `organizations` for those of work or school, `consumers` for personal
    /// ones, or the id of one tenant.
    ///
    /// A tenant's domain is refused, because the tokens name the id.
    pub fn microsoft(client_id: String, tenant: &str) -> Result<Self> {
        let tenant = match tenant {
            "common" | "organizations" => tenant.to_owned(),
            "consumers" => CONSUMERS.to_owned(),
            id if is_guid(id) => id.to_ascii_lowercase(),
            _ => {
                return Err(faulty(
                    "the tenant of Microsoft must be common, organizations, consumers or the tenant's id, a GUID",
                ));
            }
        };
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        Ok(Self {
            id: "microsoft".to_owned(),
            name: "Microsoft".to_owned(),
            issuer,
            client_id,
            client_secret: None,
        })
    }

    /// Takes Google.
    #[must_use]
    pub fn google(client_id: String) -> Self {
        let issuer = "https://accounts.google.com".to_owned();
        Self {
            id: "google".to_owned(),
            name: "Google".to_owned(),
            issuer,
            client_id,
            client_secret: None,
        }
    }

    /// Checks what can be checked before anybody signs in: that each has an id of its own and names, and is asked over https.
    pub fn check(providers: &[Self]) -> Result<()> {
        let mut ids = BTreeSet::new();
        for Self { id, name, issuer, client_id, .. } in providers {
            if id.is_empty()
                || id.len() > 40
                || !id
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
            {
                return Err(faulty(&format!(
                    "the provider's id {id:?} must be 1 to 40 lower-case letters, digits and hyphens"
                )));
            }
            if !ids.insert(id) {
                return Err(faulty(&format!(
                    "there are two providers {id}; give each an id of its own"
                )));
            }
            if name.trim().is_empty() || client_id.trim().is_empty() {
                return Err(faulty(&format!("the provider {id} needs a name and a client_id")));
            }
            if !is_issuer(issuer) {
                return Err(faulty(&format!(
                    "the issuer of the provider {id} must be an https address without query and fragment"
                )));
            }
        }
        Ok(())
    }

    /// Gives each provider its secret from `secrets`, a JSON object `{"provider id": "client secret"}`. Who has none in it needs none.
    ///
    /// Fails when it is no such object; the error quotes nothing of a secret. An entry for a provider that there is not is left aside: that
    /// of one that was taken out must not keep the others from working.
    pub fn with_secrets(mut providers: Vec<Self>, secrets: &str) -> Result<Vec<Self>> {
        let secrets: BTreeMap<String, String> = serde_json::from_str(secrets)
            // The parser's own words can quote what it found.
            .map_err(|err| {
                faulty(&format!("the secret must be a JSON object {{\"provider id\": \"client secret\"}}; see its line {}", err.line()))
            })?;
        for (id, secret) in secrets {
            let Some(provider) = providers.iter_mut().find(|it| it.id == id) else {
                // It is not named: it could be a secret in the wrong place.
                tracing::warn!(
                    "the secret has an entry for a provider that is not configured; its names must be provider ids"
                );
                continue;
            };
            if secret.trim().is_empty() {
                return Err(faulty(&format!(
                    "the client secret of {id} is empty; leave the entry out if there is none"
                )));
            }
            provider.client_secret = Some(secret);
        }
        Ok(providers)
    }
}

/// Tells whether `text` is a GUID as Microsoft spells them.
pub(super) fn is_guid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    groups.iter().map(|it| it.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|it| it.bytes().all(|it| it.is_ascii_hexdigit()))
}

/// Tells whether a provider may be asked over a connection to `scheme` and `host`: over TLS, or without it on this machine.
pub(super) fn is_safe(scheme: Option<&str>, host: &str) -> bool {
    scheme == Some("https") || (scheme == Some("http") && matches!(host, "localhost" | "127.0.0.1"))
}

fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    is_safe(Some(url.scheme()), url.host_str().unwrap_or_default())
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
}

fn faulty(what: &str) -> Error {
    Error::internal(format!("the identity providers cannot be used: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(id: &str) -> Provider {
        Provider { id: id.to_owned(), ..Provider::google("a client".to_owned()) }
    }

    fn why(result: Result<impl fmt::Debug>) -> String {
        format!("{:?}", result.expect_err("refused"))
    }

    #[test]
    fn a_client_secret_is_not_printed() {
        let provider = Provider { client_secret: Some("hush".to_owned()), ..provider("google") };
        assert!(!format!("{provider:?}").contains("hush"));
    }

    #[test]
    fn microsoft_is_asked_for_the_tenant_that_is_configured() {
        let issuer =
            |tenant| Provider::microsoft("a client".to_owned(), tenant).map(|it| it.issuer);
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
            assert!(why(issuer(tenant)).contains("the tenant of Microsoft must be"), "{tenant}");
        }
    }

    #[test]
    fn faulty_providers_are_refused_with_what_is_wrong() {
        let with_issuer = |issuer: &str| Provider { issuer: issuer.to_owned(), ..provider("own") };
        for (providers, expected) in [
            (vec![provider("")], "id"),
            (vec![provider("Own Provider")], "id"),
            (vec![provider("own"), provider("own")], "two providers own"),
            (vec![Provider { name: " ".to_owned(), ..provider("own") }], "own needs a name"),
            (vec![Provider { client_id: String::new(), ..provider("own") }], "client_id"),
            (vec![with_issuer("http://provider.example")], "https"),
            (vec![with_issuer("provider.example")], "https"),
            (vec![with_issuer("https://provider.example/?tenant=1")], "https"),
        ] {
            let why = why(Provider::check(&providers));
            assert!(why.contains(expected), "{expected}: {why}");
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
        let given = Provider::with_secrets(
            vec![provider("google"), provider("own")],
            r#"{"own": "hush", "gone": "x"}"#,
        )
        .expect("secrets");
        assert_eq!(
            given.iter().map(|it| it.client_secret.as_deref()).collect::<Vec<_>>(),
            [None, Some("hush")]
        );
    }

    #[test]
    fn faulty_secrets_are_refused_and_not_quoted() {
        for secrets in [
            "hush",
            r#""hush""#,
            r#"["hush"]"#,
            r#"{"own": {"client_secret": "hush"}}"#,
            r#"{"own": 1, "x": "hush"}"#,
            r#"{"own": "hush""#,
            "",
        ] {
            let why = why(Provider::with_secrets(vec![provider("own")], secrets));
            assert!(
                why.contains("the secret must be a JSON object") && !why.contains("hush"),
                "{secrets}: {why}"
            );
        }
        assert!(
            why(Provider::with_secrets(vec![provider("own")], r#"{"own": ""}"#))
                .contains("the client secret of own is empty")
        );
    }
}
