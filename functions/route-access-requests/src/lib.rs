//! Escalates requests for access that nobody has decided in time: from administrators to the
//! partner, and from the partner to staff (requirement 23).
//!
//! The schedule reads due requests from an index, so its cost grows only with what is due. Each
//! step changes the request itself, so late, repeated or killed runs do no harm.

use portico::{
    App, Result,
    lambda::{self, Deadline, config::Config, schedule::process_due_items},
    store::{DueItem, DueKind},
    workflows::route_access_request::route_access_request,
};
use serde_json::{Value, json};

/// The name under which the schedule's progress is stored.
const NAME: &str = "route-access-requests";

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Returns how many requests were escalated:
/// `{"routed": 2, "through": "2027-01-01", "finished": true}`.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let process = {
        let app = app.clone();
        move |item| route(app.clone(), item)
    };
    let (routed, report) =
        Box::pin(process_due_items(&app, NAME, DueKind::AccessRequests, deadline, process)).await?;
    tracing::info!(access_requests.routed = routed, "requests for access routed");
    Ok(json!({ "routed": routed, "through": report.through, "finished": report.finished }))
}

async fn route(app: App, item: DueItem) -> Result<bool> {
    let Some(request) = item.access_request else { return Ok(false) };
    Box::pin(route_access_request(&app, item.account, request)).await
}
