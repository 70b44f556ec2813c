//! The rules for a provider's metadata (OpenID Connect Discovery 1.0, section 3).

mod client_auth;
mod factors;
#[cfg(test)]
mod tests;

use portico::sign_in::{ClientAuth, Metadata, Provider};
use serde_json::Value;

use crate::{
    fetch::secure,
    keys::ALGORITHMS,
    report::{Report, Severity},
};

/// Examines the metadata of `provider` for the portal at `site`.
pub(crate) fn examine(provider: &Provider, metadata: &Value, site: &str, report: &mut Report) {
    issuer(provider, metadata, report);
    endpoints(metadata, report);
    flow(provider, metadata, report);
    known_limits(provider, report);
    client_auth::examine(provider, metadata, report);
    signatures(metadata, report);
    prompts(provider, metadata, report);
    factors::examine(provider, metadata, report);
    let promises_iss = is_true(metadata, "authorization_response_iss_parameter_supported");
    report.fact("iss in answers", if promises_iss { "promised, so required" } else { "optional" });
    sign_out(provider, metadata, site, report);
    report.fact("register", format!("{site}/api/sign-in/callback/{}", provider.id));
    // The portal has the last word.
    if report.worst() < Some(Severity::Error)
        && let Err(failure) = Metadata::parse(&provider.issuer, metadata.to_string().as_bytes())
    {
        report.error(format!("the portal refuses the metadata: {}", failure.detail));
    }
}

/// Returns the algorithms that are announced for ID tokens and that the portal verifies; all of
/// them where nothing is announced.
pub(crate) fn algorithms(metadata: &Value) -> Vec<&str> {
    match list(metadata, "id_token_signing_alg_values_supported") {
        Some(announced) => announced.into_iter().filter(|own| ALGORITHMS.contains(own)).collect(),
        None => ALGORITHMS.to_vec(),
    }
}

/// Returns a list of texts; `None` where it is absent, empty or something else, which says nothing.
fn list<'a>(metadata: &'a Value, name: &str) -> Option<Vec<&'a str>> {
    let texts: Vec<_> = metadata[name].as_array()?.iter().filter_map(Value::as_str).collect();
    (!texts.is_empty()).then_some(texts)
}

fn is_true(metadata: &Value, name: &str) -> bool {
    metadata[name] == true
}

/// The metadata must name the configured issuer, character by character (section 4.3). Microsoft's
/// for many tenants names a template.
fn issuer(provider: &Provider, metadata: &Value, report: &mut Report) {
    let own = provider.issuer.as_str();
    let Some(named) = metadata["issuer"].as_str() else {
        report.error("the metadata names no issuer; is this the address of a provider?");
        return;
    };
    let template = ["/common/v2.0", "/organizations/v2.0"]
        .iter()
        .find_map(|path| own.strip_suffix(path))
        .map(|host| format!("{host}/{{tenantid}}/v2.0"));
    if named == own || template.is_some_and(|template| named == template) {
        return;
    }
    let difference = if named.trim_end_matches('/') == own.trim_end_matches('/') {
        "which differs in the slash at the end"
    } else if named.eq_ignore_ascii_case(own) {
        "which differs in upper and lower case"
    } else {
        "which is another"
    };
    report.error(format!(
        "the metadata names the issuer {named}, {difference}; if that is the provider you mean, \
         write \"issuer\": \"{named}\""
    ));
}

fn endpoints(metadata: &Value, report: &mut Report) {
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        match metadata[name].as_str().filter(|address| !address.is_empty()) {
            Some(address) => {
                if let Err(error) = secure(address) {
                    report.error(format!("{name}: {error}; the provider has to mend its metadata"));
                }
            }
            None => report.error(format!(
                "the metadata has no {name}; the provider does not offer the authorization code \
                 flow, or this is not its address"
            )),
        }
    }
}

