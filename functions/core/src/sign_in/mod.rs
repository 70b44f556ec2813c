//! Signing in with OpenID Connect: authorization code, PKCE and nonce.
//!
//! A provider's metadata and keys are kept for an hour in each process, and fetched again at once when a token names an unknown key.

mod provider;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, Nonce, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout,
    RedirectUrl, Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims,
        CoreIdTokenVerifier, CoreJsonWebKeySet,
    },
};
use serde::Deserialize;

use crate::{
    Error, Result,
    domain::{Identity, IdentityKey, Secret},
    error::Cause,
};

pub use provider::Provider;

/// The configured providers. Cheap to clone; clones share what they have fetched.
#[derive(Clone, Debug)]
pub struct Providers {
    configured: Arc<[Provider]>,
    fetched: Arc<Mutex<HashMap<String, Fetched>>>,
}

#[derive(Clone, Debug)]
struct Fetched {
    metadata: ProviderMetadataWithLogout,
    at: Timestamp,
}

/// A sign-in that has begun: where to send the browser, and what to remember until it comes back.
#[derive(Debug)]
pub struct PendingSignIn {
    /// The provider's page.
    pub url: String,
    /// Comes back as a parameter.
    pub state: Secret,
    /// Comes back inside the ID token.
    pub nonce: String,
    /// Proves that whoever brings the code is who began (RFC 7636).
    pub verifier: String,
}

/// What the provider vouches for.
#[derive(Debug)]
pub struct VerifiedIdentity {
    /// Who has signed in.
    pub identity: Identity,
    /// The provider's own sign-out, if it has one.
    pub sign_out: Option<String>,
}

