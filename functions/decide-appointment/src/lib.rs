//! Approves or declines the appointment of an administrator, as the second person (requirement 24).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{AppointmentId, Deed, FieldErrorCode, Reason, authorization::Action},
    http::{Request, Response, ok, views::AccountView},
    store::AccountChange,
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

/// Decides; the activity list keeps the `reason` of a refusal. Whoever asked may take it back, but not approve it. The same decision twice is
/// made once.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut access = request.authorize(&app, request.account()?, Action::DecideAppointment).await?;
    let Input { approve, reason } = request.json()?;
    let reason = reason
        .map(|it| Reason::parse(&it))
        .transpose()
        .map_err(|code| Error::invalid("reason", code))?;
    let wanted = request.path("appointment").and_then(AppointmentId::parse);
    let appointment = access
        .account
        .appointment
        .clone()
        .filter(|it| Some(it.id) == wanted)
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
            "somebody else of the staff has to approve what you have asked for",
        ));
    }
    let decided = if approve {
        match appoint(&app, &access, &appointment.request, &appointment.by.name, Some(&appointment))
            .await
        {
            Err(Error::Ineligible) => {
                return Err(Error::invalid("professional", FieldErrorCode::Ineligible));
            }
            decided => decided?,
        }
    } else {
        decline(&app, &access, reason).await?
    };
    access.account = decided;
    ok(&AccountView::new(&app, &access, &access.account))
}

async fn decline(
    app: &App,
    access: &Access,
    reason: Option<Reason>,
) -> Result<portico::domain::Account> {
    let before = &access.account;
    let mut activity = access.activity(app, before.id, Deed::AppointmentDeclined, None)?;
    activity.facts.extend(reason.map(|it| ("reason".to_owned(), it.to_string())));
    let mut after = before.clone();
    if let Some(appointment) = &mut after.appointment {
        activity.target = Some(appointment.request.target());
        appointment.approved = Some(false);
    }
    app.store.change_account(AccountChange::new(before, &after, &activity)).await?;
    after.version += 1;
    Ok(after)
}