/// The authorization code flow with PKCE by redirects; `form_post` for Apple.
fn flow(provider: &Provider, metadata: &Value, report: &mut Report) {
    let lacks = |name: &str, value: &str| {
        list(metadata, name).is_some_and(|listed| !listed.contains(&value))
    };
    let mode = if provider.auth == Some(ClientAuth::Apple) { "form_post" } else { "query" };
    for (name, value, what) in [
        ("response_types_supported", "code", "the authorization code flow"),
        ("response_modes_supported", mode, "answers of this form"),
        ("code_challenge_methods_supported", "S256", "PKCE with SHA-256"),
        ("scopes_supported", "openid", "OpenID Connect"),
    ] {
        if lacks(name, value) {
            report.error(format!(
                "{name} lacks {value}: the provider does not offer {what}, which the portal needs"
            ));
        }
    }
    for name in ["require_pushed_authorization_requests", "require_signed_request_object"] {
        if is_true(metadata, name) {
            report.error(format!(
                "{name}: the provider wants requests in a form that the portal does not send; \
                 turn this off for the portal's registration"
            ));
        }
    }
    let wanted = if provider.auth == Some(ClientAuth::Apple) { "name" } else { "profile" };
    let missing: Vec<_> =
        ["email", wanted].into_iter().filter(|scope| lacks("scopes_supported", scope)).collect();
    if !missing.is_empty() {
        report.warning(format!(
            "scopes_supported lacks {}: people may be shown without name or address, and a \
             provider that refuses unknown scopes refuses the sign-in",
            missing.join(" and ")
        ));
    }
}

/// What the documentation of a provider says and its metadata does not.
fn known_limits(provider: &Provider, report: &mut Report) {
    let host = secure(&provider.issuer).ok().and_then(|uri| uri.host().map(str::to_owned));
    match host.as_deref() {
        Some("www.linkedin.com" | "linkedin.com") => report.error(
            "LinkedIn's ID tokens have no nonce, and it refuses PKCE, so that nothing binds an \
             answer to the browser that asked; let people choose another provider, or put one \
             between that offers sign-in with LinkedIn",
        ),
        Some("appleid.apple.com") if provider.auth != Some(ClientAuth::Apple) => report.error(
            "Apple takes no client secret of the usual kind; write \"auth\": \"apple\", \
             \"team_id\" and \"key_id\"",
        ),
        _ => {}
    }
}

fn signatures(metadata: &Value, report: &mut Report) {
    const NAME: &str = "id_token_signing_alg_values_supported";
    let verified = algorithms(metadata);
    if verified.is_empty() {
        let announced = list(metadata, NAME).unwrap_or_default().join(", ");
        report.error(format!(
            "{NAME} is {announced}, of which the portal verifies none; let the provider sign the \
             portal's ID tokens with a key of its own, such as RS256 (in authentik, choose a \
             signing key)"
        ));
    }
    let stated = if list(metadata, NAME).is_some() { "" } else { " (nothing is announced)" };
    report.fact("signatures", format!("{}{stated}", verified.join(", ")));
}

/// *Use another account* asks for the list of accounts, else for the password.
fn prompts(provider: &Provider, metadata: &Value, report: &mut Report) {
    let configured = provider.prompts.as_ref();
    let configured = configured.map(|own| own.iter().map(String::as_str).collect::<Vec<_>>());
    let Some(taken) = configured.or_else(|| list(metadata, "prompt_values_supported")) else {
        report.fact("prompts", "not stated; select_account, or login where that is refused");
        return;
    };
    report.fact("prompts", taken.join(", "));
    if !taken.contains(&"select_account") && !taken.contains(&"login") {
        report.warning(
            "the provider takes neither select_account nor login: \"Use another account\" and \
             acts that want a fresh sign-in depend on people signing out there",
        );
    }
}

fn sign_out(provider: &Provider, metadata: &Value, site: &str, report: &mut Report) {
    match metadata["end_session_endpoint"].as_str().map(secure) {
        Some(Ok(_)) => report.fact("sign-out", format!("offered; register {site}/ to come back")),
        Some(Err(error)) => report.warning(format!(
            "end_session_endpoint: {error}; the provider's own sign-out is not offered"
        )),
        None => report.fact("sign-out", "the provider announces none of its own"),
    }
    let is_told = is_true(metadata, "backchannel_logout_supported");
    report.fact(
        "back-channel logout",
        match (is_told, is_true(metadata, "backchannel_logout_session_supported")) {
            (true, true) => format!("register {site}/api/sign-in/logout/{}", provider.id),
            (true, false) => format!(
                "register {site}/api/sign-in/logout/{}; it ends all sessions of a person",
                provider.id
            ),
            (false, _) => "not announced".to_owned(),
        },
    );
}
