//! Updates a professional's profile and, on request, invites the person (requirement 10).

use std::collections::BTreeMap;

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, Details, Event, MailPreferences, Professional,
        authorization::{ActingAs, Action},
    },
    http::{
        Request, Response,
        inputs::{PersonChanges, WithPerson},
        ok,
        views::ProfessionalView,
    },
    store::ProfessionalChange,
    workflows::{
        change_email::{confirmation, pending_email, previous_address_notice},
        change_profile::{FirstRead, change_profile},
        invite::send_invitation,
        role_required,
    },
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PATCH /api/accounts/{account}/professionals/{professional}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    send_invitation: bool,
    mail_preferences: Option<BTreeMap<String, String>>,
}

/// Updates the profile and queues the invitation, which goes to the new address. A new address
/// voids an invitation that was sent to the old one.
///
/// A person's own new address is pending until the link that is mailed there is followed. Requests
/// for the same field at the same time: the first wins, and the others learn what it changed.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let first = FirstRead::default();
    change_profile(|| update(&app, &request, &first)).await
}

async fn update(app: &App, request: &Request, first: &FirstRead) -> Result<Response> {
    let id = request.professional()?;
    let access = request.authorize(app, request.account()?, Action::UpdateProfessional(id)).await?;
    let WithPerson::<PersonChanges, Input> { person, own: input } = request.json()?;
    if person.changes_end_date() {
        access.require(Action::SetEndDate(id))?;
    }
    let before = access.professional()?;
    let mut after = with_changes(app, &access, before, &person)?;
    access.check_address_change(before, &after)?;
    if let Some(changes) = &input.mail_preferences {
        after.mail_preferences = chosen(&access, before, changes)?;
    }

    if before.details.ends_on != after.details.ends_on {
        after.schedule_end_notice(access.now);
    }
    let ends = after.details.ends_on.is_some() && before.details.ends_on != after.details.ends_on;
    let held = access.account.roles.held_by(id);
    if ends && !held.roles.is_empty() {
        return Err(role_required(app, &access.account, &[id], held).await);
    }
    let changed = after.details.changed_since(&before.details);
    first.check_fields(before, &changed)?;
    let mut mails = Vec::new();
    if input.send_invitation {
        mails.push(send_invitation(app, &access, &mut after)?);
    } else if before.pending_email != after.pending_email {
        mails.extend(confirmation(app, &access.account, &after)?);
    }
    if after == *before {
        return ok(&ProfessionalView::new(&access, &access.account.roles, before));
    }
    let by = (access.acting_as != ActingAs::Own).then(|| access.name());
    mails.extend(previous_address_notice(app, &access.account, before, &after, by)?);
    let own = email_event(before, &after).into_iter().chain(preferences_event(before, &after));
    let mut events = own.collect::<Vec<_>>();
    if !changed.is_empty() || input.send_invitation || events.is_empty() {
        let (professional, invited) = ((&after).into(), input.send_invitation);
        events.insert(0, Event::ProfessionalUpdated { professional, changed, invited });
    }
    let on_record = |event| access.audit_event(app, before.account, event);
    let events = events.into_iter().map(on_record).collect::<Result<Vec<_>>>()?;
    // Staff confirm what they saw, so a correction gives an account that waits a new version.
    let corrected = Account { version: access.account.version + 1, ..access.account.clone() };
    let account = if access.account.is_waiting() {
        Some((&access.account, &corrected))
    } else {
        ends.then_some((&access.account, &access.account))
    };
    let change = ProfessionalChange {
        account,
        mails: &mails,
        further_events: &events,
        ..ProfessionalChange::new(before, &after)
    };
    match app.store.change_professional(change).await {
        Err(error) => Err(app.store.name_duplicate(before.account, error).await),
        Ok(()) => ok(&ProfessionalView::new(&access, &access.account.roles, &after)),
    }
}

/// Returns the profile with the changes. The address that a person types for themselves is pending.
fn with_changes(
    app: &App,
    access: &Access,
    before: &Professional,
    person: &PersonChanges,
) -> Result<Professional> {
    let details = person.apply(&before.details, access.today)?;
    let email = details.email.clone();
    let kept = before.details.email.clone();
    let mut after = Professional { details: Details { email: kept, ..details }, ..before.clone() };
    if !access.is_own(before.id) {
        after.set_email(email);
    } else if person.has_email() {
        after.set_pending_email(pending_email(app, before, email)?);
    }
    Ok(after)
}

/// Returns the person's preferences with `changes`. Nobody chooses for others.
fn chosen(
    access: &Access,
    before: &Professional,
    changes: &BTreeMap<String, String>,
) -> Result<MailPreferences> {
    if !access.is_own(before.id) {
        return Err(Error::Forbidden("people choose for themselves which e-mails they get"));
    }
    Ok(before.mail_preferences.with_changes(changes, access.account.kind)?)
}

/// Returns the event of a change of the person's choice of e-mails.
fn preferences_event(before: &Professional, after: &Professional) -> Option<Event> {
    (before.mail_preferences != after.mail_preferences)
        .then(|| Event::MailPreferencesChanged { professional: after.into() })
}

/// Returns the event of a change of the pending address by the person.
fn email_event(before: &Professional, after: &Professional) -> Option<Event> {
    if before.pending_email == after.pending_email || before.details.email != after.details.email {
        return None;
    }
    let professional = after.into();
    Some(match after.pending_email {
        Some(_) => Event::EmailChangeRequested { professional },
        None => Event::EmailChangeCancelled { professional },
    })
}
