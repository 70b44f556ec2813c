//! Fixed keys, since a deployed portal remembers a provider's keys for longer than a test takes.
//!
//! The PEM files are PKCS #8, made once with `openssl genpkey` (RSA of 2048 bits, P-256, P-384).
//! They protect nothing.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use p521::ecdsa::signature::Signer as _;
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        self, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
        EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RsaEncoding, RsaKeyPair,
        UnparsedPublicKey, VerificationAlgorithm,
    },
};
use serde_json::{Value, json};

/// A key of a provider or of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestKey {
    /// RSA, 1 to 3.
    Rsa(usize),
    /// Elliptic curve P-256, 1 to 3.
    P256(usize),
    /// Elliptic curve P-384.
    P384,
    /// Elliptic curve P-521.
    P521,
    /// Edwards curve 25519.
    Ed25519,
}

const RSA: [&str; 3] = [
    include_str!("../keys/rsa-1.pem"),
    include_str!("../keys/rsa-2.pem"),
    include_str!("../keys/rsa-3.pem"),
];
const P256: [&str; 3] = [
    include_str!("../keys/p256-1.pem"),
    include_str!("../keys/p256-2.pem"),
    include_str!("../keys/p256-3.pem"),
];
const P384: &str = include_str!("../keys/p384-1.pem");

impl TestKey {
    /// Returns the private key, as PKCS #8 in PEM.
    pub fn pem(self) -> &'static str {
        match self {
            Self::Rsa(number) => RSA[number - 1],
            Self::P256(number) => P256[number - 1],
            Self::P384 => P384,
            Self::P521 | Self::Ed25519 => panic!("{self:?} is made from a number"),
        }
    }

    /// Returns the public key as a JSON Web Key with the members of its type alone (RFC 7518, 6;
    /// RFC 8037), and with `members`.
    pub fn jwk(self, members: Value) -> Value {
        let mut jwk = match self {
            Self::Rsa(_) => {
                let public: PublicKeyComponents<Vec<u8>> = self.rsa().public().into();
                json!({ "kty": "RSA", "n": encode(public.n), "e": encode(public.e) })
            }
            Self::P256(_) => curve("P-256", self.p256().public_key().as_ref()),
            Self::P384 => curve("P-384", self.p384().public_key().as_ref()),
            Self::P521 => {
                curve("P-521", self.p521().verifying_key().to_sec1_point(false).as_bytes())
            }
            Self::Ed25519 => {
                json!({
                    "kty": "OKP", "crv": "Ed25519", "x": encode(self.ed25519().public_key()),
                })
            }
        };
        match (&mut jwk, members) {
            (Value::Object(jwk), Value::Object(members)) => jwk.extend(members),
            (_, members) => panic!("{members} has no members"),
        }
        jwk
    }

    /// Signs as a JSON Web Signature of an algorithm does (RFC 7518, 3; RFC 8037).
    pub fn sign(self, algorithm: &str, content: &[u8]) -> Vec<u8> {
        match (self, algorithm) {
            (Self::Rsa(_), "RS256") => self.sign_rsa(&signature::RSA_PKCS1_SHA256, content),
            (Self::Rsa(_), "RS384") => self.sign_rsa(&signature::RSA_PKCS1_SHA384, content),
            (Self::Rsa(_), "RS512") => self.sign_rsa(&signature::RSA_PKCS1_SHA512, content),
            (Self::Rsa(_), "PS256") => self.sign_rsa(&signature::RSA_PSS_SHA256, content),
            (Self::P256(_), "ES256") => sign_ec(&self.p256(), content),
            (Self::P384, "ES384") => sign_ec(&self.p384(), content),
            (Self::P521, "ES512") => {
                let signature: p521::ecdsa::Signature = self.p521().sign(content);
                signature.to_bytes().to_vec()
            }
            (Self::Ed25519, "EdDSA") => self.ed25519().sign(content).as_ref().to_vec(),
            _ => panic!("{self:?} does not sign with {algorithm}"),
        }
    }

    /// Checks a signature of a client, with RS256 or ES256.
    pub(super) fn verifies(self, algorithm: &str, content: &[u8], signature: &[u8]) -> bool {
        let (known, public): (&'static dyn VerificationAlgorithm, Vec<u8>) = match (self, algorithm)
        {
            (Self::Rsa(_), "RS256") => {
                (&signature::RSA_PKCS1_2048_8192_SHA256, self.rsa().public_key().as_ref().to_vec())
            }
            (Self::P256(_), "ES256") => {
                (&signature::ECDSA_P256_SHA256_FIXED, self.p256().public_key().as_ref().to_vec())
            }
            _ => return false,
        };
        UnparsedPublicKey::new(known, public).verify(content, signature).is_ok()
    }

    fn sign_rsa(self, encoding: &'static dyn RsaEncoding, content: &[u8]) -> Vec<u8> {
        let key = self.rsa();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(encoding, &SystemRandom::new(), content, &mut signature).expect("a signature");
        signature
    }

    fn rsa(self) -> RsaKeyPair {
        RsaKeyPair::from_pkcs8(&der(self.pem())).expect("a key")
    }

    fn p256(self) -> EcdsaKeyPair {
        ec(&ECDSA_P256_SHA256_FIXED_SIGNING, self.pem())
    }

    fn p384(self) -> EcdsaKeyPair {
        ec(&ECDSA_P384_SHA384_FIXED_SIGNING, self.pem())
    }

    #[expect(clippy::unused_self, reason = "there is one of its kind")]
    fn p521(self) -> p521::ecdsa::SigningKey {
        p521::ecdsa::SigningKey::from_slice(&[1; 66]).expect("a key")
    }

    #[expect(clippy::unused_self, reason = "there is one of its kind")]
    fn ed25519(self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[1; 32]).expect("a key")
    }
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm, pem: &str) -> EcdsaKeyPair {
    EcdsaKeyPair::from_pkcs8(algorithm, &der(pem), &SystemRandom::new()).expect("a key")
}

fn sign_ec(key: &EcdsaKeyPair, content: &[u8]) -> Vec<u8> {
    key.sign(&SystemRandom::new(), content).expect("a signature").as_ref().to_vec()
}

/// Describes an uncompressed point of a curve.
fn curve(name: &str, point: &[u8]) -> Value {
    let (x, y) = point[1..].split_at(point.len() / 2);
    json!({ "kty": "EC", "crv": name, "x": encode(x), "y": encode(y) })
}

fn der(pem: &str) -> Vec<u8> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    STANDARD.decode(lines.flat_map(str::chars).collect::<String>()).expect("base64")
}

/// Encodes as all parts of a JSON Web Signature and a JSON Web Key are.
pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs with a shared secret (HS256), as no provider of a portal may.
pub(super) fn sign_with_secret(secret: &[u8], content: &[u8]) -> Vec<u8> {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    ring::hmac::sign(&key, content).as_ref().to_vec()
}
