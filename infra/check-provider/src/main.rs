//! `cargo xtask operator check-provider` and `cargo xtask deploy` start this.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

use std::{error::Error as _, process::ExitCode};

use check_provider::{Severity, check};
use clap::Parser;
use portico::{lambda::config, sign_in::Provider};

/// The exit code if a provider did not answer.
const NOT_CHECKED: u8 = 3;

/// Asks identity providers for their metadata and keys, and says what will not work. Exits with 1
/// if sign-in cannot work, and with 3 if a provider did not answer
#[derive(Parser)]
#[expect(clippy::doc_markdown, reason = "clap prints the comments as they are")]
struct Arguments {
    /// The id of the provider to check; without it, all
    id: Option<String>,
    /// A provider that is not deployed yet, in JSON, in place of the configured ones
    #[arg(long, value_name = "JSON", conflicts_with = "id")]
    provider: Option<String>,
    /// The parameter Providers
    #[arg(long, value_name = "JSON", default_value = "")]
    providers: String,
    /// The parameter MicrosoftClientId
    #[arg(long, default_value = "")]
    microsoft_client_id: String,
    /// The parameter MicrosoftTenant
    #[arg(long, default_value = "")]
    microsoft_tenant: String,
    /// The parameter GoogleClientId
    #[arg(long, default_value = "")]
    google_client_id: String,
    /// The portal's address, for what to register
    #[arg(long, default_value = "https://ADDRESS-OF-THE-PORTAL")]
    site: String,
    /// Exits with 0 although a provider did not answer
    #[arg(long)]
    allow_unreachable: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let providers = match arguments.providers() {
        Ok(providers) => providers,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut worst = None;
    for provider in &providers {
        let report = check(provider, arguments.site.trim_end_matches('/')).await;
        println!("{report}");
        worst = worst.max(report.worst());
    }
    match worst {
        Some(Severity::Error) => ExitCode::FAILURE,
        Some(Severity::Unreachable) if !arguments.allow_unreachable => NOT_CHECKED.into(),
        _ => ExitCode::SUCCESS,
    }
}

impl Arguments {
    /// Parses the providers as the functions do, and returns those that are to be checked.
    fn providers(&self) -> Result<Vec<Provider>, String> {
        let own = self.provider.as_ref().map(|provider| format!("[{provider}]"));
        let value = |name: &str| {
            let value = match (name, &own) {
                ("PROVIDERS", Some(own)) => own,
                ("PROVIDERS", None) => &self.providers,
                ("MICROSOFT_CLIENT_ID", None) => &self.microsoft_client_id,
                ("MICROSOFT_TENANT", None) => &self.microsoft_tenant,
                ("GOOGLE_CLIENT_ID", None) => &self.google_client_id,
                _ => return None,
            };
            Some(value.clone()).filter(|value| !value.is_empty())
        };
        let mut providers = config::providers(value).map_err(|error| {
            // The message for callers hides its cause.
            error.source().map_or_else(|| error.to_string(), ToString::to_string)
        })?;
        if let Some(id) = &self.id {
            let ids: Vec<_> = providers.iter().map(|provider| provider.id.clone()).collect();
            providers.retain(|provider| provider.id == *id);
            if providers.is_empty() {
                return Err(format!(
                    "there is no provider {id}; samconfig.toml has: {}",
                    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
                ));
            }
        }
        Ok(providers)
    }
}
