//! Emulates API Gateway's HTTP API behind CloudFront: the template's routes, payload format 2.0.

mod event;
mod forward;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{RawPathParams, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use lambda_http::aws_lambda_events::{apigw::ApiGatewayV2httpResponse, encodings};
use portico::runtime::Clock;
use serde_json::{Map, Value, json};

use crate::{
    functions::Functions,
    template::{Route, TemplateError},
};

/// The largest body that API Gateway accepts, in bytes.
const LARGEST_BODY: usize = 10_000_000;

/// The longest request line with headers that an HTTP API accepts, in bytes.
const LONGEST_HEAD: usize = 10_240;

/// The longest request line with headers that CloudFront accepts, in bytes.
const LONGEST_HEAD_AT_CLOUDFRONT: usize = 20_480;

/// Returns a router that invokes the function of each of `routes`, with no other cookies than
/// `cookies`.
pub(crate) fn router(
    routes: Vec<Route>,
    cookies: Vec<String>,
    functions: &Functions,
    clock: &Clock,
) -> Result<Router, TemplateError> {
    let cookies: Arc<[String]> = cookies.into();
    let requests = Arc::new(AtomicU64::new(1));
    let mut all = Router::new();
    for route in routes {
        let method = MethodFilter::try_from(route.method.clone()).map_err(|_| {
            TemplateError(format!(
                "{}: {} is not a method that the local run supports",
                route.function, route.method
            ))
        })?;
        let path = route.path.clone();
        let gateway = Gateway {
            functions: functions.clone(),
            clock: clock.clone(),
            requests: requests.clone(),
            cookies: cookies.clone(),
            route: route.into(),
        };
        let answer = async move |parameters: RawPathParams, request: Request| {
            let parameters =
                parameters.iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            gateway.answer(parameters, request).await
        };
        all = all.route(&path, on(method, answer));
    }
    Ok(all.method_not_allowed_fallback(async || not_found()))
}

/// Returns API Gateway's response to a path or method without a route.
pub(crate) fn not_found() -> Response {
    message(StatusCode::NOT_FOUND, "Not Found")
}

fn message(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], json!({ "message": text }).to_string())
        .into_response()
}

/// A route and what its handler needs.
#[derive(Clone)]
struct Gateway {
    functions: Functions,
    clock: Clock,
    requests: Arc<AtomicU64>,
    cookies: Arc<[String]>,
    route: Arc<Route>,
}

impl Gateway {
    async fn answer(&self, parameters: Map<String, Value>, request: Request) -> Response {
        // Unlike API Gateway, axum also serves HEAD from a GET route.
        if request.method() != self.route.method {
            return not_found();
        }
        let (mut parts, body) = request.into_parts();
        let arrived = head_length(&parts);
        forward::keep_cookies(&mut parts.headers, &self.cookies);
        if arrived > LONGEST_HEAD_AT_CLOUDFRONT || head_length(&parts) > LONGEST_HEAD {
            return message(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "Request Header Fields Too Large",
            );
        }
        let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let now = self.clock.now();
        let id =
            format!("{:x}-{}", now.as_millisecond(), self.requests.fetch_add(1, Ordering::Relaxed));
        let event = event::of(&self.route, parameters, &parts, &body, now, &id);
        let answer = self
            .functions
            .invoke(&self.route.function, event)
            .await
            .map_err(|error| error.to_string());
        let mut response = answer
            .and_then(|answer| response(answer).map_err(|error| error.to_string()))
            .unwrap_or_else(|error| {
                tracing::error!(
                    function.name = self.route.function,
                    error.cause = error,
                    "a function failed"
                );
                message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
            });
        // The time of Portico's clock, which pages use instead of the browser's.
        let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        response.headers_mut().extend(HeaderValue::try_from(date).map(|date| (header::DATE, date)));
        response
    }
}

fn head_length(parts: &Parts) -> usize {
    let line = parts.method.as_str().len()
        + parts.uri.path_and_query().map_or(0, |target| target.as_str().len());
    parts.headers.iter().fold(line, |sum, (name, value)| sum + name.as_str().len() + value.len())
}

/// Converts a function's answer into an HTTP response.
fn response(answer: Value) -> Result<Response, Box<dyn std::error::Error + Send + Sync>> {
    let mut answer: ApiGatewayV2httpResponse = serde_json::from_value(answer)?;
    let body = match answer.body.take() {
        Some(encodings::Body::Text(text)) if answer.is_base64_encoded => STANDARD.decode(text)?,
        Some(body) => body.to_vec(),
        None => Vec::new(),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(u16::try_from(answer.status_code)?)?;
    *response.headers_mut() = answer.headers;
    for cookie in answer.cookies {
        response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie)?);
    }
    Ok(response)
}
