//! Ends a link that was reported as not the owner's, and puts the profile on hold (requirement 17).
//!
//! The notice's link is enough, without signing in: the person whose profile was taken over cannot
//! sign in.

use std::collections::BTreeSet;

use jiff::ToSpan;
use portico::{
    App, Result,
    domain::{
        Actor, AuditEvent, Event, Hold, LinkError, MailContent, MailPreferences, Professional,
        ProfileToken, Roles, SecretHash, SessionEnd, StaffChange, authorization::ActingAs,
    },
    http::{Request, Response, ok},
    store::{Lookup, ProfessionalChange},
    workflows::{end_sessions::sessions_of_lost_identity, incomplete_link},
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/links/disputes";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    token: String,
}

/// Unlinks the identity at once and ends its sessions, revokes an open invitation, drops an address
/// that is not proved yet, and puts the profile on hold until an administrator sends a new
/// invitation. The profile keeps its roles, but not its permissions as staff of the vendor, which
/// reach every account. If no administrator can sign in any more, the partner or staff get a
/// notice.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let Input { token } = request.json()?;
    let token = ProfileToken::parse(&token).ok_or_else(incomplete_link)?;
    let found = app
        .store
        .look_up(
            Lookup::default()
                .account(token.account)
                .professional(token.account, token.professional),
        )
        .await?;
    let (Some(account), Some(before)) =
        (found.account(token.account), found.professional(token.professional))
    else {
        return Err(LinkError::DisputeExpired.into());
    };
    let secret = token.secret.hash();
    let response = || {
        ok(&json!({
            "account": { "name": account.name },
            "professional": { "name": before.details.name },
        }))
    };
    if before.hold.as_ref().is_some_and(|hold| hold.by == secret) {
        return response();
    }
    if !may_dispute(before, &account.roles, &secret, &app) {
        return Err(LinkError::DisputeExpired.into());
    }
    let mut after = before.clone();
    after.linked = None;
    after.pending_email = None;
    // A stranger who was linked may have turned off the notices that warn the owner.
    after.mail_preferences = MailPreferences::default();
    after.hold = Some(Hold { at: app.now(), by: secret });
    if let Some(invitation) = &mut after.invitation {
        invitation.revoke();
    }
    let ended = match &before.linked {
        Some(linked) => {
            sessions_of_lost_identity(&app, &linked.identity.key, SessionEnd::LinkDisputed).await?
        }
        None => None,
    };
    let actor = Actor::system("The reader of the notice", ActingAs::Mailbox);
    let record = |event| -> Result<AuditEvent> {
        let source = request.address().map(Into::into);
        Ok(AuditEvent { source, ..app.audit_event(account.id, actor.clone(), event)? })
    };
    let event = record(Event::LinkDisputed { professional: before.into() })?;
    let mut account_after = account.with_access(before.id, false);
    let staff_change = account_after.roles.staff.remove(&before.id).map(|permissions| {
        let professional = before.into();
        let change = StaffChange { professional, given: BTreeSet::new(), taken: permissions };
        record(Event::StaffPermissionsChanged { people: vec![change] })
    });
    let staff_change = staff_change.transpose()?;
    let content = MailContent::LinkDisputed {
        account_name: account.name.to_string(),
        professional_name: before.details.name.to_string(),
        disputed_at: app.now(),
        nobody_left: account_after.roles.active.is_empty(),
    };
    let mail = app.outbox_mail(content, Some(before), None)?;
    let change = ProfessionalChange {
        account: Some((account, &account_after)),
        mails: &[mail],
        event: Some(&event),
        further_events: staff_change.as_slice(),
        ended_sessions: ended.as_ref(),
        ..ProfessionalChange::new(before, &after)
    };
    app.store.change_professional(change).await?;
    response()
}

/// Checks whether `secret` is from a recent notice of the current link, sent to the profile's own
/// mailbox or to somebody who is still an administrator. Former administrators must not be able to
/// lock out the others.
fn may_dispute(professional: &Professional, roles: &Roles, secret: &SecretHash, app: &App) -> bool {
    let Some(linked) = &professional.linked else { return false };
    let is_notified = linked.notices.get(secret).is_some_and(|recipient| {
        *recipient == professional.id || roles.is_administrator(*recipient)
    });
    is_notified && app.now() < linked.linked_at + (24 * Professional::DISPUTE_DAYS).hours()
}
