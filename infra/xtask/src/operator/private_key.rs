//! Private keys with which the portal authenticates to identity providers.

use anyhow::{Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The label of PKCS #8 in PEM (RFC 7468, section 10).
const LABEL: &str = "PRIVATE KEY";

/// The algorithms of keys that sign, in DER: rsaEncryption, and P-256 as a named curve.
const ALGORITHMS: [(&str, &[u8]); 2] = [
    ("RSA", &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]),
    (
        "P-256",
        &[
            0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, //
            0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
        ],
    ),
];

/// Checks that `text` is one private key in PEM, of PKCS #8, RSA or P-256, and returns it without
/// what stands around it. `apple` wants P-256.
///
/// # Errors
/// If it is something else. The error says what, and how to convert it, and quotes nothing of it.
pub(super) fn parse(text: &str, apple: bool) -> Result<String> {
    let begin = format!("-----BEGIN {LABEL}-----");
    let end = format!("-----END {LABEL}-----");
    let Some((_, rest)) = text.split_once(&begin) else { bail!(instead(text)) };
    let Some((body, rest)) = rest.split_once(&end) else {
        bail!("the key has no line {end}; is the file complete?")
    };
    if rest.contains("-----BEGIN ") {
        bail!("the file has several keys or certificates; leave only the private key")
    }
    let lines: Vec<&str> = body.split_whitespace().collect();
    let Ok(der) = STANDARD.decode(lines.concat()) else {
        bail!("between its first and its last line the key is not base64; is the file damaged?")
    };
    let contains = |part: &[u8]| der.windows(part.len()).any(|window| window == part);
    let algorithm = ALGORITHMS.iter().find(|(_, identifier)| contains(identifier));
    // SEQUENCE, and the version 0 or 1 behind its length (RFC 5958).
    let is_sequence = der.first() == Some(&0x30) && contains(&[0x02, 0x01]);
    match algorithm {
        Some((name, _)) if is_sequence && (*name == "P-256" || !apple) => {
            Ok(format!("{begin}\n{}\n{end}\n", lines.join("\n")))
        }
        Some(_) if is_sequence => bail!("Apple's keys are P-256; this one is not"),
        _ => bail!("the key is neither RSA nor P-256; make one of these"),
    }
}

/// Says what `text` is in place of a private key in PKCS #8.
fn instead(text: &str) -> String {
    let convert = "convert it: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.p8";
    let is = |label: &str| text.contains(&format!("-----BEGIN {label}-----"));
    if is("EC PRIVATE KEY") || is("RSA PRIVATE KEY") {
        format!("the key has the older form of its kind; {convert}")
    } else if is("ENCRYPTED PRIVATE KEY") {
        format!("the key is encrypted; {convert}")
    } else if is("PUBLIC KEY") || is("CERTIFICATE") || is("CERTIFICATE REQUEST") {
        "this is what the provider gets; the portal needs the private key that belongs to it".into()
    } else {
        format!(
            "this is no private key in PEM, which begins with -----BEGIN {LABEL}-----; \
             if it is one in another form, {convert}"
        )
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A key that was made for this test and is used nowhere.
    pub(crate) const P256: &str = include_str!("../../../../tests/harness/keys/p256-1.pem");
    const P384: &str = include_str!("../../../../tests/harness/keys/p384-1.pem");
    const RSA: &str = include_str!("../../../../tests/harness/keys/rsa-1.pem");

    #[test]
    fn a_private_key_is_taken_without_what_stands_around_it() {
        for key in [P256, RSA] {
            let padded = format!("Bag Attributes\r\n\n{}\n\n", key.replace('\n', "\r\n"));
            assert_eq!(parse(&padded, false).expect("a key"), key);
        }
        assert_eq!(parse(P256, true).expect("a key"), P256);
    }

    #[test]
    fn what_is_no_usable_private_key_is_refused_with_what_it_is_and_is_not_quoted() {
        let labelled = |label: &str| P256.replace("PRIVATE KEY", label);
        let body = P256.lines().nth(1).expect("a line");
        let other = format!("-----BEGIN {LABEL}-----\naHVzaA==\n-----END {LABEL}-----\n");
        for (text, apple, expected) in [
            (String::new(), false, "no private key in PEM"),
            (body.to_owned(), false, "no private key in PEM"),
            (labelled("EC PRIVATE KEY"), false, "older form"),
            (labelled("RSA PRIVATE KEY"), false, "openssl pkcs8 -topk8 -nocrypt"),
            (labelled("ENCRYPTED PRIVATE KEY"), false, "is encrypted"),
            (labelled("PUBLIC KEY"), false, "what the provider gets"),
            (labelled("CERTIFICATE"), false, "what the provider gets"),
            (P256.replace("-----END", ""), false, "is the file complete"),
            (P256.replace(body, "hush!"), false, "is not base64"),
            (other, false, "neither RSA nor P-256"),
            (P384.to_owned(), false, "neither RSA nor P-256"),
            (RSA.to_owned(), true, "Apple's keys are P-256"),
            (format!("{P256}{RSA}"), false, "several keys"),
        ] {
            let error = format!("{:#}", parse(&text, apple).expect_err("refused"));
            assert!(error.contains(expected), "{expected}: {error}");
            assert!(!error.contains(body) && !error.contains("hush"), "{error}");
        }
    }
}
