//! The templates of a deployment and their parameters.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::root;

/// A parameter of the template.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Parameter {
    /// What the parameter is for.
    pub(super) description: String,
    default: Option<yaml_serde::Value>,
    #[serde(default)]
    allowed_values: Vec<yaml_serde::Value>,
}

/// The parameters of a template, by name.
pub(crate) type Parameters = BTreeMap<String, Parameter>;

#[derive(Deserialize)]
struct Contents {
    #[serde(rename = "Parameters")]
    parameters: Parameters,
}

impl Parameter {
    /// Returns the default value; `None` if the parameter must be set.
    pub(crate) fn default(&self) -> Option<String> {
        self.default.as_ref().and_then(to_text)
    }

    /// Returns the allowed values; none if any value is allowed.
    pub(super) fn allowed_values(&self) -> Vec<String> {
        self.allowed_values.iter().filter_map(to_text).collect()
    }
}

/// A template of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// The portal.
    Portal,
    /// The web ACL, in us-east-1.
    WebAcl,
    /// The log of CloudFront's requests, in us-east-1.
    CdnLog,
}

impl Template {
    const ALL: [Self; 3] = [Self::Portal, Self::WebAcl, Self::CdnLog];

    /// Returns its path in the repository.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Portal => "infra/template.yaml",
            Self::WebAcl => "infra/web-acl.yaml",
            Self::CdnLog => "infra/cdn-log.yaml",
        }
    }

    /// Reads its text.
    pub(crate) fn text(self) -> Result<String> {
        let path = self.path();
        fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))
    }

    /// Reads its parameters, by name.
    pub(crate) fn parameters(self) -> Result<Parameters> {
        parse(&self.text()?).context(self.path())
    }
}

/// Reads the parameters of all templates, by name.
pub(crate) fn template_parameters() -> Result<Parameters> {
    let all: Vec<_> = Template::ALL.into_iter().map(Template::parameters).collect::<Result<_>>()?;
    Ok(all.into_iter().flatten().collect())
}

fn parse(text: &str) -> Result<Parameters> {
    let contents: Contents = yaml_serde::from_str(text)?;
    Ok(contents.parameters)
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
    pub(crate) fn parameters() -> Parameters {
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
    fn a_parameter_of_several_templates_is_the_same_in_all() {
        let all = template_parameters().expect("parameters");
        for template in Template::ALL {
            for (name, parameter) in template.parameters().expect("parameters") {
                assert_eq!(parameter, all[&name], "{name} in {}", template.path());
            }
        }
    }

    #[test]
    fn every_parameter_of_the_deployed_templates_has_a_description() {
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
