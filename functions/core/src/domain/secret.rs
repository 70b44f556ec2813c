//! Random secrets, and the hashes that are stored instead.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A 256-bit random value in 43 URL-safe characters. Never stored and never printed.
#[derive(Clone)]
pub struct Secret(String);

/// The SHA-256 of a [`Secret`] in 43 URL-safe characters: the only form in which it is stored.
///
/// A plain hash suffices: with 256 random bits there is no dictionary to try.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(String);

impl Secret {
    /// Formats 256 random bits as a secret; see `Secret::generate` for a new one.
    #[must_use]
    pub fn from_random(bits: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bits))
    }

    /// Parses a secret of 43 URL-safe characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_encoded_256_bits(text).then(|| Self(text.to_owned()))
    }

    /// Returns the hash, which may be stored.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(digest(&[&self.0]))
    }

    /// Returns another secret for `purpose`, which reveals neither this one nor those for other
    /// purposes.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        Self(digest(&[purpose, &self.0]))
    }

    /// Returns the secret as text, for its mail or cookie.
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
    /// Returns the hash as text, for a key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the SHA-256 of `parts` in 43 URL-safe characters. Each part is preceded by its length,
/// so that different lists have different digests.
#[must_use]
pub fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

/// Checks whether `text` is 256 bits in URL-safe base64 without padding: the form of secrets,
/// hashes and identity keys.
#[must_use]
pub fn is_encoded_256_bits(text: &str) -> bool {
    text.len() == 43
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_formatting_and_parsing() {
        let secret = Secret::generate().expect("random bytes");
        assert_eq!(Secret::parse(secret.expose()).expect("well formed").hash(), secret.hash());
    }

    #[test]
    fn other_text_is_not_a_secret() {
        for text in ["", "short", &"ä".repeat(43), &"a".repeat(44), &format!("{}/", "a".repeat(42))]
        {
            assert!(Secret::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::generate().expect("random bytes");
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }

    #[test]
    fn different_lists_have_different_digests() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
