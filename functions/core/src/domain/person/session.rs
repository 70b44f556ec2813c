//! Sessions and sign-ins in progress.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Identity, SecretHash};

/// A signed-in browser. Holds no permissions: every request reads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of the secret in the browser's cookie.
    pub id: SecretHash,
    /// The identity that signed in.
    pub identity: Identity,
    /// Whether *Keep me signed in* was selected (requirement 3).
    pub kept: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// The browser's user agent, at most 256 characters.
    pub browser: String,
    /// The network address at sign-in.
    pub source: String,
    /// The address of the provider's own sign-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_sign_out: Option<String>,
}

/// A sign-in between the redirect to the provider and the callback: valid for ten minutes, used
/// once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// The hash of the `state` parameter in the provider's redirect.
    pub state: SecretHash,
    /// The hash of the secret in the cookie of the browser that started.
    pub browser: SecretHash,
    /// The provider's id.
    pub provider: String,
    /// The PKCE verifier (RFC 7636).
    pub verifier: String,
    /// The nonce that the ID token must contain.
    pub nonce: String,
    /// The page to show afterwards: a path of this site.
    pub return_to: String,
    /// Whether *Keep me signed in* was selected.
    pub keep: bool,
    /// When it can no longer be completed.
    pub expires_at: Timestamp,
}

impl Session {
    /// Hours of a session that ends with the browser.
    pub const HOURS: i64 = 24;
    /// Hours of a session with *Keep me signed in*: 30 days.
    pub const KEPT_HOURS: i64 = 30 * 24;
}

impl SignIn {
    /// Minutes to sign in at the provider.
    pub const MINUTES: i64 = 10;
}

/// Returns `text` if it is a path of this site of at most 500 characters, or else `/`. It is the
/// page to show after sign-in.
///
/// Browsers treat `//host` and `/\host` as other sites, so the second character must be neither
/// slash.
#[must_use]
pub fn return_path(text: &str) -> &str {
    let on_this_site =
        text.starts_with('/') && !matches!(text.as_bytes().get(1), Some(b'/' | b'\\'));
    if on_this_site
        && text.len() <= 500
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    {
        text
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_returns_to_this_site_only() {
        for own in ["/", "/people/?account=1", "/link/"] {
            assert_eq!(return_path(own), own);
        }
        for other in [
            "",
            "people",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/x\r\nSet-Cookie: a=b",
            "/\t/evil.example",
            "/ä",
        ] {
            assert_eq!(return_path(other), "/", "{other:?}");
        }
    }
}
