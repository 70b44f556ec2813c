//! RFC 9457 problem details. The only place that knows the status codes of failures.

use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use super::{Response, body};
use crate::{
    Error, Result,
    domain::{Authentication, LinkError, authorization::StepUp},
};

/// All problem kinds, in the order of `infra/openapi.yaml`. Each has a page of the site at
/// `/problems/KIND/`.
pub const KINDS: [&str; 29] = [
    "malformed",
    "too-large",
    "invalid",
    "not-signed-in",
    "step-up-required",
    "wrong-address",
    "cross-site",
    "forbidden",
    "appointment-required",
    "access-ended",
    "plan-lapsed",
    "not-found",
    "duplicate-email",
    "account-exists",
    "too-many-waiting",
    "role-required",
    "changed",
    "not-satisfied-yourself",
    "link-expired",
    "link-superseded",
    "link-revoked",
    "link-deleted",
    "link-used",
    "link-wrong-identity",
    "linking-limited",
    "dispute-expired",
    "too-many-requests",
    "unavailable",
    "internal",
];

/// The problem kind of a response, kept with it for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProblemKind(pub(crate) &'static str);

/// Returns the problem document for an error, and logs an error of ours.
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
    if let Some(seconds) = retry_after(error) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if let Error::StepUpRequired { needed, .. } = error
        && let Ok(challenge) = challenge(*needed).parse()
    {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Returns 400 with an OAuth error (RFC 6749, section 5.2), for a caller that knows no problem
/// documents.
pub fn oauth_error(error: &str, description: &str) -> Result<Response> {
    let document = json!({ "error": error, "error_description": description });
    body::json(StatusCode::BAD_REQUEST, &document)
}

/// Returns the challenge for a stronger or fresher sign-in (RFC 9470, section 3). The scheme is the
/// one that the RFC registers the error for; programs find the same in the document's members.
fn challenge(StepUp { fresh, factors }: StepUp) -> String {
    let what = if factors { "several factors are required" } else { "a fresh sign-in is required" };
    let max_age = if fresh {
        format!(r#", max_age="{}""#, Authentication::FRESH.as_secs())
    } else {
        String::new()
    };
    format!(
        r#"Bearer error="insufficient_user_authentication", error_description="{what}"{max_age}"#
    )
}

/// Returns the seconds after which to try again.
fn retry_after(error: &Error) -> Option<u32> {
    match error {
        Error::TooManyRequests(seconds) => Some(*seconds),
        Error::Unavailable(_) | Error::Conflict => Some(5),
        _ => None,
    }
}

/// Returns the status, kind and title of an error, and its further members.
fn describe(error: &Error) -> (StatusCode, &'static str, &'static str, Value) {
    use StatusCode as S;
    let (status, kind, title) = match error {
        Error::Malformed(_) => (S::BAD_REQUEST, "malformed", "We could not understand the request"),
        Error::TooLarge => (S::PAYLOAD_TOO_LARGE, "too-large", "That's too long"),
        Error::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "invalid", "Please check what you entered"),
        Error::NotSignedIn => (S::UNAUTHORIZED, "not-signed-in", "Please sign in"),
        Error::StepUpRequired { .. } => {
            (S::UNAUTHORIZED, "step-up-required", "Please confirm that it is you")
        }
        Error::WrongAddress => (S::FORBIDDEN, "wrong-address", "Use the portal's own address"),
        Error::CrossSite => (S::FORBIDDEN, "cross-site", "The request did not come from this site"),
        Error::Forbidden(_) | Error::StaffPermissionMissing(_) => {
            (S::FORBIDDEN, "forbidden", "You don't have permission to do this")
        }
        Error::AppointmentRequired => {
            (S::FORBIDDEN, "appointment-required", "This takes an appointment")
        }
        Error::AccessEnded { .. } => (S::FORBIDDEN, "access-ended", "Your access has ended"),
        Error::PlanLapsed(_) => (S::FORBIDDEN, "plan-lapsed", "The service plan has expired"),
        Error::NotFound(_) => (S::NOT_FOUND, "not-found", "Not found"),
        Error::DuplicateEmail { .. } => {
            (S::CONFLICT, "duplicate-email", "This e-mail address is already in use")
        }
        Error::AccountExists { .. } => {
            (S::CONFLICT, "account-exists", "This account already exists")
        }
        Error::TooManyWaiting => {
            (S::CONFLICT, "too-many-waiting", "Too many customers wait for confirmation")
        }
        Error::RoleRequired { .. } => {
            (S::CONFLICT, "role-required", "Give the role to someone else first")
        }
        Error::Changed | Error::ProfileChanged(_) => {
            (S::CONFLICT, "changed", "Someone else has just changed this")
        }
        Error::NotSatisfiedYourself => {
            (S::CONFLICT, "not-satisfied-yourself", "Your own sign-in would be refused")
        }
        Error::LinkingLimited(_) => {
            (S::CONFLICT, "linking-limited", "This account does not accept your sign-in")
        }
        Error::Link(link_error) => describe_link(*link_error),
        Error::TooManyRequests(_) => {
            (S::TOO_MANY_REQUESTS, "too-many-requests", "Too many attempts")
        }
        Error::Conflict | Error::Unavailable(_) => {
            (S::SERVICE_UNAVAILABLE, "unavailable", "The portal is busy")
        }
        Error::OverBudget(_) | Error::Internal(_) => {
            (S::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side")
        }
    };
    (status, kind, title, members(error))
}

/// Returns the members of a problem document beyond those of RFC 9457.
fn members(error: &Error) -> Value {
    match error {
        Error::Invalid(errors) => json!({ "errors": errors }),
        Error::Forbidden(_) => json!({ "permission": null }),
        Error::StaffPermissionMissing(permission) => json!({ "permission": permission }),
        Error::AccessEnded { since } => json!({ "since": since }),
        Error::PlanLapsed(lapsed) => json!(lapsed),
        Error::Changed => json!({ "changed": [] }),
        Error::ProfileChanged(changed) => json!({ "changed": changed }),
        Error::DuplicateEmail { professional, name } => {
            json!({ "professional": professional, "name": name })
        }
        Error::StepUpRequired { needed: StepUp { fresh, factors }, provider } => {
            json!({ "fresh": fresh, "factors": factors, "provider": provider })
        }
        Error::LinkingLimited(linking) => json!({ "linking": linking }),
        Error::AccountExists { account } => json!({ "account": account }),
        Error::RoleRequired { required, eligible, has_more } => json!({
            "roles": required.roles,
            "needs_active": required.needs_active,
            "eligible": eligible,
            "has_more": has_more,
        }),
        _ => Value::Null,
    }
}

fn describe_link(error: LinkError) -> (StatusCode, &'static str, &'static str) {
    match error {
        LinkError::Expired => (StatusCode::GONE, "link-expired", "This link has expired"),
        LinkError::Superseded => (StatusCode::GONE, "link-superseded", "There is a newer link"),
        LinkError::Revoked => (StatusCode::GONE, "link-revoked", "This invitation was revoked"),
        LinkError::Deleted => {
            (StatusCode::GONE, "link-deleted", "The profile can no longer be linked")
        }
        LinkError::Used => (StatusCode::CONFLICT, "link-used", "This link has already been used"),
        LinkError::WrongIdentity => {
            (StatusCode::CONFLICT, "link-wrong-identity", "You can't use this sign-in here")
        }
        LinkError::DisputeExpired => {
            (StatusCode::GONE, "dispute-expired", "This notice has expired")
        }
    }
}
