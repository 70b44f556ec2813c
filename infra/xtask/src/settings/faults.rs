//! What can be wrong with parameters that AWS would say late, badly or never.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::template::Parameter;

/// Names everything wrong with `values`.
pub(super) fn of(
    values: &BTreeMap<String, String>,
    template: &BTreeMap<String, Parameter>,
) -> Vec<String> {
    let get = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let mut faults = Vec::new();
    for (name, parameter) in template {
        let allowed = parameter.allowed();
        if !allowed.is_empty() && values.get(name).is_some_and(|it| !allowed.contains(it)) {
            faults.push(format!("{name} must be {}, not {}", allowed.join(" or "), get(name)));
        }
    }
    faults.extend(domain(get("Domain"), get("Certificate")));
    faults.extend(sender(get("MailIdentity"), get("MailFrom")));
    faults.extend(providers(get("Providers")));
    if !matches!(get("MonthlyBudget"), "" | "0") && get("AlarmEmail").is_empty() {
        faults.push("MonthlyBudget needs AlarmEmail, whom it tells".to_owned());
    }
    faults.iter().map(|it| format!("samconfig.toml: {it}")).collect()
}

fn domain(domain: &str, certificate: &str) -> Option<String> {
    let name = domain.contains('.')
        && domain
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'.' || it == b'-');
    match (domain, certificate) {
        ("", "") => None,
        ("", _) => Some("Certificate is of no use without Domain".to_owned()),
        (_, "") => Some("Domain needs Certificate, the ARN of its certificate in ACM in us-east-1".to_owned()),
        _ if !name => Some(format!("Domain must be a name such as portal.example.com, not {domain}")),
        // arn:aws:acm:us-east-1:…
        _ if certificate.split(':').nth(3) != Some("us-east-1") => {
            Some("Certificate must be the ARN of one in ACM in us-east-1, where CloudFront looks, whatever the stack's region".to_owned())
        }
        _ => None,
    }
}

fn sender(identity: &str, from: &str) -> Option<String> {
    let address = from.trim_end().trim_end_matches('>').rsplit('<').next()?.to_lowercase();
    let identity = identity.to_lowercase();
    let host = address.rsplit('@').next()?;
    let belongs =
        address == identity || host == identity || host.ends_with(&format!(".{identity}"));
    (!identity.is_empty() && !belongs)
        .then(|| format!("MailIdentity is {identity}, but the sender {address} does not belong to it (site/config.toml, mail_from)"))
}

fn providers(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let Ok(Value::Array(list)) = serde_json::from_str(text) else {
        return Some(
            "Providers must be a JSON list of {\"id\", \"name\", \"issuer\", \"client_id\"}"
                .to_owned(),
        );
    };
    list.iter().find_map(|provider| {
        let id = provider["id"].as_str().unwrap_or("?");
        if ["id", "name", "issuer", "client_id"].iter().any(|it| provider[it].as_str().is_none_or(str::is_empty)) {
            Some(format!("each of Providers needs id, name, issuer, client_id; {id} does not have them"))
        } else if provider.get("client_secret").is_some() {
            Some(format!("Providers must not hold secrets; take client_secret of {id} out and set it with: cargo xtask operator secret {id}"))
        } else {
            None
        }
    })
}