/// A provider could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("the identity provider could not be asked")]
struct Unreachable(#[source] Cause);

/// How long metadata and keys are believed.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// Where Microsoft names the tenant in the issuer of its multi-tenant metadata, which no token carries as it stands.
const TENANT: &str = "{tenantid}";
/// The largest answer taken from a provider, in bytes.
const LARGEST_ANSWER: usize = 1 << 20;

impl Providers {
    /// Uses the `configured` providers.
    #[must_use]
    pub fn new(configured: Vec<Provider>) -> Self {
        Self { configured: configured.into(), fetched: Arc::default() }
    }

    /// Lists the providers in the order they were configured.
    #[must_use]
    pub fn list(&self) -> &[Provider] {
        &self.configured
    }

    /// Begins a sign-in with the provider `id`; `choose` has it ask which identity to use.
    pub async fn start(
        &self,
        id: &str,
        site_url: &str,
        choose: bool,
        now: Timestamp,
    ) -> Result<PendingSignIn> {
        let provider = self.find(id)?;
        let metadata = self.metadata(provider, now).await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(provider.client_id.clone()),
            None,
        )
        .set_redirect_uri(redirect_uri(site_url)?);
        let (state, nonce) = (Secret::generate()?, Secret::generate()?);
        let (csrf, expected) =
            (CsrfToken::new(state.expose().to_owned()), Nonce::new(nonce.expose().to_owned()));
        let verifier = PkceCodeVerifier::new(Secret::generate()?.expose().to_owned());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || csrf,
                move || expected,
            )
            .add_scopes(["email", "profile"].map(|it| Scope::new(it.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if choose {
            request = request.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        let (url, _, _) = request.url();
        Ok(PendingSignIn {
            url: url.into(),
            nonce: nonce.expose().to_owned(),
            verifier: verifier.secret().clone(),
            state,
        })
    }

    /// Exchanges `code` for an ID token and checks its signature, issuer, audience, expiry and nonce.
    ///
    /// Fails with [`Error::Unavailable`] when the provider cannot be reached and with [`Error::Internal`] when what it says cannot be believed.
    pub async fn complete(
        &self,
        id: &str,
        code: String,
        verifier: String,
        nonce: String,
        site_url: &str,
        now: Timestamp,
    ) -> Result<VerifiedIdentity> {
        let provider = self.find(id)?;
        let metadata = self.metadata(provider, now).await?;
        let secret = provider.client_secret.clone().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(provider.client_id.clone()),
            secret,
        )
        .set_redirect_uri(redirect_uri(site_url)?);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(Error::internal)?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&fetch)
            .await
            .map_err(Error::internal)?;
        let token =
            tokens.id_token().ok_or_else(|| Error::internal("the provider sent no ID token"))?;
        let nonce = Nonce::new(nonce);
        let claims = match check(token, &client.id_token_verifier(), &metadata, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let metadata = self.rediscover(provider, now).await?;
                let client = CoreClient::from_provider_metadata(
                    metadata.clone(),
                    ClientId::new(provider.client_id.clone()),
                    None,
                );
                check(token, &client.id_token_verifier(), &metadata, &nonce).cloned()
            }
            checked => checked.cloned(),
        };
        let claims = claims.map_err(Error::internal)?;
        Ok(VerifiedIdentity {
            identity: describe(&claims, provider),
            sign_out: sign_out(&metadata, provider, site_url),
        })
    }

    fn find(&self, id: &str) -> Result<&Provider> {
        self.configured.iter().find(|it| it.id == id).ok_or(Error::NotFound("identity provider"))
    }

    async fn metadata(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<ProviderMetadataWithLogout> {
        let known = self.fetched.lock().ok().and_then(|it| it.get(&provider.id).cloned());
        match known {
            Some(known) if now.duration_since(known.at).abs() < FRESH => Ok(known.metadata),
            _ => self.rediscover(provider, now).await,
        }
    }

    async fn rediscover(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<ProviderMetadataWithLogout> {
        let metadata = discover(&provider.issuer).await?;
        if let Ok(mut fetched) = self.fetched.lock() {
            fetched.insert(provider.id.clone(), Fetched { metadata: metadata.clone(), at: now });
        }
        Ok(metadata)
    }
}

/// Reads a provider's metadata and keys.
///
/// The library's own discovery refuses Microsoft's multi-tenant metadata, whose issuer is a template; the issuer is checked here instead.
async fn discover(issuer: &str) -> Result<ProviderMetadataWithLogout> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let request = http::Request::get(url).body(Vec::new()).map_err(Error::internal)?;
    let answer = fetch(request).await.map_err(|err| Error::Unavailable(err.into()))?;
    if !answer.status().is_success() {
        return Err(Error::Unavailable(
            format!("the identity provider answered {}", answer.status()).into(),
        ));
    }
    let metadata = read(issuer, answer.body())?;
    let keys = CoreJsonWebKeySet::fetch_async(metadata.jwks_uri(), &fetch)
        .await
        .map_err(|err| Error::Unavailable(err.into()))?;
    Ok(metadata.set_jwks(keys))
}

/// Reads metadata, which must be that of the configured `issuer`.
fn read(issuer: &str, metadata: &[u8]) -> Result<ProviderMetadataWithLogout> {
    let metadata: ProviderMetadataWithLogout =
        serde_json::from_slice(metadata).map_err(Error::internal)?;
    let named = metadata.issuer().as_str();
    if named != issuer && template(issuer).as_deref() != Some(named) {
        return Err(Error::internal(
            "the identity provider names another issuer than the configured one",
        ));
    }
    Ok(metadata)
}

/// Returns the issuer in the metadata of a Microsoft `issuer` that stands for many tenants. No other provider may name it: what it vouches for
/// would pass for Microsoft's.
fn template(issuer: &str) -> Option<String> {
    let host =
        ["/common/v2.0", "/organizations/v2.0"].iter().find_map(|it| issuer.strip_suffix(it))?;
    Some(format!("{host}/{TENANT}/v2.0"))
}

/// Checks an ID token. Where the issuer is Microsoft's template, the token's issuer must be the template with the token's own tenant.
fn check<'a>(
    token: &'a CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    metadata: &ProviderMetadataWithLogout,
    nonce: &Nonce,
) -> std::result::Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
    let template = metadata.issuer().as_str();
    if !template.contains(TENANT) {
        return token.claims(verifier, nonce);
    }
    let claims = token.claims(&verifier.clone().require_issuer_match(false), nonce)?;
    let expected = tenant(token).map(|it| template.replace(TENANT, &it));
    if expected.as_deref() == Some(claims.issuer().as_str()) {
        Ok(claims)
    } else {
        Err(ClaimsVerificationError::InvalidIssuer(
            "the issuer is not the token's own tenant".to_owned(),
        ))
    }
}

/// Reads the `tid` claim of a token whose signature has been checked: a GUID.
fn tenant(token: &CoreIdToken) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        tid: String,
    }
    let token = token.to_string();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let Claims { tid } = serde_json::from_slice(&payload).ok()?;
    provider::is_guid(&tid).then_some(tid)
}

