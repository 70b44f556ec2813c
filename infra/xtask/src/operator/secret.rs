//! The identity providers' client secrets, and the keys that take their place.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::{private_key, restart};
use crate::{
    aws::{AwsCli, Stack},
    private_file::PrivateFile,
    terminal::prompt_secret,
};

/// How the portal authenticates at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// With a client secret, a word.
    Secret,
    /// With a private key; for Apple of a certain kind.
    Key { apple: bool },
}

/// Sets one provider's secret, or its private key from `file`, and keeps the others.
pub(super) fn set(aws: &AwsCli, stack: &Stack, provider: &str, file: Option<&Path>) -> Result<()> {
    let kind = kind(stack.parameter("Providers").unwrap_or_default(), provider);
    let secret_id = stack.required_output("ProviderSecrets")?;
    let current = aws.json(&["secretsmanager", "get-secret-value", "--secret-id", secret_id])?;
    let secret = match file {
        Some(file) => fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))
            .and_then(|text| from_file(kind, provider, &text))?,
        None => prompted(kind, provider, &prompt_secret(&question(kind, provider))?)?,
    };
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

/// Returns how the portal authenticates at `provider`, by the parameter `Providers` as it is
/// deployed.
fn kind(providers: &str, provider: &str) -> Kind {
    let providers: Vec<Value> = serde_json::from_str(providers).unwrap_or_default();
    let auth = providers.iter().find(|own| own["id"] == provider).map(|own| &own["auth"]);
    match auth.and_then(Value::as_str) {
        Some("private-key-jwt") => Kind::Key { apple: false },
        Some("apple") => Kind::Key { apple: true },
        _ => Kind::Secret,
    }
}

fn question(kind: Kind, provider: &str) -> String {
    match kind {
        Kind::Secret => format!("Client secret of {provider}:"),
        Kind::Key { .. } => format!("{provider} takes a key, from --file. Enter to stop:"),
    }
}

/// Returns the content of a file with a private key.
fn from_file(kind: Kind, provider: &str, text: &str) -> Result<String> {
    match kind {
        Kind::Key { apple } => private_key::parse(text, apple),
        Kind::Secret => bail!(
            "{provider} is deployed without \"auth\": \"private-key-jwt\" or \"apple\", so it takes \
             a secret and no key. Deploy it with its \"auth\" and \"key_id\" first, or leave --file \
             out. Nothing has been changed."
        ),
    }
}

/// Returns a secret that was typed or piped.
fn prompted(kind: Kind, provider: &str, secret: &str) -> Result<String> {
    if let Kind::Key { .. } = kind {
        bail!(
            "{provider} authenticates the portal by a private key, which has several lines. Pass \
             its file: cargo xtask operator secret {provider} --file KEY. Nothing has been changed."
        );
    }
    if secret.trim_start().starts_with("-----BEGIN") {
        bail!(
            "This is the first line of a key or certificate and no client secret. Nothing has been \
             changed."
        );
    }
    Ok(secret.trim().to_owned())
}

fn merge(secrets: &str, provider: &str, secret: &str) -> Result<String> {
    if secret.trim().is_empty() {
        bail!("The secret is empty. Nothing has been changed.");
    }
    let mut secrets: Map<String, Value> = serde_json::from_str(secrets)
        .context("the secret ProviderSecrets is not a JSON object; fix it in Secrets Manager")?;
    secrets.insert(provider.to_owned(), secret.into());
    Ok(Value::Object(secrets).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::private_key::tests::P256;

    const PROVIDERS: &str = r#"[{"id": "okta"}, {"id": "bank", "auth": "private-key-jwt"},
        {"id": "apple", "auth": "apple"}, {"id": "post", "auth": "post"}]"#;

    #[test]
    fn one_secret_is_set_and_the_others_are_kept() {
        let merged =
            |secrets: &str, secret: &str| merge(secrets, "google", secret).expect("merged");
        assert_eq!(merged("{}", "new"), r#"{"google":"new"}"#);
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

    #[test]
    fn the_deployed_settings_say_whether_a_provider_takes_a_secret_or_a_key() {
        for (provider, expected) in [
            ("okta", Kind::Secret),
            ("post", Kind::Secret),
            ("microsoft", Kind::Secret),
            ("bank", Kind::Key { apple: false }),
            ("apple", Kind::Key { apple: true }),
        ] {
            assert_eq!(kind(PROVIDERS, provider), expected, "{provider}");
        }
        assert_eq!(kind("", "apple"), Kind::Secret);
    }

    #[test]
    fn a_key_keeps_its_lines() {
        let key = from_file(Kind::Key { apple: true }, "apple", P256).expect("a key");
        let secrets: Value =
            serde_json::from_str(&merge("{}", "apple", &key).expect("merged")).expect("JSON");
        assert_eq!(secrets["apple"], P256);
    }

    #[test]
    fn a_secret_is_taken_without_the_spaces_around_it() {
        assert_eq!(prompted(Kind::Secret, "okta", " hush ").expect("a secret"), "hush");
    }

    #[test]
    fn a_key_in_place_of_a_secret_is_refused_and_a_secret_in_place_of_a_key() {
        let first_line = P256.lines().next().expect("a line");
        for error in [
            prompted(Kind::Key { apple: false }, "bank", "hush"),
            prompted(Kind::Secret, "okta", first_line),
            from_file(Kind::Secret, "okta", P256),
            from_file(Kind::Key { apple: false }, "bank", "hush"),
        ] {
            let error = format!("{:#}", error.expect_err("refused"));
            assert!(!error.contains("hush") && !error.contains(P256), "{error}");
        }
    }
}
