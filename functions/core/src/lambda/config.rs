//! Reads the environment and builds the AWS clients; no other file does.

use std::{env, sync::Arc, time::Duration};

use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedCredentialsProvider, SharedHttpClient,
    retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_smithy_http_client::{Builder, tls};

use crate::{
    App, Error, Result,
    domain::{Limits, OriginKeys, PartnerPlans, Policy},
    runtime::{Clock, metrics::Metrics},
    sign_in::{Provider, Providers},
    store::Store,
};

/// A function's settings, from environment variables of `infra/template.yaml` and Lambda.
#[derive(Debug)]
pub struct Config {
    table: String,
    origin_keys: OriginKeys,
    policy: Policy,
    providers: Vec<Provider>,
    provider_secrets: Option<String>,
    mail_from: Option<String>,
    configuration_set: Option<String>,
    stack: Option<String>,
    region: String,
    credentials: Credentials,
    endpoint: Option<String>,
    http: SharedHttpClient,
}

/// An environment variable that `infra/template.yaml` sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The variable's name.
    pub name: &'static str,
    /// Whether the functions that get it fail to start without it. An empty value counts as not
    /// set.
    pub required: bool,
    /// The functions that get it.
    pub readers: Readers,
}

/// The functions that get a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Every function.
    All,
    /// The function that sends mail: deliver-mail.
    Mail,
    /// The functions that talk to identity providers: start-sign-in and finish-sign-in.
    SignIn,
    /// The function that authenticates to identity providers: finish-sign-in.
    FinishSignIn,
    /// The functions that create, change or show a partner's customers: create-account,
    /// show-account and update-account.
    PartnersCustomers,
}

/// Returns the retry policy for DynamoDB: four attempts within about a second, while a person
/// waits.
#[must_use]
pub fn retry_config() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(4)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(500))
}

/// Returns the timeouts for DynamoDB. It answers within milliseconds, so after two seconds no
/// answer will come.
#[must_use]
pub fn timeout_config() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(6))
        .build()
}

impl Config {
    /// All variables that the template sets. Lambda itself sets those that begin with `AWS_`.
    pub const VARIABLES: &[Variable] = &[
        Variable { name: "TABLE", required: true, readers: Readers::All },
        Variable { name: "SITE_URL", required: true, readers: Readers::All },
        Variable { name: "ACCESS_MAILBOX", required: false, readers: Readers::All },
        Variable { name: "GRACE_DAYS", required: false, readers: Readers::All },
        Variable { name: "INVITATION_DAYS", required: false, readers: Readers::All },
        Variable { name: "KEEP_DAYS", required: false, readers: Readers::All },
        Variable { name: "ESCALATION_DAYS", required: false, readers: Readers::All },
        Variable { name: "REVIEW_MONTHS", required: false, readers: Readers::All },
        // Rate limits such as links-by-address=5, invitations-by-identity=500.
        Variable { name: "LIMITS", required: false, readers: Readers::All },
        // "staff" if a second staff member must approve appointments by the partner or staff.
        Variable { name: "SECOND_APPROVAL", required: false, readers: Readers::All },
        // SHA-256 of the secret header that CloudFront adds, in 64 hexadecimal digits; while it is
        // replaced, both, separated by a comma. Without it requests may come around CloudFront, and
        // no viewer address is trusted.
        Variable { name: "ORIGIN_KEY_HASH", required: false, readers: Readers::All },
        // The stack's name, a dimension of the metrics. Without it no metrics are written.
        Variable { name: "METRICS", required: false, readers: Readers::All },
        // Plans that partners may give with their longest terms, such as Standard=12, Premium=24.
        Variable { name: "PARTNER_PLANS", required: false, readers: Readers::PartnersCustomers },
        Variable { name: "MAIL_FROM", required: true, readers: Readers::Mail },
        Variable { name: "VENDOR", required: false, readers: Readers::Mail },
        Variable { name: "CONFIGURATION_SET", required: false, readers: Readers::Mail },
        // Whether mail is held back while the rate of bounces or complaints is too high: on or off.
        Variable { name: "MAIL_BREAKER", required: false, readers: Readers::Mail },
        // A JSON list of {"id", "name", "issuer", "client_id"}.
        Variable { name: "PROVIDERS", required: false, readers: Readers::SignIn },
        Variable { name: "MICROSOFT_CLIENT_ID", required: false, readers: Readers::SignIn },
        Variable { name: "MICROSOFT_TENANT", required: false, readers: Readers::SignIn },
        Variable { name: "GOOGLE_CLIENT_ID", required: false, readers: Readers::SignIn },
        // The ARN of the secret in AWS Secrets Manager with {"provider id": "client secret"}.
        Variable { name: "PROVIDER_SECRETS", required: false, readers: Readers::FinishSignIn },
    ];

