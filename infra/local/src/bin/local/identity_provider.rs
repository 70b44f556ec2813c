//! The local identity provider, a Node program that must not outlive this one.

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

/// What the provider calls Portico.
const CLIENT: &str = "portico-local";

/// How long it gets to say that it listens, and later to end by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running identity provider. It ends when its standard input is closed, so also when this process is killed.
pub(crate) struct IdentityProvider {
    process: Child,
    // Not left in `process`, which closes it to wait.
    input: ChildStdin,
    // Kept open, for a program that writes to a closed pipe fails.
    _output: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

/// Why there is no identity provider.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IdentityProviderError {
    #[error("the local identity provider did not start: {0}")]
    Start(String),
    #[error("the local identity provider has ended by itself; start Portico again")]
    Ended,
    #[error("the local identity provider cannot be talked to: {0}")]
    Talk(#[from] io::Error),
}

impl IdentityProvider {
    /// Starts it for the site at these resources, with `people` to choose from.
    ///
    /// The data folder remembers its port, because an identity is issuer and subject, and the issuer has the port in it.
    pub(crate) async fn start(
        repository: &Path,
        resources: &LocalResources,
        people: &[Person],
    ) -> crate::Result<Self> {
        let people: Vec<_> =
            people.iter().map(|it| json!({ "name": it.name, "email": it.email })).collect();
        let settings = json!({ "client": CLIENT, "site": resources.url(), "file": resources.data_file("identity-provider.json"), "people": people });
        let mut process = node::command("node")
            .arg(repository.join("infra/local/identity-provider.mjs"))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| node::unusable("node", error))?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(IdentityProviderError::Start("it has no pipes".into()).into());
        };
        let mut output = BufReader::new(output).lines();
        // One line: "listening ISSUER", or why not.
        let line = match timeout(PATIENCE, output.next_line()).await {
            Ok(line) => line
                .map_err(IdentityProviderError::Talk)?
                .unwrap_or_else(|| "see the lines above".into()),
            Err(_) => "it does not say that it listens".into(),
        };
        match line.strip_prefix("listening ") {
            Some(issuer) => Ok(Self { process, input, _output: output, issuer: issuer.to_owned() }),
            None => Err(IdentityProviderError::Start(line).into()),
        }
    }

    /// Returns what Portico must know to send people there.
    pub(crate) fn provider(&self) -> Provider {
        Provider {
            id: "local".into(),
            name: "Local sign-in".into(),
            issuer: self.issuer.clone(),
            client_id: CLIENT.into(),
            client_secret: None,
        }
    }

    /// Returns when it has ended, which it should not do by itself.
    pub(crate) async fn ended(&mut self) -> IdentityProviderError {
        match self.process.wait().await {
            Ok(_) => IdentityProviderError::Ended,
            Err(error) => error.into(),
        }
    }

    /// Ends it.
    pub(crate) async fn stop(mut self) {
        drop(self.input);
        // Should it not end by itself it is killed when dropped.
        let _ended = timeout(PATIENCE, self.process.wait()).await;
    }
}
