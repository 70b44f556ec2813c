//! The only file that reads the environment or builds an AWS client.

use std::{env, sync::Arc, time::Duration};

use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedCredentialsProvider, SharedHttpClient, retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_smithy_http_client::{Builder, tls};

use crate::{
    App, Error, Policy, Result,
    clock::Clock,
    sign_in::{Provider, Providers},
    store::Store,
};

/// What `infra/template.yaml` and Lambda itself tell a function through its environment.
#[derive(Debug)]
pub struct Config {
    table: String,
    policy: Policy,
    providers: Vec<Provider>,
    mail_from: Option<String>,
    configuration_set: Option<String>,
    region: String,
    credentials: Credentials,
    endpoint: Option<String>,
    http: SharedHttpClient,
}

/// How DynamoDB is asked again when it is throttled or silent: four times within about a second, inside the time a person waits.
#[must_use]
pub fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(4).with_initial_backoff(Duration::from_millis(50)).with_max_backoff(Duration::from_millis(500))
}

/// How long DynamoDB is waited for: an answer takes milliseconds, so two seconds mean that none will come.
#[must_use]
pub fn time_limits() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(2)).operation_timeout(Duration::from_secs(6)).build()
}

impl Config {
    /// Reads the environment, once at start. Every fault names its variable.
    #[expect(clippy::disallowed_methods, reason = "this is the one door to the environment")]
    pub fn from_env() -> Result<Self> {
        let optional = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
        let required =
            |name: &str| optional(name).ok_or_else(|| Error::internal(format!("environment variable {name} is not set; see infra/template.yaml")));
        let days = |name: &str, most: u8, default: u8| match optional(name) {
            None => Ok(default),
            Some(text) => {
                let days = text.parse().ok().filter(|it| *it <= most);
                days.ok_or_else(|| Error::internal(format!("environment variable {name} must be a number of days, {most} at most")))
            }
        };
        let providers = match optional("PROVIDERS") {
            None => Vec::new(),
            Some(text) => {
                let explain = |err| Error::internal(format!("environment variable PROVIDERS must be a JSON list of identity providers: {err}"));
                serde_json::from_str(&text).map_err(explain)?
            }
        };
        Ok(Self {
            table: required("TABLE")?,
            policy: Policy {
                site_url: required("SITE_URL")?.trim_end_matches('/').to_owned(),
                vendor: optional("VENDOR"),
                access_mailbox: optional("ACCESS_MAILBOX"),
                grace_days: days("GRACE_DAYS", 90, 0)?,
                invitation_days: days("INVITATION_DAYS", 30, 7)?.max(1),
            },
            providers,
            mail_from: optional("MAIL_FROM"),
            configuration_set: optional("CONFIGURATION_SET"),
            region: required("AWS_REGION")?,
            credentials: Credentials::new(
                required("AWS_ACCESS_KEY_ID")?,
                required("AWS_SECRET_ACCESS_KEY")?,
                optional("AWS_SESSION_TOKEN"),
                None,
                "lambda",
            ),
            endpoint: optional("AWS_ENDPOINT_URL"),
            http: Builder::new().tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring)).build_https(),
        })
    }

    /// Connects what every handler uses.
    #[must_use]
    pub fn app(&self) -> App {
        let mut dynamodb = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(self.region())
            .credentials_provider(self.credentials())
            .retry_config(retries())
            .timeout_config(time_limits())
            .http_client(self.http());
        dynamodb.set_endpoint_url(self.endpoint.clone());
        App {
            store: Store::new(aws_sdk_dynamodb::Client::from_conf(dynamodb.build()), self.table.as_str()),
            clock: Clock::default(),
            policy: Arc::new(self.policy.clone()),
            providers: Providers::new(self.providers.clone()),
        }
    }

    /// Returns the sender of all mail: `Portal <no-reply@example.com>`.
    pub fn mail_from(&self) -> Result<&str> {
        self.mail_from.as_deref().ok_or_else(|| Error::internal("environment variable MAIL_FROM is not set; see infra/template.yaml"))
    }

    /// Returns the name of the SES configuration set that reports what becomes of the mails, if there is one.
    #[must_use]
    pub fn configuration_set(&self) -> Option<&str> {
        self.configuration_set.as_deref()
    }

    /// Returns the region, for the client of a further service.
    #[must_use]
    pub fn region(&self) -> Region {
        Region::new(self.region.clone())
    }

    /// Returns the credentials, for the client of a further service. Lambda renews them by starting a new process.
    #[must_use]
    pub fn credentials(&self) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(self.credentials.clone())
    }

    /// Returns the connection pool, for the client of a further service.
    #[must_use]
    pub fn http(&self) -> SharedHttpClient {
        self.http.clone()
    }

    /// Returns where AWS is, when it is not where the region says.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }
}
