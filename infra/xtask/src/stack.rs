//! The stack as CloudFormation describes it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::aws::Aws;

/// The identifier of the vendor's own account.
pub(crate) const VENDOR_ACCOUNT: &str = "00000000000000000000000000";

/// A stack that is there.
#[derive(Debug)]
pub(crate) struct Stack {
    /// Its name.
    pub(crate) name: String,
    /// How its last change ended, such as `UPDATE_COMPLETE`.
    pub(crate) status: String,
    outputs: BTreeMap<String, String>,
    parameters: BTreeMap<String, String>,
}

impl Stack {
    /// Looks a stack up; none if it is not there, or only planned by a change set that nobody applied.
    pub(crate) fn find(aws: &Aws, name: &str) -> Result<Option<Self>, String> {
        match aws.ask(&["cloudformation", "describe-stacks", "--stack-name", name]) {
            Ok(described) => Ok(Self::read(name, &described)),
            Err(error) if error.contains("does not exist") => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(name: &str, described: &Value) -> Option<Self> {
        let stack = described["Stacks"].get(0)?;
        let status = stack["StackStatus"].as_str()?.to_owned();
        if status == "REVIEW_IN_PROGRESS" || status == "DELETE_COMPLETE" {
            return None;
        }
        let pairs = |list: &str, key: &str, value: &str| {
            let items = stack[list].as_array().into_iter().flatten();
            items
                .filter_map(|it| {
                    Some((it[key].as_str()?.to_owned(), it[value].as_str()?.to_owned()))
                })
                .collect()
        };
        Some(Self {
            name: name.to_owned(),
            status,
            outputs: pairs("Outputs", "OutputKey", "OutputValue"),
            parameters: pairs("Parameters", "ParameterKey", "ParameterValue"),
        })
    }

    /// Returns an output that may be absent.
    pub(crate) fn output(&self, name: &str) -> Option<&str> {
        self.outputs.get(name).map(String::as_str)
    }

    /// Returns an output that every stack of this template has.
    pub(crate) fn required(&self, name: &str) -> Result<&str, String> {
        self.output(name).ok_or_else(|| {
            format!(
                "the stack {} has no output {name}; deploy it anew: cargo xtask deploy",
                self.name
            )
        })
    }

    /// Returns what a parameter is set to.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Returns the functions' real names by the names of their folders.
    pub(crate) fn functions(&self, aws: &Aws) -> Result<BTreeMap<String, String>, String> {
        let resources = self.resources(aws)?;
        let functions = resources.iter().filter(|it| it["ResourceType"] == "AWS::Lambda::Function");
        Ok(functions
            .filter_map(|it| {
                Some((
                    folder(it["LogicalResourceId"].as_str()?),
                    it["PhysicalResourceId"].as_str()?.to_owned(),
                ))
            })
            .collect())
    }

    /// Lists what the stack consists of, which a stack that failed has too, where it has no outputs.
    pub(crate) fn resources(&self, aws: &Aws) -> Result<Vec<Value>, String> {
        let listed =
            aws.ask(&["cloudformation", "list-stack-resources", "--stack-name", &self.name])?;
        Ok(listed["StackResourceSummaries"].as_array().cloned().unwrap_or_default())
    }
}

/// Returns the real name of a resource that is there.
pub(crate) fn physical<'a>(resources: &'a [Value], name: &str) -> Option<&'a str> {
    let found = resources
        .iter()
        .find(|it| it["LogicalResourceId"] == name && it["ResourceStatus"] != "DELETE_COMPLETE");
    found?["PhysicalResourceId"].as_str().filter(|it| !it.is_empty())
}

/// Spells a resource's name as its folder's: `FlagLapsedPlans` is in `flag-lapsed-plans`.
fn folder(resource: &str) -> String {
    let mut name = String::new();
    for letter in resource.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A stack as CloudFormation would describe it.
    pub(crate) fn stack(outputs: &[(&str, &str)], parameters: &[(&str, &str)]) -> Stack {
        let pairs = |list: &[(&str, &str)]| {
            list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Stack {
            name: "portico".into(),
            status: "UPDATE_COMPLETE".into(),
            outputs: pairs(outputs),
            parameters: pairs(parameters),
        }
    }

    #[test]
    fn a_stack_is_read_with_its_outputs_and_parameters() {
        let described = json!({ "Stacks": [{
            "StackStatus": "CREATE_COMPLETE",
            "Outputs": [{ "OutputKey": "SiteUrl", "OutputValue": "https://portal.example" }],
            "Parameters": [{ "ParameterKey": "GraceDays", "ParameterValue": "3" }],
        }] });
        let stack = Stack::read("portico", &described).expect("a stack");
        assert_eq!(
            (stack.output("SiteUrl"), stack.parameter("GraceDays")),
            (Some("https://portal.example"), Some("3"))
        );
        assert!(stack.required("TableName").expect_err("absent").contains("TableName"));
    }

    #[test]
    fn a_stack_that_is_only_planned_is_none() {
        assert!(
            Stack::read("portico", &json!({ "Stacks": [{ "StackStatus": "REVIEW_IN_PROGRESS" }] }))
                .is_none()
        );
        assert!(Stack::read("portico", &json!({ "Stacks": [] })).is_none());
    }

    #[test]
    fn a_resource_that_is_gone_has_no_name() {
        let resource = |status: &str| json!({ "LogicalResourceId": "Table", "PhysicalResourceId": "t-1", "ResourceStatus": status });
        assert_eq!(physical(&[resource("DELETE_SKIPPED")], "Table"), Some("t-1"));
        assert_eq!(physical(&[resource("DELETE_COMPLETE")], "Table"), None);
        assert_eq!(physical(&[resource("CREATE_COMPLETE")], "SiteBucket"), None);
    }

    #[test]
    fn functions_are_known_by_their_folders() {
        assert_eq!(
            (folder("FlagLapsedPlans").as_str(), folder("Invite").as_str()),
            ("flag-lapsed-plans", "invite")
        );
    }
}
