//! What is left to people after a deployment: each step only as long as it is not done, as far as that can be told cheaply.

use std::net::ToSocketAddrs as _;

use serde_json::{Value, json};

use crate::{
    aws::{Aws, file},
    private_file::PrivateFile,
    settings::Settings,
    stack::{Stack, VENDOR_ACCOUNT},
    terminal::say,
};

/// Prints the steps that are left.
pub(super) fn print(aws: &Aws, stack: &Stack, settings: &Settings) -> Result<(), String> {
    let address = stack.required("SiteUrl")?;
    let steps = [
        domain(stack, settings),
        mail(aws, stack, settings),
        sandbox(aws),
        alarms(settings),
        providers(aws, stack, settings, address)?,
        people(aws, stack, settings)?,
    ];
    let steps: Vec<String> = steps.into_iter().flatten().collect();
    if steps.is_empty() {
        return Ok(());
    }
    say("\nWhat is left to do:");
    for (number, step) in steps.iter().enumerate() {
        say(&format!("{}. {}", number + 1, step.replace('\n', "\n   ")));
    }
    Ok(())
}

fn domain(stack: &Stack, settings: &Settings) -> Option<String> {
    let domain = settings.get("Domain")?;
    if (domain, 443).to_socket_addrs().is_ok() {
        return None;
    }
    Some(format!(
        "Point the domain to CloudFront, where your DNS is kept:\n{domain} CNAME {}",
        stack.output("CdnDomain")?
    ))
}

fn mail(aws: &Aws, stack: &Stack, settings: &Settings) -> Option<String> {
    let identity = settings.get("MailIdentity")?;
    let told = aws.ask(&["sesv2", "get-email-identity", "--email-identity", identity]).ok();
    if told.is_some_and(|it| it["VerifiedForSendingStatus"] == true) {
        return None;
    }
    if identity.contains('@') {
        return Some(format!(
            "Follow the link that SES has mailed to {identity}: until then it sends nothing."
        ));
    }
    // Made by somebody else, who has them.
    let Some(records) = stack.output("MailDnsRecords").map(dns_records) else {
        return Some(format!(
            "SES has no proof yet that {identity} is yours (its console shows the DNS records): until then it sends nothing."
        ));
    };
    Some(format!(
        "Prove to SES that {identity} is yours, where its DNS is kept; until then it sends nothing:\n{records}"
    ))
}

/// Spells the output's names and values, which alternate, one record a line.
fn dns_records(output: &str) -> String {
    let words: Vec<&str> = output.split_whitespace().collect();
    words.chunks(2).map(|it| it.join(" CNAME ")).collect::<Vec<_>>().join("\n")
}

fn sandbox(aws: &Aws) -> Option<String> {
    let account = aws.ask(&["sesv2", "get-account"]).ok()?;
    if account["ProductionAccessEnabled"] == true {
        return None;
    }
    Some("Ask AWS to let SES out of its sandbox (infra/README.md): until then it sends only to addresses that are verified in SES.".to_owned())
}

fn alarms(settings: &Settings) -> Option<String> {
    settings.get("AlarmEmail").is_none().then(|| {
        "Say who is told of alarms: AlarmEmail in samconfig.toml. Then deploy again.".to_owned()
    })
}

fn providers(
    aws: &Aws,
    stack: &Stack,
    settings: &Settings,
    address: &str,
) -> Result<Option<String>, String> {
    let configured = configured(settings);
    if configured.is_empty() {
        return Ok(Some(format!(
            "Register Portico with whoever your people sign in with (infra/README.md): Microsoft, Google or any OpenID Connect provider.\nThe redirect address is {address}/api/sign-in/callback\nPut the client ids into samconfig.toml (MicrosoftClientId, GoogleClientId, Providers) and deploy again."
        )));
    }
    let secret = aws.ask(&[
        "secretsmanager",
        "get-secret-value",
        "--secret-id",
        stack.required("ProviderSecrets")?,
    ])?;
    let known: Value = secret["SecretString"]
        .as_str()
        .and_then(|it| serde_json::from_str(it).ok())
        .unwrap_or_default();
    let lacking = lacking(&configured, &known);
    if lacking.is_empty() {
        return Ok(None);
    }
    let lines: Vec<String> =
        lacking.iter().map(|it| format!("cargo xtask operator secret {it}")).collect();
    Ok(Some(format!(
        "Set the client secret of each provider that gave you one (it is asked for; public clients have none):\n{}",
        lines.join("\n")
    )))
}

/// Returns the identifiers of the providers, as the functions name them.
fn configured(settings: &Settings) -> Vec<String> {
    let mut ids = Vec::new();
    for (parameter, id) in [("MicrosoftClientId", "microsoft"), ("GoogleClientId", "google")] {
        if settings.get(parameter).is_some() {
            ids.push(id.to_owned());
        }
    }
    let others: Value =
        settings.get("Providers").and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    ids.extend(
        others
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["id"].as_str().map(str::to_owned)),
    );
    ids
}

fn lacking<'a>(configured: &'a [String], secrets: &Value) -> Vec<&'a str> {
    configured.iter().map(String::as_str).filter(|it| secrets.get(it).is_none()).collect()
}

fn people(aws: &Aws, stack: &Stack, settings: &Settings) -> Result<Option<String>, String> {
    let written = PrivateFile::write(
        "json",
        &json!({ "pk": { "S": format!("account#{VENDOR_ACCOUNT}") }, "sk": { "S": "account" } })
            .to_string(),
    )?;
    let key = file(written.path());
    let found = aws.ask(&[
        "dynamodb",
        "get-item",
        "--table-name",
        stack.required("TableName")?,
        "--key",
        &key,
    ])?;
    let create = format!(
        "cargo xtask operator create-vendor \"{}\"",
        settings.get("Vendor").unwrap_or("Your company")
    );
    let invite = "cargo xtask operator invite vendor --name \"Your name\" --email you@your-company";
    if found.get("Item").is_none() {
        return Ok(Some(format!(
            "Create the vendor's own account, and invite its first administrator, you perhaps:\n{create}\n{invite}"
        )));
    }
    let nobody =
        found["Item"]["roles"]["M"]["administrators"]["SS"].as_array().is_none_or(Vec::is_empty);
    Ok(nobody.then(|| format!("Invite the vendor's first administrator, you perhaps:\n{invite}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dns_records_are_one_a_line() {
        assert_eq!(
            dns_records("a._domainkey.x a.dkim b._domainkey.x b.dkim"),
            "a._domainkey.x CNAME a.dkim\nb._domainkey.x CNAME b.dkim"
        );
    }

    #[test]
    fn only_providers_without_a_secret_are_asked_for() {
        let configured = ["microsoft".to_owned(), "okta".to_owned()];
        assert_eq!(lacking(&configured, &json!({ "microsoft": "…" })), ["okta"]);
        assert_eq!(lacking(&configured, &Value::Null), ["microsoft", "okta"]);
    }
}
