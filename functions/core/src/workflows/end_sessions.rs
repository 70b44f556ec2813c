//! Ending the sessions of an identity.

use crate::{
    App, Result,
    domain::{IdentityKey, Session, SessionEnd, SignInEvent, SignInEventKind},
    store::EndedSessions,
};

/// Returns the sessions of an identity that a profile loses, with the record for the identity's
/// owner; `None` if it has none.
///
/// All sessions end, in every browser. They could no longer open this profile, since permissions
/// are read for every request, but a person who linked by mistake or in bad faith must not stay
/// signed in. Anybody else signs in again.
pub async fn sessions_of_lost_identity(
    app: &App,
    identity: &IdentityKey,
    reason: SessionEnd,
) -> Result<Option<EndedSessions>> {
    let sessions = app.store.sessions_of(identity).await?;
    if sessions.is_empty() {
        return Ok(None);
    }
    ended_sessions(app, identity, sessions, reason).map(Some)
}

/// Returns `sessions` of an identity, which end, with the record for the identity's owner.
pub fn ended_sessions(
    app: &App,
    identity: &IdentityKey,
    sessions: Vec<Session>,
    reason: SessionEnd,
) -> Result<EndedSessions> {
    let event = app.sign_in_event(identity, ended(app, &sessions, reason))?;
    Ok(EndedSessions { sessions, event })
}

/// Ends `sessions` of an identity and records it; does nothing without sessions.
pub async fn end_sessions(
    app: &App,
    sessions: Vec<Session>,
    reason: SessionEnd,
    record: impl FnOnce(SignInEventKind) -> Result<SignInEvent>,
) -> Result<()> {
    if sessions.is_empty() {
        return Ok(());
    }
    let event = record(ended(app, &sessions, reason))?;
    app.store.end_sessions(&EndedSessions { sessions, event }).await
}

/// Returns what is recorded about the end of `sessions`, of which only open ones count.
fn ended(app: &App, sessions: &[Session], reason: SessionEnd) -> SignInEventKind {
    let open = sessions.iter().filter(|session| session.is_open(app.now())).count();
    SignInEventKind::SessionsEnded { sessions: u32::try_from(open).unwrap_or(u32::MAX), reason }
}
