//! Has fresh links mailed: one for each profile with an address (requirement 20), or one in place of a link that failed (requirement 19).
//!
//! The answer is always the same, and so is the work: a request is put into the outbox, and who has the address is looked up by
//! deliver-mail. So neither answer nor timing tells whether an address is known.

use portico::{
    App, Error, Result,
    domain::{EmailAddress, InvitationToken, LimitedAction, MailContent, OutboxMail},
    http::{Request, Response, accepted},
    store::Lookup,
    workflows::{incomplete_link, rate_limit::limits_for},
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

/// Takes `email`, from whoever is signed in, or `token`, from whoever holds the link that failed.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let input: Input = request.json()?;
    let (mail, identity) = match input {
        Input { email: Some(email), token: None } => {
            let cookie = request.session_cookie()?;
            let found = app.store.look_up(Lookup::default().session(&cookie.session)).await?;
            cookie.session(found.session, app.now()).ok_or(Error::NotSignedIn)?;
            let email =
                EmailAddress::parse(&email).map_err(|code| Error::invalid("email", code))?;
            (
                Some((
                    email.clone(),
                    app.outbox_mail(MailContent::RequestedLinks { email }, None, None)?,
                )),
                Some(cookie.identity),
            )
        }
        Input { email: None, token: Some(token) } => (replacement(&app, &token).await?, None),
        _ => return Err(Error::Malformed("the body must hold either email or token".to_owned())),
    };
    if let Some((email, mail)) = mail {
        let limits = limits_for(
            &app,
            LimitedAction::Links,
            [&email],
            identity.as_ref(),
            request.address().as_deref(),
        );
        app.store.limited_by(limits).request_links(&mail).await?;
    }
    accepted()
}

/// Makes the request for a fresh link in place of a failed one. It goes to the address on record, so the secret need not be the right one.
async fn replacement(app: &App, token: &str) -> Result<Option<(EmailAddress, OutboxMail)>> {
    let token = InvitationToken::parse(token).ok_or_else(incomplete_link)?;
    let found = app
        .store
        .look_up(Lookup::default().professional(token.account, token.professional))
        .await?;
    let Some(professional) = found.professional(token.professional) else { return Ok(None) };
    let email = professional.details.email.clone();
    let mail = app.outbox_mail(
        MailContent::RequestedLinks { email: email.clone() },
        Some(professional),
        None,
    )?;
    Ok(Some((email, mail)))
}
