//! samconfig.toml, the operator's file. `sam` reads it too; what is read here is what the deployment itself must know.

use std::{collections::BTreeMap, fs};

use toml::{Table, Value};

use crate::command::root;

/// What the file says.
#[derive(Debug, Default)]
pub(crate) struct Samconfig {
    stack_name: Option<String>,
    region: Option<String>,
    s3_bucket: Option<String>,
    parameters: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Samconfig {
    /// Reads the file in the repository's root; without one nothing is set.
    pub(crate) fn read() -> Result<Self, String> {
        let path = root().join("samconfig.toml");
        if !path.is_file() {
            return Ok(Self::default());
        }
        Self::parse(
            &fs::read_to_string(path)
                .map_err(|error| format!("samconfig.toml cannot be read: {error}"))?,
        )
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file: Table = toml::from_str(text)
            .map_err(|error| format!("samconfig.toml: {}", error.to_string().trim_end()))?;
        // As sam does: what is said for one command wins over what is said for all.
        let say = |name: &str| {
            let mut sections = ["deploy", "global"].into_iter();
            sections.find_map(|it| file.get("default")?.get(it)?.get("parameters")?.get(name))
        };
        let text = |name: &str| say(name).and_then(Value::as_str).map(str::to_owned);
        let mut read = Self {
            stack_name: text("stack_name"),
            region: text("region"),
            s3_bucket: text("s3_bucket"),
            ..Self::default()
        };
        match say("parameter_overrides") {
            None => {}
            Some(Value::Array(list)) => list.iter().for_each(|it| read.add(it)),
            Some(_) => read.faults.push("samconfig.toml: parameter_overrides must be a list: [\"MailIdentity=example.com\", …]".to_owned()),
        }
        Ok(read)
    }

    fn add(&mut self, setting: &Value) {
        let Some((name, value)) = setting.as_str().and_then(|it| it.split_once('=')) else {
            let shown = setting
                .as_str()
                .map_or_else(|| format!("what is no text ({})", setting.type_str()), str::to_owned);
            self.faults.push(format!("samconfig.toml: {shown} in parameter_overrides must look like \"MailIdentity=example.com\""));
            return;
        };
        if self.parameters.insert(name.trim().to_owned(), value.trim().to_owned()).is_some() {
            self.faults.push(format!(
                "samconfig.toml: {} is there twice in parameter_overrides",
                name.trim()
            ));
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

    /// Returns the bucket for the functions' code, where it is not sam's own.
    pub(crate) fn s3_bucket(&self) -> Option<&str> {
        self.s3_bucket.as_deref()
    }

    pub(super) fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    pub(super) fn faults(&self) -> &[String] {
        &self.faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_for_deploying_wins_over_what_is_said_for_all() {
        let text = "[default.global.parameters]\nstack_name = 'a'\nregion = 'eu-west-1'\n[default.deploy.parameters]\nregion = 'eu-central-1'";
        let read = Samconfig::parse(text).expect("TOML");
        assert_eq!((read.stack_name(), read.region()), (Some("a"), Some("eu-central-1")));
    }

    #[test]
    fn a_value_may_hold_anything_behind_its_first_equals_sign() {
        let read = Samconfig::parse(
            "[default.deploy.parameters]\nparameter_overrides = ['Providers=[{\"id\":\"a=b\"}]']",
        )
        .expect("TOML");
        assert_eq!(read.parameters()["Providers"], "[{\"id\":\"a=b\"}]");
    }

    #[test]
    fn faults_are_named_and_do_not_hide_each_other() {
        let text = "[default.deploy.parameters]\nparameter_overrides = ['A=1', 'A=2', 'B', 3]";
        let faults = Samconfig::parse(text).expect("TOML").faults().join("\n");
        for expected in [
            "A is there twice",
            "B in parameter_overrides must look like",
            "what is no text (integer) in parameter_overrides",
        ] {
            assert!(faults.contains(expected), "{expected} in\n{faults}");
        }
        let text = "[default.deploy.parameters]\nparameter_overrides = 'A=1 B=2'";
        assert!(Samconfig::parse(text).expect("TOML").faults()[0].contains("must be a list"));
        assert!(Samconfig::parse("[default").expect_err("no TOML").starts_with("samconfig.toml: "));
    }
}
