//! The parameters in infra/template.yaml.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::root;

/// A parameter of the template.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Parameter {
    /// What the parameter is for.
    pub(super) description: String,
    default: Option<yaml_serde::Value>,
    #[serde(default)]
    allowed_values: Vec<yaml_serde::Value>,
}

#[derive(Deserialize)]
struct Template {
    #[serde(rename = "Parameters")]
    parameters: BTreeMap<String, Parameter>,
}

impl Parameter {
    /// Returns the default value; `None` if the parameter must be set.
    pub(super) fn default(&self) -> Option<String> {
        self.default.as_ref().and_then(to_text)
    }

    /// Returns the allowed values; none if any value is allowed.
    pub(super) fn allowed_values(&self) -> Vec<String> {
        self.allowed_values.iter().filter_map(to_text).collect()
    }
}

/// Reads the template's parameters, by name.
pub(crate) fn template_parameters() -> Result<BTreeMap<String, Parameter>> {
    let path = root().join("infra/template.yaml");
    parse(&fs::read_to_string(path).context("cannot read infra/template.yaml")?)
}

fn parse(text: &str) -> Result<BTreeMap<String, Parameter>> {
    let template: Template = yaml_serde::from_str(text).context("infra/template.yaml")?;
    Ok(template.parameters)
}

fn to_text(value: &yaml_serde::Value) -> Option<String> {
    match value {
        yaml_serde::Value::String(text) => Some(text.clone()),
        yaml_serde::Value::Number(number) => Some(number.to_string()),
        yaml_serde::Value::Bool(boolean) => Some(boolean.to_string()),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns the parameters of a small template.
    pub(crate) fn parameters() -> BTreeMap<String, Parameter> {
        let text = "
Parameters:
  SiteUrl: { Type: String, Description: The site }
  OriginKey: { Type: String, Description: The key, NoEcho: true }
  OriginKeyHash: { Type: String, Description: Its hash }
  Vendor: { Type: String, Description: The name, Default: '' }
  AccessMailbox: { Type: String, Description: The mailbox, Default: '' }
  MailFrom: { Type: String, Description: The sender }
  MailIdentity: { Type: String, Description: The SES identity that MailFrom belongs to }
  Domain: { Type: String, Description: The domain, Default: '' }
  Certificate: { Type: String, Description: The certificate, Default: '' }
  Providers: { Type: String, Description: Further providers, Default: '[]' }
  GraceDays: { Type: Number, Description: Days, Default: 0 }
  MonthlyBudget: { Type: Number, Description: Dollars, Default: 0 }
  AlarmEmail: { Type: String, Description: Whom alarms notify, Default: '' }
  Architecture:
    { Type: String, Description: Processor, Default: arm64, AllowedValues: [arm64, x86_64] }
";
        parse(text).expect("a template")
    }

    #[test]
    fn every_parameter_of_the_deployed_template_has_a_description() {
        for (name, parameter) in template_parameters().expect("parameters") {
            assert!(!parameter.description.is_empty(), "{name}");
        }
    }

    #[test]
    fn defaults_and_allowed_values_are_read_as_text() {
        let parameters = parameters();
        assert_eq!(parameters["GraceDays"].default().as_deref(), Some("0"));
        assert_eq!(parameters["MailIdentity"].default(), None);
        assert_eq!(parameters["Architecture"].allowed_values(), ["arm64", "x86_64"]);
    }
}
