//! Ends a session on the server and offers the provider's own sign-out (requirement 3).

use portico::{
    App, Result,
    auth::SESSION_COOKIE,
    http::{Request, Response, cookies, ok, set_cookies},
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/sign-out";

/// Ends the session, if there is one. Signing out always succeeds.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let session = match request.optional_session_cookie() {
        Some(cookie) => app.store.end_session(&cookie.session).await?,
        None => None,
    };
    let mut response =
        ok(&json!({ "provider_sign_out": session.and_then(|session| session.provider_sign_out) }))?;
    set_cookies(&mut response, &[cookies::clear(SESSION_COOKIE)])?;
    Ok(response)
}
