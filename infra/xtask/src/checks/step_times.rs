//! How long the steps of a test run took.

use std::{
    fmt,
    time::{Duration, Instant},
};

use anyhow::Result;
use xshell::Cmd;

use crate::process::run_step;

/// The steps that were run, in order, each with its time. Displayed as a table.
pub(super) struct StepTimes {
    started: Instant,
    steps: Vec<Step>,
}

struct Step {
    name: String,
    time: Duration,
    failed: bool,
}

impl StepTimes {
    /// Starts the clock of the whole run.
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), steps: Vec::new() }
    }

    /// Adds what has run beside other steps.
    pub(super) fn add_beside(&mut self, name: &str, time: Duration, failed: bool) {
        self.steps.push(Step { name: format!("Beside: {name}"), time, failed });
    }

    /// Runs a command as a step.
    pub(super) fn run(&mut self, name: &str, command: Cmd<'_>) -> Result<()> {
        self.measure(name, || run_step(name, command))
    }

    /// Runs a function as a step.
    pub(super) fn measure<T>(
        &mut self,
        name: &str,
        function: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let started = Instant::now();
        let result = function();
        let (name, time) = (name.to_owned(), started.elapsed());
        self.steps.push(Step { name, time, failed: result.is_err() });
        result
    }
}

impl fmt::Display for StepTimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<40} {:>10}", "Step", "Time")?;
        for Step { name, time, failed } in &self.steps {
            let note = if *failed { "  failed" } else { "" };
            writeln!(f, "{name:<40} {:>8.1} s{note}", time.as_secs_f32())?;
        }
        let total = self.started.elapsed().as_secs_f32();
        writeln!(f, "{:<40} {total:>8.1} s ({:.1} min)", "From start to end", total / 60.0)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn each_step_and_the_whole_run_have_a_row() {
        let mut times = StepTimes::start();
        times.steps.push(Step {
            name: "Formatting".to_owned(),
            time: Duration::from_secs(2),
            failed: false,
        });
        times.add_beside("site, browser", Duration::from_secs(118), true);
        let rows: Vec<_> = times
            .to_string()
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            rows,
            [
                "Step Time",
                "Formatting 2.0 s",
                "Beside: site, browser 118.0 s failed",
                "From start to end 0.0 s (0.0 min)",
            ]
        );
    }

    #[test]
    fn a_failed_step_is_recorded_too() {
        let mut times = StepTimes::start();
        assert_eq!(times.measure("First", || Ok(1)).expect("a result"), 1);
        assert!(times.measure("Second", || -> Result<()> { bail!("broken") }).is_err());
        let failed: Vec<_> =
            times.steps.iter().map(|step| (step.name.as_str(), step.failed)).collect();
        assert_eq!(failed, [("First", false), ("Second", true)]);
    }
}
