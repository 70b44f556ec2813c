//! `cargo xtask test`: runs the checks and reports how long each step took.

mod step_times;
mod steps;

use anyhow::Result;
use clap::ValueEnum;
use xshell::Shell;

use self::step_times::StepTimes;
use crate::process::shell;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Part {
    /// Formatting, lints and the Rust suites
    Rust,
    /// Lints, type check, unit tests and build of the site
    Site,
    /// Browser tests
    Browser,
    /// The template's rules, then the system deployed on a local AWS emulator
    Deploy,
}

/// Runs one part or all of them, and prints the time of each step, also after a failure.
pub(crate) fn run(part: Option<Part>) -> Result<()> {
    let sh = shell()?;
    let mut times = StepTimes::default();
    let parts = part.map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let result = parts.into_iter().try_for_each(|part| part.run(&sh, &mut times));
    println!("\n{times}");
    result?;
    println!("All checks passed.");
    Ok(())
}

impl Part {
    fn run(self, sh: &Shell, times: &mut StepTimes) -> Result<()> {
        match self {
            Self::Rust => steps::rust(sh, times),
            Self::Site => steps::site(sh, times),
            Self::Browser => steps::browser(sh, times),
            Self::Deploy => steps::deploy(sh, times),
        }
    }
}
