//! Random secrets and what is stored in their place.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A 256-bit random value, spelt in 43 URL-safe characters. It is never stored and never printed.
#[derive(Clone)]
pub struct Secret(String);

/// The SHA-256 of a [`Secret`], spelt in 43 URL-safe characters: all that is ever stored of it.
///
/// A plain hash is enough, for the secret has 256 bits of its own: there is no dictionary to try.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(String);

/// The SHA-256 of the key by which CloudFront proves that a request came through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginKeyHash([u8; 32]);

impl Secret {
    /// Formats 256 random bits as a secret; see `Secret::generate` for a new one.
    #[must_use]
    pub fn from_random(bits: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bits))
    }

    /// Takes what somebody presents as a secret, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_encoded_256_bits(text).then(|| Self(text.to_owned()))
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

impl OriginKeyHash {
    /// Reads 64 hexadecimal digits, as `sha256sum` spells them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let [high, low] =
                [0, 1].map(|it| char::from(text.as_bytes()[2 * index + it]).to_digit(16));
            *byte = u8::try_from(high? * 16 + low?).ok()?;
        }
        Some(Self(bytes))
    }

    /// Hashes a key.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self(Sha256::digest(key).into())
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

/// Checks whether `text` has the form of 256 bits in URL-safe base64 without padding, as secrets,
/// hashes and identity keys have.
#[must_use]
pub fn is_encoded_256_bits(text: &str) -> bool {
    text.len() == 43
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_parsed_as_it_is_spelt() {
        let secret = Secret::generate().expect("random bytes");
        assert_eq!(Secret::parse(secret.expose()).expect("well formed").hash(), secret.hash());
    }

    #[test]
    fn other_text_is_no_secret() {
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
    fn the_hash_of_an_origin_key_is_spelt_as_sha256sum_spells_it() {
        let spelt = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        assert_eq!(OriginKeyHash::parse(spelt), Some(OriginKeyHash::of("foo")));
        assert_eq!(OriginKeyHash::parse(&spelt.to_uppercase()), Some(OriginKeyHash::of("foo")));
        for text in ["", "foo", &spelt[1..], &format!("g{}", &spelt[1..]), &"ä".repeat(32)] {
            assert_eq!(OriginKeyHash::parse(text), None, "{text}");
        }
    }

    #[test]
    fn digests_tell_lists_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
