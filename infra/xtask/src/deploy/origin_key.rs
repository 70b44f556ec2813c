//! The origin key: the secret by which the functions know that a request came through CloudFront.

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// A new secret and its hash, which is all that the functions receive.
pub(super) struct OriginKey {
    /// 256 random bits in base64url.
    pub(super) key: String,
    /// The SHA-256 of `key` in hexadecimal digits.
    pub(super) hash: String,
}

impl OriginKey {
    /// Generates a key from the operating system's random numbers.
    pub(super) fn generate() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).context("cannot generate the origin key")?;
        let key = URL_SAFE_NO_PAD.encode(bytes);
        Ok(Self { hash: hash(&key), key })
    }
}

fn hash(key: &str) -> String {
    format!("{:x}", Sha256::digest(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_has_64_hexadecimal_digits() {
        assert_eq!(
            hash(&"a".repeat(43)),
            "66d34fba71f8f450f7e45598853e53bfc23bbd129027cbb131a2f4ffd7878cd0"
        );
    }

    #[test]
    fn keys_differ() {
        let [first, second] = [(), ()].map(|()| OriginKey::generate().expect("a key"));
        assert_ne!(first.key, second.key);
        assert_eq!((first.key.len(), first.hash.len()), (43, 64));
    }
}
