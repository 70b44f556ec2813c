//! The stack: `sam deploy`, twice when the site's address is known only after the first time.

use std::ffi::OsString;

use super::{check::Ready, origin_key::OriginKey};
use crate::{
    aws::file,
    command::Step,
    private_file::PrivateFile,
    settings::NO_ADDRESS,
    stack::Stack,
    terminal::{ask, say},
    venv,
};

/// What `sam deploy` says when the stack is as the template and the parameters are.
const UNCHANGED: &str = "No changes to deploy";

/// Brings the stack up to date; answers it, and whether anything had to change.
pub(super) fn run(
    ready: &Ready,
    without_asking: bool,
    new_key: bool,
) -> Result<(Stack, bool), String> {
    let known = ready.stack.as_ref().and_then(|it| it.output("SiteUrl")).map(str::to_owned);
    let address = ready.settings.own_address().or(known).unwrap_or_else(|| NO_ADDRESS.to_owned());
    // CloudFormation keeps a parameter that is left out, so the key is handed over once and is nowhere else.
    let has_key = ready.stack.as_ref().is_some_and(|it| it.parameter("OriginKeyHash").is_some());
    let key = if has_key && !new_key { None } else { Some(OriginKey::draw()?) };

    if !without_asking && !agreed(ready, &address, key.as_ref())? {
        let stack = find(ready)?;
        return Ok((stack, false));
    }
    let mut changed = sam(ready, "Stack", &address, key.as_ref(), &["--no-confirm-changeset"])?;
    let mut stack = find(ready)?;
    let found = stack.required("SiteUrl")?.to_owned();
    if found != address {
        say(&format!(
            "   The site's address is {found}: once more, so that the functions know it."
        ));
        changed |=
            sam(ready, "Stack, with its address", &found, None, &["--no-confirm-changeset"])?;
        stack = find(ready)?;
    }
    Ok((stack, changed))
}

/// Shows what would change and asks; false if nothing would.
fn agreed(ready: &Ready, address: &str, key: Option<&OriginKey>) -> Result<bool, String> {
    if !sam(ready, "What would change", address, key, &["--no-execute-changeset"])? {
        return Ok(false);
    }
    let answer = ask("Apply these changes? [y/N]")?;
    if is_yes(&answer) { Ok(true) } else { Err("Nothing has been changed.".to_owned()) }
}

/// Runs `sam deploy`; answers whether there was anything to change.
fn sam(
    ready: &Ready,
    heading: &str,
    address: &str,
    key: Option<&OriginKey>,
    more: &[&str],
) -> Result<bool, String> {
    let mut known = vec![("SiteUrl", address)];
    if let Some(key) = key {
        known.extend([("OriginKey", key.key.as_str()), ("OriginKeyHash", key.hash.as_str())]);
    }
    // In a file, for the list of processes shows arguments.
    let written = PrivateFile::write("yaml", &ready.settings.file(&known))?;
    let parameters = file(written.path());
    let program = venv::program("sam");
    let mut arguments =
        vec!["deploy", "--template-file", "infra/template.yaml", "--stack-name", &ready.stack_name];
    arguments.extend([
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
    ]);
    if ready.s3_bucket.is_none() {
        arguments.push("--resolve-s3");
    }
    arguments.extend(["--parameter-overrides", &parameters]);
    arguments.extend(more);
    arguments.extend(ready.aws.options());
    let step = Step::new(heading, &program.to_string_lossy(), &arguments);
    let printed = step.variable("SAM_CLI_TELEMETRY", OsString::from("0")).watch()?;
    Ok(!printed.contains(UNCHANGED))
}

fn find(ready: &Ready) -> Result<Stack, String> {
    let found = Stack::find(&ready.aws, &ready.stack_name)?;
    found.ok_or_else(|| {
        format!(
            "the stack {} is not there after its deployment; see its events in CloudFormation",
            ready.stack_name
        )
    })
}

fn is_yes(answer: &str) -> bool {
    ["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        assert!(is_yes("y") && is_yes(" YES "));
        assert!(!is_yes("") && !is_yes("n") && !is_yes("yeah"));
    }
}
