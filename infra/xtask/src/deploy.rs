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

use anyhow::{Context as _, Result};
use clap::Args;

use crate::{
    aws::{Stack, StackRef},
    build,
    providers::{self, Selection, Silence},
};
use preflight::Deployment;

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Arguments {
    #[command(flatten)]
    stack: StackRef,
    /// Applies the changes without asking
    #[arg(long)]
    yes: bool,
    /// Replaces the origin key, the secret that CloudFront adds to its requests: three deployments
    #[arg(long)]
    new_origin_key: bool,
    /// Deploys although sign-in cannot work with one of the identity providers
    #[arg(long)]
    skip_provider_check: bool,
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
    if !arguments.skip_provider_check {
        check_providers(&deployment)?;
    }
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

/// Checks the identity providers. One that is down does not stop a deployment, one with which
/// sign-in cannot work does.
fn check_providers(deployment: &Deployment) -> Result<()> {
    let Deployment { settings, stack, .. } = deployment;
    let parameter = |name: &str| settings.get(name).map(str::to_owned);
    if !providers::any(parameter) {
        return Ok(());
    }
    let known = stack.as_ref().and_then(|stack: &Stack| stack.output("SiteUrl"));
    let site = settings.custom_domain_url().or(known.map(str::to_owned));
    providers::check(&Selection::All, parameter, site.as_deref(), Silence::Allowed).context(
        "Nothing has been deployed: sign-in cannot work with an identity provider, see above. Mend \
         it, or go on with --skip-provider-check",
    )
}
