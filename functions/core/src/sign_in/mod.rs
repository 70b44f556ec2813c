//! Sign-in with OpenID Connect: authorization code, PKCE and nonce.
//!
//! A process keeps a provider's metadata and keys for an hour. It fetches them again at once when a
//! token names an unknown key.

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
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, Nonce, NonceVerifier,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl, Scope,
    SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims,
        CoreIdTokenVerifier, CoreJsonWebKeySet,
    },
};
use serde::Deserialize;

use crate::{
    Error, Result,
    domain::{Authentication, Identity, IdentityKey, SignIn, SignInRefusal},
    error::Cause,
};

pub use provider::{ClientAuth, Factors, Provider};

/// The configured providers. Cheap to clone; clones share the metadata.
#[derive(Clone, Debug)]
pub struct Providers {
    configured: Arc<[Provider]>,
    cache: Arc<Mutex<HashMap<String, CachedMetadata>>>,
}

#[derive(Clone, Debug)]
struct CachedMetadata {
    metadata: ProviderMetadataWithLogout,
    fetched_at: Timestamp,
}

/// The client that a provider's metadata makes.
type ProviderClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// An identity that the provider has verified.
#[derive(Debug)]
pub struct VerifiedIdentity {
    /// The identity that signed in.
    pub identity: Identity,
    /// Its issuer.
    pub issuer: String,
    /// How the person proved to the provider who they are.
    pub authentication: Authentication,
    /// The provider's own session (`sid`).
    pub provider_session: Option<String>,
    /// The address of the provider's own sign-out, if it has one.
    pub sign_out: Option<String>,
}

/// The outcome of a sign-in whose answer names an identity.
#[derive(Debug)]
pub enum SignInOutcome {
    /// The identity signed in.
    Verified(VerifiedIdentity),
    /// The provider has signed the answer, but it is not one to this sign-in.
    Refused {
        /// The identity that it names.
        identity: IdentityKey,
        /// Why it was refused.
        reason: SignInRefusal,
        /// The cause, for the log.
        cause: Error,
    },
}

/// A provider could not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the identity provider could not be reached")]
struct Unreachable(#[source] Cause);

/// How long metadata and keys are used.
const METADATA_LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// The placeholder for the tenant in the issuer of Microsoft's multi-tenant metadata. Tokens
/// contain the tenant instead.
const TENANT_PLACEHOLDER: &str = "{tenantid}";
/// The largest accepted answer of a provider, in bytes.
const MAX_ANSWER: usize = 1 << 20;

impl Providers {
    /// Creates the list of providers.
    #[must_use]
    pub fn new(configured: Vec<Provider>) -> Self {
        Self { configured: configured.into(), cache: Arc::default() }
    }

    /// Returns the providers in the order of the configuration.
    #[must_use]
    pub fn list(&self) -> &[Provider] {
        &self.configured
    }

    /// Returns the address of the provider's page for a sign-in; `choose` makes it ask which
    /// identity to use.
    pub async fn start(
        &self,
        sign_in: &SignIn,
        site_url: &str,
        choose: bool,
        now: Timestamp,
    ) -> Result<String> {
        let provider = self.find(&sign_in.provider)?;
        let metadata = self.metadata(provider, now).await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(provider.client_id.clone()),
            None,
        )
        .set_redirect_uri(redirect_uri(site_url)?);
        let state = CsrfToken::new(sign_in.state().expose().to_owned());
        let nonce = nonce(sign_in);
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier(sign_in)));
        if choose {
            request = request.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        let (url, _, _) = request.url();
        Ok(url.into())
    }

    /// Checks whether there is a provider `id`.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.find(id).is_ok()
    }

    /// Exchanges the `code` of a sign-in for an ID token and checks its signature, issuer,
    /// audience, expiry and nonce. Where only the last two are wrong, the identity is known whose
    /// sign-in is refused.
    ///
    /// Fails with [`Error::Unavailable`] when the provider cannot be reached, and with
    /// [`Error::Internal`] when its answer is not valid.
    pub async fn complete(
        &self,
        sign_in: &SignIn,
        code: String,
        site_url: &str,
        now: Timestamp,
    ) -> Result<SignInOutcome> {
        let provider = self.find(&sign_in.provider)?;
        let mut metadata = self.metadata(provider, now).await?;
        let tokens = client(provider, &metadata)
            .set_redirect_uri(redirect_uri(site_url)?)
            .exchange_code(AuthorizationCode::new(code))
            .map_err(Error::internal)?
            .set_pkce_verifier(verifier(sign_in))
            .request_async(&fetch)
            .await
            .map_err(Error::internal)?;
        let token =
            tokens.id_token().ok_or_else(|| Error::internal("the provider sent no ID token"))?;
        let nonce = nonce(sign_in);
        let verify = |metadata: &ProviderMetadataWithLogout| {
            check(token, &client(provider, metadata).id_token_verifier(), metadata, &nonce).cloned()
        };
        let mut checked = verify(&metadata);
        if let Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        )) = checked
        {
            metadata = self.rediscover(provider, now).await?;
            checked = verify(&metadata);
        }
        match checked {
            Ok(claims) => Ok(SignInOutcome::Verified(VerifiedIdentity {
                identity: describe(&claims, provider),
                issuer: claims.issuer().to_string(),
                authentication: Authentication {
                    at: now,
                    is_stated: false,
                    several_factors: false,
                },
                provider_session: None,
                sign_out: sign_out(&metadata, provider, site_url),
            })),
            Err(error) => {
                let verifier = client(provider, &metadata);
                let refusal = refusal(token, &verifier.id_token_verifier(), &metadata, &error);
                let cause = Error::internal(error);
                match refusal {
                    Some((identity, reason)) => {
                        Ok(SignInOutcome::Refused { identity, reason, cause })
                    }
                    None => Err(cause),
                }
            }
        }
    }

    fn find(&self, id: &str) -> Result<&Provider> {
        self.configured
            .iter()
            .find(|provider| provider.id == id)
            .ok_or(Error::NotFound("identity provider"))
    }

    async fn metadata(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<ProviderMetadataWithLogout> {
        let cached = self.cache.lock().ok().and_then(|cache| cache.get(&provider.id).cloned());
        match cached {
            Some(cached) if now.duration_since(cached.fetched_at).abs() < METADATA_LIFETIME => {
                Ok(cached.metadata)
            }
            _ => self.rediscover(provider, now).await,
        }
    }

    async fn rediscover(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<ProviderMetadataWithLogout> {
        let metadata = discover(&provider.issuer).await?;
        if let Ok(mut cache) = self.cache.lock() {
            let cached = CachedMetadata { metadata: metadata.clone(), fetched_at: now };
            cache.insert(provider.id.clone(), cached);
        }
        Ok(metadata)
    }
}

/// Fetches a provider's metadata and keys.
///
/// The library's own discovery refuses Microsoft's multi-tenant metadata, whose issuer is a
/// template. The issuer is checked here instead.
async fn discover(issuer: &str) -> Result<ProviderMetadataWithLogout> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let request = http::Request::get(url).body(Vec::new()).map_err(Error::internal)?;
    let answer = fetch(request).await.map_err(|err| Error::Unavailable(err.into()))?;
    if !answer.status().is_success() {
        return Err(Error::Unavailable(
            format!("the identity provider answered {}", answer.status()).into(),
        ));
    }
    let metadata = parse_metadata(issuer, answer.body())?;
    let keys = CoreJsonWebKeySet::fetch_async(metadata.jwks_uri(), &fetch)
        .await
        .map_err(|err| Error::Unavailable(err.into()))?;
    Ok(metadata.set_jwks(keys))
}