fn describe(claims: &CoreIdTokenClaims, provider: &Provider) -> Identity {
    let name = claims.name().and_then(|it| it.get(None)).map(|it| it.to_string());
    let email = claims
        .email()
        .map(|it| it.to_string())
        .or_else(|| claims.preferred_username().map(|it| it.to_string()));
    let tidy =
        |text: String| text.chars().filter(|it| !it.is_control()).take(200).collect::<String>();
    let email = email.map(tidy).filter(|it| !it.is_empty());
    let name = name
        .map(tidy)
        .filter(|it| !it.trim().is_empty())
        .or_else(|| email.clone())
        .unwrap_or_else(|| provider.name.clone());
    Identity {
        key: IdentityKey::new(claims.issuer().as_str(), claims.subject().as_str()),
        name,
        email,
        provider: provider.name.clone(),
    }
}

/// Returns the address of the provider's own sign-out (OpenID Connect RP-Initiated Logout 1.0). It names the portal and not the person,
/// so that no ID token has to be kept.
fn sign_out(
    metadata: &ProviderMetadataWithLogout,
    provider: &Provider,
    site_url: &str,
) -> Option<String> {
    let mut url = metadata.additional_metadata().end_session_endpoint.as_ref()?.url().clone();
    url.query_pairs_mut()
        .append_pair("client_id", &provider.client_id)
        .append_pair("post_logout_redirect_uri", &format!("{site_url}/"));
    Some(url.into())
}

fn redirect_uri(site_url: &str) -> Result<RedirectUrl> {
    RedirectUrl::new(format!("{site_url}/api/sign-in/callback")).map_err(Error::internal)
}

/// Asks a provider, over TLS with the system's trust roots unless it is on this machine.
async fn fetch(request: HttpRequest) -> std::result::Result<HttpResponse, Unreachable> {
    let host = request.uri().host().unwrap_or_default();
    if !provider::is_safe(request.uri().scheme_str(), host) {
        return Err(Unreachable("it is asked over https only".into()));
    }
    let asked = async {
        let response = client()?.request(request.map(|it| Full::new(it.into()))).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, LARGEST_ANSWER).collect().await?.to_bytes();
        Ok::<_, Cause>(http::Response::from_parts(parts, body.to_vec()))
    };
    match tokio::time::timeout(Duration::from_secs(10), asked).await {
        Ok(answer) => answer.map_err(Unreachable),
        Err(late) => Err(Unreachable(late.into())),
    }
}

fn client() -> std::io::Result<Client<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>> {
    /// Read once in each process: the system's trust roots are a hundred certificates and more.
    static CONNECTOR: OnceLock<HttpsConnector<HttpConnector>> = OnceLock::new();
    let connector = if let Some(connector) = CONNECTOR.get() {
        connector.clone()
    } else {
        let builder = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?;
        CONNECTOR.get_or_init(|| builder.https_or_http().enable_http1().build()).clone()
    };
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MICROSOFT: &[u8] = include_bytes!("tests/microsoft.json");
    const MICROSOFT_KEYS: &[u8] = include_bytes!("tests/microsoft-keys.json");
    const GOOGLE: &[u8] = include_bytes!("tests/google.json");

    #[test]
    fn the_metadata_that_microsoft_and_google_publish_is_understood() {
        let microsoft =
            read("https://login.microsoftonline.com/common/v2.0", MICROSOFT).expect("metadata");
        assert_eq!(
            microsoft.token_endpoint().map(|it| it.as_str()),
            Some("https://login.microsoftonline.com/common/oauth2/v2.0/token")
        );
        assert!(microsoft.additional_metadata().end_session_endpoint.is_some());
        let google = read("https://accounts.google.com", GOOGLE).expect("metadata");
        assert_eq!(google.jwks_uri().as_str(), "https://www.googleapis.com/oauth2/v3/certs");
        assert!(
            google.additional_metadata().end_session_endpoint.is_none(),
            "Google has no sign-out of its own"
        );
        let keys: CoreJsonWebKeySet = serde_json::from_slice(MICROSOFT_KEYS).expect("keys");
        assert_eq!(keys.keys().len(), 2);
    }

    #[test]
    fn metadata_speaks_for_the_configured_issuer_only() {
        for issuer in [
            "https://login.microsoftonline.com/organizations/v2.0",
            "https://login.microsoftonline.com/common/v2.0",
        ] {
            assert!(read(issuer, MICROSOFT).is_ok(), "{issuer} is one for many tenants");
        }
        for issuer in [
            "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
            "https://login.microsoftonline.com/common",
            "https://provider.example/common/v2.0",
            "https://provider.example",
            "https://accounts.google.com",
        ] {
            assert!(read(issuer, MICROSOFT).is_err(), "{issuer} is not Microsoft for many tenants");
        }
        assert!(read("https://login.microsoftonline.com/common/v2.0", GOOGLE).is_err());
    }
}
