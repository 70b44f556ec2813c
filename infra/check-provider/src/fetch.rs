//! Reads JSON from a provider, over TLS unless it is on this machine.

use std::time::Duration;

use http::{Request, StatusCode, Uri, header::LOCATION};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::Value;

/// The largest answer that is read, in bytes.
const MOST: usize = 1 << 20;
/// How long a provider has to answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Why there is no JSON.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// The provider did not answer.
    #[error("{0} did not answer: {1}")]
    Silent(String, String),
    /// It answered something else.
    #[error("{0}")]
    Useless(String),
}

/// Reads the JSON at `address`.
pub(crate) async fn json(address: &str) -> Result<Value, FetchError> {
    let uri = secure(address).map_err(FetchError::Useless)?;
    let silent = |cause: String| FetchError::Silent(address.to_owned(), cause);
    let exchange = async {
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| silent(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let request = Request::get(uri)
            .header("accept", "application/json")
            .body(Empty::<&[u8]>::new())
            .map_err(|error| silent(error.to_string()))?;
        let response = client.request(request).await.map_err(|error| silent(reason(&error)))?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, MOST).collect().await.map_err(|_| {
            FetchError::Useless(format!("{address} answers more than {MOST} bytes"))
        })?;
        let location = parts.headers.get(LOCATION).and_then(|to| to.to_str().ok());
        parse(address, parts.status, location, &body.to_bytes())
    };
    match tokio::time::timeout(TIME_LIMIT, exchange).await {
        Ok(answer) => answer,
        Err(_) => Err(silent(format!("not within {} seconds", TIME_LIMIT.as_secs()))),
    }
}

/// Returns an address that the portal may ask: https, or http on this machine.
pub(crate) fn secure(address: &str) -> Result<Uri, String> {
    let uri: Uri = address.parse().map_err(|_| format!("{address:?} is no address"))?;
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        Some("https") if !host.is_empty() => Ok(uri),
        Some("http") if matches!(host, "localhost" | "127.0.0.1") => Ok(uri),
        _ => Err(format!("{address:?} is no https address")),
    }
}

fn parse(
    address: &str,
    status: StatusCode,
    location: Option<&str>,
    body: &[u8],
) -> Result<Value, FetchError> {
    if status.is_redirection() {
        let to = location.unwrap_or("another address");
        return Err(FetchError::Useless(format!(
            "{address} leads to {to}, which the portal does not follow"
        )));
    }
    if status.is_server_error() {
        return Err(FetchError::Silent(address.to_owned(), format!("it answers {status}")));
    }
    if !status.is_success() {
        return Err(FetchError::Useless(format!("{address} answers {status}")));
    }
    let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    match serde_json::from_slice(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        _ => Err(FetchError::Useless(format!("{address} answers no JSON object"))),
    }
}

/// Returns an error's innermost cause, which is what people can act on.
fn reason(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    innermost.to_string()
}
