//! Asking AWS, through its own command line, so that credentials, profiles and single sign-on work as people are used to.

use std::{
    path::Path,
    process::{Command, Output},
};

use clap::Args;
use serde_json::Value;

use crate::{private_file::PrivateFile, settings::Samconfig, stack::Stack, venv};

/// Which stack is meant; what is not given is as samconfig.toml says.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Place {
    /// The stack's name
    #[arg(long, global = true)]
    pub(crate) stack_name: Option<String>,
    /// The AWS region
    #[arg(long, global = true)]
    pub(crate) region: Option<String>,
    /// The profile of your AWS credentials
    #[arg(long, global = true)]
    pub(crate) profile: Option<String>,
}

/// The AWS command line, for one region and profile.
#[derive(Clone, Debug)]
pub(crate) struct Aws {
    region: Option<String>,
    profile: Option<String>,
}

impl Aws {
    /// Asks in a region, as the profile if one is named.
    pub(crate) fn new(region: Option<&str>, profile: Option<&str>) -> Self {
        Self { region: region.map(str::to_owned), profile: profile.map(str::to_owned) }
    }

    /// Returns the region, if one is named.
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Returns the profile, if one is named.
    pub(crate) fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Returns the options that name region and profile, which `sam` takes too.
    pub(crate) fn options(&self) -> impl Iterator<Item = &str> {
        let options = [("--region", self.region()), ("--profile", self.profile())];
        options.into_iter().filter_map(|(name, value)| Some([name, value?])).flatten()
    }

    /// Runs a command and returns the JSON it answers; `null` if it answers nothing.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<Value, String> {
        self.run(arguments, &[])
    }

    /// Changes something; what is answered does not matter.
    pub(crate) fn tell(&self, arguments: &[&str]) -> Result<(), String> {
        self.run(arguments, &[]).map(drop)
    }

    /// Invokes a function once and returns what it answers. An answer that is an error of the function's is an error.
    pub(crate) fn invoke(&self, function: &str, event: &Value) -> Result<Value, String> {
        let sent = PrivateFile::write("json", &event.to_string())?;
        let answered = PrivateFile::write("json", "")?;
        let (payload, target) =
            (format!("fileb://{}", sent.path().display()), answered.path().to_string_lossy());
        let arguments = [
            "lambda",
            "invoke",
            "--function-name",
            function,
            "--cli-read-timeout",
            "900",
            "--payload",
            &payload,
            &target,
        ];
        // Once: a second attempt of something that came through would do it twice.
        let told = self.run(&arguments, &[("AWS_MAX_ATTEMPTS", "1")])?;
        let answer = answered.read()?;
        if told.get("FunctionError").is_some() {
            return Err(format!("{function} failed: {answer}"));
        }
        serde_json::from_str(&answer)
            .map_err(|error| format!("{function} answered no JSON ({error}): {answer}"))
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Value, String> {
        let mut command = Command::new(venv::program("aws"));
        command
            .args(arguments)
            .args(self.options())
            .args(["--output", "json"])
            .envs(variables.iter().copied())
            .env("AWS_PAGER", "");
        let printed =
            command.output().map_err(|error| format!("aws cannot be started: {error}"))?;
        answer(arguments, &printed)
    }
}

/// Finds a stack that is there, for whoever works on one.
pub(crate) fn find(place: &Place) -> Result<(Aws, Stack), String> {
    venv::ensure(&[venv::DEPLOY])?;
    let samconfig = Samconfig::read()?;
    let name = place.stack_name.as_deref().or(samconfig.stack_name()).unwrap_or("portico");
    let aws = Aws::new(place.region.as_deref().or(samconfig.region()), place.profile.as_deref());
    let stack = Stack::find(&aws, name)?
        .ok_or_else(|| format!("there is no stack {name} in this account and region; see samconfig.toml, or deploy it first"))?;
    Ok((aws, stack))
}

/// Spells a path as the command line's options take a file.
pub(crate) fn file(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn answer(arguments: &[&str], printed: &Output) -> Result<Value, String> {
    let text = String::from_utf8_lossy(&printed.stdout);
    if !printed.status.success() {
        let reason = String::from_utf8_lossy(&printed.stderr);
        return Err(format!(
            "aws {}: {}",
            arguments[..arguments.len().min(2)].join(" "),
            reason.trim()
        ));
    }
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text)
        .map_err(|error| format!("aws {} answered no JSON: {error}", arguments.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_profile_are_handed_on_only_if_named() {
        let options = |region, profile| {
            Aws::new(region, profile).options().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(options(Some("eu-central-1"), None), ["--region", "eu-central-1"]);
        assert_eq!(options(None, Some("work")), ["--profile", "work"]);
        assert!(options(None, None).is_empty());
    }
}
