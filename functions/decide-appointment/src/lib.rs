//! Approves or declines an appointment as the second person (requirement 24).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, Appointment, AppointmentId, AppointmentRequest, Event, Professional, Reason,
        authorization::Action,
    },
    http::{Request, Response, ok, views::AccountView},
    store::{AccountChange, Lookup},
    workflows::appoint_administrator::appoint,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/appointments/{appointment}/decision";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    approve: bool,
    reason: Option<String>,
}

/// Decides. The activity list keeps the `reason` of a refusal. Requesters may decline their own
/// request but not approve it. The same decision twice takes effect once.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut access = request.authorize(&app, request.account()?, Action::DecideAppointment).await?;
    let Input { approve, reason } = request.json()?;
    let reason = reason
        .map(|text| Reason::parse(&text))
        .transpose()
        .map_err(|code| Error::invalid("reason", code))?;
    let wanted = request.path("appointment").and_then(AppointmentId::parse);
    let appointment = access
        .account
        .appointment
        .clone()
        .filter(|appointment| Some(appointment.id) == wanted)
        .ok_or(Error::NotFound("appointment"))?;
    match appointment.approved {
        Some(decided) if decided == approve => {
            return ok(&AccountView::new(&app, &access, &access.account));
        }
        Some(_) => return Err(Error::Changed),
        None => {}
    }
    if approve && appointment.is_requested_by(&access.actor(access.account.id)) {
        return Err(Error::Forbidden(
            "a second staff member must approve this; you requested it yourself",
        ));
    }
    access.account = if approve {
        let person = appointee(&app, &access.account, &appointment.request).await?;
        appoint(&app, &access, &appointment.request, person.as_ref(), Some(&appointment)).await?
    } else {
        decline(&app, &access, appointment, reason).await?
    };
    ok(&AccountView::new(&app, &access, &access.account))
}

/// Reads the appointee as they are now: the first read could not know whom the account names. Fails
/// with [`Error::Changed`] if they have got another address since.
async fn appointee(
    app: &App,
    account: &Account,
    request: &AppointmentRequest,
) -> Result<Option<Professional>> {
    let Some(appointee) = &request.appointee else { return Ok(None) };
    let lookup = Lookup::default().professional(account.id, appointee.id);
    let person = app.store.look_up(lookup).await?.professionals.pop();
    if person.as_ref().is_some_and(|person| person.details.email != appointee.on_record) {
        return Err(Error::Changed);
    }
    Ok(person)
}

async fn decline(
    app: &App,
    access: &Access,
    appointment: Appointment,
    reason: Option<Reason>,
) -> Result<Account> {
    let before = &access.account;
    let event = Event::AppointmentDeclined {
        professional: appointment.request.new_administrator(&before.roles),
        in_place_of: appointment.request.leaving_people(),
        new_address_of: appointment.request.new_address_of(),
        reason: reason.map(Into::into),
    };
    let event = access.audit_event(app, before.id, event)?;
    let mut after = before.clone();
    after.appointment = Some(Appointment { approved: Some(false), ..appointment });
    app.store.change_account(AccountChange::new(before, &after, &event)).await?;
    after.version += 1;
    Ok(after)
}
