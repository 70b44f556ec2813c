//! What is on record about an identity's sign-ins, for the identity's owner.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::domain::{IdentityKey, SignInEventId};

/// A sign-in of an identity, or what ended one. Belongs to the identity and not to an account:
/// nobody else sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInEvent {
    /// Its identifier; sorts by time.
    pub id: SignInEventId,
    /// The identity.
    pub identity: IdentityKey,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: SignInEventKind,
    /// The user agent of the browser, at most 256 characters; empty if it was not the identity's.
    pub browser: String,
    /// The network address of the browser; empty if it was not the identity's.
    pub source: String,
}

/// What happened to an identity's sign-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SignInEventKind {
    /// A session began.
    SignedIn {
        /// Whether *Keep me signed in* was selected.
        kept: bool,
    },
    /// The session of the browser ended by *Sign out* or the next sign-in.
    SignedOut,
    /// The provider named the identity, but its answer was refused.
    SignInRefused {
        /// Why.
        reason: SignInRefusal,
    },
    /// Sessions ended from elsewhere.
    SessionsEnded {
        /// How many.
        sessions: u32,
        /// Why.
        reason: SessionEnd,
    },
}

/// Why a provider's answer was refused although it names the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SignInRefusal {
    /// It belongs to another sign-in (its nonce differs): somebody repeated an earlier answer.
    AnotherSignIn,
    /// It was too old.
    Expired,
}

/// Why sessions ended from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SessionEnd {
    /// The owner ended them in the list of sessions.
    Owner,
    /// There were more than [`super::Session::MOST`].
    TooMany,
    /// A profile was switched from this identity to another one.
    IdentitySwitched,
    /// A link of this identity was reported with "this was not me".
    LinkDisputed,
    /// The provider said that the identity has signed out there.
    ProviderSignOut,
}

impl SignInEvent {
    /// How long it stays on record.
    const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

    /// Returns when it is deleted.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.at.saturating_add(Self::KEPT).unwrap_or(Timestamp::MAX)
    }
}
