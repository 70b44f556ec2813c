//! Runs a handler: on AWS Lambda through [`run`], anywhere else by calling the [`Function`].

pub mod config;
pub mod schedule;
pub mod stream;

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use lambda_http::{
    Adapter, IntoResponse,
    lambda_runtime::{self, Context, LambdaEvent},
    request::LambdaRequest,
    service_fn,
    tower::Service as _,
};
use serde_json::{Value, json};
use tracing::{Instrument as _, Span, field};

pub use self::config::Config;
use crate::{
    App, Result,
    domain::AccountId,
    http::{ProblemKind, Request, Response, problem},
    runtime::{Clock, retry_on_conflict},
};

/// The result of `main`.
pub type RunResult = std::result::Result<(), lambda_runtime::Error>;

/// A response whose body is sent as text without change. The conversion of `lambda_http` would
/// decode it and remove a byte order mark.
struct TextResponse(Response);

/// The result of one invocation.
pub type Invocation =
    Pin<Box<dyn Future<Output = std::result::Result<Value, lambda_runtime::Error>> + Send>>;

/// A Lambda function: event in, answer out.
pub type Function = Arc<dyn Fn(Call) -> Invocation + Send + Sync>;

/// An invocation by the Lambda service.
#[derive(Clone, Debug)]
pub struct Call {
    /// The event.
    pub event: Value,
    /// The function's name.
    pub function: String,
    /// The service's id of the invocation.
    pub id: String,
    /// The time until the service stops it; `None` if unknown.
    pub time_left: Option<Duration>,
}

/// The time from which an invocation should begin nothing new.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<Instant>);

/// The longest duration of an invocation (an AWS limit).
const MAX_DURATION: Duration = Duration::from_mins(15);

impl IntoResponse for TextResponse {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(std::future::ready(self.0))
    }
}

impl From<LambdaEvent<Value>> for Call {
    fn from(LambdaEvent { payload, context }: LambdaEvent<Value>) -> Self {
        let ends_at =
            Timestamp::from_millisecond(i64::try_from(context.deadline).unwrap_or(i64::MAX))
                .unwrap_or(Timestamp::MAX);
        // If the service's clock and this one differ, the time left is unknown, and being stopped
        // does no harm.
        let time_left = Duration::try_from(ends_at.duration_since(Clock::default().now()))
            .ok()
            .filter(|left| *left <= MAX_DURATION);
        Self {
            event: payload,
            function: context.env_config.function_name.clone(),
            id: context.request_id,
            time_left,
        }
    }
}

impl Deadline {
    /// Returns the deadline for `call`, a minute before its end, or half of the time left if that
    /// is less.
    #[must_use]
    pub fn before_end_of(call: &Call) -> Self {
        const MARGIN: Duration = Duration::from_mins(1);
        Self(call.time_left.map(|left| Instant::now() + left.saturating_sub(MARGIN.min(left / 2))))
    }

    /// Checks whether the deadline has passed.
    #[must_use]
    pub fn has_passed(self) -> bool {
        self.0.is_some_and(|deadline| deadline <= Instant::now())
    }
}

impl Call {
    /// Returns the correlation id: API Gateway's request id, which its access log contains too, or
    /// else the invocation's.
    fn request(&self) -> &str {
        self.event.pointer("/requestContext/requestId").and_then(Value::as_str).unwrap_or(&self.id)
    }

    /// Creates the tracing span of the invocation, whose fields are part of each log line.
    fn span(&self) -> Span {
        let account = ["/pathParameters/account", "/path/account"]
            .iter()
            .find_map(|pointer| self.event.pointer(pointer))
            .and_then(Value::as_str);
        // Only if it is an id: other input of the caller is not logged.
        let account = account.and_then(AccountId::parse).map(field::display);
        tracing::info_span!(
            "call",
            request.id = self.request(),
            function = self.function,
            account.id = account
        )
    }
}

