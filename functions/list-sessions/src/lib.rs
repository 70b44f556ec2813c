//! Lists the sessions of the signed-in identity, and its sign-ins on record (requirement 6).

use portico::{
    App, Error, Result,
    http::{
        Request, Response, ok,
        views::{SessionView, SignInEventView},
    },
};
use serde::Serialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/sessions";

#[derive(Serialize)]
struct Answer {
    sessions: Vec<SessionView>,
    events: Vec<SignInEventView>,
}

/// Returns the open sessions, the most recently used first, and the newest sign-ins on record. Reads
/// both at the same time; the session itself is among the first.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookie = request.session_cookie()?;
    let (mut sessions, events) = tokio::try_join!(
        app.store.sessions_of(&cookie.identity),
        app.store.sign_in_events_of(&cookie.identity)
    )?;
    sessions.retain(|session| session.is_open(app.now()));
    if !sessions.iter().any(|session| cookie.is_of(session)) {
        return Err(Error::NotSignedIn);
    }
    sessions.sort_by_key(|session| std::cmp::Reverse((session.last_used_at, session.id)));
    ok(&Answer {
        sessions: sessions
            .iter()
            .map(|session| SessionView::new(session, cookie.is_of(session)))
            .collect(),
        events: events.into_iter().map(Into::into).collect(),
    })
}
