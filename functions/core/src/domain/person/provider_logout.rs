//! What a provider says about a sign-out on its side.

use jiff::Timestamp;

use crate::domain::{IdentityKey, Session};

/// A sign-out at a provider, as its verified logout token tells it (OpenID Connect Back-Channel
/// Logout 1.0, section 2.4). Names a subject, a session of the provider, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderLogout {
    /// The id of the provider in the configuration.
    pub provider: String,
    /// The issuer of the token.
    pub issuer: String,
    /// Who has signed out (`sub`).
    pub subject: Option<String>,
    /// The session of the provider that has ended (`sid`); `None` for all of the subject's.
    pub session: Option<String>,
    /// The identifier of the token (`jti`), which counts once.
    pub id: String,
    /// When the token expires.
    pub expires_at: Timestamp,
}

impl ProviderLogout {
    /// Returns the identity that has signed out, if the token names it.
    #[must_use]
    pub fn identity(&self) -> Option<IdentityKey> {
        self.subject.as_ref().map(|subject| IdentityKey::new(&self.issuer, subject))
    }

    /// Checks whether `session` ends with it. A session of which the provider named no session of
    /// its own may be any of the subject's.
    #[must_use]
    pub fn ends(&self, session: &Session) -> bool {
        let is_of_provider = session.provider == self.provider && session.issuer == self.issuer;
        let is_of_subject = self.identity().is_none_or(|key| key == session.identity.key);
        let is_of_session = match (&self.session, &session.provider_session) {
            (Some(ended), Some(own)) => ended == own,
            (Some(_), None) | (None, _) => self.subject.is_some(),
        };
        is_of_provider && is_of_subject && is_of_session
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Authentication, Identity, Secret};

    fn session(subject: &str, provider_session: Option<&str>) -> Session {
        Session {
            id: ulid::Ulid(1).into(),
            secret: Secret::generate().expect("random").hash(),
            identity: Identity {
                key: IdentityKey::new("https://issuer.example", subject),
                name: "Ada".to_owned(),
                email: None,
                email_verified: true,
                provider: "Test".to_owned(),
            },
            provider: "test".to_owned(),
            issuer: "https://issuer.example".to_owned(),
            provider_session: provider_session.map(str::to_owned),
            authentication: Authentication {
                at: Timestamp::UNIX_EPOCH,
                is_stated: false,
                several_factors: false,
            },
            kept: false,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            last_used_at: Timestamp::UNIX_EPOCH,
            browser: String::new(),
            source: String::new(),
            provider_sign_out: None,
        }
    }

    fn logout(subject: Option<&str>, session: Option<&str>) -> ProviderLogout {
        ProviderLogout {
            provider: "test".to_owned(),
            issuer: "https://issuer.example".to_owned(),
            subject: subject.map(str::to_owned),
            session: session.map(str::to_owned),
            id: "1".to_owned(),
            expires_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn it_ends_what_it_names_by_subject_by_session_or_by_both() {
        let sessions = [
            ("ada", Some("1")),
            ("ada", Some("2")),
            ("ada", None),
            ("bob", Some("1")),
            ("bob", None),
        ];
        for (subject, session_of_provider, ended) in [
            (Some("ada"), None, [true, true, true, false, false]),
            (Some("ada"), Some("1"), [true, false, true, false, false]),
            (None, Some("1"), [true, false, false, true, false]),
            (Some("eve"), Some("1"), [false; 5]),
            (None, Some("3"), [false; 5]),
            // No verified token names nothing.
            (None, None, [false; 5]),
        ] {
            let logout = logout(subject, session_of_provider);
            let ends = sessions.map(|(subject, own)| logout.ends(&session(subject, own)));
            assert_eq!(ends, ended, "{logout:?}");
        }
    }

    #[test]
    fn it_ends_no_session_of_another_provider_or_issuer() {
        let logout = logout(Some("ada"), Some("1"));
        let own = session("ada", Some("1"));
        assert!(logout.ends(&own));
        let other = Session { provider: "other".to_owned(), ..own.clone() };
        assert!(!logout.ends(&other));
        let other = Session { issuer: "https://other.example".to_owned(), ..own };
        assert!(!logout.ends(&other));
    }
}
