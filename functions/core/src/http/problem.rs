//! RFC 9457 problem details. The only place that knows status codes of failures.

use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use super::{Response, body};
use crate::{Error, domain::LinkError};

/// Every kind of problem, in the order of the table in `infra/openapi.yaml`. Each has a page of the site at `/problems/KIND/`.
pub const KINDS: [&str; 23] = [
    "malformed",
    "too-large",
    "invalid",
    "not-signed-in",
    "cross-site",
    "forbidden",
    "access-ended",
    "plan-lapsed",
    "not-found",
    "duplicate-email",
    "account-exists",
    "role-required",
    "changed",
    "link-expired",
    "link-superseded",
    "link-revoked",
    "link-deleted",
    "link-used",
    "link-wrong-identity",
    "dispute-expired",
    "too-many-requests",
    "unavailable",
    "internal",
];

/// The kind of problem a response tells of, kept with it for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProblemKind(pub(crate) &'static str);

/// Turns an error into what the caller is told, and logs it if it is not theirs.
#[must_use]
pub fn problem(error: &Error) -> Response {
    error.log();
    let (status, kind, title, members) = describe(error);
    let mut document = Map::from_iter([
        ("type".to_owned(), json!(format!("/problems/{kind}/"))),
        ("title".to_owned(), json!(title)),
        ("status".to_owned(), json!(status.as_u16())),
        ("detail".to_owned(), json!(error.to_string())),
    ]);
    if let Value::Object(members) = members {
        document.extend(members);
    }
    let mut response = body::json(status, &document).unwrap_or_default();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.extensions_mut().insert(ProblemKind(kind));
    if let Some(seconds) = wait(error) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Returns the seconds to wait before another try.
fn wait(error: &Error) -> Option<u32> {
    match error {
        Error::TooManyRequests(seconds) => Some(*seconds),
        Error::Unavailable(_) | Error::Conflict => Some(5),
        _ => None,
    }
}

fn describe(error: &Error) -> (StatusCode, &'static str, &'static str, Value) {
    use StatusCode as S;
    match error {
        Error::Malformed(_) => (S::BAD_REQUEST, "malformed", "Malformed request", Value::Null),
        Error::TooLarge => (S::PAYLOAD_TOO_LARGE, "too-large", "Too large", Value::Null),
        Error::Invalid(errors) => {
            (S::UNPROCESSABLE_ENTITY, "invalid", "Invalid values", json!({ "errors": errors }))
        }
        Error::NotSignedIn => (S::UNAUTHORIZED, "not-signed-in", "Not signed in", Value::Null),
        Error::CrossSite => (S::FORBIDDEN, "cross-site", "Asked for by another site", Value::Null),
        Error::Forbidden(_) => (S::FORBIDDEN, "forbidden", "Not allowed", Value::Null),
        Error::AccessEnded { since } => {
            (S::FORBIDDEN, "access-ended", "Access has ended", json!({ "since": since }))
        }
        Error::PlanLapsed(lapse) => {
            (S::FORBIDDEN, "plan-lapsed", "Service plan lapsed", json!(lapse))
        }
        Error::NotFound(_) => (S::NOT_FOUND, "not-found", "Not found", Value::Null),
        Error::DuplicateEmail { professional, name } => (
            S::CONFLICT,
            "duplicate-email",
            "E-mail already in use",
            json!({ "professional": professional, "name": name }),
        ),
        Error::AccountExists { account } => {
            (S::CONFLICT, "account-exists", "Account already exists", json!({ "account": account }))
        }
        Error::RoleRequired { roles, eligible } => (
            S::CONFLICT,
            "role-required",
            "Role needs a holder",
            json!({ "roles": roles, "eligible": eligible }),
        ),
        Error::Ineligible => {
            (S::UNPROCESSABLE_ENTITY, "invalid", "Invalid values", json!({ "errors": [] }))
        }
        Error::Changed => (S::CONFLICT, "changed", "Changed in the meantime", Value::Null),
        Error::Link(fault) => {
            let (status, kind, title) = describe_link(*fault);
            (status, kind, title, Value::Null)
        }
        Error::TooManyRequests(_) => {
            (S::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests", Value::Null)
        }
        Error::Conflict | Error::Unavailable(_) => {
            (S::SERVICE_UNAVAILABLE, "unavailable", "Busy", Value::Null)
        }
        Error::SilentlyLimited | Error::Internal(_) => {
            (S::INTERNAL_SERVER_ERROR, "internal", "Our fault", Value::Null)
        }
    }
}

fn describe_link(fault: LinkError) -> (StatusCode, &'static str, &'static str) {
    match fault {
        LinkError::Expired => (StatusCode::GONE, "link-expired", "Link expired"),
        LinkError::Superseded => (StatusCode::GONE, "link-superseded", "Link replaced"),
        LinkError::Revoked => (StatusCode::GONE, "link-revoked", "Invitation withdrawn"),
        LinkError::Deleted => (StatusCode::GONE, "link-deleted", "Profile not open to linking"),
        LinkError::Used => (StatusCode::CONFLICT, "link-used", "Link used"),
        LinkError::WrongIdentity => {
            (StatusCode::CONFLICT, "link-wrong-identity", "Another profile is linked")
        }
        LinkError::DisputeExpired => (StatusCode::GONE, "dispute-expired", "Notice out of date"),
    }
}
