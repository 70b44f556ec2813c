//! Responses of the API.

use http::{HeaderValue, StatusCode, header};
use lambda_http::Body;
use serde::Serialize;

use super::views;
use crate::{Error, Result, store::Page};

/// A response of a handler.
pub type Response = http::Response<Body>;

/// Returns 200 with a JSON body.
pub fn ok(body: &impl Serialize) -> Result<Response> {
    json(StatusCode::OK, body)
}

/// Returns 201 with a JSON body.
pub fn created(body: &impl Serialize) -> Result<Response> {
    json(StatusCode::CREATED, body)
}

/// Returns 202 with an empty JSON object, an answer that reveals nothing.
pub fn accepted() -> Result<Response> {
    json(StatusCode::ACCEPTED, &serde_json::json!({}))
}

/// Returns 202 with `body`: the request is stored and needs another person's decision.
pub fn accepted_with(body: &impl Serialize) -> Result<Response> {
    json(StatusCode::ACCEPTED, body)
}

/// Returns 204 without a body.
pub fn no_content() -> Result<Response> {
    Ok(respond(StatusCode::NO_CONTENT, Body::Empty))
}

/// Returns 303 to another page, and sets `cookies`.
pub fn see_other(location: &str, cookies: &[String]) -> Result<Response> {
    let mut response = respond(StatusCode::SEE_OTHER, Body::Empty);
    response
        .headers_mut()
        .insert(header::LOCATION, HeaderValue::from_str(location).map_err(Error::internal)?);
    set_cookies(&mut response, cookies)?;
    Ok(response)
}

/// Returns 200 with a page of a list.
pub fn list<T: Serialize>(page: Page<T>) -> Result<Response> {
    ok(&views::List { items: page.items, next: page.next })
}

/// Returns 200 with a part of a CSV file, with or without a `header` row (RFC 4180, section 3), and
/// the address of the `next` part (RFC 8288).
pub fn csv_part(
    filename: &str,
    header: bool,
    text: String,
    next: Option<&str>,
) -> Result<Response> {
    let mut response = respond(StatusCode::OK, Body::Text(text));
    let content_type = if header {
        "text/csv; charset=utf-8; header=present"
    } else {
        "text/csv; charset=utf-8; header=absent"
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let disposition = format!("attachment; filename=\"{filename}\"");
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).map_err(Error::internal)?,
    );
    if let Some(next) = next {
        let link = format!("<{next}>; rel=\"next\"");
        response
            .headers_mut()
            .insert(header::LINK, HeaderValue::from_str(&link).map_err(Error::internal)?);
    }
    Ok(response)
}

pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Result<Response> {
    let mut response =
        respond(status, Body::Text(serde_json::to_string(body).map_err(Error::internal)?));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Adds Set-Cookie headers.
pub fn set_cookies(response: &mut Response, cookies: &[String]) -> Result<()> {
    for cookie in cookies {
        response
            .headers_mut()
            .append(header::SET_COOKIE, HeaderValue::from_str(cookie).map_err(Error::internal)?);
    }
    Ok(())
}

fn respond(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
