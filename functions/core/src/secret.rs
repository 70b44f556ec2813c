//! Random secrets and what is stored in their place.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A 256-bit random value, spelt in 43 URL-safe characters. It is never stored and never printed.
#[derive(Clone)]
pub struct Secret(String);

/// The SHA-256 of a [`Secret`], spelt in 43 URL-safe characters: all that is ever stored of it.
///
/// A plain hash is enough, for the secret has 256 bits of its own: there is no dictionary to try.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(String);

impl Secret {
    /// Draws a new one from the operating system.
    pub fn draw() -> Result<Self> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::<32>()?)))
    }

    /// Takes what somebody presents as a secret, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 43 && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
        well_formed.then(|| Self(text.to_owned()))
    }

    /// Returns what may be stored.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(digest(&[&self.0]))
    }

    /// Spells the secret out, for the one mail or cookie it is meant for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl SecretHash {
    /// Returns the hash's text, for a key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the SHA-256 of `parts`, each preceded by its length so that no two lists look alike, in 43 URL-safe characters.
#[must_use]
pub fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

/// Returns random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_parsed_as_it_is_spelt() {
        let secret = Secret::draw().expect("random bytes");
        assert_eq!(Secret::parse(secret.expose()).expect("well formed").hash(), secret.hash());
    }

    #[test]
    fn other_text_is_no_secret() {
        for text in ["", "short", &"ä".repeat(43), &"a".repeat(44), &format!("{}/", "a".repeat(42))] {
            assert!(Secret::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::draw().expect("random bytes");
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }

    #[test]
    fn digests_tell_lists_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
