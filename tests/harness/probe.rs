//! Counts and disturbs the calls to DynamoDB, between the SDK and its HTTP client.

use std::sync::{Arc, Mutex, MutexGuard};

use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_smithy_runtime_api::client::{
    http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use local::Wrap;
use serde_json::Value;

use aws_smithy_runtime_api::client::http::HttpClient as _;

/// Watches the functions' calls to DynamoDB.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    seen: Arc<Mutex<Seen>>,
    /// Whether the functions run in other processes.
    blind: bool,
    /// Whether requests are counted but not kept: keeping them costs more than sending them.
    counting: bool,
}

#[derive(Debug, Default)]
struct Seen {
    calls: Vec<String>,
    requests: Vec<Value>,
    under_way: usize,
    round_trips: usize,
    disturbance: Option<Disturbance>,
}

#[derive(Clone, Copy, Debug)]
struct Disturbance {
    failure: CallFailure,
    /// Calls to let through first.
    after: usize,
    /// Calls to disturb then.
    times: usize,
}

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFailure {
    /// DynamoDB is throttled: nothing was done.
    Throttled,
    /// DynamoDB fails: nothing was done.
    Broken,
    /// Another transaction is on the same item: nothing was done.
    Conflict,
    /// The call was carried out, but its answer is lost.
    AnswerLost,
}

impl Probe {
    /// Returns the wrapper that puts the probe into a stack.
    #[must_use]
    pub fn wrap(&self) -> Wrap {
        let probe = self.clone();
        Arc::new(move |client: SharedHttpClient| {
            let probe = probe.clone();
            http_client_fn(move |settings, components| {
                SharedHttpConnector::new(Probing {
                    probe: probe.clone(),
                    inner: client.http_connector(settings, components),
                })
            })
        })
    }

    /// Forgets what was seen and stops disturbing.
    pub fn reset(&self) {
        *self.seen() = Seen::default();
    }

    /// Lists the calls since the last reset: `BatchGetItem`, `Query`, …
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.seen().calls.clone()
    }

    /// Returns what each of those calls asked for.
    #[must_use]
    pub fn requests(&self) -> Vec<Value> {
        self.seen().requests.clone()
    }

    /// Counts the round trips since the last reset: calls that are under way at the same time count
    /// once.
    #[must_use]
    pub fn round_trips(&self) -> usize {
        self.seen().round_trips
    }

    /// Lets `after` calls pass and disturbs the next `times`.
    pub fn disturb(&self, failure: CallFailure, after: usize, times: usize) {
        self.seen().disturbance = Some(Disturbance { failure, after, times });
    }

    /// Creates a probe for benchmarks: it counts calls without reading them, and removes the
    /// idempotency token of each transaction. The embedded engine looks through all tokens of the
    /// last ten minutes for each transaction, which DynamoDB does not.
    pub fn counting() -> Self {
        Self { counting: true, ..Self::default() }
    }

    /// Creates a probe that cannot be read, for functions in other processes.
    pub(crate) fn blind() -> Self {
        Self { blind: true, ..Self::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        assert!(
            !self.blind,
            "the probe does not see a deployment's calls; leave the test out in \
             tests/deploy/suite.rs"
        );
        self.seen.lock().expect("not poisoned")
    }

    fn begin(&self, operation: &str, request: Value) -> Option<CallFailure> {
        let mut seen = self.seen();
        seen.calls.push(operation.to_owned());
        if !self.counting {
            seen.requests.push(request);
        }
        if seen.under_way == 0 {
            seen.round_trips += 1;
        }
        seen.under_way += 1;
        let disturbance = seen.disturbance.as_mut()?;
        if disturbance.after > 0 {
            disturbance.after -= 1;
            return None;
        }
        // Only transactions can conflict.
        if disturbance.failure == CallFailure::Conflict && operation != "TransactWriteItems" {
            return None;
        }
        disturbance.times = disturbance.times.checked_sub(1)?;
        Some(disturbance.failure)
    }

    fn end(&self) {
        self.seen().under_way -= 1;
    }
}

#[derive(Debug)]
struct Probing {
    probe: Probe,
    inner: SharedHttpConnector,
}

impl HttpConnector for Probing {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let bytes = request.body().bytes().filter(|_| !self.probe.counting);
        let body = bytes.and_then(|value| serde_json::from_slice(value).ok()).unwrap_or_default();
        if self.probe.counting {
            remove_token(&mut request);
        }
        let (probe, inner) = (self.probe.clone(), self.inner.clone());
        HttpConnectorFuture::new(async move {
            let failure = probe.begin(&operation, body);
            let answer = match failure {
                None => inner.call(request).await,
                Some(CallFailure::AnswerLost) => {
                    let _lost = inner.call(request).await;
                    Err(ConnectorError::io("the answer is lost".into()))
                }
                Some(CallFailure::Throttled) => {
                    Ok(error(400, "ProvisionedThroughputExceededException", ""))
                }
                Some(CallFailure::Broken) => Ok(error(500, "InternalServerError", "")),
                Some(CallFailure::Conflict) => Ok(error(
                    400,
                    "TransactionCanceledException",
                    r#","CancellationReasons":[{"Code":"TransactionConflict"}]"#,
                )),
            };
            probe.end();
            answer
        })
    }
}

fn remove_token(request: &mut HttpRequest) {
    const NAME: &str = r#","ClientRequestToken":""#;
    let Some(text) = request.body().bytes().and_then(|value| str::from_utf8(value).ok()) else {
        return;
    };
    let Some((before, (_, after))) =
        text.split_once(NAME).and_then(|(before, text)| Some((before, text.split_once('"')?)))
    else {
        return;
    };
    let body = [before, after].concat();
    request.headers_mut().insert("content-length", body.len().to_string());
    *request.body_mut() = SdkBody::from(body);
}

fn error(status: u16, kind: &str, more: &str) -> HttpResponse {
    let body = format!(
        r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{kind}","message":"by the probe"{more}}}"#
    );
    let mut response = HttpResponse::new(status.try_into().expect("a status"), SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}