/// Parses metadata, which must be that of the configured `issuer`.
fn parse_metadata(issuer: &str, metadata: &[u8]) -> Result<ProviderMetadataWithLogout> {
    let metadata: ProviderMetadataWithLogout =
        serde_json::from_slice(metadata).map_err(Error::internal)?;
    let named = metadata.issuer().as_str();
    if named != issuer && issuer_template(issuer).as_deref() != Some(named) {
        return Err(Error::internal(
            "the identity provider's metadata names another issuer than the configured one",
        ));
    }
    Ok(metadata)
}

/// Returns the issuer in the metadata of a Microsoft `issuer` for many tenants. No other provider
/// may have it, or its identities would pass for Microsoft's.
fn issuer_template(issuer: &str) -> Option<String> {
    let host = ["/common/v2.0", "/organizations/v2.0"]
        .iter()
        .find_map(|path| issuer.strip_suffix(path))?;
    Some(format!("{host}/{TENANT_PLACEHOLDER}/v2.0"))
}

fn nonce(sign_in: &SignIn) -> Nonce {
    Nonce::new(sign_in.nonce().expose().to_owned())
}

fn verifier(sign_in: &SignIn) -> PkceCodeVerifier {
    PkceCodeVerifier::new(sign_in.verifier().expose().to_owned())
}

/// Creates the client of a provider, which authenticates with its secret if it has one.
fn client(provider: &Provider, metadata: &ProviderMetadataWithLogout) -> ProviderClient {
    CoreClient::from_provider_metadata(
        metadata.clone(),
        ClientId::new(provider.client_id.clone()),
        provider.client_secret.clone().map(ClientSecret::new),
    )
}

/// Returns whose sign-in is refused and why, if the ID token has a fault that only a repeated or a
/// late answer has: the provider has signed it for this portal.
fn refusal(
    token: &CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    metadata: &ProviderMetadataWithLogout,
    fault: &ClaimsVerificationError,
) -> Option<(IdentityKey, SignInRefusal)> {
    let reason = match fault {
        ClaimsVerificationError::InvalidNonce(_) => SignInRefusal::AnotherSignIn,
        ClaimsVerificationError::Expired(_) => SignInRefusal::Expired,
        _ => return None,
    };
    // The epoch is before any expiry.
    let verifier = verifier.clone().set_time_fn(Default::default);
    let claims = check(token, &verifier, metadata, |_: Option<&Nonce>| Ok(())).ok()?;
    Some((identity_key(claims), reason))
}

