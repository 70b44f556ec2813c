//! Sign-in with OpenID Connect: authorization code, PKCE and nonce.
//!
//! | module | what it holds |
//! |---|---|
//! | `provider` | the configured providers |
//! | `metadata`, `keys`, `cache` | what a provider publishes, and how long it is used |
//! | `authorization_request` | the address of the provider's page |
//! | `callback` | what the provider's page sends back |
//! | `token_request`, `client_auth` | the exchange of the code |
//! | `id_token`, `description` | what of the ID token is believed, and what is only shown |
//! | `logout` | the tokens with which providers report a sign-out |
//! | `json`, `http_client` | reading and fetching what providers write |
//! | `failure` | why a sign-in ended without a session |
//!
//! Providers deviate from the specifications in whatever nobody checks. Only what the portal
//! believes can refuse a token; everything else is read leniently or not at all.

mod authorization_request;
mod cache;
mod callback;
mod client_auth;
mod description;
mod failure;
mod http_client;
mod id_token;
mod json;
mod keys;
mod logout;
mod metadata;
mod provider;
mod token_request;

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

use crate::{
    Error, Result,
    domain::{Authentication, Identity, SignIn},
};

use cache::Cache;
use description::{authentication, describe};
use id_token::Expected;
use keys::SignedToken;
use token_request::Exchange;

pub use callback::{CallbackAnswer, CallbackOutcome};
pub use client_auth::method as client_auth_method;
pub use failure::{FailureKind, SignInFailure};
pub use keys::Keys;
pub use metadata::Metadata;
pub use provider::{ClientAuth, Factors, Provider};

/// The configured providers. Cheap to clone; clones share the metadata and keys.
#[derive(Clone, Debug)]
pub struct Providers {
    configured: Arc<[Provider]>,
    cache: Arc<Cache>,
}

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

impl Providers {
    /// How long providers have to answer during one request of a browser. What the portal itself
    /// does before and after fits into the ten seconds that AWS Lambda gives the function.
    pub const TIME_LIMIT: Duration = Duration::from_secs(7);

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

    /// Returns the provider `id`, or fails with [`Error::NotFound`].
    pub fn find(&self, id: &str) -> Result<&Provider> {
        let found = self.configured.iter().find(|provider| provider.id == id);
        found.ok_or(Error::NotFound("identity provider"))
    }

    /// Returns the address of the provider's page for `sign_in`, with `login_hint` as the address
    /// to sign in with.
    pub async fn start(
        &self,
        provider: &Provider,
        sign_in: &SignIn,
        login_hint: Option<&str>,
        site_url: &str,
        now: Timestamp,
    ) -> Result<String, SignInFailure> {
        let metadata = in_time(self.cache.metadata(provider, now)).await?;
        Ok(authorization_request::address(provider, &metadata, sign_in, login_hint, site_url))
    }

    /// Checks that an answer that names `issuer` as its sender, or none, comes from `provider`
    /// (RFC 9207, 2.4).
    pub async fn check_sender(
        &self,
        provider: &Provider,
        issuer: Option<&str>,
        now: Timestamp,
    ) -> Result<(), SignInFailure> {
        let metadata = in_time(self.cache.metadata(provider, now)).await?;
        check_sender(&metadata, issuer)
    }

    /// Exchanges the `code` of a sign-in for an ID token and verifies it: who sent the answer,
    /// signature, issuer, audience, expiry, nonce, and what the sign-in asked for beyond.
    pub async fn complete(
        &self,
        provider: &Provider,
        sign_in: &SignIn,
        answer: &CallbackAnswer,
        code: &str,
        site_url: &str,
        now: Timestamp,
    ) -> Result<VerifiedIdentity, SignInFailure> {
        in_time(self.verify(provider, sign_in, answer, code, site_url, now)).await
    }

