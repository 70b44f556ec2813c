//! Project commands: `cargo xtask test | audit | sbom | build | deploy | operator`.
//!
//! From bottom to top; each module uses only those before it:
//!
//! - `terminal`, `process`, `private_file`, `architecture`: the machine and its programs
//! - `tools`: finds or installs Node, Chromium, faketime, Python packages, cargo-deny, Rust targets
//! - `settings`: reads and validates the deployment's parameters
//! - `aws`: the AWS CLI and the stack
//! - `providers`: checks identity providers
//! - `audit`, `sbom`, `build`, `checks` (`cargo xtask test`), `deploy`, `operator`: the commands

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

mod architecture;
mod audit;
mod aws;
mod build;
mod checks;
#[cfg(test)]
mod comment_width;
mod deploy;
mod operator;
mod private_file;
mod process;
mod providers;
mod sbom;
#[cfg(test)]
mod security_document;
mod settings;
mod terminal;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{architecture::Architecture, aws::StackRef};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Portico's project commands",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs every check that CI runs, or some parts of them; works from a fresh clone
    Test { parts: Vec<checks::Part> },
    /// Asks whether dependencies have known vulnerabilities: exits with 1 if some have, and with 2
    /// if it could not ask
    Audit,
    /// Writes what the functions and the site are made of to target/sbom (CycloneDX)
    Sbom {
        #[arg(default_value = "arm64")]
        architecture: Architecture,
    },
    /// Builds all functions for AWS Lambda and checks the size and glibc version of each
    Build {
        #[arg(default_value = "arm64")]
        architecture: Architecture,
    },
    /// Deploys or updates Portico on AWS: functions, table, mail, site
    Deploy(deploy::Arguments),
    /// Operator tasks, which invoke the functions directly
    Operator {
        #[command(flatten)]
        stack: StackRef,
        #[command(subcommand)]
        command: operator::OperatorCommand,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Test { parts } => checks::run(&parts),
        Command::Audit => return audit::run(),
        Command::Sbom { architecture } => sbom::run(architecture),
        Command::Build { architecture } => build::functions(architecture),
        Command::Deploy(arguments) => deploy::run(&arguments),
        Command::Operator { stack, command } => operator::run(&stack, &command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_definition_is_valid() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
