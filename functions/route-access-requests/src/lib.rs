//! Takes requests for access on that nobody has decided on in time: from administrators to the partner, from there to staff (requirement 23).
//!
//! It reads what is due from an index, day by day since it last ran, so that its cost grows with what is due. Every step changes the request
//! itself, so that a run that was killed, late or doubled makes no difference.

use jiff::{ToSpan, civil::Date};
use portico::{App, Result, config::Config, domain::access_request::days_on_earth, lambda};
use serde_json::{Value, json};

/// The name under which it remembers how far it has come.
const NAME: &str = "route-access-requests";
/// How far back the first run looks, in days.
const FIRST_LOOK: i32 = 35;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Answers how many requests went a step on: `{"routed": 2, "through": "2027-01-01"}`. What the event says does not matter.
pub async fn handle(app: App, _event: Value) -> Result<Value> {
    let (ending, last) = days_on_earth(app.now());
    let mut day = app.store.schedule(NAME).await?.unwrap_or_else(|| last - FIRST_LOOK.days()).min(ending);
    let (mut routed, mut through) = (0_u32, day);
    let mut failed = Ok(());
    while day <= last {
        match route_due(&app, day).await {
            Ok(done) => routed += done,
            Err(error) => failed = failed.and(Err(error)),
        }
        // A day on which something went wrong is looked at again, and one that is not over everywhere.
        if failed.is_ok() && day <= ending {
            app.store.schedule_done(NAME, day).await?;
            through = day;
        }
        day = day.saturating_add(1.day());
    }
    tracing::info!(access_requests.routed = routed, "requests for access routed");
    failed.map(|()| json!({ "routed": routed, "through": through }))
}

/// One request that cannot be routed does not keep the others waiting.
async fn route_due(app: &App, day: Date) -> Result<u32> {
    let (mut routed, mut failed, mut after) = (0, Ok(()), None);
    loop {
        let due = app.store.access_due(day, after).await?;
        let Some(last) = due.last() else { return failed.map(|()| routed) };
        after = Some(*last);
        for it in due {
            match app.route_access_request(it.account, it.request).await {
                Ok(done) => routed += u32::from(done),
                Err(error) => failed = Err(error),
            }
        }
    }
}
