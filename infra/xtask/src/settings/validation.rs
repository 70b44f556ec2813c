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
        provider.get("client_secret").map(|_| {
            format!(
                "Providers must not contain secrets; remove client_secret of {id} \
                 and set it with: cargo xtask operator secret {id}"
            )
        })
    })
}
