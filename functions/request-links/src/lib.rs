//! Queues mails with new links: one for each profile with an address (requirement 20), or one that
//! replaces a link that failed (requirement 19).
//!
//! The response and the work are always the same: the outbox gets one mail, and deliver-mail looks
//! up the profiles with the address. So neither response nor timing reveals whether an address is
//! known.

use portico::{
    App, Error, Result,
    domain::{EmailAddress, InvitationToken, MailContent, OutboxMail},
    http::{Request, Response, accepted},
    store::Lookup,
    workflows::incomplete_link,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/links/requests";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    email: Option<String>,
    token: Option<String>,
}

/// Takes `email` from anyone who is signed in, or `token` from anyone who holds the link that
/// failed.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let input: Input = request.json()?;
    let mail = match input {
        Input { email: Some(email), token: None } => {
            let cookie = request.session_cookie()?;
            let found = app.store.look_up(Lookup::default().session(&cookie.session)).await?;
            cookie.session(found.session, app.now()).ok_or(Error::NotSignedIn)?;
            let email =
                EmailAddress::parse(&email).map_err(|code| Error::invalid("email", code))?;
            Some(app.outbox_mail(MailContent::RequestedLinks { email }, None, None)?)
        }
        Input { email: None, token: Some(token) } => replacement(&app, &token).await?,
        _ => return Err(Error::Malformed("the body must hold either email or token".to_owned())),
    };
    if let Some(mail) = mail {
        app.store.request_links(&mail).await?;
    }
    accepted()
}

/// Returns the mail that replaces a failed link. It goes to the address on record, so the token's
/// secret need not be valid.
async fn replacement(app: &App, token: &str) -> Result<Option<OutboxMail>> {
    let token = InvitationToken::parse(token).ok_or_else(incomplete_link)?;
    let found = app
        .store
        .look_up(Lookup::default().professional(token.account, token.professional))
        .await?;
    let Some(professional) = found.professional(token.professional) else { return Ok(None) };
    let email = professional.details.email.clone();
    app.outbox_mail(MailContent::RequestedLinks { email }, Some(professional), None).map(Some)
}
