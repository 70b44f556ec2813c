//! Shows who is signed in. Answers `null` when nobody is, so that public pages log no error.

use portico::{
    App, Result,
    http::{Request, Response, ok, views::IdentityView},
};
use serde_json::{Value, json};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/session";

/// Returns the identity, how many accounts it is linked to, when the session ends unless it is used,
/// and how the person proved who they are.
///
/// Every page calls this when it opens, and again while it is used, so this function alone notes
/// the session's use, at most once an hour.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Some(cookie) = request.optional_session_cookie() else { return ok(&Value::Null) };
    let (session, accounts) =
        app.store.session_and_link_count(&cookie.secret, &cookie.identity).await?;
    let Some(session) = cookie.session(session, app.now()) else { return ok(&Value::Null) };
    if session.must_note_use(app.now())
        && let Err(error) = app.store.note_use(&session, app.now()).await
    {
        // At worst the session ends an hour early.
        error.log();
    }
    ok(&json!({
        "identity": IdentityView::from(&session.identity),
        "accounts": accounts,
        "kept": session.kept,
        "expires_at": session.ends_at(),
        "authenticated_at": session.authentication.at,
        "several_factors": session.authentication.several_factors,
        "provider": session.provider,
    }))
}
