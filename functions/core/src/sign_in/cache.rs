//! The metadata and keys that a process knows.
//!
//! They are used for an hour, and longer while the provider cannot be reached. Keys are fetched
//! once more when a signature fits none of them.

use std::{collections::HashMap, sync::Mutex};

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use jiff::{SignedDuration, Timestamp};

use super::{
    Provider,
    failure::{FailureKind, SignInFailure},
    http_client,
    keys::Keys,
    metadata::Metadata,
};

/// How long metadata and keys are used without asking again.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// How long they are used while the provider cannot be reached.
const LIFETIME_WHILE_DOWN: SignedDuration = SignedDuration::from_hours(24);
/// How long after a request another one is not made: for keys that nobody knows, and while the
/// provider cannot be reached. Forged tokens cannot make the portal ask more often.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// What is known of the providers, by their ids.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<HashMap<String, Known>>);

#[derive(Clone, Debug, Default)]
struct Known {
    metadata: Fetched<Metadata>,
    keys: Fetched<Keys>,
}

/// What was fetched, and when it was last asked for.
#[derive(Clone, Debug)]
struct Fetched<T> {
    value: Option<(T, Timestamp)>,
    asked_at: Timestamp,
}

impl<T> Default for Fetched<T> {
    fn default() -> Self {
        Self { value: None, asked_at: Timestamp::MIN }
    }
}

impl<T: Clone> Fetched<T> {
    /// Returns what is known if nobody has to ask: it is new, or the provider was asked just now.
    fn usable(&self, now: Timestamp) -> Option<T> {
        let (value, fetched_at) = self.value.as_ref()?;
        let is_new = now.duration_since(*fetched_at).abs() < LIFETIME;
        (is_new || self.was_asked_just_now(now)).then(|| value.clone())
    }

    fn was_asked_just_now(&self, now: Timestamp) -> bool {
        now.duration_since(self.asked_at).abs() <= PAUSE
    }

    /// Keeps the outcome of a request and returns what may be used: what came, or what is known
    /// while the provider is down.
    fn keep(
        &mut self,
        outcome: Result<T, SignInFailure>,
        now: Timestamp,
    ) -> Result<T, SignInFailure> {
        self.asked_at = now;
        match outcome {
            Ok(value) => {
                self.value = Some((value.clone(), now));
                Ok(value)
            }
            Err(failure) => match &self.value {
                Some((known, at)) if now.duration_since(*at).abs() < LIFETIME_WHILE_DOWN => {
                    tracing::warn!(kind = failure.kind.name(), "what is known is used further");
                    Ok(known.clone())
                }
                _ => Err(failure),
            },
        }
    }
}

impl Cache {
    /// Returns the metadata of `provider`.
    pub(super) async fn metadata(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<Metadata, SignInFailure> {
        if let Some(metadata) = self.known(provider).metadata.usable(now) {
            return Ok(metadata);
        }
        let outcome = fetch_metadata(provider).await;
        self.change(provider, |known| known.metadata.keep(outcome, now))
    }

    /// Returns the keys of `provider`.
    pub(super) async fn keys(
        &self,
        provider: &Provider,
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<Keys, SignInFailure> {
        if let Some(keys) = self.known(provider).keys.usable(now) {
            return Ok(keys);
        }
        let outcome = fetch_keys(metadata).await;
        self.change(provider, |known| known.keys.keep(outcome, now))
    }

    /// Returns the present keys of `provider` after a signature has fitted none of those known, or
    /// `None` if they were asked for less than a minute ago. Asks for the metadata too: a provider
    /// that moves its keys changes both.
    pub(super) async fn renewed_keys(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<Option<Keys>, SignInFailure> {
        if self.known(provider).keys.was_asked_just_now(now) {
            return Ok(None);
        }
        let outcome = fetch_metadata(provider).await;
        let metadata = self.change(provider, |known| known.metadata.keep(outcome, now))?;
        let outcome = fetch_keys(&metadata).await;
        self.change(provider, |known| known.keys.keep(outcome, now)).map(Some)
    }

    fn known(&self, provider: &Provider) -> Known {
        let known = self.0.lock().ok();
        known.and_then(|known| known.get(&provider.id).cloned()).unwrap_or_default()
    }

    fn change<T>(
        &self,
        provider: &Provider,
        change: impl FnOnce(&mut Known) -> Result<T, SignInFailure>,
    ) -> Result<T, SignInFailure> {
        match self.0.lock() {
            Ok(mut known) => change(known.entry(provider.id.clone()).or_default()),
            // A thread has panicked; nothing is known.
            Err(_) => change(&mut Known::default()),
        }
    }
}

/// Fetches the metadata of `provider`.
///
/// The configured issuer decides where it is, and must be the one that it names (OpenID Connect
/// Discovery 1.0, 4.3).
async fn fetch_metadata(provider: &Provider) -> Result<Metadata, SignInFailure> {
    let issuer = provider.issuer.trim_end_matches('/');
    let address = format!("{issuer}/.well-known/openid-configuration");
    let body = get(&address, FailureKind::MetadataUnreachable).await?;
    Metadata::parse(&provider.issuer, &body)
}

async fn fetch_keys(metadata: &Metadata) -> Result<Keys, SignInFailure> {
    let body = get(metadata.jwks_uri.as_str(), FailureKind::KeysUnreachable).await?;
    let invalid = |detail| SignInFailure::new(FailureKind::KeysInvalid, detail);
    let keys = Keys::parse(&body).ok_or_else(|| invalid("it is no set of keys"))?;
    if keys.is_empty() {
        return Err(invalid("none of the keys can be used"));
    }
    Ok(keys)
}

async fn get(address: &str, kind: FailureKind) -> Result<Bytes, SignInFailure> {
    let unreachable = |detail| SignInFailure::new(kind, detail);
    let request = Request::get(address).body(Full::default());
    let request = request.map_err(|error| unreachable(error.to_string()))?;
    let answer = http_client::send(request).await.map_err(unreachable)?;
    if !answer.status.is_success() {
        return Err(unreachable(format!("status {}", answer.status.as_u16())));
    }
    Ok(answer.body)
}
