//! Runs the local identity provider, a Node program that ends with this one.

use std::{io, path::Path, process::Stdio, time::Duration};

use local::{LocalResources, Person};
use portico::sign_in::Provider;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout},
    time::timeout,
};

use crate::node;

/// Portico's client id at the provider.
const CLIENT: &str = "portico-local";

/// Time limit for the provider to start, and to stop.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// A running identity provider. It stops when its standard input is closed, and so also when this
/// process is killed.
pub(crate) struct IdentityProvider {
    process: Child,
    // Taken out of `process`, which would close it to wait.
    input: ChildStdin,
    // Kept open, because a program that writes to a closed pipe fails.
    _output: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

/// Why the identity provider does not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IdentityProviderError {
    #[error("the local identity provider did not start: {0}")]
    Start(String),
    #[error("the local identity provider stopped unexpectedly; start Portico again")]
    Stopped,
    #[error("cannot talk to the local identity provider: {0}; start Portico again")]
    Talk(#[from] io::Error),
}

impl IdentityProvider {
    /// Starts the provider for the site at `resources`, with `people` to choose from.
    ///
    /// The data folder keeps the provider's port: it is part of the issuer, and so of each
    /// identity.
    pub(crate) async fn start(
        repository: &Path,
        resources: &LocalResources,
        people: &[Person],
    ) -> crate::Result<Self> {
        let people: Vec<_> = people
            .iter()
            .map(|person| json!({ "name": person.name, "email": person.email }))
            .collect();
        let settings = json!({
            "client": CLIENT,
            "site": resources.url(),
            "file": resources.data_file("identity-provider.json"),
            "people": people,
        });
        let mut process = node::command("node")
            .arg(repository.join("infra/local/identity-provider.mjs"))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| node::unusable("node", error))?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(IdentityProviderError::Start("no pipes to it".into()).into());
        };
        let mut output = BufReader::new(output).lines();
        // One line: "listening ISSUER", or why not.
        let line = match timeout(TIME_LIMIT, output.next_line()).await {
            Ok(line) => line
                .map_err(IdentityProviderError::Talk)?
                .unwrap_or_else(|| "see the lines above".into()),
            Err(_) => "no answer within 20 seconds; start Portico again".into(),
        };
        match line.strip_prefix("listening ") {
            Some(issuer) => Ok(Self { process, input, _output: output, issuer: issuer.to_owned() }),
            None => Err(IdentityProviderError::Start(line).into()),
        }
    }

    /// Returns the provider's settings for Portico.
    pub(crate) fn provider(&self) -> Provider {
        Provider::new("local", "Local sign-in", &self.issuer, CLIENT)
    }

    /// Waits until the provider stops unexpectedly.
    pub(crate) async fn stopped(&mut self) -> IdentityProviderError {
        match self.process.wait().await {
            Ok(_) => IdentityProviderError::Stopped,
            Err(error) => error.into(),
        }
    }

    /// Stops the provider.
    pub(crate) async fn stop(mut self) {
        drop(self.input);
        // If the process does not stop in time, dropping it kills it.
        let _stopped = timeout(TIME_LIMIT, self.process.wait()).await;
    }
}
