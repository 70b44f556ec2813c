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
        getrandom::fill(&mut bytes).map_err(|error| format!("the operating system gives no random bytes: {error}"))?;
        let key = URL_SAFE_NO_PAD.encode(bytes);
        Ok(Self { hash: hash(&key), key })
    }
}

/// Spells the hash as the functions' `Secret::hash` does; that crate is not used here, for it brings the AWS SDK.
fn hash(key: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update((key.len() as u64).to_be_bytes());
    hasher.update(key.as_bytes());
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_spelt_as_the_functions_spell_it() {
        // What `portico::secret::digest` makes of forty-three times "a".
        assert_eq!(hash(&"a".repeat(43)), "7ZsWUS2aEKsbyc4FdY3QbUkLcmPSyFw2kN4PzP3FrIs");
    }

    #[test]
    fn no_two_keys_are_alike() {
        let (one, other) = (OriginKey::draw().expect("a key"), OriginKey::draw().expect("a key"));
        assert_ne!(one.key, other.key);
        assert_eq!((one.key.len(), one.hash.len()), (43, 43));
    }
}
