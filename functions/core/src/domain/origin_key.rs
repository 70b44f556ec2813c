//! The secret header by which CloudFront proves that a request came through it.

use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The SHA-256 of an origin key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginKeyHash([u8; 32]);

/// The origin keys that are valid: one, and two or more while it is replaced. None where there is
/// no CloudFront.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OriginKeys(Arc<[OriginKeyHash]>);

impl OriginKeyHash {
    /// Parses 64 hexadecimal digits, as printed by `sha256sum`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let [high, low] =
                [0, 1].map(|offset| char::from(text.as_bytes()[2 * index + offset]).to_digit(16));
            *byte = u8::try_from(high? * 16 + low?).ok()?;
        }
        Some(Self(bytes))
    }

    /// Returns the hash of `key`.
    #[must_use]
    pub fn of(key: &[u8]) -> Self {
        Self(Sha256::digest(key).into())
    }
}

impl OriginKeys {
    /// Parses hashes that are separated by commas; `None` if one of them is not a hash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',').map(OriginKeyHash::parse).collect::<Option<Vec<_>>>().map(Self::from_iter)
    }

    /// Checks whether there is none, and no request comes through CloudFront.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks whether a request with the header `key` may be answered.
    #[must_use]
    pub fn admit(&self, key: Option<&[u8]>) -> bool {
        // Hashes, so that the time of the comparison tells nothing about the key.
        let is_known = |key: &[u8]| self.0.contains(&OriginKeyHash::of(key));
        self.is_empty() || key.is_some_and(is_known)
    }
}

impl FromIterator<OriginKeyHash> for OriginKeys {
    fn from_iter<T: IntoIterator<Item = OriginKeyHash>>(hashes: T) -> Self {
        Self(hashes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOO: &str = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    const BAR: &str = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";

    #[test]
    fn a_hash_is_parsed_as_sha256sum_prints_it() {
        assert_eq!(OriginKeyHash::parse(FOO), Some(OriginKeyHash::of(b"foo")));
        assert_eq!(OriginKeyHash::parse(&FOO.to_uppercase()), Some(OriginKeyHash::of(b"foo")));
        for text in ["", "foo", &FOO[1..], &format!("g{}", &FOO[1..]), &"ä".repeat(32)] {
            assert_eq!(OriginKeyHash::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_key_of_the_list_is_admitted_and_no_other() {
        let both = OriginKeys::parse(&format!("{FOO},{BAR}")).expect("two hashes");
        let one = OriginKeys::parse(FOO).expect("a hash");
        for (keys, foo, bar) in [(&both, true, true), (&one, true, false)] {
            assert!(!keys.is_empty());
            assert_eq!((keys.admit(Some(b"foo")), keys.admit(Some(b"bar"))), (foo, bar));
            assert!(!keys.admit(None) && !keys.admit(Some(b"")) && !keys.admit(Some(b"\xff")));
            assert!(!keys.admit(Some(FOO.as_bytes())), "the hash is not the key");
        }
        for text in ["", ",", "foo", &format!("{FOO},"), &format!("{FOO}, {BAR}")] {
            assert_eq!(OriginKeys::parse(text), None, "{text}");
        }
    }

    #[test]
    fn without_cloudfront_every_request_is_admitted() {
        let none = OriginKeys::default();
        assert!(none.is_empty() && none.admit(None) && none.admit(Some(b"any")));
    }
}
