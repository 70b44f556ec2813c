//! Shows who is signed in. Answers `null` when nobody is, so that public pages log no error.

use portico::{
    App, Result,
    http::{Request, Response, ok, views::IdentityView},
};
use serde_json::{Value, json};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/session";

/// Returns the identity, how many accounts it is linked to, and when the session expires.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Some(cookie) = request.optional_session_cookie() else { return ok(&Value::Null) };
    let (session, links) = app.store.session_and_links(&cookie.session, &cookie.identity).await?;
    let Some(session) = cookie.session(session, app.now()) else { return ok(&Value::Null) };
    ok(&json!({
        "identity": IdentityView::from(&session.identity),
        "accounts": links.len(),
        "kept": session.kept,
        "expires_at": session.expires_at,
    }))
}
