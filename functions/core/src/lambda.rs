//! Runs a handler: on AWS Lambda through [`run`], anywhere else by calling the [`Function`].

use std::{pin::Pin, sync::Arc, time::Duration};

use lambda_http::{
    Adapter, IntoResponse,
    lambda_runtime::{self, Context, LambdaEvent},
    request::LambdaRequest,
    service_fn,
    tower::Service as _,
};
use serde_json::{Value, json};

use crate::{
    App, Error, Result,
    config::Config,
    http::{Request, Response, problem},
    secret,
};

/// What `main` returns.
pub type Outcome = std::result::Result<(), lambda_runtime::Error>;

/// A response whose body is the text it says. The crate's own conversion would decode it anew and take a byte order mark off.
struct AsItIs(Response);

/// What one invocation comes to.
pub type Invocation = Pin<Box<dyn Future<Output = std::result::Result<Value, lambda_runtime::Error>> + Send>>;

/// A whole function as the Lambda service sees it: event in, answer out.
pub type Function = Arc<dyn Fn(Value) -> Invocation + Send + Sync>;

/// Runs are repeated when somebody else changed what they had read, with growing random pauses.
const ATTEMPTS: u32 = 12;

impl IntoResponse for AsItIs {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(std::future::ready(self.0))
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
    Arc::new(move |event| {
        let (app, handle) = (app.clone(), handle.clone());
        Box::pin(async move {
            if event.get("requestContext").is_none() {
                let response = match Request::direct(event) {
                    Ok(request) => answer(&app, &handle, request).await,
                    Err(error) => problem(&error),
                };
                return Ok(told(&response));
            }
            let event: LambdaRequest = serde_json::from_value(event)?;
            let service = service_fn(move |request: lambda_http::Request| {
                let (app, handle) = (app.clone(), handle.clone());
                async move {
                    let response = match Request::from_gateway(&request, &app.policy.site_url) {
                        Ok(request) => answer(&app, &handle, request).await,
                        Err(error) => problem(&error),
                    };
                    Ok::<_, std::convert::Infallible>(AsItIs(response))
                }
            });
            let response = Adapter::from(service).call(LambdaEvent::new(event, Context::default())).await?;
            Ok(serde_json::to_value(response)?)
        })
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

/// Makes a function of the handler of a stream or a schedule.
pub fn event<D, H, F>(dependencies: D, handle: H) -> Function
where
    D: Clone + Send + Sync + 'static,
    H: Fn(D, Value) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Value>> + Send + 'static,
{
    Arc::new(move |event| {
        let invocation = handle(dependencies.clone(), event);
        Box::pin(async move {
            invocation.await.map_err(|error| {
                error.log();
                error.into()
            })
        })
    })
}

/// Serves the handler of an API route until Lambda stops the process.
pub fn run<H, F>(handle: H) -> Outcome
where
    H: Fn(App, Request) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Response>> + Send + 'static,
{
    serve(|config| Ok(http(config.app(), handle)))
}

/// Serves what `connect` makes of the configuration until Lambda stops the process.
#[expect(clippy::missing_panics_doc, reason = "the panic is tokio's, for a runtime that cannot be made")]
#[tokio::main(flavor = "current_thread")]
pub async fn serve(connect: impl FnOnce(&Config) -> Result<Function>) -> Outcome {
    lambda_http::tracing::init_default_subscriber();
    let function = connect(&Config::from_env()?)?;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| function(event.payload))).await
}

/// Runs `handle`, again and from its first read when what it had read was changed before it could write.
async fn answer<H, F>(app: &App, handle: &H, request: Request) -> Response
where
    H: Fn(App, Request) -> F,
    F: Future<Output = Result<Response>>,
{
    for attempt in 0..ATTEMPTS {
        match handle(app.clone(), request.clone()).await {
            Err(Error::Stale) => pause(attempt).await,
            Err(error) => return problem(&error),
            Ok(response) => return response,
        }
    }
    problem(&Error::Unavailable("too many changes at once".into()))
}

/// Waits up to 10 ms after the first attempt, up to twice as long after each further one, 320 ms at most.
async fn pause(attempt: u32) {
    let longest = 10_000_u64 << attempt.min(5);
    let random = secret::random().map_or(0, u64::from_be_bytes);
    tokio::time::sleep(Duration::from_micros(random % longest)).await;
}
