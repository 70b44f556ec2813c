//! `cargo xtask deploy`: Portico on AWS, from nothing or from the release before, with one command that can be given again at any time.

mod apply;
mod bucket;
mod check;
mod destroy;
mod files;
mod next_steps;
mod origin_key;
mod site;

use clap::Args;

use crate::{aws::Place, build, terminal::say};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Applies the changes without asking
    #[arg(long)]
    yes: bool,
    /// Draws a new key for CloudFront to prove itself with to the functions
    #[arg(long)]
    new_origin_key: bool,
    /// Takes everything down but the table
    #[arg(long, conflicts_with_all = ["yes", "new_origin_key"])]
    destroy: bool,
}

/// Deploys, or takes down.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    if arguments.destroy {
        return destroy::run(&arguments.place);
    }
    let ready = check::run(&arguments.place)?;
    build::functions(ready.architecture)?;
    let (stack, applied) = apply::run(&ready, arguments.yes, arguments.new_origin_key)?;
    let address = stack.required("SiteUrl")?;
    let uploaded = site::run(&ready.aws, &stack, address)?;
    if applied || uploaded {
        say(&format!("\nPortico is at {address}"));
    } else {
        say(&format!("\nNothing has changed. Portico is at {address}"));
    }
    next_steps::print(&ready.aws, &stack, &ready.settings)
}
