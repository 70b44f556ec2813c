//! The only file that reads the environment or builds an AWS client.

use std::{env, sync::Arc, time::Duration};

use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedCredentialsProvider, SharedHttpClient,
    retry::RetryConfig, timeout::TimeoutConfig,
};
use aws_smithy_http_client::{Builder, tls};

use crate::{
    App, Error, Result,
    domain::{Limits, OriginKeyHash, Policy},
    runtime::{Clock, metrics::Metrics},
    sign_in::{Provider, Providers},
    store::Store,
};

/// What `infra/template.yaml` and Lambda itself tell a function through its environment.
#[derive(Debug)]
pub struct Config {
    table: String,
    origin_key: Option<OriginKeyHash>,
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

/// A variable of the environment that `infra/template.yaml` sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Whether a function of its readers does not start without it. What is empty counts as not set.
    pub required: bool,
    /// Which functions are given it.
    pub readers: Readers,
}

/// Which functions are given a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Every function.
    All,
    /// The one that writes mail: deliver-mail.
    Mail,
    /// Those that talk to identity providers: start-sign-in and finish-sign-in.
    SignIn,
    /// The one that proves itself to identity providers: finish-sign-in.
    FinishSignIn,
}

/// How DynamoDB is asked again when it is throttled or silent: four times within about a second, inside the time a person waits.
#[must_use]
pub fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(4)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(500))
}

/// How long DynamoDB is waited for: an answer takes milliseconds, so two seconds mean that none will come.
#[must_use]
pub fn time_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(6))
        .build()
}

impl Config {
    /// Every variable that the template sets; Lambda itself sets the others that are read, whose names begin with `AWS_`.
    pub const VARIABLES: &[Variable] = &[
        Variable { name: "TABLE", required: true, readers: Readers::All },
        Variable { name: "SITE_URL", required: true, readers: Readers::All },
        Variable { name: "ACCESS_MAILBOX", required: false, readers: Readers::All },
        Variable { name: "GRACE_DAYS", required: false, readers: Readers::All },
        Variable { name: "INVITATION_DAYS", required: false, readers: Readers::All },
        Variable { name: "ESCALATION_DAYS", required: false, readers: Readers::All },
        Variable { name: "REVIEW_MONTHS", required: false, readers: Readers::All },
        // How often what mails may be asked for within an hour: a list such as links-by-address=5, invitations-by-identity=500.
        Variable { name: "LIMITS", required: false, readers: Readers::All },
        // "staff" if a second person of the staff has to approve whom the partner or staff appoint administrator.
        Variable { name: "SECOND_APPROVAL", required: false, readers: Readers::All },
        // The SHA-256 of the key that CloudFront sends, in 64 hexadecimal digits. Without it no viewer address is believed.
        Variable { name: "ORIGIN_KEY_HASH", required: false, readers: Readers::All },
        // The stack's name, by which the metrics of several stacks are told apart. Without it no metrics are written.
        Variable { name: "METRICS", required: false, readers: Readers::All },
        Variable { name: "MAIL_FROM", required: true, readers: Readers::Mail },
        Variable { name: "VENDOR", required: false, readers: Readers::Mail },
        Variable { name: "CONFIGURATION_SET", required: false, readers: Readers::Mail },
        // Whether mail is held back while too much of it comes back: on, or off.
        Variable { name: "MAIL_BREAKER", required: false, readers: Readers::Mail },
        // A JSON list of {"id", "name", "issuer", "client_id"}.
        Variable { name: "PROVIDERS", required: false, readers: Readers::SignIn },
        Variable { name: "MICROSOFT_CLIENT_ID", required: false, readers: Readers::SignIn },
        Variable { name: "MICROSOFT_TENANT", required: false, readers: Readers::SignIn },
        Variable { name: "GOOGLE_CLIENT_ID", required: false, readers: Readers::SignIn },
        // The ARN of the secret in AWS Secrets Manager that holds {"provider id": "client secret"}.
        Variable { name: "PROVIDER_SECRETS", required: false, readers: Readers::FinishSignIn },
    ];

