//! Links the signed-in identity to the professional that an invitation link is for (requirements 16
//! to 18, 21).

use portico::{
    App, Error, Result,
    domain::{
        Actor, AuditEvent, EmailAddress, Event, Identity, IdentityRef, InvitationOutcome,
        LinkDecision, LinkedIdentity, MailContent, OutboxMail, PersonRef, Professional, Recipient,
        authorization::ActingAs,
    },
    http::{Request, Response, ok},
    store::ProfessionalChange,
    workflows::{VerifiedLink, verify_link},
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/links";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Links, or answers that the identity is linked already. Notifies the mailbox, the administrators
/// and an identity that is replaced. The account learns that an administrator can get in.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    request.session_cookie()?;
    let Input { token } = request.json()?;
    let VerifiedLink { account, professional: before, decision, identity } =
        verify_link(&app, request.optional_session_cookie().as_ref(), &token).await?;
    let identity = identity.ok_or(Error::NotSignedIn)?;
    let response = |already_linked| {
        ok(&json!({
            "account": account.id,
            "professional": before.id,
            "already_linked": already_linked,
        }))
    };
    if decision == LinkDecision::AlreadyLinked {
        return response(true);
    }

    let now = app.now();
    let mut after = before.clone();
    after.linked =
        Some(LinkedIdentity { identity: identity.clone(), linked_at: now, notices: [].into() });
    after.last_sign_in = Some(now);
    after.proved_email = Some(after.details.email.clone());
    if let Some(invitation) = &mut after.invitation {
        invitation.outcome = Some(InvitationOutcome::Accepted);
    }
    let linked = MailContent::Linked {
        account_name: account.name.to_string(),
        professional_name: before.details.name.to_string(),
        identity: identity.clone(),
        linked_at: now,
    };
    let mut mails = vec![app.outbox_mail(linked, Some(&before), None)?];
    mails.extend(previous_identity_notice(&app, account.name.as_str(), &before, &identity)?);
    let actor = Actor {
        identity: Some(identity.key.clone()),
        professional: Some(before.id),
        ..Actor::system(before.details.name.as_str(), ActingAs::Own)
    };
    let professional = PersonRef::from(&before);
    let identity = IdentityRef::from(&identity);
    let event = if before.linked.is_some() {
        Event::IdentitySwitched { professional, identity }
    } else {
        Event::IdentityLinked { professional, identity }
    };
    let event = AuditEvent {
        source: request.address().map(Into::into),
        ..app.audit_event(account.id, actor, event)?
    };
    let account_after = account.with_access(before.id, true);
    let change = ProfessionalChange {
        account: Some((&account, &account_after)),
        mails: &mails,
        event: Some(&event),
        ..ProfessionalChange::new(&before, &after)
    };
    app.store.change_professional(change).await?;
    response(false)
}

/// Returns the notice to the identity that is replaced, at the address its provider gave, if that
/// is a valid one.
fn previous_identity_notice(
    app: &App,
    account_name: &str,
    before: &Professional,
    identity: &Identity,
) -> Result<Option<OutboxMail>> {
    let Some(previous) = &before.linked else { return Ok(None) };
    let Some(email) =
        previous.identity.email.as_deref().and_then(|address| EmailAddress::parse(address).ok())
    else {
        return Ok(None);
    };
    let content = MailContent::IdentitySwitched {
        account_name: account_name.to_owned(),
        professional_name: before.details.name.to_string(),
        identity: identity.clone(),
        switched_at: app.now(),
    };
    let recipient = Recipient {
        professional: None,
        name: before.details.name.to_string(),
        language: before.details.language.clone(),
        is_proved: before.has_proved_address() && email == before.details.email,
        email,
    };
    app.outbox_mail(content, Some(before), Some(recipient)).map(Some)
}
