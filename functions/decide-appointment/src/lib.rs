//! Approves or declines the appointment of an administrator, as the second person (requirement 24).

use portico::{
    App, Error, Result,
    domain::{AppointmentId, Deed, Flaw, Reason, authority::Act},
    http::{Entry, Request, Response, ok, views::AccountView},
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
    let mut entry = request.enter(&app, request.account()?, Act::DecideAppointment).await?;
    let Input { approve, reason } = request.json()?;
    let reason = reason
        .map(|it| Reason::parse(&it))
        .transpose()
        .map_err(|flaw| Error::invalid("reason", flaw))?;
    let wanted = request.path("appointment").and_then(AppointmentId::parse);
    let appointment = entry
        .account
        .appointment
        .clone()
        .filter(|it| Some(it.id) == wanted)
        .ok_or(Error::NotFound("appointment"))?;
    match appointment.approved {
        Some(decided) if decided == approve => {
            return ok(&AccountView::new(&app, &entry, &entry.account));
        }
        Some(_) => return Err(Error::Changed),
        None => {}
    }
    if approve && appointment.is_asked_by(&entry.actor(entry.account.id)) {
        return Err(Error::Forbidden(
            "somebody else of the staff has to approve what you have asked for",
        ));
    }
    let decided = if approve {
        match app.appoint(&entry, &appointment.wish, &appointment.by.name, Some(&appointment)).await
        {
            Err(Error::Ineligible) => return Err(Error::invalid("professional", Flaw::Ineligible)),
            decided => decided?,
        }
    } else {
        decline(&app, &entry, reason).await?
    };
    entry.account = decided;
    ok(&AccountView::new(&app, &entry, &entry.account))
}

async fn decline(
    app: &App,
    entry: &Entry,
    reason: Option<Reason>,
) -> Result<portico::domain::Account> {
    let before = &entry.account;
    let mut activity = entry.activity(app, before.id, Deed::AppointmentDeclined, None)?;
    activity.facts.extend(reason.map(|it| ("reason".to_owned(), it.to_string())));
    let mut after = before.clone();
    if let Some(appointment) = &mut after.appointment {
        activity.target = Some(appointment.wish.target());
        appointment.approved = Some(false);
    }
    app.store.change_account(before, &after, &[], &[], &activity).await?;
    after.version += 1;
    Ok(after)
}
