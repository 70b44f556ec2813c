//! The session's cookie.

use jiff::Timestamp;

use crate::domain::{IdentityKey, Secret, SecretHash, Session};

/// The name of the session's cookie. With this prefix browsers accept it only from this host, over
/// TLS and for every path.
pub const SESSION_COOKIE: &str = "__Host-session";

/// The value of the session's cookie: `SECRET.KEY`. The identity's key is in it so that links can
/// be read together with the session.
#[derive(Clone, Debug)]
pub struct SessionCookie {
    /// The hash of the secret.
    pub secret: SecretHash,
    /// The identity that the cookie claims; trusted only if it has a session with the secret.
    pub identity: IdentityKey,
}

impl SessionCookie {
    /// Parses the cookie's value; `None` if it has another form.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let (secret, identity) = value.split_once('.')?;
        Some(Self {
            secret: Secret::parse(secret)?.hash(),
            identity: IdentityKey::parse(identity)?,
        })
    }

    /// Returns the session that was read, if it matches this cookie and is open.
    #[must_use]
    pub fn session(&self, found: Option<Session>, now: Timestamp) -> Option<Session> {
        found.filter(|session| self.is_of(session) && session.is_open(now))
    }

    /// Checks whether this is the cookie of `session`.
    #[must_use]
    pub fn is_of(&self, session: &Session) -> bool {
        session.secret == self.secret && session.identity.key == self.identity
    }
}
