//! samconfig.toml, the operator's file: what `cargo xtask` needs of it. `sam` reads it too.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use crate::process::root;

/// The settings in the file.
#[derive(Debug, Default)]
pub(crate) struct Samconfig {
    stack_name: Option<String>,
    region: Option<String>,
    s3_bucket: Option<String>,
    parameters: BTreeMap<String, String>,
    errors: Vec<String>,
}

impl Samconfig {
    /// Reads the file in the repository's root. Without a file, nothing is set.
    pub(crate) fn read() -> Result<Self> {
        let path = root().join("samconfig.toml");
        if !path.is_file() {
            return Ok(Self::default());
        }
        Self::parse(&fs::read_to_string(path).context("cannot read samconfig.toml")?)
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let file: Table = toml::from_str(text).context("samconfig.toml")?;
        // Like sam: a section for one command overrides the global one.
        let get = |name: &str| {
            ["deploy", "global"]
                .into_iter()
                .find_map(|section| file.get("default")?.get(section)?.get("parameters")?.get(name))
        };
        let text = |name: &str| get(name).and_then(Value::as_str).map(str::to_owned);
        let mut samconfig = Self {
            stack_name: text("stack_name"),
            region: text("region"),
            s3_bucket: text("s3_bucket"),
            ..Self::default()
        };
        match get("parameter_overrides") {
            None => {}
            Some(Value::Array(overrides)) => {
                for parameter in overrides {
                    samconfig.add_parameter(parameter);
                }
            }
            Some(_) => samconfig.errors.push(
                "samconfig.toml: parameter_overrides must be a list: \
                 [\"MailIdentity=example.com\", …]"
                    .to_owned(),
            ),
        }
        Ok(samconfig)
    }

    fn add_parameter(&mut self, parameter: &Value) {
        let parts = parameter.as_str().and_then(|text| text.split_once('='));
        let Some((name, value)) = parts else {
            let found = parameter.as_str().map_or_else(
                || format!("a value of type {}", parameter.type_str()),
                |text| format!("{text:?}"),
            );
            self.errors.push(format!(
                "samconfig.toml: {found} in parameter_overrides must look like \
                 \"MailIdentity=example.com\""
            ));
            return;
        };
        let (name, value) = (name.trim(), value.trim());
        if self.parameters.insert(name.to_owned(), value.to_owned()).is_some() {
            self.errors.push(format!("samconfig.toml: {name} is twice in parameter_overrides"));
        }
    }

    /// Returns the stack's name.
    pub(crate) fn stack_name(&self) -> Option<&str> {
        self.stack_name.as_deref()
    }

    /// Returns the region.
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Returns the operator's own bucket for the functions' code; `None` for the SAM CLI's.
    pub(crate) fn s3_bucket(&self) -> Option<&str> {
        self.s3_bucket.as_deref()
    }

    /// Returns the value of a parameter that the file sets, unless it is empty.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    pub(super) fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    pub(super) fn errors(&self) -> &[String] {
        &self.errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deploy_section_overrides_the_global_one() {
        let text = "
            [default.global.parameters]
            stack_name = 'a'
            region = 'eu-west-1'
            [default.deploy.parameters]
            region = 'eu-central-1'";
        let samconfig = Samconfig::parse(text).expect("TOML");
        assert_eq!(samconfig.stack_name(), Some("a"));
        assert_eq!(samconfig.region(), Some("eu-central-1"));
    }

    #[test]
    fn a_value_may_contain_equals_signs() {
        let text = "
            [default.deploy.parameters]
            parameter_overrides = ['Providers=[{\"id\":\"a=b\"}]']";
        let samconfig = Samconfig::parse(text).expect("TOML");
        assert_eq!(samconfig.parameters()["Providers"], "[{\"id\":\"a=b\"}]");
    }

    #[test]
    fn all_errors_are_collected() {
        let errors = |overrides: &str| {
            let text = format!("[default.deploy.parameters]\nparameter_overrides = {overrides}");
            Samconfig::parse(&text).expect("TOML").errors().join("\n")
        };
        let text = errors("['A=1', 'A=2', 'B', 3]");
        for expected in [
            "A is twice",
            "\"B\" in parameter_overrides must look like",
            "a value of type integer in parameter_overrides must look like",
        ] {
            assert!(text.contains(expected), "{expected} in\n{text}");
        }
        assert!(errors("'A=1 B=2'").contains("must be a list"));
        let error = Samconfig::parse("[default").expect_err("no TOML");
        assert!(format!("{error:#}").starts_with("samconfig.toml: "), "{error:#}");
    }
}
