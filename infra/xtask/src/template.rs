//! The parameters that infra/template.yaml asks for.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;

use crate::command::root;

/// What a parameter may be set to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Parameter {
    /// What it is for.
    pub(crate) description: String,
    default: Option<yaml_serde::Value>,
    #[serde(default)]
    allowed_values: Vec<yaml_serde::Value>,
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "Parameters")]
    parameters: BTreeMap<String, Parameter>,
}

impl Parameter {
    /// Returns what it is when nothing is said.
    pub(crate) fn default(&self) -> Option<String> {
        self.default.as_ref().and_then(spell)
    }

    /// Returns all that it may be, if that is a list.
    pub(crate) fn allowed(&self) -> Vec<String> {
        self.allowed_values.iter().filter_map(spell).collect()
    }
}

/// Reads the parameters of the template, by name.
pub(crate) fn parameters() -> Result<BTreeMap<String, Parameter>, String> {
    let text = fs::read_to_string(root().join("infra/template.yaml"))
        .map_err(|error| format!("infra/template.yaml cannot be read: {error}"))?;
    parse(&text)
}

fn parse(text: &str) -> Result<BTreeMap<String, Parameter>, String> {
    let document: Document =
        yaml_serde::from_str(text).map_err(|error| format!("infra/template.yaml: {error}"))?;
    Ok(document.parameters)
}

fn spell(value: &yaml_serde::Value) -> Option<String> {
    match value {
        yaml_serde::Value::String(text) => Some(text.clone()),
        yaml_serde::Value::Number(number) => Some(number.to_string()),
        yaml_serde::Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The parameters of a small template.
    pub(crate) fn small() -> BTreeMap<String, Parameter> {
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
  Architecture: { Type: String, Description: What it runs on, Default: arm64, AllowedValues: [arm64, x86_64] }
";
        parse(text).expect("a template")
    }

    #[test]
    fn the_deployed_template_says_what_each_parameter_is_for() {
        for (name, parameter) in parameters().expect("parameters") {
            assert!(!parameter.description.is_empty(), "{name}");
        }
    }

    #[test]
    fn defaults_and_choices_are_read_as_text() {
        let parameters = small();
        assert_eq!(parameters["GraceDays"].default().as_deref(), Some("0"));
        assert_eq!(parameters["MailIdentity"].default(), None);
        assert_eq!(parameters["Architecture"].allowed(), ["arm64", "x86_64"]);
    }
}