/// Creates the function of an API route from its handler.
///
/// An event with a `requestContext` comes from API Gateway and gets a response in its format. Any
/// other event is a direct invocation `{"path": {…}, "query": {…}, "body": {…}}` by an operator and
/// gets `{"status", "body"}`.
pub fn http<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Request) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Response>> + Send + 'static,
{
    Arc::new(move |call| {
        let (app, handle, span) = (app.for_request(call.request()), handle.clone(), call.span());
        let event = call.event;
        let invocation = async move {
            if event.get("requestContext").is_none() {
                return Ok(operator_answer(&answer(&app, &handle, Request::direct(event)).await));
            }
            let event: LambdaRequest = serde_json::from_value(event)?;
            let service = service_fn(move |request: lambda_http::Request| {
                let (app, handle) = (app.clone(), handle.clone());
                async move {
                    let request =
                        Request::from_gateway(&request, &app.policy.site_url, &app.origin_keys);
                    let response = answer(&app, &handle, request).await;
                    Ok::<_, std::convert::Infallible>(TextResponse(response))
                }
            });
            let response =
                Adapter::from(service).call(LambdaEvent::new(event, Context::default())).await?;
            Ok(serde_json::to_value(response)?)
        };
        Box::pin(invocation.instrument(span))
    })
}

/// Formats a response for an operator: JSON as it is, other text as a string, and the link to the
/// next page if there is one.
fn operator_answer(response: &Response) -> Value {
    let text = || String::from_utf8(response.body().to_vec()).ok().filter(|text| !text.is_empty());
    let body = serde_json::from_slice(response.body()).ok().or_else(|| text().map(Value::String));
    let mut answer = json!({ "status": response.status().as_u16(), "body": body });
    let link = response.headers().get(http::header::LINK);
    if let Some(link) = link.and_then(|link| link.to_str().ok()) {
        answer["link"] = link.into();
    }
    answer
}

/// Creates the function of a stream or of events from its handler.
pub fn event<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Value) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    logged(app, move |app, call| handle(app, call.event))
}

/// Creates the function of a schedule from its handler, which gets its deadline. The event does not
/// matter.
pub fn schedule<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Deadline) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    logged(app, move |app, call| handle(app, Deadline::before_end_of(&call)))
}

/// Creates a function that logs its handler's error.
fn logged<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Call) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    Arc::new(move |call| {
        let (span, app) = (call.span(), app.for_request(call.request()));
        let invocation = handle(app, call);
        let logged = async move {
            invocation.await.map_err(|error| {
                error.log();
                error.into()
            })
        };
        Box::pin(logged.instrument(span))
    })
}

/// Serves the handler of an API route until Lambda stops the process.
pub fn run<H, F>(handle: H) -> RunResult
where
    H: Fn(App, Request) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Response>> + Send + 'static,
{
    serve(|config| Ok(http(config.app(), handle)))
}

/// Serves the function that `connect` creates from the configuration until Lambda stops the
/// process.
pub fn serve(connect: impl FnOnce(&Config) -> Result<Function>) -> RunResult {
    serve_connected(async |config| connect(config))
}

/// Serves as [`serve`] does, with an asynchronous `connect`.
#[expect(
    clippy::missing_panics_doc,
    reason = "the panic is tokio's, if it cannot start its runtime"
)]
#[tokio::main(flavor = "current_thread")]
pub async fn serve_connected(connect: impl AsyncFnOnce(&Config) -> Result<Function>) -> RunResult {
    lambda_http::tracing::init_default_subscriber();
    let function = connect(&Config::from_env()?).await?;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| function(event.into()))).await
}

/// Answers a request and logs the outcome.
async fn answer<H, F>(app: &App, handle: &H, request: Result<Request>) -> Response
where
    H: Fn(App, Request) -> F,
    F: Future<Output = Result<Response>>,
{
    let started = Instant::now();
    let response = match request {
        Ok(request) => attempt(app, handle, request).await,
        Err(error) => problem(&error),
    };
    let kind = response.extensions().get::<ProblemKind>().map(|kind| kind.0);
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        response.status = response.status().as_u16(),
        problem.kind = kind,
        duration_ms = milliseconds,
        "answered"
    );
    response
}

/// Runs `handle`, again from its first read after a conflict. Each mail that it queues is counted
/// for the caller.
async fn attempt<H, F>(app: &App, handle: &H, request: Request) -> Response
where
    H: Fn(App, Request) -> F,
    F: Future<Output = Result<Response>>,
{
    let app = request.counted(app);
    // Boxed, since the compiler cannot lay out futures that contain each other too deeply.
    retry_on_conflict("the request's items", || Box::pin(handle(app.clone(), request.clone())))
        .await
        .unwrap_or_else(|error| problem(&error))
}
