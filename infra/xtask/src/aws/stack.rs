//! A CloudFormation stack.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use heck::ToKebabCase as _;
use serde_json::Value;

use super::cli::AwsCli;

/// An existing stack.
#[derive(Debug)]
pub(crate) struct Stack {
    /// The stack's name.
    pub(crate) name: String,
    /// CloudFormation's status, such as `UPDATE_COMPLETE`.
    pub(crate) status: String,
    outputs: BTreeMap<String, String>,
    parameters: BTreeMap<String, String>,
}

impl Stack {
    /// Finds a stack. `None` if there is none, or only a change set that nobody has applied.
    pub(crate) fn find(aws: &AwsCli, name: &str) -> Result<Option<Self>> {
        match aws.json(&["cloudformation", "describe-stacks", "--stack-name", name]) {
            Ok(description) => Ok(Self::parse(name, &description)),
            Err(error) if error.to_string().contains("does not exist") => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(name: &str, description: &Value) -> Option<Self> {
        let stack = description["Stacks"].get(0)?;
        let status = stack["StackStatus"].as_str()?.to_owned();
        if status == "REVIEW_IN_PROGRESS" || status == "DELETE_COMPLETE" {
            return None;
        }
        let pairs = |list: &str, key: &str, value: &str| {
            let items = stack[list].as_array().into_iter().flatten();
            let pair =
                |item: &Value| Some((item[key].as_str()?.into(), item[value].as_str()?.into()));
            items.filter_map(pair).collect()
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
    pub(crate) fn required_output(&self, name: &str) -> Result<&str> {
        let stack = &self.name;
        self.output(name).with_context(|| {
            format!("the stack {stack} has no output {name}; deploy it again: cargo xtask deploy")
        })
    }

    /// Returns a parameter's value.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Returns the text of the template that it was last deployed from.
    pub(crate) fn template(&self, aws: &AwsCli) -> Result<String> {
        let found = aws.json(&["cloudformation", "get-template", "--stack-name", &self.name])?;
        Ok(found["TemplateBody"].as_str().unwrap_or_default().to_owned())
    }

    /// Lists the stack's resources. A stack that failed has them too, although it has no outputs.
    pub(crate) fn resources(&self, aws: &AwsCli) -> Result<Vec<Value>> {
        let list =
            aws.json(&["cloudformation", "list-stack-resources", "--stack-name", &self.name])?;
        Ok(list["StackResourceSummaries"].as_array().cloned().unwrap_or_default())
    }

    /// Returns the names of the functions in AWS by the names of their folders.
    pub(crate) fn functions(&self, aws: &AwsCli) -> Result<BTreeMap<String, String>> {
        Ok(functions(&self.resources(aws)?))
    }

    /// Returns the name in AWS of the function in `folder`.
    pub(crate) fn function_name(&self, aws: &AwsCli, folder: &str) -> Result<String> {
        let mut functions = self.functions(aws)?;
        functions.remove(folder).with_context(|| {
            let names: Vec<&str> = functions.keys().map(String::as_str).collect();
            format!("there is no function {folder}; choose one of: {}", names.join(", "))
        })
    }
}

/// Returns the physical id of an existing resource.
pub(crate) fn physical_id<'a>(resources: &'a [Value], logical_id: &str) -> Option<&'a str> {
    let resource = resources.iter().find(|resource| {
        resource["LogicalResourceId"] == logical_id
            && resource["ResourceStatus"] != "DELETE_COMPLETE"
    });
    resource?["PhysicalResourceId"].as_str().filter(|id| !id.is_empty())
}

fn functions(resources: &[Value]) -> BTreeMap<String, String> {
    let functions =
        resources.iter().filter(|resource| resource["ResourceType"] == "AWS::Lambda::Function");
    let names = functions.filter_map(|function| {
        // The resource FlagLapsedPlans is built from the folder flag-lapsed-plans.
        let folder = function["LogicalResourceId"].as_str()?.to_kebab_case();
        Some((folder, function["PhysicalResourceId"].as_str()?.to_owned()))
    });
    names.collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// Returns a stack with these outputs and parameters.
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
    fn outputs_and_parameters_are_parsed() {
        let description = json!({ "Stacks": [{
            "StackStatus": "CREATE_COMPLETE",
            "Outputs": [{ "OutputKey": "SiteUrl", "OutputValue": "https://portal.example" }],
            "Parameters": [{ "ParameterKey": "GraceDays", "ParameterValue": "3" }],
        }] });
        let stack = Stack::parse("portico", &description).expect("a stack");
        assert_eq!(stack.output("SiteUrl"), Some("https://portal.example"));
        assert_eq!(stack.parameter("GraceDays"), Some("3"));
        let error = stack.required_output("TableName").expect_err("absent");
        assert!(error.to_string().contains("TableName"));
    }

    #[test]
    fn a_stack_with_only_a_change_set_does_not_exist_yet() {
        let description = json!({ "Stacks": [{ "StackStatus": "REVIEW_IN_PROGRESS" }] });
        assert!(Stack::parse("portico", &description).is_none());
        assert!(Stack::parse("portico", &json!({ "Stacks": [] })).is_none());
    }

    #[test]
    fn a_deleted_resource_has_no_physical_id() {
        let table = |status: &str| {
            [json!({
                "LogicalResourceId": "Table",
                "PhysicalResourceId": "t-1",
                "ResourceStatus": status,
            })]
        };
        assert_eq!(physical_id(&table("DELETE_SKIPPED"), "Table"), Some("t-1"));
        assert_eq!(physical_id(&table("DELETE_COMPLETE"), "Table"), None);
        assert_eq!(physical_id(&table("CREATE_COMPLETE"), "SiteBucket"), None);
    }

    #[test]
    fn functions_are_listed_by_their_folders() {
        let resource = |kind: &str, name: &str| {
            json!({
                "ResourceType": kind,
                "LogicalResourceId": name,
                "PhysicalResourceId": format!("portico-{name}-1"),
            })
        };
        let resources = [
            resource("AWS::Lambda::Function", "FlagLapsedPlans"),
            resource("AWS::Lambda::Function", "Invite"),
            resource("AWS::DynamoDB::Table", "Table"),
        ];
        let names = functions(&resources);
        assert_eq!(names["flag-lapsed-plans"], "portico-FlagLapsedPlans-1");
        assert_eq!(names["invite"], "portico-Invite-1");
        assert_eq!(names.len(), 2);
    }
}
