//! Takes requests for access on that nobody has decided on in time: from administrators to the partner, from there to staff (requirement 23).
//!
//! It reads what is due from an index, so that its cost grows with what is due. Every step changes the request itself, so that a run that was
//! killed, late or doubled makes no difference.

use portico::{
    App, Result,
    lambda::{self, Deadline, config::Config, schedule::process_due_items},
    store::{DueItem, DueKind},
    workflows::route_access_request::route_access_request,
};
use serde_json::{Value, json};

/// The name under which it remembers how far it has come.
const NAME: &str = "route-access-requests";

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Answers how many requests went a step on: `{"routed": 2, "through": "2027-01-01", "finished": true}`.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let asker = app.clone();
    let (routed, report) =
        Box::pin(process_due_items(&app, NAME, DueKind::AccessRequests, deadline, move |it| {
            route(asker.clone(), it)
        }))
        .await?;
    tracing::info!(access_requests.routed = routed, "requests for access routed");
    Ok(json!({ "routed": routed, "through": report.through, "finished": report.finished }))
}

async fn route(app: App, item: DueItem) -> Result<bool> {
    let Some(request) = item.access_request else { return Ok(false) };
    route_access_request(&app, item.account, request).await
}
