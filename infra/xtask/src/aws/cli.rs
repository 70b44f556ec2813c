//! Runs the AWS CLI.

use std::process::Output;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{private_file::PrivateFile, process::variable, tools::python};

/// The AWS CLI with a region and a profile. `None` leaves the choice to the CLI.
#[derive(Clone, Debug)]
pub(crate) struct AwsCli {
    region: Option<String>,
    profile: Option<String>,
}

impl AwsCli {
    /// Creates it for a region and a profile.
    pub(crate) fn new(region: Option<&str>, profile: Option<&str>) -> Self {
        Self { region: region.map(str::to_owned), profile: profile.map(str::to_owned) }
    }

    /// Returns the given region, or that of the environment variables of AWS.
    ///
    /// # Errors
    /// If neither is set.
    pub(crate) fn region(&self) -> Result<String> {
        let region = self.region.clone();
        region
            .or_else(|| variable("AWS_REGION"))
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .context("no region is set; set region in samconfig.toml or pass --region")
    }

    /// Returns it for another region.
    pub(crate) fn in_region(&self, region: &str) -> Self {
        Self { region: Some(region.to_owned()), profile: self.profile.clone() }
    }

    /// Returns the given profile.
    pub(crate) fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Returns the options for region and profile, which the SAM CLI takes too.
    pub(crate) fn options(&self) -> impl Iterator<Item = &str> {
        let options = [("--region", self.region.as_deref()), ("--profile", self.profile())];
        options.into_iter().filter_map(|(name, value)| Some([name, value?])).flatten()
    }

    /// Runs a command and returns the JSON that it prints; null if it prints nothing.
    pub(crate) fn json(&self, arguments: &[&str]) -> Result<Value> {
        self.output(arguments, &[])
    }

    /// Runs a command and ignores what it prints.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<()> {
        self.output(arguments, &[]).map(drop)
    }

    /// Invokes a function once and returns its response.
    ///
    /// # Errors
    /// If the invocation or the function itself fails.
    pub(crate) fn invoke(&self, function: &str, event: &Value) -> Result<Value> {
        let request = PrivateFile::write("json", &event.to_string())?;
        let response = PrivateFile::write("json", "")?;
        let payload = format!("fileb://{}", request.path().display());
        let response_path = response.path().to_string_lossy();
        let arguments = [
            "lambda",
            "invoke",
            "--function-name",
            function,
            "--cli-read-timeout",
            "900",
            "--payload",
            &payload,
            &response_path,
        ];
        // No retries by the CLI: a request that timed out may have taken effect.
        let result = self.output(&arguments, &[("AWS_MAX_ATTEMPTS", "1")])?;
        let response = response.read()?;
        if result.get("FunctionError").is_some() {
            bail!("{function} failed: {response}");
        }
        serde_json::from_str(&response)
            .with_context(|| format!("{function} did not return JSON but: {response}"))
    }

    fn output(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Value> {
        let sh = Shell::new()?;
        let (aws, options) = (python::program("aws"), self.options());
        let output = cmd!(sh, "{aws} {arguments...} {options...} --output json")
            .envs(variables.iter().copied())
            .env("AWS_PAGER", "")
            .quiet()
            .ignore_status()
            .output()
            .context("cannot run the AWS CLI")?;
        parse_output(arguments, &output)
    }
}

/// Parses the output of `aws`. An error names the command without its further arguments.
fn parse_output(arguments: &[&str], output: &Output) -> Result<Value> {
    let command = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    if !output.status.success() {
        bail!("aws {command}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    if output.stdout.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("aws {command} did not print JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_profile_are_passed_on_only_if_given() {
        let options = |region, profile| {
            AwsCli::new(region, profile).options().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(options(Some("eu-central-1"), None), ["--region", "eu-central-1"]);
        assert_eq!(options(None, Some("work")), ["--profile", "work"]);
        assert!(options(None, None).is_empty());
        let elsewhere = AwsCli::new(Some("eu-central-1"), Some("work")).in_region("us-east-1");
        let options: Vec<_> = elsewhere.options().collect();
        assert_eq!(options, ["--region", "us-east-1", "--profile", "work"]);
    }

    #[cfg(unix)]
    #[test]
    fn output_is_json_or_null_and_an_error_shows_only_the_command() {
        use std::os::unix::process::ExitStatusExt as _;
        let parse = |code: i32, stdout: &str, stderr: &str| {
            let output = Output {
                status: std::process::ExitStatus::from_raw(code << 8),
                stdout: stdout.into(),
                stderr: stderr.into(),
            };
            parse_output(&["sts", "get-caller-identity", "--secret"], &output)
        };
        assert_eq!(parse(0, "{\"a\": 1}\n", "").expect("JSON")["a"], 1);
        assert_eq!(parse(0, " \n", "").expect("nothing"), Value::Null);
        let error = parse(254, "", "\nExpired\n").expect_err("a failure");
        assert_eq!(error.to_string(), "aws sts get-caller-identity: Expired");
        assert!(parse(0, "Hello", "").is_err());
    }
}
