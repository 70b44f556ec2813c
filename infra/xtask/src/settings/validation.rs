//! Validates parameters whose errors AWS would report late, unclearly or never.

use std::collections::BTreeMap;

use serde_json::Value;

use super::template::Parameters;

/// Returns all errors in `values`.
pub(super) fn validate(values: &BTreeMap<String, String>, template: &Parameters) -> Vec<String> {
    let get = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let mut errors = Vec::new();
    for (name, parameter) in template {
        let allowed = parameter.allowed_values();
        if !allowed.is_empty() && values.get(name).is_some_and(|value| !allowed.contains(value)) {
            errors.push(format!("{name} must be {}, not {}", allowed.join(" or "), get(name)));
        }
    }
    errors.extend(validate_domain(get("Domain"), get("Certificate")));
    errors.extend(validate_sender(get("MailIdentity"), get("MailFrom")));
    errors.extend(validate_providers(get("Providers")));
    if !matches!(get("MonthlyBudget"), "" | "0") && get("AlarmEmail").is_empty() {
        errors.push("MonthlyBudget needs AlarmEmail, the address it notifies".to_owned());
    }
    errors.iter().map(|error| format!("samconfig.toml: {error}")).collect()
}

fn validate_domain(domain: &str, certificate: &str) -> Option<String> {
    let is_name_byte =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let is_name = domain.contains('.') && domain.bytes().all(is_name_byte);
    // arn:aws:acm:us-east-1:…
    let region = certificate.split(':').nth(3);
    let error = match (domain, certificate) {
        ("", "") => return None,
        ("", _) => "Certificate has no effect without Domain".to_owned(),
        (_, "") => {
            "Domain needs Certificate, the ARN of an ACM certificate in us-east-1".to_owned()
        }
        _ if !is_name => format!("Domain must be a name such as portal.example.com, not {domain}"),
        _ if region != Some("us-east-1") => {
            "Certificate must be the ARN of an ACM certificate in us-east-1, \
             the only region that CloudFront reads certificates from"
                .to_owned()
        }
        _ => return None,
    };
    Some(error)
}

fn validate_sender(identity: &str, from: &str) -> Option<String> {
    let address = from.trim_end().trim_end_matches('>').rsplit('<').next()?.to_lowercase();
    let identity = identity.to_lowercase();
    let host = address.rsplit('@').next()?;
    let belongs =
        address == identity || host == identity || host.ends_with(&format!(".{identity}"));
    (!identity.is_empty() && !belongs).then(|| {
        format!(
            "MailIdentity is {identity}, but the sender {address} (mail_from in site/config.toml) \
             does not belong to it"
        )
    })
}

fn validate_providers(text: &str) -> Option<String> {
    const REQUIRED: [&str; 4] = ["id", "name", "issuer", "client_id"];
    const OPTIONAL: [&str; 5] = ["auth", "key_id", "team_id", "prompts", "factors"];
    if text.is_empty() {
        return None;
    }
    let Ok(Value::Array(providers)) = serde_json::from_str(text) else {
        let fields = REQUIRED.map(|field| format!("{field:?}")).join(", ");
        return Some(format!("Providers must be a JSON list of objects with {fields}"));
    };
    providers.iter().find_map(|provider| {
        let id = provider["id"].as_str().unwrap_or("?");
        if REQUIRED.iter().any(|field| provider[field].as_str().is_none_or(str::is_empty)) {
            let fields = REQUIRED.join(", ");
            return Some(format!("each of Providers needs {fields}; {id} lacks one of them"));
        }
        if provider.get("client_secret").is_some() {
            return Some(format!(
                "Providers must not contain secrets; remove client_secret of {id} \
                 and set it with: cargo xtask operator secret {id}"
            ));
        }
        let mut members = provider.as_object().into_iter().flat_map(|members| members.keys());
        let is_known =
            |name: &&String| REQUIRED.contains(&name.as_str()) || OPTIONAL.contains(&name.as_str());
        if let Some(unknown) = members.find(|name| !is_known(name)) {
            let optional = OPTIONAL.join(", ");
            return Some(format!(
                "Providers: {id} has {unknown}, which means nothing; beside the required members \
                 there are {optional}"
            ));
        }
        let lacks = |name: &str| provider[name].as_str().is_none_or(str::is_empty);
        match provider.get("auth").map(|auth| auth.as_str().unwrap_or("?")) {
            Some("private-key-jwt") if lacks("key_id") => {
                Some(format!("Providers: {id} authenticates by a key and needs key_id"))
            }
            Some("apple") if lacks("key_id") || lacks("team_id") => {
                Some(format!("Providers: {id} is Apple and needs team_id and key_id"))
            }
            None | Some("basic" | "post" | "private-key-jwt" | "apple") => None,
            Some(other) => Some(format!(
                "Providers: auth of {id} must be basic, post, private-key-jwt or apple, not {other}"
            )),
        }
    })
}
