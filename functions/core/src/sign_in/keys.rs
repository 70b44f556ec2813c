//! A provider's keys (RFC 7517), and what they have signed (RFC 7515).

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use p521::ecdsa::signature::Verifier as _;
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};

use super::json::Members;

/// URL-safe base64 as providers write it: with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The registered algorithms of signatures (RFC 7518, 3.1; RFC 8037; RFC 9864), believed or not.
const ALGORITHMS: [&str; 15] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519", "HS256", "HS384", "HS512", "none",
];

/// The public keys of a provider that the portal can use.
#[derive(Clone, Debug)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    algorithm: Option<String>,
    material: Material,
}

#[derive(Clone, Debug)]
enum Material {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// Uncompressed points (SEC 1, 2.3.3).
    P256(Vec<u8>),
    P384(Vec<u8>),
    P521(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// A token in compact form (RFC 7515, 7.1), not verified.
#[derive(Debug)]
pub(super) struct SignedToken {
    /// What has been signed.
    content: String,
    algorithm: String,
    key_id: Option<String>,
    signature: Vec<u8>,
    /// The claims, believed only once the signature is verified.
    pub(super) claims: Members,
}

impl SignedToken {
    /// Splits `token`; `None` if it is of another form, encrypted, or has header parameters that
    /// must be understood and are not.
    pub(super) fn parse(token: &str) -> Option<Self> {
        let (content, signature) = token.trim().rsplit_once('.')?;
        let (header, claims) = content.split_once('.')?;
        let decode = |part: &str| BASE64.decode(part).ok();
        let header = Members::parse(&decode(header)?)?;
        if header.value("crit").is_some() {
            return None;
        }
        Some(Self {
            algorithm: header.only_text("alg").ok()??,
            key_id: header.text("kid"),
            signature: decode(signature)?,
            // A third dot, as in an encrypted token, is in no alphabet.
            claims: Members::parse(&decode(claims)?)?,
            content: content.to_owned(),
        })
    }

    /// Returns the algorithm that the token names, for the log; one that nobody knows could be any
    /// text.
    pub(super) fn algorithm(&self) -> &'static str {
        let known = ALGORITHMS.iter().find(|known| **known == self.algorithm);
        known.copied().unwrap_or("another")
    }
}

impl Keys {
    /// Parses a set of keys and leaves out those of an unknown or broken form and those for
    /// encryption. Returns `None` if it is no such set.
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        let keys = Members::parse(json)?.list("keys")?;
        Some(Self(keys.iter().filter_map(|key| parse_key(key.get())).collect()))
    }

    /// Checks whether there is no key that can be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks whether one of the keys has signed `token`.
    ///
    /// Tries each key that the token may mean: those of its `kid`, of which there may be several,
    /// and those without one; all if the token names none.
    pub(super) fn have_signed(&self, token: &SignedToken) -> bool {
        self.0.iter().any(|key| key.may_sign(token) && key.has_signed(token))
    }
}

impl Key {
    fn may_sign(&self, token: &SignedToken) -> bool {
        let id_fits = match (&self.id, &token.key_id) {
            (Some(own), Some(named)) => own == named,
            _ => true,
        };
        id_fits && self.algorithm.as_ref().is_none_or(|own| *own == token.algorithm)
    }

    /// Checks the signature. The algorithm must be one for this kind of key: `none` and those with
    /// a shared secret are for no kind.
    fn has_signed(&self, token: &SignedToken) -> bool {
        let (content, signature) = (token.content.as_bytes(), &*token.signature);
        let point = |algorithm, point: &[u8]| {
            UnparsedPublicKey::new(algorithm, point).verify(content, signature).is_ok()
        };
        match (&*token.algorithm, &self.material) {
            (algorithm, Material::Rsa { modulus, exponent }) => {
                rsa(algorithm).is_some_and(|algorithm| {
                    RsaPublicKeyComponents { n: modulus, e: exponent }
                        .verify(algorithm, content, signature)
                        .is_ok()
                })
            }
            ("ES256", Material::P256(key)) => point(&signature::ECDSA_P256_SHA256_FIXED, key),
            ("ES384", Material::P384(key)) => point(&signature::ECDSA_P384_SHA384_FIXED, key),
            ("ES512", Material::P521(key)) => {
                let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(key);
                let signature = p521::ecdsa::Signature::from_slice(signature);
                key.ok()
                    .zip(signature.ok())
                    .is_some_and(|(key, signature)| key.verify(content, &signature).is_ok())
            }
            // RFC 9864 names the curve.
            ("EdDSA" | "Ed25519", Material::Ed25519(key)) => {
                UnparsedPublicKey::new(&signature::ED25519, key).verify(content, signature).is_ok()
            }
            _ => false,
        }
    }
}

