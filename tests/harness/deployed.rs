//! Portico as infra/template.yaml deploys it, in the emulator that tests/deploy has started.

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use local::{Mailbox, Ses};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{Clock, aws::Aws};

/// The variable that names the file with the deployment to test; without it, the suites test a
/// Portico in their own process.
pub const DEPLOYED: &str = "PORTICO_DEPLOYED";

/// What the suites need to know of a deployment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deployment {
    /// Where the site answers, through the content delivery network.
    pub url: String,
    /// Where AWS answers.
    pub endpoint: String,
    /// The region it is deployed in.
    pub region: String,
    /// The table's name.
    pub table: String,
    /// The functions' names, by their logical ids.
    pub functions: BTreeMap<String, String>,
    /// The names of the functions' roles, by the functions' logical ids.
    pub roles: BTreeMap<String, String>,
    /// The port of the identity provider in the functions' settings.
    pub provider_port: u16,
    /// The port of the server that receives the mail.
    pub companion_port: u16,
    /// The file with the offset of the functions' clock.
    pub clock: PathBuf,
}

impl Deployment {
    /// Returns the deployment to test, if one is named.
    #[expect(
        clippy::disallowed_methods,
        reason = "the suites take this one setting from the environment"
    )]
    pub fn named() -> Option<Self> {
        let file = env::var_os(DEPLOYED)?;
        let text = fs::read(&file)
            .unwrap_or_else(|error| panic!("{DEPLOYED}={}: {error}", file.display()));
        Some(serde_json::from_slice(&text).expect("a deployment"))
    }

    /// Returns a client of the table with all rights.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
            .endpoint_url(&self.endpoint)
            .http_client(local::plain_http());
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    /// Returns the clock of its functions.
    pub fn clock(&self) -> Clock {
        Clock::in_file(self.clock.clone())
    }

    /// Returns a client of the other services, with all rights.
    pub fn aws(&self) -> Aws {
        Aws::new(&self.endpoint, &self.region)
    }

    /// Invokes a function as an operator does, through Lambda; `show-account` and `ShowAccount` are
    /// the same.
    pub async fn invoke(&self, function: &str, event: &Value) -> Result<Value, String> {
        let id = function.replace('-', "");
        let known = self.functions.iter().find(|(known, _)| known.eq_ignore_ascii_case(&id));
        let (_, name) = known.ok_or_else(|| format!("there is no function {function}"))?;
        let response = self
            .aws()
            .post(
                "lambda",
                &format!("/2015-03-31/functions/{name}/invocations"),
                "application/json",
                event.to_string(),
            )
            .await;
        let failed = response.headers().contains_key("x-amz-function-error")
            || !response.status().is_success();
        let text = response.text().await.expect("an answer");
        let answer: Value = serde_json::from_str(&text)
            .map_err(|error| format!("{function} answered {text}: {error}"))?;
        if failed {
            return Err(format!(
                "{function} failed: {}",
                answer["errorMessage"].as_str().unwrap_or(&text)
            ));
        }
        Ok(answer)
    }

    /// Empties the table without a trace in its stream, and holds the stream back until
    /// [`Deployment::deliver`].
    pub async fn empty(&self) {
        self.command("hold?on").await;
        self.command(&format!("empty?{}", self.table)).await;
    }

    /// Delivers the table's stream to the functions and returns how many records are left because
    /// a function failed.
    pub async fn deliver(&self) -> usize {
        number(&self.command("deliver").await["behind"])
    }

    /// Lets the stream be delivered continuously, as on AWS.
    pub async fn let_go(&self) {
        self.command("hold?off").await;
    }

    /// Sends events to the functions whose rules match, and returns how many failed.
    pub async fn publish(&self, events: &[Value]) -> usize {
        number(&self.command_with("publish", json!(events).to_string()).await["failed"])
    }

    /// Lists the actions that were denied to any role since the last call.
    pub async fn denied(&self) -> Vec<String> {
        let denied = self.command("denied").await;
        denied["actions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }

    /// Ends the functions' processes, so that each starts cold.
    pub async fn cold(&self) {
        self.command("cold").await;
    }

    /// Receives the functions' mail until the returned set is dropped.
    pub async fn receive_mail(&self, ses: &Ses, mailbox: &Mailbox, clock: &Clock) -> JoinSet<()> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", self.companion_port))
            .await
            .expect("the companion's port");
        let router = ses.router(mailbox.clone(), clock.of_this_process());
        let mut server = JoinSet::new();
        server.spawn(async {
            // Ends with the runtime at the latest.
            let _ended = axum::serve(listener, router).await;
        });
        server
    }

    async fn command(&self, command: &str) -> Value {
        self.command_with(command, String::new()).await
    }

    /// Sends a command that only the emulator knows; see tests/deploy/emulator.py.
    async fn command_with(&self, command: &str, body: String) -> Value {
        let url = format!("{}/_ministack/portico/{command}", self.endpoint);
        let response =
            reqwest::Client::new().post(url).body(body).send().await.expect("the emulator answers");
        let (status, text) = (response.status(), response.text().await.expect("an answer"));
        assert!(status.is_success(), "{command}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number")
}
