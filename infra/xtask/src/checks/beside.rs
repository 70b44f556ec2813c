//! Parts that run beside others.

use std::{
    env,
    io::{self, Read as _},
    process::{Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum as _;

use super::{Part, step_times::StepTimes};

/// Parts that run in a process of their own, which is another xtask. Its output is kept until it
/// ends, so that the lines of two parts do not mix.
pub(super) struct Beside {
    parts: String,
    process: JoinHandle<io::Result<Ended>>,
}

struct Ended {
    status: ExitStatus,
    output: String,
    time: Duration,
}

impl Beside {
    /// Starts the parts, which run one after the other.
    pub(super) fn start(parts: &[Part]) -> Result<Self> {
        let names: Vec<_> = parts
            .iter()
            .filter_map(|part| Some(part.to_possible_value()?.get_name().to_owned()))
            .collect();
        let mut command =
            Command::new(env::current_exe().context("cannot find xtask's own program")?);
        command.arg("test").args(&names).stdin(Stdio::null());
        let parts = names.join(", ");
        println!("== Beside the next steps: {parts}; their output follows when they end");
        Ok(Self { parts, process: thread::spawn(|| run(command)) })
    }

    /// Waits for the parts and prints their output.
    pub(super) fn finish(self, times: &mut StepTimes) -> Result<()> {
        let Self { parts, process } = self;
        let ended = process.join().map_err(|_| anyhow::anyhow!("{parts}: the thread panicked"))?;
        let Ended { status, output, time } =
            ended.with_context(|| format!("{parts}: cannot run xtask"))?;
        println!("== What ran beside: {parts}\n{}", output.trim_end());
        times.add_beside(&parts, time, !status.success());
        if !status.success() {
            let arguments = parts.replace(',', "");
            bail!("{parts} failed ({status}). To run them alone: cargo xtask test {arguments}");
        }
        Ok(())
    }
}

/// Runs a program and collects what it prints, in order.
fn run(mut command: Command) -> io::Result<Ended> {
    let started = Instant::now();
    let (mut reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // Its copies of the pipe's end would keep the pipe open.
    drop(command);
    let mut output = Vec::new();
    reader.read_to_end(&mut output)?;
    let status = child.wait()?;
    let output = String::from_utf8_lossy(&output).into_owned();
    Ok(Ended { status, output, time: started.elapsed() })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn output_and_errors_are_collected_in_order_with_the_exit_code() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let Ended { status, output, .. } = run(command).expect("sh runs");
        assert_eq!((status.code(), output.as_str()), (Some(3), "one\ntwo\nthree\n"));
    }

    #[test]
    fn failed_parts_are_an_error_that_says_how_to_run_them_and_have_a_row() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 1"]);
        let process = thread::spawn(|| run(command));
        let mut times = StepTimes::start();
        let beside = Beside { parts: "tools, site".to_owned(), process };
        let error = beside.finish(&mut times).expect_err("failed").to_string();
        assert!(error.ends_with("To run them alone: cargo xtask test tools site"), "{error}");
        assert!(times.to_string().contains("Beside: tools, site"), "{times}");
    }
}
