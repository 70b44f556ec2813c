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
    match attempt(method).await {
        Err(refused)
            if refused.kind == FailureKind::ClientRefused
                && method == Some(ClientAuth::Basic)
                && provider.auth.is_none() =>
        {
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

/// Returns the OAuth code `error` and Microsoft's own code in its description, which is never
/// logged itself: descriptions quote addresses and names.
pub(super) fn oauth_codes(error: &str, description: &str) -> String {
    let plain = |text: &str| -> String {
        let is_plain = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_';
        text.chars().filter(is_plain).take(40).collect()
    };
    format!("{} {}", plain(error), microsoft_code(description).unwrap_or_default())
        .trim()
        .to_owned()
}

/// Returns the code in a description by Microsoft, such as `AADSTS50105`.
pub(super) fn microsoft_code(description: &str) -> Option<String> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(10).collect();
    (!digits.is_empty()).then(|| format!("AADSTS{digits}"))
}
