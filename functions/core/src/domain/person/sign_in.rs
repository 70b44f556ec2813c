//! A sign-in in progress.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Secret;

/// A sign-in between the redirect to the provider and the callback: valid for ten minutes,
/// completed once. Only a cookie of the browser that started it holds it.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The secret from which state, nonce and verifier are derived. Nobody but the browser has it.
    pub secret: Secret,
    /// The provider's id.
    pub provider: String,
    /// What was asked for.
    pub asks: SignInAsks,
    /// When it was started, to the second.
    pub started_at: Timestamp,
    /// The page to show afterwards: a path of this site.
    pub return_to: String,
}

/// What a sign-in asks for beyond an identity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "any of them may be asked for with any other")]
pub struct SignInAsks {
    /// Whether *Keep me signed in* was selected.
    pub keep: bool,
    /// Whether the provider has to ask which identity to use.
    pub choose: bool,
    /// Whether the provider has to ask the person again, instead of confirming an earlier sign-in.
    pub fresh: bool,
    /// Whether the provider has to assert several factors.
    pub factors: bool,
    /// Whether the provider has refused the prompt that was asked for first.
    pub prompt_refused: bool,
}

impl SignIn {
    /// Minutes to sign in at the provider.
    pub const MINUTES: i64 = 10;
    /// How far the clocks of two functions may differ.
    const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);

    /// Returns the `state` parameter, which the provider returns with the callback. It reveals
    /// neither the nonce nor the verifier.
    #[must_use]
    pub fn state(&self) -> Secret {
        self.secret.derive("sign-in state")
    }

    /// Returns the nonce that the ID token must contain.
    #[must_use]
    pub fn nonce(&self) -> Secret {
        self.secret.derive("sign-in nonce")
    }

    /// Returns the PKCE verifier, which proves that the code came from this sign-in (RFC 7636).
    #[must_use]
    pub fn verifier(&self) -> Secret {
        self.secret.derive("sign-in verifier")
    }

    /// Returns the secret of the session that `code` gives. It follows from both, so that each of
    /// several requests with the same code leads to the same session, and nobody can know it who
    /// has seen only one of them.
    #[must_use]
    pub fn session_secret(&self, code: &str) -> Secret {
        self.secret.derive(&format!("session of {code}"))
    }

    /// Checks whether a callback with `state` completes this sign-in.
    #[must_use]
    pub fn is_answered_by(&self, state: &Secret) -> bool {
        // Hashes, so that the time of the comparison tells nothing about the state.
        self.state().hash() == state.hash()
    }

    /// Checks whether it can still be completed. One from the future has been tampered with.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.started_at.duration_since(now) <= Self::CLOCK_SKEW && now < self.expires_at()
    }

    /// Returns when it can no longer be completed.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        let minutes = SignedDuration::from_mins(Self::MINUTES);
        self.started_at.saturating_add(minutes).unwrap_or(Timestamp::MAX)
    }
}

/// What the sign-in page tells a person whose sign-in ended without a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::VariantArray))]
pub enum SignInProblem {
    /// The person, or the provider's page, stopped.
    Cancelled,
    /// It took longer than [`SignIn::MINUTES`].
    Expired,
    /// This browser has started no such sign-in: it did so long ago, another browser did, or this
    /// one keeps no cookies.
    Unknown,
    /// The person's organisation does not allow them, or has not allowed the portal yet.
    NotAllowed,
    /// The provider is down or busy.
    ProviderUnavailable,
    /// Portal and provider do not fit together. Only an operator can help.
    ProviderMisconfigured,
    /// The provider's answer belongs to another sign-in or is too old.
    Refused,
    /// Another identity was wanted, but the same person came back.
    SameIdentity,
    /// Several factors were asked for, and the provider does not assert them.
    FactorsMissing,
    /// The provider confirms an earlier sign-in where a fresh one was asked for.
    NotFresh,
    /// Not a problem: an administrator has allowed the portal for their organisation.
    ConsentGiven,
    /// A defect on our side.
    Failed,
}

impl SignInProblem {
    /// Returns its name in the address of the sign-in page, in the log and in the API document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "sign-in-cancelled",
            Self::Expired => "sign-in-expired",
            Self::Unknown => "sign-in-unknown",
            Self::NotAllowed => "sign-in-not-allowed",
            Self::ProviderUnavailable => "provider-unavailable",
            Self::ProviderMisconfigured => "provider-misconfigured",
            Self::Refused => "sign-in-refused",
            Self::SameIdentity => "same-identity",
            Self::FactorsMissing => "factors-missing",
            Self::NotFresh => "sign-in-not-fresh",
            Self::ConsentGiven => "consent-given",
            Self::Failed => "sign-in-failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn started(second: i64) -> SignIn {
        SignIn {
            secret: Secret::generate().expect("random"),
            provider: "test".to_owned(),
            asks: SignInAsks::default(),
            started_at: at(second),
            return_to: "/".to_owned(),
        }
    }

    #[test]
    fn state_nonce_and_verifier_follow_from_the_secret_and_not_from_each_other() {
        let sign_in = started(0);
        let again = SignIn { provider: "other".to_owned(), ..sign_in.clone() };
        let values = |sign_in: &SignIn| {
            [sign_in.state(), sign_in.nonce(), sign_in.verifier()]
                .map(|secret| secret.expose().to_owned())
        };
        assert_eq!(values(&sign_in), values(&again));
        let mut all = BTreeSet::from([sign_in.secret.expose().to_owned()]);
        all.extend(values(&sign_in));
        // What the provider learns does not lead to the others.
        for purpose in ["sign-in state", "sign-in nonce", "sign-in verifier"] {
            all.insert(sign_in.state().derive(purpose).expose().to_owned());
        }
        all.extend(values(&started(0)));
        assert_eq!(all.len(), 10);
    }

    #[test]
    fn it_is_answered_by_its_own_state_only() {
        let (sign_in, other) = (started(0), started(0));
        assert!(sign_in.is_answered_by(&sign_in.state()));
        for state in [other.state(), sign_in.nonce(), sign_in.verifier(), sign_in.secret.clone()] {
            assert!(!sign_in.is_answered_by(&state));
        }
    }

    #[test]
    fn it_is_open_for_ten_minutes_and_not_from_the_future() {
        let sign_in = started(6000);
        for (second, open) in [
            (5939, false),
            (5940, true),
            (6000, true),
            (6599, true),
            (6600, false),
            (9_999_999, false),
        ] {
            assert_eq!(sign_in.is_open(at(second)), open, "{second}");
        }
        for extreme in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!SignIn { started_at: extreme, ..sign_in.clone() }.is_open(at(0)));
        }
    }
}
