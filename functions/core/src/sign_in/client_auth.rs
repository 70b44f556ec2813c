//! How the portal authenticates at a provider's token endpoint (OpenID Connect Core 1.0, 9).

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jiff::Timestamp;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use rustls::pki_types::{PrivatePkcs8KeyDer, pem::PemObject};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{
    ClientAuth, Provider,
    failure::{FailureKind, SignInFailure},
    metadata::Metadata,
};
use crate::domain::Secret;

/// Seconds for which an assertion is valid.
const ASSERTION_LIFETIME: i64 = 120;
/// The audience that Apple's secrets name.
const APPLE: &str = "https://appleid.apple.com";
/// The type of an assertion (RFC 7523, 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a token request authenticates with.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// The value of the header `Authorization`.
    pub(super) header: Option<String>,
    /// Further members of the form.
    pub(super) form: Vec<(&'static str, String)>,
}

/// Returns how the portal authenticates at `provider`; `None` for a public client, whose only proof
/// is PKCE. Without a configured way the metadata decides, and without that the specification's
/// default, the header.
#[must_use]
pub fn method(provider: &Provider, metadata: &Metadata) -> Option<ClientAuth> {
    provider.client_secret.as_ref()?;
    let takes = |name: &str| metadata.auth_methods.iter().any(|method| method == name);
    Some(provider.auth.unwrap_or_else(|| {
        if takes("client_secret_post") && !takes("client_secret_basic") {
            ClientAuth::Post
        } else {
            ClientAuth::Basic
        }
    }))
}

/// Creates what a request to the token endpoint authenticates with by `method`.
///
/// Fails if the private key that it needs is none.
pub(super) fn proof(
    provider: &Provider,
    metadata: &Metadata,
    method: Option<ClientAuth>,
    now: Timestamp,
) -> Result<Proof, SignInFailure> {
    let id = provider.client_id.clone();
    let (Some(method), Some(secret)) = (method, &provider.client_secret) else {
        return Ok(Proof { header: None, form: vec![("client_id", id)] });
    };
    let now = now.as_second();
    Ok(match method {
        ClientAuth::Basic => {
            // RFC 6749, 2.3.1: both are encoded as in a form first.
            let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let (id, secret): (String, String) = (encode(&id), encode(secret));
            let header = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
            Proof { header: Some(header), form: Vec::new() }
        }
        ClientAuth::Post => {
            Proof { header: None, form: vec![("client_id", id), ("client_secret", secret.clone())] }
        }
        ClientAuth::PrivateKeyJwt => {
            let claims = json!({
                "iss": id, "sub": id, "aud": metadata.token_endpoint.as_str(),
                "iat": now, "exp": now + ASSERTION_LIFETIME, "jti": random()?,
            });
            let assertion = sign(provider, secret, &claims)?;
            Proof {
                header: None,
                form: vec![
                    ("client_id", id),
                    ("client_assertion_type", ASSERTION_TYPE.to_owned()),
                    ("client_assertion", assertion),
                ],
            }
        }
        ClientAuth::Apple => {
            let claims = json!({
                "iss": provider.team_id, "sub": id, "aud": APPLE,
                "iat": now, "exp": now + ASSERTION_LIFETIME,
            });
            let secret = sign(provider, secret, &claims)?;
            Proof { header: None, form: vec![("client_id", id), ("client_secret", secret)] }
        }
    })
}

/// Signs `claims` with the private key `pem`: ES256 with one on the curve P-256, RS256 with one for
/// RSA.
fn sign(provider: &Provider, pem: &str, claims: &Value) -> Result<String, SignInFailure> {
    let unusable = || {
        let detail = "the private key is none in PKCS #8 and PEM, for RSA or on the curve P-256";
        SignInFailure::new(FailureKind::ClientRefused, detail)
    };
    let key = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| unusable())?;
    let key = key.secret_pkcs8_der();
    let random = SystemRandom::new();
    let content = |algorithm: &str| {
        let header = json!({ "alg": algorithm, "kid": provider.key_id, "typ": "JWT" });
        let encode = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        format!("{}.{}", encode(&header), encode(claims))
    };
    let signing = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let (content, signature) = if let Ok(key) = EcdsaKeyPair::from_pkcs8(signing, key, &random) {
        let content = content("ES256");
        let signature = key.sign(&random, content.as_bytes()).map_err(|_| unusable())?;
        (content, signature.as_ref().to_vec())
    } else {
        let key = RsaKeyPair::from_pkcs8(key).map_err(|_| unusable())?;
        let content = content("RS256");
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &random, content.as_bytes(), &mut signature)
            .map_err(|_| unusable())?;
        (content, signature)
    };
    Ok(format!("{content}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn random() -> Result<String, SignInFailure> {
    let secret = Secret::generate();
    let secret = secret.map_err(|_| SignInFailure::new(FailureKind::TimedOut, "no randomness"))?;
    Ok(secret.expose().to_owned())
}
