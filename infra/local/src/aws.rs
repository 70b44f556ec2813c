//! Clients of the AWS services that the local run emulates.

use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedHttpClient,
    retry::{RetryConfig, RetryPartition, TokenBucket},
};

fn credentials() -> Credentials {
    Credentials::new("local", "local", None, None, "local")
}

fn region() -> Region {
    Region::new("local")
}

/// Returns an HTTP client for servers on this machine, without TLS.
#[must_use]
pub fn plain_http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// Returns a client of the DynamoDB at `endpoint`. It retries as deployed unless `retries` is
/// given.
///
/// As many calls may be retried as fail. By default, all clients of a process share 35 retries, so
/// that tests of failures beside each other would use up those of all others.
pub(crate) fn dynamodb(
    http: SharedHttpClient,
    endpoint: &str,
    retries: Option<RetryConfig>,
) -> aws_sdk_dynamodb::Client {
    let partition = RetryPartition::custom("local").token_bucket(TokenBucket::unlimited()).build();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region())
        .credentials_provider(credentials())
        .endpoint_url(endpoint)
        .retry_config(retries.unwrap_or_else(portico::lambda::config::retry_config))
        .retry_partition(partition)
        .http_client(http);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// Returns a client of the SES that `http` emulates.
///
/// It does not retry: the stream retries what SES refuses.
pub(crate) fn ses(http: SharedHttpClient) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region())
        .credentials_provider(credentials())
        .endpoint_url("http://ses.local")
        .retry_config(RetryConfig::disabled())
        .http_client(http);
    aws_sdk_sesv2::Client::from_conf(config.build())
}
