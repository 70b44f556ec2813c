//! Ends sessions of the signed-in identity: one, all others, or all (requirement 6).

use portico::{
    App, Error, Result,
    auth::SESSION_COOKIE,
    domain::{Session, SessionEnd, SessionId},
    http::{Request, Response, cookies, no_content, set_cookies},
    workflows::end_sessions::end_sessions,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/sessions/{session}";

/// The sessions to end.
enum Which {
    One(SessionId),
    Others,
    All,
}

/// Takes a session's id, `others` for all but the caller's own, or `all`. Records the end for the
/// identity's owner.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let cookie = request.session_cookie()?;
    let which = which(&request);
    let sessions = app.store.sessions_of(&cookie.identity).await?;
    let own = sessions
        .iter()
        .find(|session| cookie.is_of(session) && session.is_open(app.now()))
        .ok_or(Error::NotSignedIn)?
        .id;
    let which = which?;
    let is_meant = |session: &Session| match which {
        Which::One(id) => session.id == id,
        Which::Others => session.id != own,
        Which::All => true,
    };
    let ending: Vec<_> = sessions.into_iter().filter(is_meant).collect();
    if ending.is_empty() && matches!(which, Which::One(_)) {
        return Err(Error::NotFound("session"));
    }
    let ends_own = ending.iter().any(|session| session.id == own);
    end_sessions(&app, ending, SessionEnd::Owner, |ended| {
        request.sign_in_event(&app, &cookie.identity, ended)
    })
    .await?;
    let mut response = no_content()?;
    if ends_own {
        set_cookies(&mut response, &[cookies::clear(SESSION_COOKIE)])?;
    }
    Ok(response)
}

/// Parses the sessions in the path; a malformed id is `NotFound`.
fn which(request: &Request) -> Result<Which> {
    match request.path("session") {
        Some("others") => Ok(Which::Others),
        Some("all") => Ok(Which::All),
        id => id.and_then(SessionId::parse).map(Which::One).ok_or(Error::NotFound("session")),
    }
}
