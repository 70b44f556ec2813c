//! The scheduled functions: run once in each of the clock's hours, as `EventBridge` does.

use portico::App;
use serde_json::{Value, json};

use crate::functions::{Functions, InvocationError, name};

/// The functions that run hourly and the hour they last ran in, counted from 1970.
pub(crate) struct Schedules {
    app: App,
    functions: Functions,
    hourly: Vec<String>,
    ran_in: Option<i64>,
}

impl Schedules {
    /// Schedules the functions of those logical ids.
    pub(crate) fn new(app: App, functions: Functions, hourly: Vec<String>) -> Self {
        Self { app, functions, hourly, ran_in: None }
    }

    /// Returns the names of the scheduled functions.
    pub(crate) fn names(&self) -> Vec<String> {
        self.hourly.iter().map(|id| name(id)).collect()
    }

    /// Runs everything, if it has not run in the hour that the clock shows.
    pub(crate) async fn tick(&mut self) {
        let hour = self.app.now().as_second().div_euclid(3600);
        if self.ran_in.replace(hour) == Some(hour) {
            return;
        }
        for function in self.names() {
            if let Err(error) = run(&self.app, &self.functions, &function).await {
                tracing::error!(error.cause = %error, "a scheduled function failed");
            }
        }
    }
}

/// Runs one function with what `EventBridge` sends when the template names no input.
pub(crate) async fn run(
    app: &App,
    functions: &Functions,
    function: &str,
) -> Result<Value, InvocationError> {
    let event = json!({
        "version": "0",
        "id": format!("local-{}", app.now().as_millisecond()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "000000000000",
        "time": app.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "region": "local",
        "resources": [format!("arn:aws:scheduler:local:000000000000:schedule/default/{function}")],
        "detail": "{}",
    });
    functions.invoke(function, event).await
}
