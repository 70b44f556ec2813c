//! Appointing an administrator from outside, at once or after a second person's approval
//! (requirement 24).

use crate::{
    App, Result,
    auth::Access,
    domain::{
        Account, Appointment, AppointmentRequest, Event, MailContent, OutboxMail,
        authorization::ActingAs,
    },
    store::AccountChange,
};

/// Applies `request`, made by `by`, in one transaction with the mail to every linked professional,
/// and returns the changed account.
///
/// `appointment` is the one that a second person has just approved. Fails with
/// [`crate::Error::Ineligible`] when the new administrator is not on the list or has an end date.
pub async fn appoint(
    app: &App,
    access: &Access,
    request: &AppointmentRequest,
    by: &str,
    appointment: Option<&Appointment>,
) -> Result<Account> {
    let before = &access.account;
    let mut after = before.clone();
    after.roles = request.apply(&before.roles);
    // A pending appointment is replaced by one that takes effect.
    after.appointment =
        appointment.map(|appointment| Appointment { approved: Some(true), ..appointment.clone() });

    let event = Event::AdministratorAppointed {
        professional: request.person(),
        in_place_of: request.leaving_people(),
        reason: request.reason.clone().map(Into::into),
        requested_by: appointment.map(|_| by.into()),
    };
    let event = access.audit_event(app, before.id, event)?;
    let requested_as = appointment.map_or(access.acting_as, |appointment| appointment.by.acting_as);
    let partner = before
        .partner
        .as_ref()
        .filter(|_| requested_as == ActingAs::Partner)
        .map(|partner| partner.name.clone());
    let content = MailContent::AdministratorChanged {
        account_name: before.name.to_string(),
        professional_name: request.name.clone(),
        in_place_of: request.leaving(),
        leaving: request.in_place_of.keys().copied().collect(),
        by: by.to_owned(),
        partner,
        reason: request.reason.clone(),
        after: None,
    };
    let mail = OutboxMail { account: Some(before.id), ..app.outbox_mail(content, None, None)? };
    let change = AccountChange {
        new_holders: &[request.professional],
        mails: &[mail],
        ..AccountChange::new(before, &after, &event)
    };
    app.store.change_account(change).await?;
    after.version += 1;
    Ok(after)
}
