//! Appointing an administrator from outside: the same at once and after a second person's approval (requirement 24).

use crate::{
    App, Result,
    auth::Access,
    domain::{
        Account, Appointment, AppointmentRequest, Event, MailContent, OutboxMail,
        authorization::ActingAs,
    },
};

/// Fulfils `request`, which `by` asked for, and has every linked professional told, in one transaction; returns the account afterwards.
///
/// `appointment` is what a second person has just approved. Fails with [`crate::Error::Ineligible`] when whoever is appointed is not on
/// the list any more or has an end date.
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
    // An appointment that waits is overtaken by one that is made.
    after.appointment = appointment.map(|it| Appointment { approved: Some(true), ..it.clone() });

    let event = Event::AdministratorAppointed {
        professional: request.person(),
        in_place_of: request.leaving_people(),
        reason: request.reason.clone().map(Into::into),
        requested_by: appointment.map(|_| by.into()),
    };
    let event = access.audit_event(app, before.id, event)?;
    let asker = appointment.map_or(access.acting_as, |it| it.by.acting_as);
    let partner =
        before.partner.as_ref().filter(|_| asker == ActingAs::Partner).map(|it| it.name.clone());
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
    app.store.change_account(before, &after, &[request.professional], &[mail], &event).await?;
    after.version += 1;
    Ok(after)
}