    /// Reads the environment. Every error names its variable.
    #[expect(clippy::disallowed_methods, reason = "the only place that reads the environment")]
    pub fn from_env() -> Result<Self> {
        Self::read(|name| env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let default = Policy::default();
        let optional = |name: &str| variable(name).filter(|value| !value.is_empty());
        let required = |name: &str| {
            optional(name).ok_or_else(|| {
                Error::internal(format!(
                    "environment variable {name} is not set; see infra/template.yaml"
                ))
            })
        };
        let days = |name: &str, max: u8, default: u8| match optional(name) {
            None => Ok(default),
            Some(text) => {
                let days = text.parse().ok().filter(|days| *days <= max);
                days.ok_or_else(|| {
                    Error::internal(format!(
                        "environment variable {name} must be a number of days from 0 to {max}"
                    ))
                })
            }
        };
        let second_approval = match optional("SECOND_APPROVAL").as_deref() {
            None => false,
            Some("staff") => true,
            Some(_) => {
                return Err(Error::internal(
                    "environment variable SECOND_APPROVAL must be empty or staff",
                ));
            }
        };
        Ok(Self {
            table: required("TABLE")?,
            policy: Policy {
                site_url: required("SITE_URL")?.trim_end_matches('/').to_owned(),
                vendor: optional("VENDOR"),
                access_mailbox: optional("ACCESS_MAILBOX"),
                grace_days: days("GRACE_DAYS", 90, default.grace_days)?,
                invitation_days: days("INVITATION_DAYS", 30, default.invitation_days)?.max(1),
                keep_days: days("KEEP_DAYS", 30, default.keep_days)?.max(1),
                escalation_days: days("ESCALATION_DAYS", 30, default.escalation_days)?,
                review_months: optional("REVIEW_MONTHS")
                    .map_or(Ok(default.review_months), |months| review_months(&months))?,
                holds_mail: optional("MAIL_BREAKER")
                    .map_or(Ok(default.holds_mail), |breaker| holds_mail(&breaker))?,
                limits: optional("LIMITS").map_or(Ok(default.limits), |list| limits(&list))?,
                second_approval,
                partner_plans: optional("PARTNER_PLANS")
                    .map_or(Ok(default.partner_plans), |list| partner_plans(&list))?,
            },
            origin_keys: optional("ORIGIN_KEY_HASH")
                .map_or(Ok(OriginKeys::default()), |hashes| origin_keys(&hashes))?,
            providers: providers(optional)?,
            provider_secrets: optional("PROVIDER_SECRETS"),
            mail_from: optional("MAIL_FROM"),
            configuration_set: optional("CONFIGURATION_SET"),
            stack: optional("METRICS"),
            region: required("AWS_REGION")?,
            credentials: Credentials::new(
                required("AWS_ACCESS_KEY_ID")?,
                required("AWS_SECRET_ACCESS_KEY")?,
                optional("AWS_SESSION_TOKEN"),
                None,
                "lambda",
            ),
            endpoint: optional("AWS_ENDPOINT_URL"),
            http: Builder::new()
                .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
                .build_https(),
        })
    }

    /// Creates the app with its clients.
    #[must_use]
    pub fn app(&self) -> App {
        let mut dynamodb = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(self.region())
            .credentials_provider(self.credentials())
            .retry_config(retry_config())
            .timeout_config(timeout_config())
            .http_client(self.http());
        dynamodb.set_endpoint_url(self.endpoint.clone());
        let clock = Clock::default();
        let metrics = self
            .stack
            .as_deref()
            .map(|stack| Metrics::to_log(stack, clock.clone()))
            .unwrap_or_default();
        App {
            store: Store::new(
                aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
                self.table.as_str(),
            )
            .counted_by(metrics),
            clock,
            policy: Arc::new(self.policy.clone()),
            providers: Providers::new(self.providers.clone()),
            origin_keys: self.origin_keys.clone(),
            request: None,
        }
    }

    /// Returns the identity providers in the order of the sign-in page, without secrets.
    #[must_use]
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// Returns the ARN of the secret with the client secrets of the identity providers.
    #[must_use]
    pub fn provider_secrets(&self) -> Option<&str> {
        self.provider_secrets.as_deref()
    }

    /// Returns the sender of all mail, such as `Portal <no-reply@example.com>`.
    pub fn mail_from(&self) -> Result<&str> {
        self.mail_from.as_deref().ok_or_else(|| {
            Error::internal("environment variable MAIL_FROM is not set; see infra/template.yaml")
        })
    }

    /// Returns the SES configuration set that reports deliveries and bounces.
    #[must_use]
    pub fn configuration_set(&self) -> Option<&str> {
        self.configuration_set.as_deref()
    }

    /// Returns the region for another client.
    #[must_use]
    pub fn region(&self) -> Region {
        Region::new(self.region.clone())
    }

    /// Returns the credentials for another client. Lambda renews them by starting a new process.
    #[must_use]
    pub fn credentials(&self) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(self.credentials.clone())
    }

