//! `cargo xtask deploy`: brings Portico to AWS or up to date. Safe to repeat at any time.

mod apply;
mod bucket;
mod destroy;
mod edge;
mod headers;
mod next_steps;
mod origin_key;
mod preflight;
mod site;

use anyhow::Result;
use clap::Args;

use crate::{aws::StackRef, build};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    stack: StackRef,
    /// Applies the changes without asking
    #[arg(long)]
    yes: bool,
    /// Replaces the origin key, the secret that CloudFront adds to its requests: three deployments
    #[arg(long)]
    new_origin_key: bool,
    /// Deletes the stack except for its table
    #[arg(long, conflicts_with_all = ["yes", "new_origin_key"])]
    destroy: bool,
}

/// Deploys Portico or deletes the stack.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.destroy {
        return destroy::run(&arguments.stack);
    }
    let deployment = preflight::run(&arguments.stack)?;
    build::functions(deployment.architecture)?;
    let options =
        apply::Options { confirm: !arguments.yes, new_origin_key: arguments.new_origin_key };
    let (stack, stack_changed) = apply::run(&deployment, options)?;
    let site_url = stack.required_output("SiteUrl")?;
    let site_changed = site::run(&deployment.aws, &stack, site_url)?;
    if stack_changed || site_changed {
        println!("\nPortico is deployed at {site_url}");
    } else {
        println!("\nNothing has changed. Portico is at {site_url}");
    }
    next_steps::print(&deployment.aws, &stack, &deployment.settings)
}
