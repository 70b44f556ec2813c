//! `cargo xtask operator`: invokes the functions directly, which only AWS permissions allow.

mod create;
mod deliver_queued;
mod import;
mod private_key;
mod response;
mod restart;
mod restore;
mod secret;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use serde_json::Value;

use crate::{
    aws::{AwsCli, Stack, StackRef},
    providers::{self, Selection, Silence},
    settings::Samconfig,
};

#[derive(Subcommand)]
pub(crate) enum OperatorCommand {
    /// Creates the vendor's own account, whose professionals are staff
    CreateVendor {
        /// The vendor's name
        name: String,
    },
    /// Creates a customer's or partner's account
    CreateAccount(create::NewAccount),
    /// Adds a professional to an account and mails the invitation. The first professional becomes
    /// administrator and holds both contact roles
    Invite(create::NewProfessional),
    /// Imports accounts or professionals from a CSV file
    Import(import::Arguments),
    /// Invokes a function with {"path": {…}, "query": {…}, "body": {…}} and prints the response
    Invoke {
        /// The function's name, such as show-account
        function: String,
        /// The event, in JSON
        event: String,
    },
    /// Lists the functions
    Functions,
    /// Sets a provider's client secret, prompted for or read from standard input, or its private
    /// key
    Secret {
        /// The provider's id: microsoft, google, or one of Providers
        provider: String,
        /// The file with the private key in PEM, for "auth": "private-key-jwt" or "apple"
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Reads an identity provider's metadata and keys, and says what will not work. Without an id:
    /// of all in samconfig.toml. Needs no AWS credentials
    CheckProvider {
        /// The provider's id: microsoft, google, or one of Providers
        id: Option<String>,
        /// A provider that is not in samconfig.toml yet, in JSON as in the parameter Providers
        #[arg(long, value_name = "JSON", conflicts_with = "id")]
        provider: Option<String>,
    },
    /// Restarts a function, which then reads its secrets and settings again
    Restart {
        /// The function's name
        function: String,
    },
    /// Restores accounts from another table
    Restore(restore::Arguments),
    /// Delivers mail that has been in the outbox for more than ten minutes
    DeliverQueued,
}

/// Runs a command on the selected stack.
pub(crate) fn run(stack_ref: &StackRef, command: &OperatorCommand) -> Result<()> {
    if let OperatorCommand::CheckProvider { id, provider } = command {
        return check_provider(id.as_deref(), provider.as_deref());
    }
    let (aws, stack) = stack_ref.find()?;
    match command {
        OperatorCommand::CreateVendor { name } => {
            invoke(&aws, &stack, "create-account", &create::vendor_event(name))
        }
        OperatorCommand::CreateAccount(account) => {
            invoke(&aws, &stack, "create-account", &account.event())
        }
        OperatorCommand::Invite(professional) => {
            invoke(&aws, &stack, "invite", &professional.event())
        }
        OperatorCommand::Invoke { function, event } => {
            let event = serde_json::from_str(event).context("the event is not valid JSON")?;
            invoke(&aws, &stack, function, &event)
        }
        OperatorCommand::Import(arguments) => import::run(&aws, &stack, arguments),
        OperatorCommand::Functions => {
            for (folder, name) in stack.functions(&aws)? {
                println!("{folder:<25} {name}");
            }
            Ok(())
        }
        OperatorCommand::Secret { provider, file } => {
            secret::set(&aws, &stack, provider, file.as_deref())
        }
        // Needs no stack.
        OperatorCommand::CheckProvider { .. } => Ok(()),
        OperatorCommand::Restart { function } => restart::run(&aws, &stack, function),
        OperatorCommand::Restore(arguments) => restore::run(&aws, &stack, arguments),
        OperatorCommand::DeliverQueued => deliver_queued::run(&aws, &stack),
    }
}

/// Checks the providers of samconfig.toml, one of them, or one that is not in it yet.
fn check_provider(id: Option<&str>, provider: Option<&str>) -> Result<()> {
    let samconfig = Samconfig::read()?;
    let parameter = |name: &str| samconfig.parameter(name).map(str::to_owned);
    let selection = match (id, provider) {
        (_, Some(json)) => Selection::Undeployed(json),
        (Some(id), None) => Selection::One(id),
        (None, None) => Selection::All,
    };
    let site = parameter("Domain").map(|domain| format!("https://{domain}"));
    providers::check(&selection, parameter, site.as_deref(), Silence::Fails)
}

/// Invokes a function and prints its response.
///
/// # Errors
/// If the response is a problem.
fn invoke(aws: &AwsCli, stack: &Stack, function: &str, event: &Value) -> Result<()> {
    let response = aws.invoke(&stack.function_name(aws, function)?, event)?;
    println!("{}", response::format(&response)?);
    Ok(())
}
