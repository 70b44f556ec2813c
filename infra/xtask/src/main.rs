//! The project's own commands. `cargo xtask test` runs everything CI runs and installs what it needs.

mod steps;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask test [rust | site | browser]
  test          everything CI runs, from a fresh clone, with no prior step
  test rust     formatting, lints and the Rust suites
  test site     type check, unit tests and build of the site
  test browser  the journeys in a real browser";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["test"] => steps::rust().and_then(|()| steps::site()).and_then(|()| steps::browser()),
        ["test", "rust"] => steps::rust(),
        ["test", "site"] => steps::site(),
        ["test", "browser"] => steps::browser(),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => {
            tools::say("All of it passed.");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            tools::complain(&reason);
            ExitCode::FAILURE
        }
    }
}
