//! `cargo xtask test`: runs the checks and reports how long each step took.

mod beside;
mod step_times;
mod steps;

use anyhow::Result;
use clap::ValueEnum;
use xshell::Shell;

use self::{beside::Beside, step_times::StepTimes};
use crate::process::shell;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Part {
    /// Installs what the other parts need: Node and Python packages, Chromium, faketime
    Tools,
    /// Formatting, lints and the Rust suites
    Rust,
    /// Licences, bans and sources of the dependencies
    Licences,
    /// Sign-ins with real identity providers
    Providers,
    /// Lints, type check, unit tests and build of the site
    Site,
    /// Browser tests
    Browser,
    /// The template's rules, then the system deployed on a local AWS emulator
    Deploy,
    /// Of the deployed system: that no permission is too many, and a browser's journey
    Privileges,
}

/// Runs the given parts or all of them, and prints the time of each step, also after a failure.
pub(crate) fn run(parts: &[Part]) -> Result<()> {
    let sh = shell()?;
    steps::lint_while_compiling(&sh);
    let mut times = StepTimes::start();
    let result = if parts.is_empty() {
        all(&sh, &mut times)
    } else {
        parts.iter().try_for_each(|part| part.run(&sh, &mut times))
    };
    println!("\n{times}");
    result?;
    println!("All checks passed.");
    Ok(())
}

/// Runs all parts, two at a time where one of them mostly waits.
fn all(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    steps::formatting(sh, times)?;
    // Downloads beside the compiler.
    let beside = Beside::start(&[Part::Tools, Part::Licences, Part::Site])?;
    let rust = steps::rust(sh, times);
    beside.finish(times)?;
    rust?;
    steps::providers(sh, times)?;
    steps::programs(sh, times)?;
    // An emulator handles one request at a time: on two cores, another deployment runs beside it.
    let beside = Beside::start(&[Part::Browser, Part::Privileges])?;
    let deployed = steps::template(sh, times)
        .and_then(|()| steps::deployed(sh, times, &["suite", "settings"]));
    beside.finish(times)?;
    deployed
}

impl Part {
    fn run(self, sh: &Shell, times: &mut StepTimes) -> Result<()> {
        match self {
            Self::Tools => steps::tools(times),
            Self::Rust => {
                steps::formatting(sh, times)?;
                steps::rust(sh, times)
            }
            Self::Licences => steps::licences(sh, times),
            Self::Providers => steps::providers(sh, times),
            Self::Site => steps::site(sh, times),
            Self::Browser => {
                steps::programs(sh, times)?;
                steps::browser(sh, times)
            }
            Self::Deploy => {
                steps::site_build(sh, times)?;
                steps::programs(sh, times)?;
                steps::template(sh, times)?;
                steps::deployed(sh, times, &[])
            }
            Self::Privileges => {
                steps::site_build(sh, times)?;
                steps::programs(sh, times)?;
                steps::deployed(sh, times, &["policies", "journey"])
            }
        }
    }
}