fn rsa(algorithm: &str) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &signature::RSA_PKCS1_2048_8192_SHA512,
        "PS256" => &signature::RSA_PSS_2048_8192_SHA256,
        "PS384" => &signature::RSA_PSS_2048_8192_SHA384,
        "PS512" => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

fn parse_key(json: &str) -> Option<Key> {
    let members = Members::parse(json.as_bytes())?;
    if members.text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let number = |name: &str| {
        let bytes = BASE64.decode(members.text(name)?).ok()?;
        let leading = bytes.iter().take_while(|byte| **byte == 0).count();
        Some(bytes[leading..].to_vec()).filter(|bytes| !bytes.is_empty())
    };
    let point = |length: usize| {
        let coordinate = |name| {
            let bytes = number(name)?;
            let missing = length.checked_sub(bytes.len())?;
            Some([vec![0; missing], bytes].concat())
        };
        Some([vec![4], coordinate("x")?, coordinate("y")?].concat())
    };
    let (kind, curve) = (members.text("kty")?, members.text("crv").unwrap_or_default());
    let material = match (&*kind, &*curve) {
        ("RSA", _) => Material::Rsa { modulus: number("n")?, exponent: number("e")? },
        ("EC", "P-256") => Material::P256(point(32)?),
        ("EC", "P-384") => Material::P384(point(48)?),
        ("EC", "P-521") => Material::P521(point(66)?),
        ("OKP", "Ed25519") => Material::Ed25519(BASE64.decode(members.text("x")?).ok()?),
        _ => return None,
    };
    Some(Key { id: members.text("kid"), algorithm: members.text("alg"), material })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_microsoft_are_parsed() {
        let keys = Keys::parse(include_bytes!("tests/microsoft-keys.json")).expect("keys");
        assert_eq!(keys.0.len(), 2);
    }

    #[test]
    fn keys_that_cannot_be_used_are_left_out() {
        let keys = Keys::parse(
            br#"{"keys": [
                {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
                {"kty": "RSA", "n": "AQAB", "e": "AQAB", "use": "enc"},
                {"kty": "RSA", "n": "!", "e": "AQAB"},
                {"kty": "RSA", "n": ["AQAB"], "e": "AQAB"},
                {"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ", "kid": 7},
                {"kty": "EC", "crv": "secp256k1", "x": "AQ", "y": "AQ"},
                {"kty": "OKP", "crv": "X25519", "x": "AQ"},
                {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AQ"},
                {"kty": "oct", "k": "AQ"},
                {}, null, 1, "key"
            ]}"#,
        );
        assert_eq!(keys.expect("keys").0.len(), 2);
    }

    #[test]
    fn another_answer_is_no_set_of_keys() {
        for json in ["", "[]", "{}", r#"{"keys": {}}"#, r#"{"keys": null}"#, "<html>"] {
            assert!(Keys::parse(json.as_bytes()).is_none(), "{json}");
        }
        assert!(Keys::parse(br#"{"keys": []}"#).is_some_and(|keys| keys.is_empty()));
    }

    #[test]
    fn another_form_than_three_parts_is_no_token() {
        // {"alg":"RS256"}, {}
        let (header, claims) = ("eyJhbGciOiJSUzI1NiJ9", "e30");
        assert!(SignedToken::parse(&format!("{header}.{claims}.AQ")).is_some());
        for token in [
            String::new(),
            ".".to_owned(),
            "..".to_owned(),
            format!("{header}.{claims}"),
            format!("{header}.{claims}.AQ.AQ.AQ"),
            format!("{header}.{claims}.!"),
            format!("{claims}.{claims}.AQ"),
            // {"alg":"RS256","crit":["exp"]}
            format!("eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiZXhwIl19.{claims}.AQ"),
        ] {
            assert!(SignedToken::parse(&token).is_none(), "{token}");
        }
    }
}
