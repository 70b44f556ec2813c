//! Identities, as asserted by OpenID Connect providers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::secret::{digest, is_encoded_256_bits};

/// Identifies an identity: a digest of issuer and subject, 43 URL-safe characters.
///
/// Independent of the e-mail claim, which only helps people to recognise the identity (requirement
/// 17).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdentityKey(String);

/// An identity as its provider described it at the last sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its key.
    pub key: IdentityKey,
    /// The name claim, or else the e-mail claim.
    pub name: String,
    /// The e-mail claim. Authorizes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the provider vouches for that address.
    #[serde(default)]
    pub email_verified: bool,
    /// The provider's name, for example Microsoft.
    pub provider: String,
}

impl IdentityKey {
    /// Returns the key for the identity `subject` at `issuer`.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Self {
        Self(digest(&[issuer, subject]))
    }

    /// Parses a key of 43 URL-safe characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_encoded_256_bits(text).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for IdentityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