    /// Returns the connection pool for another client.
    #[must_use]
    pub fn http(&self) -> SharedHttpClient {
        self.http.clone()
    }

    /// Returns the address of AWS if it is not the region's.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }
}

/// Parses the SHA-256 of each secret header that CloudFront may add.
fn origin_keys(text: &str) -> Result<OriginKeys> {
    OriginKeys::parse(text).ok_or_else(|| {
        Error::internal(
            "environment variable ORIGIN_KEY_HASH must be a SHA-256 in 64 hexadecimal digits, or \
             several, separated by commas",
        )
    })
}

/// Parses the months between access reviews.
fn review_months(text: &str) -> Result<u8> {
    let error = || {
        Error::internal(
            "environment variable REVIEW_MONTHS must be 0, for never, or a number from 3 to 36",
        )
    };
    text.parse().ok().filter(|months| matches!(months, 0 | 3..=36)).ok_or_else(error)
}

/// Parses whether to hold mail back while the rate of bounces or complaints is too high.
fn holds_mail(text: &str) -> Result<bool> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Error::internal("environment variable MAIL_BREAKER must be on or off")),
    }
}

/// Parses the rate limits.
fn limits(text: &str) -> Result<Limits> {
    Limits::parse(text)
        .map_err(|error| Error::internal(format!("environment variable LIMITS: {error}")))
}

/// Parses the plans that partners may give.
fn partner_plans(text: &str) -> Result<PartnerPlans> {
    PartnerPlans::parse(text)
        .map_err(|error| Error::internal(format!("environment variable PARTNER_PLANS: {error}")))
}

