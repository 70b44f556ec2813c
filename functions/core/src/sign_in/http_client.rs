//! Requests to providers.

use std::{sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::provider;
use crate::error::Cause;

/// The largest accepted answer of a provider, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// How long one request may take. [`super::Providers::TIME_LIMIT`] holds for all of a sign-in.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// An answer of a provider.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

/// Sends a request to a provider, over TLS with the system's trust roots unless it is on this
/// machine. Fails with what went wrong, without the address.
pub(super) async fn send(request: Request<Full<Bytes>>) -> Result<Answer, String> {
    let host = request.uri().host().unwrap_or_default();
    if !provider::is_secure(request.uri().scheme_str(), host) {
        return Err("the address must be https".to_owned());
    }
    let exchange = async {
        let response = client()?.request(request).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await?.to_bytes();
        Ok::<_, Cause>(Answer { status: parts.status, body })
    };
    match tokio::time::timeout(TIME_LIMIT, exchange).await {
        Ok(answer) => answer.map_err(|error| innermost(&*error)),
        Err(_) => Err(format!("no answer in {} seconds", TIME_LIMIT.as_secs())),
    }
}

/// Returns the innermost cause, such as *connection refused*. Those around it only say that a
/// request failed.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn client() -> std::io::Result<Client<HttpsConnector<HttpConnector>, Full<Bytes>>> {
    /// Built once in each process, because the system has over a hundred trust roots.
    static CONNECTOR: OnceLock<HttpsConnector<HttpConnector>> = OnceLock::new();
    let connector = if let Some(connector) = CONNECTOR.get() {
        connector.clone()
    } else {
        let builder = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?;
        CONNECTOR.get_or_init(|| builder.https_or_http().enable_http1().build()).clone()
    };
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}
