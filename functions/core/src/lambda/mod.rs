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

/// What `main` returns.
pub type RunResult = std::result::Result<(), lambda_runtime::Error>;

/// A response whose body is the text it says. The crate's own conversion would decode it anew and take a byte order mark off.
struct AsItIs(Response);

/// What one invocation comes to.
pub type Invocation =
    Pin<Box<dyn Future<Output = std::result::Result<Value, lambda_runtime::Error>> + Send>>;

/// A whole function as the Lambda service sees it: event in, answer out.
pub type Function = Arc<dyn Fn(Call) -> Invocation + Send + Sync>;

/// A call of a function by the Lambda service.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it is called with.
    pub event: Value,
    /// The function's name.
    pub function: String,
    /// The service's own id of the call.
    pub id: String,
    /// How long until the service ends it, if that is known.
    pub time_left: Option<Duration>,
}

/// Until when a call may begin something new.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Option<Instant>);

/// The longest that Lambda lets a call last (an AWS limit).
const LONGEST_CALL: Duration = Duration::from_mins(15);

impl IntoResponse for AsItIs {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(std::future::ready(self.0))
    }
}

impl From<LambdaEvent<Value>> for Call {
    fn from(LambdaEvent { payload, context }: LambdaEvent<Value>) -> Self {
        let ends_at =
            Timestamp::from_millisecond(i64::try_from(context.deadline).unwrap_or(i64::MAX))
                .unwrap_or(Timestamp::MAX);
        // Where the service's clock and this one differ, nothing is known of the time left; to be ended does no harm.
        let time_left = Duration::try_from(ends_at.duration_since(Clock::default().now()))
            .ok()
            .filter(|it| *it <= LONGEST_CALL);
        Self {
            event: payload,
            function: context.env_config.function_name.clone(),
            id: context.request_id,
            time_left,
        }
    }
}

impl Deadline {
    /// Leaves a minute for what is under way, or half of the time where there is less than two.
    #[must_use]
    pub fn before_end_of(call: &Call) -> Self {
        const MARGIN: Duration = Duration::from_mins(1);
        Self(call.time_left.map(|left| Instant::now() + left.saturating_sub(MARGIN.min(left / 2))))
    }

    /// Tells whether nothing new is to be begun.
    #[must_use]
    pub fn has_passed(self) -> bool {
        self.0.is_some_and(|it| it <= Instant::now())
    }
}

impl Call {
    /// Returns the id of the request, which everything carries that comes of it: API Gateway's, which is in its access log too, or else the call's.
    fn request(&self) -> &str {
        self.event.pointer("/requestContext/requestId").and_then(Value::as_str).unwrap_or(&self.id)
    }

    /// Makes what is known of the call part of every line that it logs.
    fn span(&self) -> Span {
        let account = ["/pathParameters/account", "/path/account"]
            .iter()
            .find_map(|it| self.event.pointer(it))
            .and_then(Value::as_str);
        // Only what is an id: the rest of what callers send is not for the log.
        let account = account.and_then(AccountId::parse).map(field::display);
        tracing::info_span!(
            "call",
            request.id = self.request(),
            function = self.function,
            account.id = account
        )
    }
}

/// Makes a function of the handler of an API route.
///
/// An event with a `requestContext` comes from API Gateway and is answered with its response format. Any other event is a
/// direct invocation `{"path": {…}, "query": {…}, "body": {…}}` by an operator and is answered `{"status", "body"}`.
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
                return Ok(told(&answer(&app, &handle, Request::direct(event)).await));
            }
            let event: LambdaRequest = serde_json::from_value(event)?;
            let service = service_fn(move |request: lambda_http::Request| {
                let (app, handle) = (app.clone(), handle.clone());
                async move {
                    let request = Request::from_gateway(
                        &request,
                        &app.policy.site_url,
                        app.origin_key.as_ref(),
                    );
                    Ok::<_, std::convert::Infallible>(AsItIs(answer(&app, &handle, request).await))
                }
            });
            let response =
                Adapter::from(service).call(LambdaEvent::new(event, Context::default())).await?;
            Ok(serde_json::to_value(response)?)
        };
        Box::pin(invocation.instrument(span))
    })
}

/// Tells an operator of a response: JSON as it is, other text as a string, and where the rest of it is, if there is more.
fn told(response: &Response) -> Value {
    let text = || String::from_utf8(response.body().to_vec()).ok().filter(|it| !it.is_empty());
    let body = serde_json::from_slice(response.body()).ok().or_else(|| text().map(Value::String));
    let mut told = json!({ "status": response.status().as_u16(), "body": body });
    if let Some(link) = response.headers().get(http::header::LINK).and_then(|it| it.to_str().ok()) {
        told["link"] = link.into();
    }
    told
}

/// Makes a function of the handler of a stream or of events.
pub fn event<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Value) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    logged(app, move |app, call| handle(app, call.event))
}

/// Makes a function of the handler of a schedule. It is told until when it may work; what the event says does not matter.
pub fn schedule<H, F>(app: App, handle: H) -> Function
where
    H: Fn(App, Deadline) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    logged(app, move |app, call| handle(app, Deadline::before_end_of(&call)))
}

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

/// Serves what `connect` makes of the configuration until Lambda stops the process.
pub fn serve(connect: impl FnOnce(&Config) -> Result<Function>) -> RunResult {
    serve_connected(async |config| connect(config))
}

/// Does the same where `connect` has to ask another service first.
#[expect(
    clippy::missing_panics_doc,
    reason = "the panic is tokio's, for a runtime that cannot be made"
)]
#[tokio::main(flavor = "current_thread")]
pub async fn serve_connected(connect: impl AsyncFnOnce(&Config) -> Result<Function>) -> RunResult {
    lambda_http::tracing::init_default_subscriber();
    let function = connect(&Config::from_env()?).await?;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| function(event.into()))).await
}

/// Answers a request and logs what it came to.
async fn answer<H, F>(app: &App, handle: &H, request: Result<Request>) -> Response
where
    H: Fn(App, Request) -> F,
    F: Future<Output = Result<Response>>,
{
    let began = Instant::now();
    let response = match request {
        Ok(request) => attempt(app, handle, request).await,
        Err(error) => problem(&error),
    };
    let kind = response.extensions().get::<ProblemKind>().map(|it| it.0);
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        response.status = response.status().as_u16(),
        problem.kind = kind,
        duration_ms = milliseconds,
        "answered"
    );
    response
}

/// Runs `handle`, and again from its first read after a conflict.
async fn attempt<H, F>(app: &App, handle: &H, request: Request) -> Response
where
    H: Fn(App, Request) -> F,
    F: Future<Output = Result<Response>>,
{
    retry_on_conflict("the request's items", || handle(app.clone(), request.clone()))
        .await
        .unwrap_or_else(|error| problem(&error))
}
