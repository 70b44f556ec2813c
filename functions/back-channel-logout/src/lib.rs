//! Ends sessions whose identity has signed out at its provider (OpenID Connect Back-Channel Logout
//! 1.0).
//!
//! The provider's server calls it, without a cookie and from anywhere. Its proof is the token, which
//! the provider has signed for this portal.

use std::collections::BTreeMap;

use portico::{
    App, Error, Result,
    domain::{ProviderLogout, Session, SessionEnd},
    http::{Request, Response, oauth_error, ok},
    sign_in::{Providers, SignInFailure},
    store::EndedSessions,
    workflows::end_sessions::ended_sessions,
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/sign-in/logout/{provider}";

/// Takes the form's `logout_token`, once, and ends what it names. Answers the same whether there is
/// anything to end or not.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Ok(provider) = app.providers.find(request.path("provider").unwrap_or_default()) else {
        return oauth_error("invalid_request", "there is no such provider");
    };
    let form = request.form();
    let mut tokens = form.iter().filter(|(name, _)| name == "logout_token");
    let (Some((_, token)), None) = (tokens.next(), tokens.next()) else {
        return oauth_error("invalid_request", "send a form with one logout_token");
    };
    match app.providers.verify_logout(provider, token, app.now()).await {
        Ok(logout) if end(&app, &logout).await? => ok(&json!({})),
        Ok(_) => oauth_error("invalid_request", "the token has been used before"),
        Err(failure) => refuse(&provider.id, &failure),
    }
}

/// Ends the sessions that `logout` names; returns false if its token has been used before.
async fn end(app: &App, logout: &ProviderLogout) -> Result<bool> {
    let sessions = match (logout.identity(), &logout.session) {
        (Some(identity), _) => app.store.sessions_of(&identity).await?,
        (None, Some(sid)) => app.store.sessions_of_provider_session(&logout.issuer, sid).await?,
        (None, None) => Vec::new(),
    };
    let mut by_identity = BTreeMap::<_, Vec<Session>>::new();
    for session in sessions.into_iter().filter(|session| logout.ends(session)) {
        by_identity.entry(session.identity.key.clone()).or_default().push(session);
    }
    let ended = by_identity.into_iter().map(|(identity, sessions)| {
        ended_sessions(app, &identity, sessions, SessionEnd::ProviderSignOut)
    });
    let ended: Vec<EndedSessions> = ended.collect::<Result<_>>()?;
    let claimed_until = logout.expires_at.saturating_add(Providers::CLOCK_TOLERANCE);
    app.store.end_by_provider(logout, &ended, claimed_until.map_err(Error::internal)?).await
}

/// Refuses a token. If it could not be verified at all, the provider should try again.
fn refuse(provider: &str, failure: &SignInFailure) -> Result<Response> {
    let (kind, detail) = (failure.kind.name(), &failure.detail);
    tracing::warn!(provider, kind, detail, "logout refused");
    if failure.kind.is_unreachable() {
        return Err(Error::Unavailable("the provider's keys cannot be fetched".into()));
    }
    oauth_error("invalid_request", detail)
}
