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
    /// The `after` parameter of the next page of `events`.
    next: Option<String>,
}

/// Returns the open sessions, the most recently used first, and a page of the sign-ins on record,
/// newest first. Takes `?limit=` and `?after=` of these. Reads both at the same time; the session
/// itself is among the first.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let page = request.page(&[])?;
    if request.query("search").is_some() {
        return Err(Error::Malformed(
            "the query is not as expected: sign-ins cannot be searched".to_owned(),
        ));
    }
    let cookie = request.session_cookie()?;
    let (mut sessions, events) = tokio::try_join!(
        app.store.sessions_of(&cookie.identity),
        app.store.sign_in_events_of(&cookie.identity, &page)
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
        events: events.items.into_iter().map(Into::into).collect(),
        next: events.next,
    })
}
