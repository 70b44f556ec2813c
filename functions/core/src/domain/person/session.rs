//! Sessions and sign-ins in progress.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Identity, SecretHash};

/// A signed-in browser. It holds no authority: that is read for every request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of the secret in the browser's cookie.
    pub id: SecretHash,
    /// Who is signed in.
    pub identity: Identity,
    /// Whether *Keep me signed in* was ticked (requirement 3).
    pub kept: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// The browser's user agent, at most 256 characters.
    pub browser: String,
    /// The network address it began from.
    pub source: String,
    /// Where the provider's own sign-out is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_sign_out: Option<String>,
}

/// A sign-in between the redirect to the provider and the way back: ten minutes at most, used once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// The hash of the state in the provider's redirect.
    pub state: SecretHash,
    /// The hash of the secret in the cookie of the browser that began.
    pub browser: SecretHash,
    /// Which provider.
    pub provider: String,
    /// The PKCE verifier (RFC 7636).
    pub verifier: String,
    /// Comes back inside the ID token.
    pub nonce: String,
    /// The page to go to afterwards: a path of this site.
    pub return_to: String,
    /// Whether *Keep me signed in* was ticked.
    pub keep: bool,
    /// When it can no longer be finished.
    pub expires_at: Timestamp,
}

impl Session {
    /// Hours a session lasts when it is to end with the browser.
    pub const HOURS: i64 = 24;
    /// Hours a session lasts with *Keep me signed in*: 30 days.
    pub const KEPT_HOURS: i64 = 30 * 24;
}

impl SignIn {
    /// Minutes a person has to sign in at the provider.
    pub const MINUTES: i64 = 10;
}

/// Takes the page to return to after sign-in: a path of this site, at most 500 characters. Anything else becomes `/`.
///
/// Browsers read `//host` and `/\host` as other sites, so the second character must be neither.
#[must_use]
pub fn return_path(text: &str) -> &str {
    let own = text.starts_with('/') && !matches!(text.as_bytes().get(1), Some(b'/' | b'\\'));
    if own && text.len() <= 500 && text.bytes().all(|it| it.is_ascii_graphic() && it != b'\\') {
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
