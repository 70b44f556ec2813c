//! The identity providers' client secrets.

use serde_json::{Map, Value};

use super::restart;
use crate::{
    aws::{Aws, file},
    private_file::PrivateFile,
    stack::Stack,
    terminal::ask_secret,
};

/// Sets one provider's secret and leaves the others.
pub(super) fn set(aws: &Aws, stack: &Stack, provider: &str) -> Result<(), String> {
    let place = stack.required("ProviderSecrets")?;
    let read = aws.ask(&["secretsmanager", "get-secret-value", "--secret-id", place])?;
    let secret = ask_secret(&format!("Client secret of {provider}:"))?;
    let merged = merge(read["SecretString"].as_str().unwrap_or("{}"), provider, &secret)?;
    let written = PrivateFile::write("json", &merged)?;
    aws.tell(&[
        "secretsmanager",
        "put-secret-value",
        "--secret-id",
        place,
        "--secret-string",
        &file(written.path()),
    ])?;
    // It reads the secrets only when it starts.
    restart::run(aws, stack, "finish-sign-in")
}

fn merge(secrets: &str, provider: &str, secret: &str) -> Result<String, String> {
    if secret.trim().is_empty() {
        return Err("No secret was given. Nothing has been changed.".to_owned());
    }
    let unusable = |error: serde_json::Error| {
        format!(
            "what is kept in ProviderSecrets is no JSON object; mend it in Secrets Manager: {error}"
        )
    };
    let mut secrets: Map<String, Value> = serde_json::from_str(secrets).map_err(unusable)?;
    secrets.insert(provider.to_owned(), secret.trim().into());
    Ok(Value::Object(secrets).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_is_set_and_the_others_stay() {
        assert_eq!(merge("{}", "google", "new\n").as_deref(), Ok(r#"{"google":"new"}"#));
        assert_eq!(
            merge(r#"{"google":"old","okta":"kept"}"#, "google", "new").as_deref(),
            Ok(r#"{"google":"new","okta":"kept"}"#)
        );
    }

    #[test]
    fn nothing_is_lost_by_an_empty_secret_or_a_broken_store() {
        assert!(merge("{}", "google", " ").is_err());
        let error = merge("not JSON, but secret", "google", "new").expect_err("broken");
        assert!(!error.contains("but secret"), "{error}");
    }
}
