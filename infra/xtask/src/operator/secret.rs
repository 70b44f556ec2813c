//! The identity providers' client secrets.

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::restart;
use crate::{
    aws::{AwsCli, Stack},
    private_file::PrivateFile,
    terminal::prompt_secret,
};

/// Sets one provider's secret and keeps the others.
pub(super) fn set(aws: &AwsCli, stack: &Stack, provider: &str) -> Result<()> {
    let secret_id = stack.required_output("ProviderSecrets")?;
    let current = aws.json(&["secretsmanager", "get-secret-value", "--secret-id", secret_id])?;
    let secret = prompt_secret(&format!("Client secret of {provider}:"))?;
    let merged = merge(current["SecretString"].as_str().unwrap_or("{}"), provider, &secret)?;
    let file = PrivateFile::write("json", &merged)?;
    aws.run(&[
        "secretsmanager",
        "put-secret-value",
        "--secret-id",
        secret_id,
        "--secret-string",
        &file.url(),
    ])?;
    // The function reads the secrets only when it starts.
    restart::run(aws, stack, "finish-sign-in")
}

fn merge(secrets: &str, provider: &str, secret: &str) -> Result<String> {
    if secret.trim().is_empty() {
        bail!("The secret is empty. Nothing has been changed.");
    }
    let mut secrets: Map<String, Value> = serde_json::from_str(secrets)
        .context("the secret ProviderSecrets is not a JSON object; fix it in Secrets Manager")?;
    secrets.insert(provider.to_owned(), secret.trim().into());
    Ok(Value::Object(secrets).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_is_set_and_the_others_are_kept() {
        let merged =
            |secrets: &str, secret: &str| merge(secrets, "google", secret).expect("merged");
        assert_eq!(merged("{}", "new\n"), r#"{"google":"new"}"#);
        assert_eq!(
            merged(r#"{"google":"old","okta":"kept"}"#, "new"),
            r#"{"google":"new","okta":"kept"}"#
        );
    }

    #[test]
    fn an_empty_secret_and_a_malformed_store_change_nothing_and_reveal_nothing() {
        assert!(merge("{}", "google", " ").is_err());
        let error = merge("not JSON, but secret", "google", "new").expect_err("malformed");
        assert!(!format!("{error:#}").contains("but secret"), "{error:#}");
    }
}
