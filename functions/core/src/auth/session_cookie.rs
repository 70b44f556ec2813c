//! The session's cookie.

use jiff::Timestamp;

use crate::domain::{IdentityKey, Secret, SecretHash, Session};

/// The name of the session's cookie. Browsers accept the prefix from this host only, over TLS only,
/// for every path.
pub const SESSION_COOKIE: &str = "__Host-session";

/// What the session's cookie holds: `SECRET.K`, where K names the identity, so that its links can be
/// read together with the session.
#[derive(Clone, Debug)]
pub struct SessionCookie {
    /// The session's identifier.
    pub session: SecretHash,
    /// The identity the cookie claims; believed only once the session says the same.
    pub identity: IdentityKey,
}

impl SessionCookie {
    /// Parses the cookie's value; `None` if it has another form.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let (secret, identity) = value.split_once('.')?;
        Some(Self {
            session: Secret::parse(secret)?.hash(),
            identity: IdentityKey::parse(identity)?,
        })
    }

    /// Returns the session found, if it is the one of this cookie and has not expired.
    #[must_use]
    pub fn session(&self, found: Option<Session>, now: Timestamp) -> Option<Session> {
        found.filter(|session| session.identity.key == self.identity && now < session.expires_at)
    }
}