/// Checks an ID token. If the issuer is Microsoft's template, the token's issuer must be the
/// template with the token's own tenant.
fn check<'a>(
    token: &'a CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    metadata: &ProviderMetadataWithLogout,
    nonce: impl NonceVerifier,
) -> std::result::Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
    let template = metadata.issuer().as_str();
    if !template.contains(TENANT_PLACEHOLDER) {
        return token.claims(verifier, nonce);
    }
    let claims = token.claims(&verifier.clone().require_issuer_match(false), nonce)?;
    let expected = tenant(token).map(|tenant| template.replace(TENANT_PLACEHOLDER, &tenant));
    if expected.as_deref() == Some(claims.issuer().as_str()) {
        Ok(claims)
    } else {
        Err(ClaimsVerificationError::InvalidIssuer(
            "the issuer is not the token's own tenant".to_owned(),
        ))
    }
}

/// Returns the `tid` claim, a GUID, of a token whose signature has been checked.
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

/// Describes the identity in `claims`, in visible characters and at most 200 of them.
fn describe(claims: &CoreIdTokenClaims, provider: &Provider) -> Identity {
    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let email = claims
        .email()
        .map(|email| email.to_string())
        .or_else(|| claims.preferred_username().map(|name| name.to_string()));
    let clean = |text: String| {
        text.chars().filter(|character| !character.is_control()).take(200).collect::<String>()
    };
    let email = email.map(clean).filter(|email| !email.is_empty());
    let name = name
        .map(clean)
        .filter(|name| !name.trim().is_empty())
        .or_else(|| email.clone())
        .unwrap_or_else(|| provider.name.clone());
    Identity {
        key: identity_key(claims),
        name,
        email,
        email_verified: false,
        provider: provider.name.clone(),
    }
}

fn identity_key(claims: &CoreIdTokenClaims) -> IdentityKey {
    IdentityKey::new(claims.issuer().as_str(), claims.subject().as_str())
}

/// Returns the address of the provider's own sign-out (OpenID Connect RP-Initiated Logout 1.0). It
/// names the portal and not the person, so that no ID token has to be stored.
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

/// Sends a request to a provider, over TLS with the system's trust roots unless it is on this
/// machine.
async fn fetch(request: HttpRequest) -> std::result::Result<HttpResponse, Unreachable> {
    let host = request.uri().host().unwrap_or_default();
    if !provider::is_secure(request.uri().scheme_str(), host) {
        return Err(Unreachable("the address must be https".into()));
    }
    let exchange = async {
        let response = http_client()?.request(request.map(|body| Full::new(body.into()))).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await?.to_bytes();
        Ok::<_, Cause>(http::Response::from_parts(parts, body.to_vec()))
    };
    match tokio::time::timeout(Duration::from_secs(10), exchange).await {
        Ok(answer) => answer.map_err(Unreachable),
        Err(elapsed) => Err(Unreachable(elapsed.into())),
    }
}

fn http_client() -> std::io::Result<Client<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>> {
    /// Built once in each process, because the system has over a hundred trust roots.
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
    fn the_metadata_of_microsoft_and_google_is_parsed() {
        let microsoft = parse_metadata("https://login.microsoftonline.com/common/v2.0", MICROSOFT)
            .expect("metadata");
        assert_eq!(
            microsoft.token_endpoint().map(|endpoint| endpoint.as_str()),
            Some("https://login.microsoftonline.com/common/oauth2/v2.0/token")
        );
        assert!(microsoft.additional_metadata().end_session_endpoint.is_some());
        let google = parse_metadata("https://accounts.google.com", GOOGLE).expect("metadata");
        assert_eq!(google.jwks_uri().as_str(), "https://www.googleapis.com/oauth2/v3/certs");
        assert!(
            google.additional_metadata().end_session_endpoint.is_none(),
            "Google has no sign-out of its own"
        );
        let keys: CoreJsonWebKeySet = serde_json::from_slice(MICROSOFT_KEYS).expect("keys");
        assert_eq!(keys.keys().len(), 2);
    }

    #[test]
    fn metadata_is_accepted_only_for_its_issuer() {
        for issuer in [
            "https://login.microsoftonline.com/organizations/v2.0",
            "https://login.microsoftonline.com/common/v2.0",
        ] {
            assert!(parse_metadata(issuer, MICROSOFT).is_ok(), "{issuer} is for many tenants");
        }
        for issuer in [
            "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0",
            "https://login.microsoftonline.com/common",
            "https://provider.example/common/v2.0",
            "https://provider.example",
            "https://accounts.google.com",
        ] {
            assert!(parse_metadata(issuer, MICROSOFT).is_err(), "{issuer} is not for many tenants");
        }
        let microsoft = "https://login.microsoftonline.com/common/v2.0";
        assert!(parse_metadata(microsoft, GOOGLE).is_err());
    }
}
