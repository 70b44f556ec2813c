//! Views of sessions and of sign-ins on record.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::{Session, SessionId, SignInEvent, SignInEventId, SignInEventKind};

/// A session, for its owner.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else of the session")]
pub struct SessionView {
    session: SessionId,
    current: bool,
    kept: bool,
    created_at: Timestamp,
    last_used_at: Timestamp,
    ends_at: Timestamp,
    browser: String,
    source: String,
    authenticated_at: Timestamp,
    /// Whether the provider states that time.
    stated: bool,
    several_factors: bool,
}

/// A sign-in on record, for the identity's owner.
#[derive(Debug, Serialize)]
pub struct SignInEventView {
    id: SignInEventId,
    at: Timestamp,
    event: SignInEventKind,
    browser: String,
    source: String,
}

impl SessionView {
    /// Creates the view of a session, `current` if it is the caller's.
    #[must_use]
    pub fn new(session: &Session, current: bool) -> Self {
        Self {
            session: session.id,
            current,
            kept: session.kept,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            ends_at: session.ends_at(),
            browser: session.browser.clone(),
            source: session.source.clone(),
            authenticated_at: session.authentication.at,
            stated: session.authentication.is_stated,
            several_factors: session.authentication.several_factors,
        }
    }
}

impl From<SignInEvent> for SignInEventView {
    fn from(SignInEvent { id, at, event, browser, source, .. }: SignInEvent) -> Self {
        Self { id, at, event, browser, source }
    }
}
