//! Deploys infra/template.yaml with the real functions to an AWS emulator, and tests the
//! deployment.
//!
//! `cargo xtask test deploy` builds what it needs and runs it: `target/venv`
//! (tests/deploy/requirements.txt), `target/lambda`, `site/public`. Single parts run by name:
//! `cargo test --package tests --test deploy -- suite settings policies journey`. The part `stay`
//! keeps the deployment up until Enter.

mod companion;
mod emulator;
mod journey;
mod policies;
mod settings;
mod stack;
mod suite;

use std::{env, io, process::ExitCode, time::Instant};

use emulator::Emulator;

/// The parts that run without arguments, in this order.
const PARTS: [&str; 4] = ["suite", "settings", "policies", "journey"];

/// The result of a part.
type Done = Result<(), String>;

#[tokio::main]
async fn main() -> ExitCode {
    let parts: Vec<String> =
        env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let parts = if parts.is_empty() { PARTS.map(str::to_owned).to_vec() } else { parts };
    match run(&parts).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            say(&format!("FAILED: {reason}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(parts: &[String]) -> Done {
    let emulator = Emulator::start().await?;
    let deployment =
        step("deploy", async { stack::deploy(&emulator, stack::TEST_PROVIDER) }).await?;
    for part in parts {
        match part.as_str() {
            "suite" => step("suite", suite::run(&emulator, &deployment)).await?,
            "settings" => step("settings", settings::check(&emulator, &deployment)).await?,
            "policies" => step("policies", policies::mutate(&emulator, &deployment)).await?,
            "journey" => step("journey", journey::walk(&emulator)).await?,
            "stay" => stay(&emulator)?,
            other => {
                return Err(format!("unknown part {other}; choose from {}", PARTS.join(", ")));
            }
        }
    }
    Ok(())
}

/// Runs a part and prints its duration.
async fn step<T>(name: &str, part: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    say(&format!("== {name}"));
    let started = Instant::now();
    let done = part.await.map_err(|reason| format!("{name}: {reason}"))?;
    say(&format!("   {name} took {} s", started.elapsed().as_secs()));
    Ok(done)
}

fn stay(emulator: &Emulator) -> Done {
    say(&format!(
        "{} runs until you press Enter; tests use it with {}={}",
        emulator.site(),
        tests::DEPLOYED,
        emulator.file().display()
    ));
    io::stdin().read_line(&mut String::new()).map(|_| ()).map_err(|error| error.to_string())
}

#[expect(clippy::print_stdout, reason = "the progress that people watch")]
fn say(line: &str) {
    println!("{line}");
}
