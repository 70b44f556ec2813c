//! `cargo run`: runs Portico on this machine, with its site, a local sign-in and an example to try.

mod identity_provider;
mod node;
mod terminal;
mod website;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use jiff::civil::Date;
use local::{
    Example, LocalResources, Options, Stack, Vendor, find_repository, own_providers, write_whole,
};
use portico::sign_in::Provider;

use identity_provider::IdentityProvider;

/// Runs Portico on this machine
#[derive(Parser)]
#[expect(clippy::doc_markdown, reason = "clap prints the comments as they are")]
struct Arguments {
    /// The port on localhost
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The folder that keeps accounts and mail
    #[arg(long, default_value = ".portico")]
    data: PathBuf,
    /// Empties the data folder first
    #[arg(long)]
    fresh: bool,
    /// The date of Portico's clock, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// A folder with an accounts.csv and a professionals.csv to start with
    #[arg(long, value_name = "FOLDER", conflicts_with = "empty")]
    example: Option<PathBuf>,
    /// Starts without any account
    #[arg(long)]
    empty: bool,
    /// Adds your own identity provider beside Local sign-in, as in the parameter Providers:
    /// {"id": "acme", "name": "Acme", "issuer": "https://…", "client_id": "…"}. Its secret, or its
    /// key in PEM, is in the environment variable PORTICO_SECRET_ID, here PORTICO_SECRET_ACME.
    /// Repeatable
    #[arg(long, value_name = "JSON")]
    provider: Vec<String>,
}

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    terminal::show_warnings();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::fail(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    let (stack, mut identity_provider) = tokio::select! {
        started = start(&arguments) => started?,
        () = stop_signal() => return Ok(()),
    };
    let outcome = tokio::select! {
        error = identity_provider.stopped() => Err(error.into()),
        () = stop_signal() => Ok(()),
    };
    stack.stop().await;
    identity_provider.stop().await;
    outcome
}

async fn start(arguments: &Arguments) -> Result<(Stack, IdentityProvider)> {
    let repository = find_repository(&env::current_dir()?)?;
    let providers = own_providers(&arguments.provider, variable)?;
    let folder =
        arguments.example.clone().unwrap_or_else(|| repository.join("infra/local/example"));
    let example = if arguments.empty { None } else { Some(Example::read(&folder)?) };
    let people = example.as_ref().map(Example::people).unwrap_or_default();
    let vendor = Vendor::read(&repository.join("site/config.toml"))?;
    node::check().await?;
    let resources =
        LocalResources::claim(arguments.port, Some(&arguments.data), arguments.fresh).await?;
    if resources.has_lost_database() {
        terminal::warn(&format!(
            "the database in {} is missing or empty, although mail or other data of an earlier run \
             is there. Portico begins with a new database. If that is not what you want, press \
             Ctrl-C, put the old dynamodb.sqlite back, or name another folder with --data",
            arguments.data.display()
        ));
    }
    let site = website::build(&repository).await?;
    let identity_provider = IdentityProvider::start(&repository, &resources, &people).await?;
    let imported = resources.data_file("imported");
    let options = Options {
        site: Some(site),
        providers: [vec![identity_provider.provider()], providers.clone()].concat(),
        people: people.clone(),
        today: arguments.today,
        vendor: Some(vendor.name),
        access_mailbox: Some(vendor.access_mailbox),
        mail_from: vendor.mail_from,
        ..Options::default()
    };
    let mut stack = Stack::start_on(resources, options)?;
    if let (Some(example), Some(imported)) = (&example, &imported) {
        import(example, &folder, imported, &stack).await?;
    }
    // After the import, so that the schedules find the example's plans.
    stack.run_background();
    terminal::welcome(&stack.url, &people);
    for Provider { id, name, .. } in &providers {
        terminal::say(&format!(
            "{name}: register the redirect address {}/api/sign-in/callback/{id}",
            stack.url
        ));
    }
    Ok((stack, identity_provider))
}

/// Reads a provider's secret from the environment, so that it is on no command line.
#[expect(clippy::disallowed_methods, reason = "the local run's functions get their settings here")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Imports the example once: the next run must not undo what people have changed since.
async fn import(example: &Example, folder: &Path, imported: &Path, stack: &Stack) -> Result<()> {
    let folder = folder.canonicalize()?.to_string_lossy().into_owned();
    if fs::read_to_string(imported).is_ok_and(|earlier| earlier == folder) {
        return Ok(());
    }
    terminal::say("creating the example's accounts");
    example.import(&stack.functions, stack.app.today()).await?;
    Ok(write_whole(imported, folder.as_bytes())?)
}

/// Waits until Ctrl-C is pressed or the process is asked to terminate.
async fn stop_signal() {
    #[cfg(unix)]
    if let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {},
            _ = terminate.recv() => {},
        }
        return;
    }
    // Without a handler the signal terminates the process.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
