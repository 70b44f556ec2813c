//! The project's own commands. `cargo xtask test` runs everything CI runs and installs what it needs; `cargo xtask deploy` brings
//! Portico up on AWS; `cargo xtask operator` does there what only an operator may.

mod aws;
mod build;
mod command;
mod deploy;
mod elf;
mod operator;
mod private_file;
mod settings;
mod stack;
mod steps;
mod template;
mod terminal;
mod tools;
mod venv;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::{aws::Place, build::Architecture};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Portico's own commands", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything CI runs, from a fresh clone, with no prior step; or one part of it
    Test { part: Option<Part> },
    /// Builds all functions for AWS Lambda and checks size and glibc of each
    Build {
        #[arg(default_value = "arm64")]
        architecture: Architecture,
    },
    /// Brings Portico up on AWS, or up to date: functions, table, mail, site. Again changes nothing
    Deploy(deploy::Arguments),
    /// What only an operator may do, by calling the functions directly
    Operator {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        act: operator::Act,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Formatting, lints and the Rust suites
    Rust,
    /// Type check, unit tests and build of the site
    Site,
    /// The journeys in a real browser
    Browser,
    /// The template's rules, then the deployed system on an AWS of this machine's own
    Deploy,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Task::Test { part } => test(part),
        Task::Build { architecture } => build::functions(architecture),
        Task::Deploy(arguments) => deploy::run(&arguments),
        Task::Operator { place, act } => operator::run(&place, &act),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            terminal::complain(&reason);
            ExitCode::FAILURE
        }
    }
}

fn test(part: Option<Part>) -> Result<(), String> {
    let parts: [fn() -> Result<(), String>; 4] =
        [steps::rust, steps::site, steps::browser, steps::deploy];
    match part {
        None => parts.iter().try_for_each(|it| it())?,
        Some(part) => parts[part as usize]()?,
    }
    terminal::say("All of it passed.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
