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

/// Takes `email` from anyone who is signed in, or `token` from anyone who holds a link, whether it
/// works, has expired, was used or was replaced by one of the next few.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let input: Input = request.json()?;
    let mail = match input {
        Input { email: Some(email), token: None } => {
            let cookie = request.session_cookie()?;
            let lookup = Lookup::default().session(&cookie.identity, &cookie.secret);
            let found = app.store.look_up(lookup).await?;
            cookie.session(found.session, app.now()).ok_or(Error::NotSignedIn)?;
            let email =
                EmailAddress::parse(&email).map_err(|code| Error::invalid("email", code))?;
            app.outbox_mail(MailContent::RequestedLinks { email }, None, None)?
        }
        Input { email: None, token: Some(token) } => replacement(&app, &token).await?,
        _ => return Err(Error::Malformed("the body must hold either email or token".to_owned())),
    };
    app.store.request_links(&mail).await?;
    accepted()
}

/// Returns the mail that replaces a failed link. It goes to the address on record.
///
/// Without a secret of the profile, or without the profile, it is a mail to an address that nobody
/// has, which costs the same and reaches nobody: else anyone who knows the ids could void a waiting
/// invitation, use up the limit of its address, or learn which ids exist.
async fn replacement(app: &App, token: &str) -> Result<OutboxMail> {
    let token = InvitationToken::parse(token).ok_or_else(incomplete_link)?;
    let lookup = Lookup::default().professional(token.account, token.professional);
    let found = app.store.look_up(lookup).await?;
    let secret = token.secret.hash();
    let professional =
        found.professional(token.professional).filter(|holder| holder.recognizes(&secret));
    let email = match professional {
        Some(professional) => professional.details.email.clone(),
        None => nobody(&token)?,
    };
    app.outbox_mail(MailContent::RequestedLinks { email }, professional, None)
}

/// Returns an address that is nobody's (RFC 2606) and has a limit of its own.
fn nobody(token: &InvitationToken) -> Result<EmailAddress> {
    let address = format!("{}@{}.invalid", token.professional, token.account).to_lowercase();
    EmailAddress::parse(&address).map_err(|_| Error::internal("an address that is nobody's"))
}
