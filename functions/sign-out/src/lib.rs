//! Ends a session on the server and offers the provider's own sign-out (requirement 3).

use portico::{
    App, Result,
    auth::SESSION_COOKIE,
    domain::SignInEventKind,
    http::{Request, Response, cookies, ok, set_cookies},
    store::Lookup,
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/sign-out";

/// Ends the session, if there is one, and records it. Signing out always succeeds.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let provider_sign_out = sign_out(&app, &request).await?;
    let mut response = ok(&json!({ "provider_sign_out": provider_sign_out }))?;
    set_cookies(&mut response, &[cookies::clear(SESSION_COOKIE)])?;
    Ok(response)
}

/// Ends the session and returns the address of the provider's own sign-out.
async fn sign_out(app: &App, request: &Request) -> Result<Option<String>> {
    let Some(cookie) = request.optional_session_cookie() else { return Ok(None) };
    let lookup = Lookup::default().session(&cookie.identity, &cookie.secret);
    let Some(session) = app.store.look_up(lookup).await?.session else { return Ok(None) };
    let event = request.sign_in_event(app, &cookie.identity, SignInEventKind::SignedOut)?;
    app.store.sign_out(&cookie.secret, &event).await?;
    Ok(session.provider_sign_out)
}
