//! What people still have to do after a deployment. Steps that are done are left out, as far as
//! that is cheap to find out.

use std::net::ToSocketAddrs as _;

use anyhow::Result;
use serde_json::{Value, json};

use crate::{
    aws::{AwsCli, Stack},
    private_file::PrivateFile,
    settings::{Settings, VENDOR_ACCOUNT_ID},
};

/// Prints the remaining steps.
pub(super) fn print(aws: &AwsCli, stack: &Stack, settings: &Settings) -> Result<()> {
    let steps = [
        point_domain(stack, settings),
        verify_sender(aws, stack, settings),
        leave_sandbox(aws),
        set_alarm_address(settings),
        set_up_providers(aws, stack, settings)?,
        invite_first_people(aws, stack, settings)?,
    ];
    let steps: Vec<String> = steps.into_iter().flatten().collect();
    if steps.is_empty() {
        return Ok(());
    }
    println!("\nNext steps:");
    for (number, step) in steps.iter().enumerate() {
        println!("{}. {}", number + 1, step.replace('\n', "\n   "));
    }
    Ok(())
}

fn point_domain(stack: &Stack, settings: &Settings) -> Option<String> {
    let domain = settings.get("Domain")?;
    if (domain, 443).to_socket_addrs().is_ok() {
        return None;
    }
    let target = stack.output("CdnDomain")?;
    Some(format!("Point the domain to CloudFront in your DNS:\n{domain} CNAME {target}"))
}

fn verify_sender(aws: &AwsCli, stack: &Stack, settings: &Settings) -> Option<String> {
    let identity = settings.get("MailIdentity")?;
    let state = aws.json(&["sesv2", "get-email-identity", "--email-identity", identity]).ok();
    if state.is_some_and(|state| state["VerifiedForSendingStatus"] == true) {
        return None;
    }
    if identity.contains('@') {
        return Some(format!(
            "Follow the link that SES mailed to {identity}. Until then SES sends no mail."
        ));
    }
    // The output exists only if the stack created the identity.
    let Some(records) = stack.output("MailDnsRecords").map(dns_records) else {
        return Some(format!(
            "Verify {identity} in SES (its console shows the DNS records). \
             Until then SES sends no mail."
        ));
    };
    Some(format!(
        "Verify {identity} for SES by these DNS records. Until then SES sends no mail:\n{records}"
    ))
}

/// Formats one record a line; the output alternates between names and values.
fn dns_records(output: &str) -> String {
    let words: Vec<&str> = output.split_whitespace().collect();
    words.chunks(2).map(|record| record.join(" CNAME ")).collect::<Vec<_>>().join("\n")
}

fn leave_sandbox(aws: &AwsCli) -> Option<String> {
    let account = aws.json(&["sesv2", "get-account"]).ok()?;
    let in_sandbox = account["ProductionAccessEnabled"] != true;
    in_sandbox.then(|| {
        "Ask AWS for production access to SES (infra/README.md). Until then SES is in its sandbox \
         and sends only to verified addresses."
            .to_owned()
    })
}

fn set_alarm_address(settings: &Settings) -> Option<String> {
    settings.get("AlarmEmail").is_none().then(|| {
        "Set AlarmEmail in samconfig.toml, the address that alarms notify, and deploy again."
            .to_owned()
    })
}

fn set_up_providers(aws: &AwsCli, stack: &Stack, settings: &Settings) -> Result<Option<String>> {
    let providers = configured_providers(settings);
    if providers.is_empty() {
        let site_url = stack.required_output("SiteUrl")?;
        return Ok(Some(format!(
            "Register Portico with an identity provider (infra/README.md): Microsoft, Google or \
             any other OpenID Connect provider.\n\
             The redirect URI is {site_url}/api/sign-in/callback/ID, where ID is microsoft, google or the \
             id in Providers\n\
             Add the client ids to samconfig.toml (MicrosoftClientId, GoogleClientId, Providers) \
             and deploy again."
        )));
    }
    let secret_id = stack.required_output("ProviderSecrets")?;
    let secret = aws.json(&["secretsmanager", "get-secret-value", "--secret-id", secret_id])?;
    let secrets: Value = secret["SecretString"]
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let commands: Vec<String> = without_secret(&providers, &secrets)
        .map(|provider| format!("cargo xtask operator secret {provider}"))
        .collect();
    Ok((!commands.is_empty()).then(|| {
        format!(
            "Set the client secret of each provider that issued one \
             (public clients have none):\n{}",
            commands.join("\n")
        )
    }))
}

/// Returns the ids of the configured providers.
fn configured_providers(settings: &Settings) -> Vec<String> {
    let built_in = [("MicrosoftClientId", "microsoft"), ("GoogleClientId", "google")];
    let built_in = built_in
        .into_iter()
        .filter(|(parameter, _)| settings.get(parameter).is_some())
        .map(|(_, id)| id.to_owned());
    let others: Vec<Value> = settings
        .get("Providers")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let others = others.iter().filter_map(|provider| provider["id"].as_str().map(str::to_owned));
    built_in.chain(others).collect()
}

fn without_secret<'a>(
    providers: &'a [String],
    secrets: &'a Value,
) -> impl Iterator<Item = &'a str> {
    providers.iter().map(String::as_str).filter(|provider| secrets.get(provider).is_none())
}

fn invite_first_people(aws: &AwsCli, stack: &Stack, settings: &Settings) -> Result<Option<String>> {
    let key = json!({
        "pk": { "S": format!("account#{VENDOR_ACCOUNT_ID}") },
        "sk": { "S": "account" },
    });
    let key = PrivateFile::write("json", &key.to_string())?;
    let table = stack.required_output("TableName")?;
    let found = aws.json(&["dynamodb", "get-item", "--table-name", table, "--key", &key.url()])?;
    let invite = "cargo xtask operator invite vendor --name \"Your name\" --email you@your-company";
    let Some(account) = found.get("Item") else {
        let vendor = settings.get("Vendor").unwrap_or("Your company");
        return Ok(Some(format!(
            "Create the vendor's own account and invite its first administrator, \
             such as yourself:\n\
             cargo xtask operator create-vendor \"{vendor}\"\n{invite}"
        )));
    };
    let administrators = account["roles"]["M"]["administrators"]["SS"].as_array();
    Ok(administrators
        .is_none_or(Vec::is_empty)
        .then(|| format!("Invite the vendor's first administrator, such as yourself:\n{invite}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dns_records_have_a_line_each() {
        assert_eq!(
            dns_records("a._domainkey.x a.dkim b._domainkey.x b.dkim"),
            "a._domainkey.x CNAME a.dkim\nb._domainkey.x CNAME b.dkim"
        );
    }

    #[test]
    fn only_providers_without_a_secret_are_listed() {
        let providers = ["microsoft".to_owned(), "okta".to_owned()];
        let listed = |secrets: Value| -> Vec<String> {
            without_secret(&providers, &secrets).map(str::to_owned).collect()
        };
        assert_eq!(listed(json!({ "microsoft": "…" })), ["okta"]);
        assert_eq!(listed(Value::Null), ["microsoft", "okta"]);
    }
}
