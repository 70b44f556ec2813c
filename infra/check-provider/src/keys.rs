//! The keys that a provider publishes: which of them the portal can verify with.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::report::Report;

/// The algorithms of ID tokens that the portal verifies.
pub(crate) const ALGORITHMS: [&str; 11] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519",
];

/// Examines the keys, of which one at least must verify one of `algorithms`.
pub(crate) fn examine(keys: &Value, algorithms: &[&str], report: &mut Report) {
    let Some(keys) = keys["keys"].as_array().filter(|keys| !keys.is_empty()) else {
        report.error("the provider publishes no keys, so that no token can be verified");
        return;
    };
    let examined: Vec<_> = keys.iter().map(usable).collect();
    let usable: Vec<_> = examined.iter().filter_map(|key| key.as_ref().ok()).collect();
    report.fact("keys", format!("{} of {} can be used", usable.len(), keys.len()));
    if usable.is_empty() {
        let mut reasons: Vec<_> = examined.iter().filter_map(|key| key.as_ref().err()).collect();
        reasons.dedup();
        let reasons: Vec<_> = reasons.into_iter().map(String::as_str).collect();
        report.error(format!(
            "none of the provider's keys can be used ({}); let it sign with RSA of 2,048 bits or \
             more, P-256, P-384, P-521 or Ed25519",
            reasons.join("; ")
        ));
    } else if !usable.iter().any(|verified| verified.iter().any(|own| algorithms.contains(own))) {
        report.error(format!(
            "no key that the provider publishes verifies {}, which its metadata announces",
            algorithms.join(" or ")
        ));
    }
}

/// Returns the algorithms that a key verifies, or why the portal does not use it.
fn usable(key: &Value) -> Result<Vec<&'static str>, String> {
    let text = |name: &str| key[name].as_str().unwrap_or_default();
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)).unwrap_or_default();
    if text("use") == "enc" {
        return Err("for encryption".to_owned());
    }
    let verified: Vec<&str> = match (text("kty"), text("crv")) {
        ("RSA", _) => {
            let modulus = bytes("n");
            let bits = modulus.iter().skip_while(|byte| **byte == 0).count() * 8;
            if bits < 2048 || bytes("e").is_empty() {
                return Err(format!("RSA of {bits} bits"));
            }
            vec!["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
        }
        ("EC", "P-256") if bytes("x").len() == 32 && bytes("y").len() == 32 => vec!["ES256"],
        ("EC", "P-384") if bytes("x").len() == 48 && bytes("y").len() == 48 => vec!["ES384"],
        ("EC", "P-521") if bytes("x").len() == 66 && bytes("y").len() == 66 => vec!["ES512"],
        ("OKP", "Ed25519") if bytes("x").len() == 32 => vec!["EdDSA", "Ed25519"],
        ("EC" | "OKP", curve) => return Err(format!("curve {curve:?}")),
        (kind, _) => return Err(format!("kind {kind:?}")),
    };
    match text("alg") {
        "" => Ok(verified),
        algorithm => match verified.into_iter().find(|own| *own == algorithm) {
            Some(own) => Ok(vec![own]),
            None => Err(format!("algorithm {algorithm}")),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rsa(bytes: usize) -> Value {
        json!({ "kty": "RSA", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode(vec![255; bytes]) })
    }

    fn with(mut key: Value, name: &str, value: &str) -> Value {
        key[name] = value.into();
        key
    }

    #[test]
    fn the_keys_of_every_algorithm_can_be_used() {
        let point = |length| URL_SAFE_NO_PAD.encode(vec![1; length]);
        let curve = |crv: &str, length: usize| json!({ "kty": "EC", "crv": crv, "x": point(length), "y": point(length) });
        for (key, expected) in [
            (rsa(256), "RS256"),
            (with(rsa(512), "alg", "PS256"), "PS256"),
            (with(rsa(256), "use", "sig"), "PS256"),
            (curve("P-256", 32), "ES256"),
            (curve("P-384", 48), "ES384"),
            (curve("P-521", 66), "ES512"),
            (json!({ "kty": "OKP", "crv": "Ed25519", "x": point(32) }), "EdDSA"),
        ] {
            assert!(usable(&key).is_ok_and(|own| own.contains(&expected)), "{expected}: {key}");
        }
    }

    #[test]
    fn a_key_that_cannot_be_used_has_a_reason() {
        for (key, expected) in [
            (rsa(128), "RSA of 1024 bits"),
            (with(rsa(256), "use", "enc"), "for encryption"),
            (with(rsa(256), "alg", "RSA-OAEP"), "algorithm RSA-OAEP"),
            (json!({ "kty": "oct", "k": "c2VjcmV0" }), "kind \"oct\""),
            (json!({ "kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA" }), "curve"),
            (json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" }), "curve \"P-256\""),
            (json!("a text"), "kind \"\""),
        ] {
            let reason = usable(&key).expect_err("not usable");
            assert!(reason.contains(expected), "{expected}: {reason}");
        }
    }
}
