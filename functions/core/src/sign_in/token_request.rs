//! The exchange of a code for an ID token (OpenID Connect Core 1.0, 3.1.3).

use bytes::Bytes;
use http::{Request, header};
use http_body_util::Full;
use jiff::Timestamp;
use url::form_urlencoded;

use super::{
    ClientAuth, Provider,
    client_auth::{self, Proof},
    failure::{FailureKind, SignInFailure},
    http_client,
    json::Members,
    metadata::Metadata,
};

/// What is exchanged.
#[derive(Clone, Copy)]
pub(super) struct Exchange<'a> {
    pub(super) code: &'a str,
    pub(super) redirect_uri: &'a str,
    /// The PKCE verifier (RFC 7636).
    pub(super) verifier: &'a str,
}

/// Exchanges a code and returns the ID token, not verified.
///
/// A provider may take the client's secret only in the form and not say so: after `invalid_client`
/// there is a second try, unless the configuration names the way.
pub(super) async fn exchange(
    provider: &Provider,
    metadata: &Metadata,
    exchange: Exchange<'_>,
    now: Timestamp,
) -> Result<String, SignInFailure> {
    let method = client_auth::method(provider, metadata);
    let attempt = async |method| {
        let proof = client_auth::proof(provider, metadata, method, now)?;
        request(metadata, exchange, proof).await
    };
    let outcome = attempt(method).await;
    let may_be_the_way = method == Some(ClientAuth::Basic) && provider.auth.is_none();
    match outcome {
        Err(refused) if may_be_the_way && refused.detail.contains("invalid_client") => {
            // The first failure is the cause, whatever the second one is.
            attempt(Some(ClientAuth::Post)).await.map_err(|_| refused)
        }
        outcome => outcome,
    }
}

async fn request(
    metadata: &Metadata,
    Exchange { code, redirect_uri, verifier }: Exchange<'_>,
    proof: Proof,
) -> Result<String, SignInFailure> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("code_verifier", verifier)
        .extend_pairs(proof.form)
        .finish();
    let mut request = Request::post(metadata.token_endpoint.as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    if let Some(value) = proof.header {
        request = request.header(header::AUTHORIZATION, value);
    }
    let unreachable = |detail: String| SignInFailure::new(FailureKind::TokenUnreachable, detail);
    let request = request.body(Full::new(Bytes::from(form)));
    // Not its own text, which may quote the header.
    let request = request.map_err(|_| unreachable("the request cannot be formed".to_owned()))?;
    let answer = http_client::send(request).await.map_err(unreachable)?;
    let members = Members::parse(&answer.body);
    if answer.status.is_success() {
        let invalid = |detail| SignInFailure::new(FailureKind::TokenAnswerInvalid, detail);
        return members
            .ok_or_else(|| invalid("it is no JSON object"))?
            .only_text("id_token")
            .ok()
            .flatten()
            .ok_or_else(|| invalid("it has no id_token"));
    }
    if answer.status.is_server_error() {
        return Err(unreachable(format!("status {}", answer.status.as_u16())));
    }
    let error = members.as_ref().and_then(|members| members.text("error")).unwrap_or_default();
    let description = members.as_ref().and_then(|members| members.text("error_description"));
    let kind = match &*error {
        "invalid_client" | "unauthorized_client" => FailureKind::ClientRefused,
        "invalid_grant" => FailureKind::CodeRefused,
        "temporarily_unavailable" | "server_error" | "slow_down" => FailureKind::TokenUnreachable,
        _ if answer.status.as_u16() == 401 => FailureKind::ClientRefused,
        _ if answer.status.as_u16() == 429 => FailureKind::TokenUnreachable,
        // Not in the words of OAuth, so it is no token endpoint that answers.
        "" => FailureKind::TokenAnswerInvalid,
        _ => FailureKind::RequestRefused,
    };
    let codes = oauth_codes(&error, description.as_deref().unwrap_or_default());
    Err(SignInFailure::new(kind, format!("status {} {codes}", answer.status.as_u16()).trim_end()))
}

/// The codes of errors in OAuth 2.0 and OpenID Connect (IANA's registry of OAuth extensions
/// errors), and some of providers.
const CODES: [&str; 31] = [
    "access_denied",
    "account_selection_required",
    "admin_policy_enforced",
    "consent_required",
    "interaction_required",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_request_object",
    "invalid_request_uri",
    "invalid_scope",
    "invalid_target",
    "login_required",
    "org_internal",
    "redirect_uri_mismatch",
    "registration_not_supported",
    "request_not_supported",
    "request_uri_not_supported",
    "server_error",
    "slow_down",
    "temporarily_unavailable",
    "unauthorized",
    "unauthorized_client",
    "unmet_authentication_requirements",
    "unsupported_grant_type",
    "unsupported_response_mode",
    "unsupported_response_type",
    "use_dpop_nonce",
    "user_cancelled",
    "user_cancelled_authorize",
    "user_cancelled_login",
];

/// Returns the code `error` and Microsoft's own code in its description, for the log. Only known
/// codes are named, and a description never: both may hold any text, with names and addresses.
pub(super) fn oauth_codes(error: &str, description: &str) -> String {
    let code = CODES.iter().find(|code| **code == error).copied();
    let code = code.unwrap_or(if error.is_empty() { "no code" } else { "another code" });
    format!("{code} {}", microsoft_code(description).unwrap_or_default()).trim_end().to_owned()
}

/// Returns the code in a description by Microsoft, such as `AADSTS50105`.
pub(super) fn microsoft_code(description: &str) -> Option<String> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(10).collect();
    (!digits.is_empty()).then(|| format!("AADSTS{digits}"))
}
