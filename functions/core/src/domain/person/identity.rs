//! Identities: what an OpenID Connect provider vouches for.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::secret::{digest, is_encoded_256_bits};

/// Names an identity: a digest of issuer and subject, 43 URL-safe characters.
///
/// The e-mail claim is no part of it: a claim only helps people to recognise the identity (requirement 17).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdentityKey(String);

/// An identity as its provider described it at the last sign-in, for people to recognise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Names it.
    pub key: IdentityKey,
    /// The name claim, or the e-mail where there is none.
    pub name: String,
    /// The e-mail claim. It authorises nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The provider's name, for example Microsoft.
    pub provider: String,
}

impl IdentityKey {
    /// Names the identity that `issuer` calls `subject`.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Self {
        Self(digest(&[issuer, subject]))
    }

    /// Takes what has the form of a key.
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
