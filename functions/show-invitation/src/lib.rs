//! Previews an invitation link before it is used (requirement 16).
//!
//! A POST, so that the link's secret reaches no log; it changes nothing.

use portico::{
    App, Result,
    domain::LinkDecision,
    http::{Request, Response, ok, views::IdentityView},
    workflows::{VerifiedLink, verify_link},
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/invitations/preview";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Returns account, profile and masked address to anyone who holds the link, and the signed-in
/// identity. An account that accepts only identities with addresses of its domains wants people to
/// sign in with the invited address, so it is there for the provider.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Input { token } = request.json()?;
    let VerifiedLink { account, professional, decision, session } =
        verify_link(&app, request.optional_session_cookie().as_ref(), &token).await?;
    let details = &professional.details;
    // Whoever holds the link may learn the whole address only where signing in with it is wanted.
    let limit = &account.sign_in_policy.linking;
    let login_hint = limit.has_domain_of(&details.email).then(|| details.email.as_str());
    ok(&json!({
        "account": { "account": account.id, "name": account.name },
        "professional": {
            "professional": professional.id,
            "name": details.name,
            "email": details.email.masked(),
        },
        "expires_at": professional.invitation.as_ref().map(|invitation| invitation.expires_at),
        "switches": professional.linked.is_some() && decision == LinkDecision::Open,
        "already_linked": decision == LinkDecision::AlreadyLinked,
        "login_hint": login_hint,
        "identity": session.as_ref().map(|session| IdentityView::from(&session.identity)),
    }))
}
