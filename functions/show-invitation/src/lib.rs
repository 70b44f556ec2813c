//! Shows what a mailed link is for, before anybody uses it. A POST, so that the secret reaches no log; it changes nothing (requirement 16).

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

/// Answers account, profile and masked address to whoever holds the link, and which identity is signed in.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Input { token } = request.json()?;
    let VerifiedLink { account, professional, decision, identity } =
        verify_link(&app, request.optional_session_cookie().as_ref(), &token).await?;
    let details = &professional.details;
    ok(&json!({
        "account": { "account": account.id, "name": account.name },
        "professional": { "professional": professional.id, "name": details.name, "email": details.email.masked() },
        "expires_at": professional.invitation.as_ref().map(|it| it.expires_at),
        "switches": professional.linked.is_some() && decision == LinkDecision::Open,
        "already_linked": decision == LinkDecision::AlreadyLinked,
        "identity": identity.as_ref().map(IdentityView::from),
    }))
}
