//! Deploys the stack by `sam deploy`: twice if only the first run reveals the site's address.

use anyhow::{Context as _, Result, bail};
use xshell::cmd;

use super::{origin_key::OriginKey, preflight::Deployment};
use crate::{
    aws::Stack,
    private_file::PrivateFile,
    process::{run_step_and_read, shell},
    settings::PLACEHOLDER_SITE_URL,
    terminal::prompt,
    tools::python,
};

/// What `sam deploy` prints if the stack is up to date.
const UNCHANGED: &str = "No changes to deploy";

/// How to deploy the stack.
#[derive(Clone, Copy)]
pub(super) struct Options {
    /// Shows the changes and asks before they are applied.
    pub(super) confirm: bool,
    /// Replaces the origin key.
    pub(super) new_origin_key: bool,
}

/// What `sam deploy` does with the changes.
#[derive(Clone, Copy)]
enum Mode {
    Preview,
    Execute,
}

/// Deploys the stack and returns it, with whether anything has changed.
pub(super) fn run(deployment: &Deployment, options: Options) -> Result<(Stack, bool)> {
    let existing = deployment.stack.as_ref();
    let known_url = existing.and_then(|stack| stack.output("SiteUrl")).map(str::to_owned);
    let site_url = deployment.settings.custom_domain_url().or(known_url);
    let site_url = site_url.unwrap_or_else(|| PLACEHOLDER_SITE_URL.to_owned());
    // CloudFormation keeps a parameter that is left out, so the key is passed once and not stored.
    let has_key = existing.is_some_and(|stack| stack.parameter("OriginKeyHash").is_some());
    let key = if has_key && !options.new_origin_key { None } else { Some(OriginKey::generate()?) };

    if options.confirm && !confirm(deployment, &site_url, key.as_ref())? {
        return Ok((find(deployment)?, false));
    }
    let mut changed = sam_deploy(deployment, "Stack", &site_url, key.as_ref(), Mode::Execute)?;
    let mut stack = find(deployment)?;
    let assigned_url = stack.required_output("SiteUrl")?.to_owned();
    if assigned_url != site_url {
        println!("   CloudFront assigned {assigned_url}; deploying again to tell the functions.");
        let heading = "Stack, with its address";
        changed |= sam_deploy(deployment, heading, &assigned_url, None, Mode::Execute)?;
        stack = find(deployment)?;
    }
    Ok((stack, changed))
}

/// Shows the changes and asks whether to apply them. Returns false if there are none.
///
/// # Errors
/// If the answer is no.
fn confirm(deployment: &Deployment, site_url: &str, key: Option<&OriginKey>) -> Result<bool> {
    if !sam_deploy(deployment, "Preview of the changes", site_url, key, Mode::Preview)? {
        return Ok(false);
    }
    if !is_yes(&prompt("Apply these changes? [y/N]")?) {
        bail!("Nothing has been changed.");
    }
    Ok(true)
}

/// Runs `sam deploy` and returns whether there was anything to change.
fn sam_deploy(
    deployment: &Deployment,
    heading: &str,
    site_url: &str,
    key: Option<&OriginKey>,
    mode: Mode,
) -> Result<bool> {
    let mut generated = vec![("SiteUrl", site_url)];
    if let Some(OriginKey { key, hash }) = key {
        generated.extend([("OriginKey", key.as_str()), ("OriginKeyHash", hash.as_str())]);
    }
    // In a file: any user of the machine can list a process's arguments.
    let file = PrivateFile::write("yaml", &deployment.settings.parameter_file(&generated))?;
    let sh = shell()?;
    let (sam, parameters, stack_name) =
        (python::program("sam"), file.url(), &deployment.stack_name);
    let bucket = deployment.s3_bucket.is_none().then_some("--resolve-s3");
    let mode = match mode {
        Mode::Preview => "--no-execute-changeset",
        Mode::Execute => "--no-confirm-changeset",
    };
    let aws_options = deployment.aws.options();
    let command = cmd!(
        sh,
        "{sam} deploy --template-file infra/template.yaml --stack-name {stack_name}
            --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --no-progressbar
            {bucket...} --parameter-overrides {parameters} {mode} {aws_options...}"
    );
    let output = run_step_and_read(heading, command.env("SAM_CLI_TELEMETRY", "0"))?;
    Ok(!output.contains(UNCHANGED))
}

fn find(deployment: &Deployment) -> Result<Stack> {
    let name = &deployment.stack_name;
    Stack::find(&deployment.aws, name)?.with_context(|| {
        format!(
            "the stack {name} is missing after its deployment; see its events in CloudFormation"
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
    fn only_yes_counts_as_yes() {
        assert!(is_yes("y") && is_yes(" YES "));
        assert!(!is_yes("") && !is_yes("n") && !is_yes("yeah"));
    }
}
