//! Confirms a person's own new address with the link that was mailed there.
//!
//! The link proves the mailbox. The sign-in proves that it is the person's: a stranger to whom the
//! address belongs by a slip of the keyboard cannot use it.

use portico::{
    App, Error, Result,
    domain::{Event, LinkError, ProfessionalField, ProfileToken, authorization::Action},
    http::{Request, Response, ok},
    store::ProfessionalChange,
    workflows::{change_email::previous_address_notice, incomplete_link},
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/email-confirmations";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Makes the pending address the one on record, and tells the earlier one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    request.session_cookie()?;
    let Input { token } = request.json()?;
    let token = ProfileToken::parse(&token).ok_or_else(incomplete_link)?;
    let id = token.professional;
    let access = request.authorize(&app, token.account, Action::UpdateProfessional(id)).await?;
    if !access.is_own(id) {
        return Err(Error::Forbidden("only the person whose address it is can confirm it"));
    }
    let before = access.professional()?;
    let pending = before.pending_email.as_ref().ok_or(LinkError::Superseded)?;
    pending.check(&token.secret.hash(), access.now)?;

    let mut after = before.clone();
    after.set_email(pending.email.clone());
    after.proved_email = Some(pending.email.clone());
    let notice = previous_address_notice(&app, &access.account, before, &after, None)?;
    let event = Event::ProfessionalUpdated {
        professional: before.into(),
        changed: vec![ProfessionalField::Email],
        invited: false,
    };
    let event = access.audit_event(&app, before.account, event)?;
    let change = ProfessionalChange {
        mails: notice.as_slice(),
        event: Some(&event),
        ..ProfessionalChange::new(before, &after)
    };
    match app.store.change_professional(change).await {
        Err(error) => Err(app.store.name_duplicate(before.account, error).await),
        Ok(()) => ok(&json!({
            "account": { "account": access.account.id, "name": access.account.name },
            "professional": id,
            "email": after.details.email,
        })),
    }
}