    async fn verify(
        &self,
        provider: &Provider,
        sign_in: &SignIn,
        answer: &CallbackAnswer,
        code: &str,
        site_url: &str,
        now: Timestamp,
    ) -> Result<VerifiedIdentity, SignInFailure> {
        let metadata = self.cache.metadata(provider, now).await?;
        check_sender(&metadata, answer.issuer.as_deref())?;
        let (redirect_uri, verifier) = (redirect_uri(provider, site_url), sign_in.verifier());
        let exchange = Exchange { code, redirect_uri: &redirect_uri, verifier: verifier.expose() };
        // Side by side, since the first sign-in of a process needs both.
        let (token, keys) = tokio::join!(
            token_request::exchange(provider, &metadata, exchange, now),
            self.cache.keys(provider, &metadata, now)
        );
        let (token, keys) = (token?, keys?);
        let token = SignedToken::parse(&token).ok_or_else(|| {
            SignInFailure::new(FailureKind::TokenAnswerInvalid, "id_token is no signed token")
        })?;
        self.check_signature(provider, &keys, &token, now).await?;
        let nonce = sign_in.nonce();
        let expected = Expected {
            metadata: &metadata,
            client_id: &provider.client_id,
            nonce: nonce.expose(),
            now,
        };
        let subject = id_token::check(&token, expected)?;
        if answer.issuer.as_ref().is_some_and(|sender| *sender != subject.issuer) {
            return Err(SignInFailure::new(FailureKind::WrongIssuer, "iss of answer and token"));
        }
        let mut identity = describe(&subject, &token.claims, provider);
        // From others it could be anybody's words.
        if provider.auth == Some(ClientAuth::Apple)
            && let Some(name) = &answer.name
            && token.claims.text("name").is_none()
        {
            identity.name.clone_from(name);
        }
        let authentication = authentication(&token.claims, &provider.factors, now);
        check_strength(sign_in, authentication)?;
        Ok(VerifiedIdentity {
            identity,
            issuer: subject.issuer,
            authentication,
            provider_session: token.claims.text("sid").filter(|sid| sid.len() <= 200),
            sign_out: sign_out(&metadata, provider, site_url),
        })
    }

    /// Checks who has signed `token`. A signature that fits no known key may be by a new one.
    async fn check_signature(
        &self,
        provider: &Provider,
        keys: &Keys,
        token: &SignedToken,
        now: Timestamp,
    ) -> Result<(), SignInFailure> {
        if keys.have_signed(token) {
            return Ok(());
        }
        let renewed = self.cache.renewed_keys(provider, now).await?;
        if renewed.is_some_and(|keys| keys.have_signed(token)) {
            return Ok(());
        }
        let detail = format!("no key has signed it; its algorithm is {}", token.algorithm());
        Err(SignInFailure::new(FailureKind::SignatureInvalid, detail))
    }
}

/// Returns the outcome of `work`, or a failure when providers do not answer in time: AWS Lambda
/// would end the function without a page.
async fn in_time<T>(
    work: impl Future<Output = Result<T, SignInFailure>>,
) -> Result<T, SignInFailure> {
    let limit = Providers::TIME_LIMIT;
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        let detail = format!("no answer in {} seconds", limit.as_secs());
        Err(SignInFailure::new(FailureKind::TimedOut, detail))
    })
}

fn check_sender(metadata: &Metadata, issuer: Option<&str>) -> Result<(), SignInFailure> {
    let wrong = |detail| Err(SignInFailure::new(FailureKind::WrongIssuer, detail));
    match issuer {
        Some(issuer) if !metadata.is_issuer(issuer, None) => wrong("iss is another issuer"),
        None if metadata.promises_issuer => wrong("iss is missing"),
        _ => Ok(()),
    }
}

/// Checks that the person proved who they are as this sign-in asked for (requirement 42). Where the
/// provider states no time, a newly completed sign-in counts.
fn check_strength(sign_in: &SignIn, proof: Authentication) -> Result<(), SignInFailure> {
    // Some clocks of providers are slow.
    let earliest = sign_in.started_at.saturating_sub(SignedDuration::from_mins(2));
    if sign_in.asks.fresh && proof.at < earliest.unwrap_or(Timestamp::MIN) {
        return Err(SignInFailure::new(FailureKind::NotFresh, "auth_time is before the sign-in"));
    }
    if sign_in.asks.factors && !proof.several_factors {
        return Err(SignInFailure::new(FailureKind::FactorsMissing, "neither acr nor amr has one"));
    }
    Ok(())
}

/// Returns the address of the provider's own sign-out (OpenID Connect RP-Initiated Logout 1.0). It
/// names the portal and not the person, so that no ID token has to be stored.
fn sign_out(metadata: &Metadata, provider: &Provider, site_url: &str) -> Option<String> {
    let mut url = metadata.end_session_endpoint.clone()?;
    url.query_pairs_mut()
        .append_pair("client_id", &provider.client_id)
        .append_pair("post_logout_redirect_uri", &format!("{site_url}/"));
    Some(url.into())
}

/// Returns the address to which `provider` leads back. Each has its own, so that an answer of one
/// cannot pass for that of another (RFC 9700, 4.4.2.2).
fn redirect_uri(provider: &Provider, site_url: &str) -> String {
    format!("{site_url}/api/sign-in/callback/{}", provider.id)
}
