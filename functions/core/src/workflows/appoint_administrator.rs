//! Changing an account's administrators from outside, at once or after a second person's approval
//! (requirements 24, 45).

use super::roles_refused;
use crate::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, Appointment, AppointmentRequest, Event, FieldErrorCode, MailContent, OutboxMail,
        Professional, ProfessionalId, Recipient, Roles, authorization::ActingAs,
    },
    store::AccountChange,
};

/// Checks whether `person` may be appointed: on the list, staying, and not on hold. Who is
/// administrator already may be on hold, so that a wrong address can be corrected.
#[must_use]
pub fn is_eligible(person: &Professional, roles: &Roles) -> bool {
    person.details.ends_on.is_none() && (person.hold.is_none() || roles.is_administrator(person.id))
}

/// Returns the account's roles after `request`, whose appointee is `person` as read.
///
/// # Errors
/// The appointee is not eligible, or the roles are refused ([`AppointmentRequest::apply`]).
pub async fn roles_after(
    app: &App,
    account: &Account,
    request: &AppointmentRequest,
    person: Option<&Professional>,
) -> Result<Roles> {
    let person = person.filter(|person| is_eligible(person, &account.roles));
    if request.appointee.is_some() && person.is_none() {
        return Err(Error::invalid("professional", FieldErrorCode::Ineligible));
    }
    let is_active = person.is_some_and(Professional::is_active);
    match request.apply(&account.roles, is_active) {
        Ok(roles) => Ok(roles),
        Err(error) => {
            let leaving: Vec<ProfessionalId> = request.in_place_of.keys().copied().collect();
            Err(roles_refused(app, account, &leaving, error, "professional").await)
        }
    }
}

/// Applies `request`, whose appointee is `person` as read, in one transaction with its notices, and
/// returns the changed account. `appointment` is the one that a second person has just approved.
///
/// The notice goes to every linked professional, to old and new administrators, and to the address
/// that is replaced.
///
/// # Errors
/// As [`roles_after`] says; [`Error::DuplicateEmail`] if the corrected address is taken.
pub async fn appoint(
    app: &App,
    access: &Access,
    request: &AppointmentRequest,
    person: Option<&Professional>,
    appointment: Option<&Appointment>,
) -> Result<Account> {
    let before = &access.account;
    let mut after = before.clone();
    after.roles = roles_after(app, before, request, person).await?;
    // A pending appointment is replaced by one that takes effect.
    after.appointment =
        appointment.map(|appointment| Appointment { approved: Some(true), ..appointment.clone() });
    let corrected = person.and_then(|person| with_corrected_address(person, request));

    let event = Event::AdministratorAppointed {
        professional: request.new_administrator(&before.roles),
        in_place_of: request.leaving_people(),
        new_address_of: request.new_address_of(),
        reason: request.reason.clone().map(Into::into),
        requested_by: appointment.map(|appointment| appointment.by.name.clone()),
    };
    let event = access.audit_event(app, before.id, event)?;
    let notice = notice(access, request, &after, appointment);
    let mut mails = vec![OutboxMail {
        account: Some(before.id),
        ..app.outbox_mail(notice.clone(), None, None)?
    }];
    if let Some(person) = person.filter(|_| corrected.is_some()) {
        // The reader of the earlier address need not be the person any more.
        let earlier = Recipient { professional: None, ..Recipient::of(person) };
        mails.push(OutboxMail {
            account: Some(before.id),
            ..app.outbox_mail(notice, None, Some(earlier))?
        });
    }
    let change = AccountChange {
        // Replacing them checks them too.
        people_as_read: if corrected.is_some() { &[] } else { person.as_slice() },
        person: person.zip(corrected.as_ref()),
        mails: &mails,
        ..AccountChange::new(before, &after, &event)
    };
    if let Err(error) = app.store.change_account(change).await {
        return Err(app.store.name_duplicate(before.id, error).await);
    }
    after.version += 1;
    Ok(after)
}

/// Returns the appointee with the corrected address, if there is one.
fn with_corrected_address(
    person: &Professional,
    request: &AppointmentRequest,
) -> Option<Professional> {
    let email = request.appointee.as_ref()?.email.clone()?;
    let mut after = person.clone();
    after.set_email(email);
    (after.details.email != person.details.email).then_some(after)
}

/// Creates the notice of the change that results in the account `after`.
fn notice(
    access: &Access,
    request: &AppointmentRequest,
    after: &Account,
    appointment: Option<&Appointment>,
) -> MailContent {
    let before = &access.account;
    let requested_as = appointment.map_or(access.acting_as, |appointment| appointment.by.acting_as);
    let partner = before.partner.as_ref().filter(|_| requested_as == ActingAs::Partner);
    MailContent::AdministratorChanged {
        account_name: before.name.to_string(),
        professional_name: request
            .new_administrator(&before.roles)
            .map(|person| person.name.to_string()),
        in_place_of: request.leaving(),
        leaving: request.in_place_of.keys().copied().collect(),
        new_address_of: request.new_address_of().map(|person| person.name.to_string()),
        by: appointment
            .map_or_else(|| access.name(), |appointment| appointment.by.name.to_string()),
        partner: partner.map(|partner| partner.name.clone()),
        reason: request.reason.clone(),
        nobody_left: !before.roles.active.is_empty() && after.roles.active.is_empty(),
        after: None,
    }
}