/// Parses the identity providers: Microsoft and Google if they have a client id, then the others in
/// their order. `optional` returns a variable's value.
pub fn providers(optional: impl Fn(&str) -> Option<String>) -> Result<Vec<Provider>> {
    let mut providers = Vec::new();
    let tenant = optional("MICROSOFT_TENANT");
    if let Some(client_id) = optional("MICROSOFT_CLIENT_ID") {
        providers.push(Provider::microsoft(&client_id, tenant.as_deref().unwrap_or("common"))?);
    }
    providers.extend(optional("GOOGLE_CLIENT_ID").map(|id| Provider::google(&id)));
    if let Some(text) = optional("PROVIDERS") {
        let error = |err| {
            let form = r#"[{"id": …, "name": …, "issuer": …, "client_id": …}]"#;
            Error::internal(format!(
                "environment variable PROVIDERS must be a JSON list {form}: {err}"
            ))
        };
        providers.extend(serde_json::from_str::<Vec<Provider>>(&text).map_err(error)?);
    }
    Provider::check(&providers)?;
    Ok(providers)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet};

    use super::*;

    /// Reads an environment with `variables` and the ones that every function requires.
    fn read(variables: &[(&str, &str)]) -> Result<Config> {
        let required =
            ["TABLE", "SITE_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        Config::read(|name| match variables.iter().find(|(variable, _)| *variable == name) {
            Some((_, value)) => Some((*value).to_owned()),
            None => required.contains(&name).then(|| "given".to_owned()),
        })
    }

    fn error(variables: &[(&str, &str)]) -> String {
        format!("{:?}", read(variables).expect_err("refused"))
    }

    /// Variables that do not accept just any text.
    const CHECKED: [&str; 8] = [
        "LIMITS",
        "MAIL_BREAKER",
        "MICROSOFT_TENANT",
        "ORIGIN_KEY_HASH",
        "PARTNER_PLANS",
        "PROVIDERS",
        "REVIEW_MONTHS",
        "SECOND_APPROVAL",
    ];

    #[test]
    fn all_variables_that_are_read_are_listed() {
        let read = RefCell::new(BTreeSet::new());
        let config = Config::read(|name| {
            read.borrow_mut().insert(name.to_owned());
            let accepts_text = !name.ends_with("DAYS") && !CHECKED.contains(&name);
            accepts_text.then(|| "given".to_owned())
        });
        assert!(config.is_ok(), "{config:?}");
        let read: BTreeSet<_> =
            read.take().into_iter().filter(|name| !name.starts_with("AWS_")).collect();
        let listed: BTreeSet<_> =
            Config::VARIABLES.iter().map(|variable| variable.name.to_owned()).collect();
        assert_eq!(read, listed);
    }

    #[test]
    fn a_function_fails_to_start_without_a_required_variable() {
        for Variable { name, required, readers } in Config::VARIABLES {
            let given = [("MAIL_FROM", "portal@vendor.example")]
                .into_iter()
                .filter(|(variable, _)| variable != name);
            let variables: Vec<_> = given.chain([(*name, "")]).collect();
            let started = read(&variables).and_then(|config| {
                if *readers == Readers::Mail { config.mail_from().map(drop) } else { Ok(()) }
            });
            let is_missed = started
                .is_err_and(|error| format!("{error:?}").contains(&format!("{name} is not set")));
            assert_eq!(is_missed, *required, "{name}");
        }
    }

    #[test]
    fn microsoft_and_google_come_before_the_others() {
        let own =
            r#"[{"id": "own", "name": "Own", "issuer": "https://own.example", "client_id": "3"}]"#;
        let config =
            read(&[("PROVIDERS", own), ("GOOGLE_CLIENT_ID", "2"), ("MICROSOFT_CLIENT_ID", "1")])
                .expect("providers");
        let listed: Vec<_> = config
            .providers()
            .iter()
            .map(|provider| {
                (provider.id.as_str(), provider.client_id.as_str(), provider.issuer.as_str())
            })
            .collect();
        let microsoft = "https://login.microsoftonline.com/common/v2.0";
        assert_eq!(
            listed,
            [
                ("microsoft", "1", microsoft),
                ("google", "2", "https://accounts.google.com"),
                ("own", "3", "https://own.example")
            ]
        );
        assert!(read(&[]).expect("none").providers().is_empty());
    }

    #[test]
    fn invalid_providers_are_refused_at_start() {
        let own = |id: &str, more: &str| {
            format!(
                r#"[{{
                    "id": "{id}", "name": "Own",
                    "issuer": "https://own.example", "client_id": "3"{more}
                }}]"#
            )
        };
        assert!(error(&[("PROVIDERS", "own")]).contains("PROVIDERS must be a JSON list"));
        let secret = error(&[("PROVIDERS", &own("own", r#", "client_secret": "hush""#))]);
        assert!(secret.contains("client_secret") && !secret.contains("hush"), "{secret}");
        assert!(
            error(&[("PROVIDERS", &own("google", "")), ("GOOGLE_CLIENT_ID", "2")])
                .contains("two providers have the id google")
        );
        assert!(
            error(&[("MICROSOFT_CLIENT_ID", "1"), ("MICROSOFT_TENANT", "contoso.example")])
                .contains("MICROSOFT_TENANT must be")
        );
    }

    #[test]
    fn invalid_limits_are_refused_at_start() {
        assert!(
            error(&[("LIMITS", "links=3")])
                .contains("environment variable LIMITS: links=3 is not a limit")
        );
    }

    #[test]
    fn invalid_plans_of_partners_are_refused_at_start() {
        assert!(
            error(&[("PARTNER_PLANS", "Standard")])
                .contains("environment variable PARTNER_PLANS: Standard is not a plan")
        );
    }

    #[test]
    fn an_invalid_origin_key_hash_is_refused_at_start() {
        assert!(
            error(&[("ORIGIN_KEY_HASH", "secret")]).contains("ORIGIN_KEY_HASH must be a SHA-256")
        );
    }
}
