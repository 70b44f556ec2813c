//! Serves the local run's endpoints (`/_local/`) for browser tests against the deployment.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use local::{Mailbox, Message, Ses};
use serde_json::{Value, json};
use tests::{Clock, Deployment};

#[derive(Clone)]
struct Companion {
    deployment: Deployment,
    mailbox: Mailbox,
    clock: Clock,
}

/// Returns the endpoints, and the emulated mail service whose mailbox they show.
pub(crate) fn router(deployment: &Deployment) -> Router {
    let (mailbox, clock) = (Mailbox::default(), deployment.clock());
    let mail = Ses::default().router(mailbox.clone(), clock.of_this_process());
    let companion = Companion { deployment: deployment.clone(), mailbox, clock };
    Router::new()
        .route("/_local/mail", get(messages))
        .route("/_local/invoke/{function}", post(invoke))
        .route("/_local/run/{function}", post(invoke))
        .route("/_local/clock", post(set_clock))
        .with_state(companion)
        .merge(mail)
}

async fn messages(State(companion): State<Companion>) -> Json<Vec<Message>> {
    Json(companion.mailbox.messages())
}

async fn invoke(
    State(companion): State<Companion>,
    Path(function): Path<String>,
    body: Bytes,
) -> Response {
    let event = serde_json::from_slice(&body).unwrap_or_else(|_| json!({}));
    match companion.deployment.invoke(&function, &event).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error).into_response(),
    }
}

/// Sets the clock to the current time of day on the requested date or, for `null`, on today's.
async fn set_clock(State(companion): State<Companion>, Json(input): Json<Value>) -> Json<Value> {
    let real = portico::runtime::Clock::default().now().to_zoned(jiff::tz::TimeZone::UTC);
    let day = input["today"].as_str().and_then(|day| day.parse().ok()).unwrap_or(real.date());
    if let Ok(time) = real.with().date(day).build() {
        companion.clock.set(time.timestamp());
    }
    Json(json!({ "now": companion.clock.now() }))
}
