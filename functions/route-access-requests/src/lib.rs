//! Takes requests for access on that nobody has decided on in time: from administrators to the partner, from there to staff (requirement 23).
//!
//! It reads what is due from an index, so that its cost grows with what is due. Every step changes the request itself, so that a run that was
//! killed, late or doubled makes no difference.

use portico::{
    App, Result,
    config::Config,
    lambda::{self, Deadline},
    store::{Agenda, Matter},
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
    let (routed, walked) = Box::pin(app.work_off(
        NAME,
        Agenda::AccessRequests,
        deadline,
        move |it| route(asker.clone(), it),
    ))
    .await?;
    tracing::info!(access_requests.routed = routed, "requests for access routed");
    Ok(json!({ "routed": routed, "through": walked.through, "finished": walked.finished }))
}

async fn route(app: App, matter: Matter) -> Result<bool> {
    let Some(request) = matter.access_request else { return Ok(false) };
    app.route_access_request(matter.account, request).await
}
