//! The identity providers' client secrets, in AWS Secrets Manager.

use aws_sdk_secretsmanager::{Client, config::BehaviorVersion, error::ProvideErrorMetadata};
use portico::{
    Error, Result,
    lambda::config::{Config, retry_config, timeout_config},
    sign_in::Provider,
};

/// Returns the configured providers with their secrets, which are read once, at the start.
///
/// Fails when the secrets cannot be read or do not match the providers: the function then does not
/// start, which is better than sign-ins that fail at their last step.
pub(crate) async fn providers(config: &Config) -> Result<Vec<Provider>> {
    let providers = config.providers().to_vec();
    let Some(id) = config.provider_secrets() else { return Ok(providers) };
    let mut settings = aws_sdk_secretsmanager::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(config.region())
        .credentials_provider(config.credentials())
        .retry_config(retry_config())
        .timeout_config(timeout_config())
        .http_client(config.http());
    settings.set_endpoint_url(config.endpoint().map(str::to_owned));
    let answer = Client::from_conf(settings.build())
        .get_secret_value()
        .secret_id(id)
        .send()
        .await
        .map_err(|error| {
            // Not the whole error, which could quote the response.
            let cause = error
                .as_service_error()
                .and_then(ProvideErrorMetadata::code)
                .map_or_else(|| error.to_string(), str::to_owned);
            Error::internal(format!(
                "the client secrets cannot be read from {id}, which PROVIDER_SECRETS names: {cause}"
            ))
        })?;
    let text = answer.secret_string().ok_or_else(|| {
        Error::internal(format!(
            "the secret {id} is no text; store {{\"provider id\": \"client secret\"}} there as JSON"
        ))
    })?;
    Provider::with_secrets(providers, text)
}
