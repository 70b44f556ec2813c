//! Builds the event that API Gateway sends to a function for a request.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

use crate::template::Route;

/// The source address of each request: only this machine can reach the local run.
const SOURCE: &str = "127.0.0.1";

/// Returns the event, payload format 2.0, of a request on `route`.
pub(super) fn of(
    route: &Route,
    parameters: Map<String, Value>,
    parts: &Parts,
    body: &Bytes,
    now: Timestamp,
    id: &str,
) -> Value {
    let key = format!("{} {}", route.method, route.path);
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or_default();
    let cookies: Vec<_> = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .map(|cookies| String::from_utf8_lossy(cookies.as_bytes()))
        .collect();
    let cookies: Vec<_> = cookies.iter().flat_map(|cookies| cookies.split("; ")).collect();
    let (body, encoded) = payload(text(&parts.headers, &header::CONTENT_TYPE), body);
    json!({
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": query,
        "cookies": (!cookies.is_empty()).then_some(cookies),
        "headers": headers(&parts.headers),
        "pathParameters": (!parameters.is_empty()).then_some(parameters),
        "body": body,
        "isBase64Encoded": encoded,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": text(&parts.headers, &header::HOST),
            "domainPrefix": "local",
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": SOURCE,
                "userAgent": text(&parts.headers, &header::USER_AGENT),
            },
            "requestId": id,
            "routeKey": key,
            "stage": "$default",
            "time": now.to_zoned(TimeZone::UTC).strftime("%d/%b/%Y:%H:%M:%S %z").to_string(),
            "timeEpoch": now.as_millisecond(),
        },
    })
}

/// Returns the headers with those that API Gateway adds. Values of one name are joined.
fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut joined = BTreeMap::new();
    for name in headers.keys().filter(|name| *name != header::COOKIE) {
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        joined.insert(name.to_string(), values.join(","));
    }
    let forwarded = joined
        .get("x-forwarded-for")
        .map_or(SOURCE.to_owned(), |chain| format!("{chain}, {SOURCE}"));
    joined.insert("x-forwarded-for".into(), forwarded);
    joined.insert("x-forwarded-proto".into(), "http".into());
    joined
}

/// Returns the body and whether it is base64-encoded, as every body is whose content type is not
/// text.
fn payload(content_type: &str, body: &Bytes) -> (Option<String>, bool) {
    let textual = ["text/", "application/json", "application/javascript", "application/xml"];
    let textual =
        content_type.is_empty() || textual.iter().any(|prefix| content_type.starts_with(prefix));
    match std::str::from_utf8(body) {
        Ok("") => (None, false),
        Ok(text) if textual => (Some(text.to_owned()), false),
        _ => (Some(STANDARD.encode(body)), true),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    let mut values = headers.get_all(name).iter();
    values.find_map(|value| value.to_str().ok()).unwrap_or_default()
}
