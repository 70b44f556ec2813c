//! Emulates `EventBridge` Scheduler by Portico's clock.

use heck::ToKebabCase as _;
use portico::App;
use serde_json::{Value, json};

use crate::{
    functions::{Functions, InvocationError},
    template::Schedule,
};

/// The scheduled functions, each with the interval it last ran in.
pub(crate) struct Schedules {
    app: App,
    functions: Functions,
    runs: Vec<(Schedule, Option<i64>)>,
}

impl Schedules {
    pub(crate) fn new(app: App, functions: Functions, schedules: Vec<Schedule>) -> Self {
        let runs = schedules.into_iter().map(|schedule| (schedule, None)).collect();
        Self { app, functions, runs }
    }

    /// Returns the names of the scheduled functions.
    pub(crate) fn names(&self) -> Vec<String> {
        self.runs.iter().map(|(schedule, _)| schedule.function.to_kebab_case()).collect()
    }

    /// Runs each function that has not run in its current interval.
    ///
    /// So all functions run at the start, and again whenever the clock is set to another interval.
    pub(crate) async fn tick(&mut self) {
        for (schedule, ran_in) in &mut self.runs {
            let interval = schedule.interval(self.app.now());
            if ran_in.replace(interval) == Some(interval) {
                continue;
            }
            let function = schedule.function.to_kebab_case();
            if let Err(error) = run(&self.app, &self.functions, &function).await {
                tracing::error!(error.cause = %error, "a scheduled function failed");
            }
        }
    }
}

/// Runs one function with the event that `EventBridge` Scheduler sends when the template gives no
/// input.
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