    /// Reads the environment, once at start. Every fault names its variable.
    #[expect(clippy::disallowed_methods, reason = "this is the one door to the environment")]
    pub fn from_env() -> Result<Self> {
        Self::read(|name| env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let default = Policy::default();
        let optional = |name: &str| variable(name).filter(|it| !it.is_empty());
        let required = |name: &str| {
            optional(name).ok_or_else(|| {
                Error::internal(format!(
                    "environment variable {name} is not set; see infra/template.yaml"
                ))
            })
        };
        let days = |name: &str, most: u8, default: u8| match optional(name) {
            None => Ok(default),
            Some(text) => {
                let days = text.parse().ok().filter(|it| *it <= most);
                days.ok_or_else(|| {
                    Error::internal(format!(
                        "environment variable {name} must be a number of days, {most} at most"
                    ))
                })
            }
        };
        let origin_key = optional("ORIGIN_KEY_HASH").map(|text| {
            let explain = "environment variable ORIGIN_KEY_HASH must be the SHA-256 of the origin key in 64 hexadecimal digits";
            OriginKeyHash::parse(&text).ok_or_else(|| Error::internal(explain))
        });
        let second_approval = match optional("SECOND_APPROVAL").as_deref() {
            None => false,
            Some("staff") => true,
            Some(_) => {
                return Err(Error::internal(
                    "environment variable SECOND_APPROVAL must be staff, or nothing where no approval is needed",
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
                escalation_days: days("ESCALATION_DAYS", 30, default.escalation_days)?,
                review_months: optional("REVIEW_MONTHS")
                    .map_or(Ok(default.review_months), |it| review_months(&it))?,
                holds_mail: optional("MAIL_BREAKER")
                    .map_or(Ok(default.holds_mail), |it| holds_mail(&it))?,
                limits: optional("LIMITS").map_or(Ok(default.limits), |it| limits(&it))?,
                second_approval,
            },
            origin_key: origin_key.transpose()?,
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
            origin_key: self.origin_key.clone(),
            request: None,
        }
    }

    /// Returns the identity providers in the order of the sign-in page, without their secrets.
    #[must_use]
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// Returns which secret in AWS Secrets Manager holds the client secrets of the identity providers, if any has one.
    #[must_use]
    pub fn provider_secrets(&self) -> Option<&str> {
        self.provider_secrets.as_deref()
    }

    /// Returns the sender of all mail: `Portal <no-reply@example.com>`.
    pub fn mail_from(&self) -> Result<&str> {
        self.mail_from.as_deref().ok_or_else(|| {
            Error::internal("environment variable MAIL_FROM is not set; see infra/template.yaml")
        })
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

/// Reads the months between two questions to administrators.
fn review_months(text: &str) -> Result<u8> {
    let explain = || {
        Error::internal(
            "environment variable REVIEW_MONTHS must be a number of months from 3 to 36, or 0 for never",
        )
    };
    text.parse().ok().filter(|it| matches!(it, 0 | 3..=36)).ok_or_else(explain)
}

/// Reads whether mail is held back while too much of it comes back.
fn holds_mail(text: &str) -> Result<bool> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Error::internal("environment variable MAIL_BREAKER must be on or off")),
    }
}

/// Reads how often what mails may be asked for.
fn limits(text: &str) -> Result<Limits> {
    Limits::parse(text)
        .map_err(|why| Error::internal(format!("environment variable LIMITS: {why}")))
}

/// Lists the identity providers: Microsoft and Google where they have a client id, then the others in their order.
fn providers(optional: impl Fn(&str) -> Option<String>) -> Result<Vec<Provider>> {
    let mut providers = Vec::new();
    let tenant = optional("MICROSOFT_TENANT");
    if let Some(client_id) = optional("MICROSOFT_CLIENT_ID") {
        providers.push(Provider::microsoft(client_id, tenant.as_deref().unwrap_or("common"))?);
    }
    providers.extend(optional("GOOGLE_CLIENT_ID").map(Provider::google));
    if let Some(text) = optional("PROVIDERS") {
        let explain = |err| {
            let form = r#"[{"id": …, "name": …, "issuer": …, "client_id": …}]"#;
            Error::internal(format!(
                "environment variable PROVIDERS must be a JSON list {form}: {err}"
            ))
        };
        providers.extend(serde_json::from_str::<Vec<Provider>>(&text).map_err(explain)?);
    }
    Provider::check(&providers)?;
    Ok(providers)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet};

    use super::*;

    /// Reads an environment in which `variables` are set, with what no function can do without.
    fn read(variables: &[(&str, &str)]) -> Result<Config> {
        let needed =
            ["TABLE", "SITE_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        Config::read(|name| match variables.iter().find(|(it, _)| *it == name) {
            Some((_, value)) => Some((*value).to_owned()),
            None => needed.contains(&name).then(|| "given".to_owned()),
        })
    }

