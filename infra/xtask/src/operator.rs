//! `cargo xtask operator`: what only whoever runs Portico may do. It calls the functions directly, which AWS's own permissions guard.

mod answer;
mod deliver_queued;
mod import;
mod people;
mod restart;
mod restore;
mod secret;

use clap::Subcommand;
use serde_json::Value;

use crate::{
    aws::{self, Aws, Place},
    stack::Stack,
    terminal::say,
};

#[derive(Subcommand)]
pub(crate) enum Act {
    /// Creates the vendor's own account, whose professionals are staff
    CreateVendor {
        /// The vendor's name
        name: String,
    },
    /// Creates a customer's or partner's account
    CreateAccount(people::NewAccount),
    /// Adds a professional to an account and mails the invitation. The first one becomes administrator and holds both contact roles
    Invite(people::NewProfessional),
    /// Brings in accounts or professionals from a CSV file
    Import(import::Arguments),
    /// Calls a function with {"path": {…}, "query": {…}, "body": {…}} and prints the answer
    Invoke {
        /// The function's name, such as show-account
        function: String,
        /// What it is sent
        event: String,
    },
    /// Lists the functions there are
    Functions,
    /// Sets a provider's client secret, asked for or read from the standard input
    Secret {
        /// The provider's id: microsoft, google, or one of Providers
        provider: String,
    },
    /// Starts a function anew, for what it reads only when it starts
    Restart {
        /// The function's name
        function: String,
    },
    /// Puts accounts back as they are in another table
    Restore(restore::Arguments),
    /// Has mail delivered that has waited in the outbox for ten minutes
    DeliverQueued,
}

/// Does it.
pub(crate) fn run(place: &Place, act: &Act) -> Result<(), String> {
    let (aws, stack) = aws::find(place)?;
    match act {
        Act::CreateVendor { name } => call(&aws, &stack, "create-account", &people::vendor(name)),
        Act::CreateAccount(account) => call(&aws, &stack, "create-account", &account.event()),
        Act::Invite(professional) => call(&aws, &stack, "invite", &professional.event()),
        Act::Invoke { function, event } => {
            let event = serde_json::from_str(event)
                .map_err(|error| format!("that is not JSON: {error}"))?;
            call(&aws, &stack, function, &event)
        }
        Act::Import(arguments) => import::run(&aws, &stack, arguments),
        Act::Functions => {
            stack
                .functions(&aws)?
                .iter()
                .for_each(|(name, physical)| say(&format!("{name:<25} {physical}")));
            Ok(())
        }
        Act::Secret { provider } => secret::set(&aws, &stack, provider),
        Act::Restart { function } => restart::run(&aws, &stack, function),
        Act::Restore(arguments) => restore::run(&aws, &stack, arguments),
        Act::DeliverQueued => deliver_queued::run(&aws, &stack),
    }
}

/// Calls a function and prints what it answers; a refusal is a failure.
fn call(aws: &Aws, stack: &Stack, function: &str, event: &Value) -> Result<(), String> {
    let answer = aws.invoke(&physical(aws, stack, function)?, event)?;
    say(&answer::read(&answer)?);
    Ok(())
}

fn physical(aws: &Aws, stack: &Stack, function: &str) -> Result<String, String> {
    let functions = stack.functions(aws)?;
    functions.get(function).cloned().ok_or_else(|| {
        let names: Vec<&str> = functions.keys().map(String::as_str).collect();
        format!("there is no function {function}; there are {}", names.join(", "))
    })
}
