//! The secret by which the functions know that a request came through CloudFront.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// A new secret, and all that the functions are told of it.
pub(super) struct OriginKey {
    pub(super) key: String,
    pub(super) hash: String,
}

impl OriginKey {
    /// Draws 256 bits from the operating system.
    pub(super) fn draw() -> Result<Self, String> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| format!("the operating system gives no random bytes: {error}"))?;
        let key = URL_SAFE_NO_PAD.encode(bytes);
        Ok(Self { hash: hash(&key), key })
    }
}

/// Spells the SHA-256 as the functions read it, in 64 hexadecimal digits.
fn hash(key: &str) -> String {
    Sha256::digest(key).iter().map(|it| format!("{it:02x}")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_64_hexadecimal_digits() {
        assert_eq!(
            hash(&"a".repeat(43)),
            "66d34fba71f8f450f7e45598853e53bfc23bbd129027cbb131a2f4ffd7878cd0"
        );
    }

    #[test]
    fn no_two_keys_are_alike() {
        let (one, other) = (OriginKey::draw().expect("a key"), OriginKey::draw().expect("a key"));
        assert_ne!(one.key, other.key);
        assert_eq!((one.key.len(), one.hash.len()), (43, 64));
    }
}