    fn why(variables: &[(&str, &str)]) -> String {
        format!("{:?}", read(variables).expect_err("refused"))
    }

    /// What not just any text can be.
    const OF_A_FORM: [&str; 7] = [
        "LIMITS",
        "MAIL_BREAKER",
        "MICROSOFT_TENANT",
        "ORIGIN_KEY_HASH",
        "PROVIDERS",
        "REVIEW_MONTHS",
        "SECOND_APPROVAL",
    ];

    #[test]
    fn every_variable_that_is_read_is_listed_and_no_other() {
        let asked = RefCell::new(BTreeSet::new());
        let config = Config::read(|name| {
            asked.borrow_mut().insert(name.to_owned());
            let any = !name.ends_with("DAYS") && !OF_A_FORM.contains(&name);
            any.then(|| "given".to_owned())
        });
        assert!(config.is_ok(), "{config:?}");
        let asked: BTreeSet<_> =
            asked.take().into_iter().filter(|it| !it.starts_with("AWS_")).collect();
        let listed: BTreeSet<_> = Config::VARIABLES.iter().map(|it| it.name.to_owned()).collect();
        assert_eq!(asked, listed);
    }

    #[test]
    fn a_function_does_not_start_without_what_is_required() {
        for Variable { name, required, readers } in Config::VARIABLES {
            let given =
                [("MAIL_FROM", "portal@vendor.example")].into_iter().filter(|(it, _)| it != name);
            let variables: Vec<_> = given.chain([(*name, "")]).collect();
            let started = read(&variables).and_then(|it| {
                if *readers == Readers::Mail { it.mail_from().map(drop) } else { Ok(()) }
            });
            let missed = started
                .is_err_and(|err| format!("{err:?}").contains(&format!("{name} is not set")));
            assert_eq!(missed, *required, "{name}");
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
            .map(|it| (it.id.as_str(), it.client_id.as_str(), it.issuer.as_str()))
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
    fn faulty_providers_are_refused_at_the_start() {
        let own = |id: &str, more: &str| {
            format!(
                r#"[{{"id": "{id}", "name": "Own", "issuer": "https://own.example", "client_id": "3"{more}}}]"#
            )
        };
        assert!(why(&[("PROVIDERS", "own")]).contains("PROVIDERS must be a JSON list"));
        let secret = why(&[("PROVIDERS", &own("own", r#", "client_secret": "hush""#))]);
        assert!(secret.contains("client_secret") && !secret.contains("hush"), "{secret}");
        assert!(
            why(&[("PROVIDERS", &own("google", "")), ("GOOGLE_CLIENT_ID", "2")])
                .contains("two providers google")
        );
        assert!(
            why(&[("MICROSOFT_CLIENT_ID", "1"), ("MICROSOFT_TENANT", "contoso.example")])
                .contains("the tenant of Microsoft")
        );
    }

    #[test]
    fn faulty_limits_are_refused_at_the_start() {
        assert!(
            why(&[("LIMITS", "links=3")])
                .contains("environment variable LIMITS: links=3 is not a limit")
        );
    }

    #[test]
    fn a_faulty_hash_of_the_origin_key_is_refused_at_the_start() {
        assert!(
            why(&[("ORIGIN_KEY_HASH", "secret")]).contains("ORIGIN_KEY_HASH must be the SHA-256")
        );
    }
}
