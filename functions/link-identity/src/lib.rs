//! Links the signed-in identity to the professional that an invitation link is for (requirements 16
//! to 18, 21).

use portico::{
    App, Error, Result,
    domain::{
        Account, Actor, AuditEvent, EmailAddress, Event, Identity, IdentityRef, InvitationOutcome,
        LinkDecision, LinkedIdentity, MailContent, OutboxMail, PersonRef, Professional, Recipient,
        Session, SessionEnd,
        authorization::{ActingAs, StepUp},
    },
    http::{Request, Response, ok},
    store::ProfessionalChange,
    workflows::{
        VerifiedLink, change_email::previous_address_notice,
        end_sessions::sessions_of_lost_identity, verify_link,
    },
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
/// and an identity that is replaced, whose sessions end. The account learns that an administrator
/// can get in.
///
/// The account may limit which identities it accepts, and require several factors.
///
/// An invitation that the person had sent to their own new address makes that the one on record.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    request.session_cookie()?;
    let Input { token } = request.json()?;
    let VerifiedLink { account, professional: before, decision, session } =
        verify_link(&app, request.optional_session_cookie().as_ref(), &token).await?;
    let session = session.ok_or(Error::NotSignedIn)?;
    let identity = &session.identity;
    let response = |already_linked| {
        ok(&json!({
            "account": account.id,
            "professional": before.id,
            "already_linked": already_linked,
        }))
    };
    let is_linked_already = decision == LinkDecision::AlreadyLinked;
    let proved = before.address_proved_by_invitation().cloned();
    if is_linked_already && proved.is_none() {
        return response(true);
    }

    let now = app.now();
    let mut after = before.clone();
    let mut mails = Vec::new();
    if !is_linked_already {
        check_policy(&account, &before, &session)?;
        after.linked = Some(LinkedIdentity {
            identity: identity.clone(),
            issuer: session.issuer.clone(),
            linked_at: now,
            notices: [].into(),
        });
        after.last_sign_in = Some(now);
        let linked = MailContent::Linked {
            account_name: account.name.to_string(),
            professional_name: before.details.name.to_string(),
            identity: identity.clone(),
            linked_at: now,
        };
        mails.push(app.outbox_mail(linked, Some(&before), None)?);
        mails.extend(previous_identity_notice(&app, account.name.as_str(), &before, identity)?);
    }
    if let Some(invitation) = &mut after.invitation {
        invitation.outcome = Some(InvitationOutcome::Accepted);
    }
    if let Some(email) = proved {
        after.set_email(email);
    }
    after.proved_email = Some(after.details.email.clone());
    mails.extend(previous_address_notice(&app, &account, &before, &after, None)?);
    let ended = match &before.linked {
        Some(lost) if !is_linked_already => {
            sessions_of_lost_identity(&app, &lost.identity.key, SessionEnd::IdentitySwitched)
                .await?
        }
        _ => None,
    };
    let actor = Actor {
        identity: Some(identity.key.clone()),
        professional: Some(before.id),
        ..Actor::system(before.details.name.as_str(), ActingAs::Own)
    };
    let on_record = |event| {
        let source = request.address().map(Into::into);
        Ok::<_, Error>(AuditEvent { source, ..app.audit_event(account.id, actor.clone(), event)? })
    };
    let account_after = account.with_access(before.id, true);
    let linked = link_event(&before, identity, decision).map(on_record).transpose()?;
    let address = address_event(&before, &after).map(on_record).transpose()?;
    let change = ProfessionalChange {
        account: Some((&account, &account_after)),
        mails: &mails,
        event: linked.as_ref(),
        further_events: address.as_slice(),
        ended_sessions: ended.as_ref(),
        ..ProfessionalChange::new(&before, &after)
    };
    match app.store.change_professional(change).await {
        Err(error) => Err(app.store.name_duplicate(before.account, error).await),
        Ok(()) => response(is_linked_already),
    }
}

/// Checks that the account accepts the session's identity for `person`, and that the session has the
/// factors that the person will need. Nothing is used up, so that the same link works after another
/// sign-in.
///
/// Without the factors the link would be used up by an identity that may never be able to show
/// them, and whoever reads the mailbox would need one factor only.
fn check_policy(account: &Account, person: &Professional, session: &Session) -> Result<()> {
    let policy = &account.sign_in_policy;
    if !policy.linking.accepts(&session.identity, &session.issuer) {
        return Err(Error::LinkingLimited(Box::new(policy.linking.clone())));
    }
    let needs = policy.needs_factors(account.roles.is_administrator(person.id));
    match StepUp::of(false, needs && !session.authentication.several_factors) {
        Some(needed) => Err(Error::step_up(needed, session)),
        None => Ok(()),
    }
}

/// Returns the event of the link, if there is a new one.
fn link_event(before: &Professional, identity: &Identity, decision: LinkDecision) -> Option<Event> {
    let professional = PersonRef::from(before);
    let identity = IdentityRef::from(identity);
    match decision {
        LinkDecision::AlreadyLinked => None,
        LinkDecision::Open if before.linked.is_some() => {
            Some(Event::IdentitySwitched { professional, identity })
        }
        LinkDecision::Open => Some(Event::IdentityLinked { professional, identity }),
    }
}

/// Returns the event of an address that the invitation has proved.
fn address_event(before: &Professional, after: &Professional) -> Option<Event> {
    let changed = after.details.changed_since(&before.details);
    (!changed.is_empty()).then(|| Event::ProfessionalUpdated {
        professional: before.into(),
        changed,
        invited: false,
    })
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
        profile: None,
        name: before.details.name.to_string(),
        language: before.details.language.clone(),
        is_proved: before.has_proved_address() && email == before.details.email,
        email,
    };
    app.outbox_mail(content, Some(before), Some(recipient)).map(Some)
}
