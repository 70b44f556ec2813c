//! Sessions, and the page to show after sign-in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Authentication;
use crate::domain::{Identity, SecretHash, SessionId};

/// A signed-in browser. Holds no permissions: every request reads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identifier in the owner's list.
    pub id: SessionId,
    /// The hash of the secret in the browser's cookie.
    pub secret: SecretHash,
    /// The identity that signed in.
    pub identity: Identity,
    /// The id of the provider in the configuration.
    pub provider: String,
    /// The issuer of the identity. That of Microsoft names the tenant.
    pub issuer: String,
    /// The provider's own session (`sid`), which its back-channel logout may name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_session: Option<String>,
    /// How the person proved to the provider who they are.
    pub authentication: Authentication,
    /// Whether *Keep me signed in* was selected (requirement 3).
    pub kept: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it expires, however much it is used.
    pub expires_at: Timestamp,
    /// When it was last used, to within [`Self::USE_IS_NOTED_AFTER`].
    pub last_used_at: Timestamp,
    /// The browser's user agent, at most 256 characters.
    pub browser: String,
    /// The network address at sign-in.
    pub source: String,
    /// The address of the provider's own sign-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_sign_out: Option<String>,
}

impl Session {
    /// Hours of a session that ends with the browser.
    pub const HOURS: i64 = 24;
    /// How long a session that ends with the browser lasts without use (ASVS 5, 7.3.1). Browsers
    /// that restore their tabs keep its cookie.
    pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_hours(12);
    /// How old the noted use may be before it is written again, which counts at most this much of a
    /// use as idle time.
    pub const USE_IS_NOTED_AFTER: SignedDuration = SignedDuration::from_hours(1);
    /// The most sessions of an identity. A sign-in beyond ends the one that was used least
    /// recently.
    pub const MOST: usize = 50;

    /// Returns when the session ends unless it is used.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        if self.kept {
            return self.expires_at;
        }
        let idle = self.last_used_at.saturating_add(Self::IDLE_LIMIT).unwrap_or(Timestamp::MAX);
        idle.min(self.expires_at)
    }

    /// Checks whether the session is open.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at()
    }

    /// Checks whether a use at the time `now` is to be written.
    #[must_use]
    pub fn must_note_use(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_used_at) >= Self::USE_IS_NOTED_AFTER
    }

    /// Returns the sessions in `all` that end so that at most [`Self::MOST`] of them stay.
    #[must_use]
    pub fn beyond_most(all: &[Self]) -> Vec<Self> {
        let mut by_use: Vec<_> = all.to_vec();
        by_use.sort_by_key(|session| (session.last_used_at, session.id));
        by_use.truncate(all.len().saturating_sub(Self::MOST));
        by_use
    }
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
    use ulid::Ulid;

    use super::*;
    use crate::domain::{IdentityKey, Secret};

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).expect("in range")
    }

    fn session(number: u128, kept: bool, last_used_at: Timestamp) -> Session {
        Session {
            id: Ulid(number).into(),
            secret: Secret::generate().expect("random").hash(),
            identity: Identity {
                key: IdentityKey::new("i", "s"),
                name: "Ada".to_owned(),
                email: None,
                email_verified: true,
                provider: "Test".to_owned(),
            },
            provider: "test".to_owned(),
            issuer: "i".to_owned(),
            provider_session: None,
            authentication: Authentication { at: at(0), is_stated: false, several_factors: false },
            kept,
            created_at: at(0),
            expires_at: at(if kept { 720 } else { 24 }),
            last_used_at,
            browser: String::new(),
            source: String::new(),
            provider_sign_out: None,
        }
    }

    #[test]
    fn a_session_that_is_not_kept_ends_after_twelve_hours_without_use_and_a_day_at_most() {
        assert_eq!(session(1, false, at(0)).ends_at(), at(12));
        assert_eq!(session(1, false, at(11)).ends_at(), at(23));
        assert_eq!(session(1, false, at(20)).ends_at(), at(24));
        assert_eq!(session(1, true, at(0)).ends_at(), at(720));
        assert!(session(1, false, at(0)).is_open(at(11)));
        assert!(!session(1, false, at(0)).is_open(at(12)));
    }

    #[test]
    fn use_is_noted_once_an_hour() {
        let used = session(1, false, at(1));
        assert!(!used.must_note_use(at(2) - SignedDuration::from_secs(1)));
        assert!(used.must_note_use(at(2)));
    }

    #[test]
    fn the_sessions_used_least_recently_end_first() {
        let all: Vec<_> = (0..53).map(|number| session(number, true, at(53))).collect();
        assert_eq!(Session::beyond_most(&all[..Session::MOST]), []);
        let mut mixed = all.clone();
        mixed[9].last_used_at = at(1);
        mixed[40].last_used_at = at(2);
        let ended: Vec<_> =
            Session::beyond_most(&mixed).iter().map(|one| one.id.ulid().0).collect();
        assert_eq!(ended, [9, 40, 0]);
    }

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
