//! The templates: the portal's as SAM transforms it for CloudFormation, and those beside it.

use std::{path::Path, process::Command, sync::OnceLock};

use serde_json::Value;

use crate::rule::Break;

/// A template.
#[derive(Clone)]
pub(crate) struct Template(pub(crate) Value);

static NOTHING: Value = Value::Null;

/// Returns a path below the repository's root.
pub(crate) fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path).display().to_string()
}

impl Template {
    /// Transforms infra/template.yaml with the parameters' defaults.
    pub(crate) fn deployed() -> Self {
        static TEXT: OnceLock<String> = OnceLock::new();
        Self::parse(TEXT.get_or_init(|| print(&[])))
    }

    /// Reads the template of the web ACL.
    pub(crate) fn web_acl() -> Self {
        static TEXT: OnceLock<String> = OnceLock::new();
        Self::parse(TEXT.get_or_init(|| print(&["infra/web-acl.yaml"])))
    }

    /// Reads the template of CloudFront's log.
    pub(crate) fn cdn_log() -> Self {
        static TEXT: OnceLock<String> = OnceLock::new();
        Self::parse(TEXT.get_or_init(|| print(&["infra/cdn-log.yaml"])))
    }

    fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).expect("JSON"))
    }

    /// Returns the value at a JSON pointer, null if there is none.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        self.0.pointer(pointer).unwrap_or(&NOTHING)
    }

    /// Returns the names and properties of all resources of a type.
    pub(crate) fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let resources = self.at("/Resources").as_object().into_iter().flatten();
        resources
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(name, resource)| (name.as_str(), &resource["Properties"]))
    }

    /// Returns the names of all functions.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &str> {
        self.all("AWS::Lambda::Function").map(|(name, _)| name)
    }

    /// Returns the template with a change that breaks a rule.
    pub(crate) fn broken(&self, with: &Break) -> Self {
        let mut template = self.0.clone();
        let (parent, name) = with.pointer.rsplit_once('/').expect("a pointer");
        let name = name.replace("~1", "/").replace("~0", "~");
        let parent = template
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("nothing to break at {}", with.pointer));
        match (&with.value, parent) {
            (Some(value), Value::Object(fields)) => _ = fields.insert(name, value.clone()),
            (None, Value::Object(fields)) => {
                _ = fields.remove(&name).unwrap_or_else(|| panic!("{} is not there", with.pointer));
            }
            (value, Value::Array(items)) => {
                let index: usize = name.parse().expect("an index");
                match value {
                    Some(value) => items[index] = value.clone(),
                    None => _ = items.remove(index),
                }
            }
            _ => panic!("{} cannot be broken", with.pointer),
        }
        Self(template)
    }
}

/// Runs tests/deploy/transform.py.
fn print(arguments: &[&str]) -> String {
    let printed = Command::new(root("target/venv/bin/python"))
        .arg(root("tests/deploy/transform.py"))
        .args(arguments)
        .output();
    let printed = printed.expect("the Python environment; `cargo xtask test deploy` creates it");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    String::from_utf8(printed.stdout).expect("UTF-8")
}

/// Returns the items of a list, or a single value as a list.
pub(crate) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// Returns the resource that `{"Ref": X}`, `{"Fn::GetAtt": [X, "Arn"]}` or
/// `{"Fn::Sub": "…${X.Arn}…"}` refers to.
pub(crate) fn named(value: &Value) -> Option<&str> {
    let sub = || value["Fn::Sub"].as_str()?.split("${").last()?.split(['.', '}']).next();
    value["Ref"].as_str().or_else(|| value["Fn::GetAtt"][0].as_str()).or_else(sub)
}

/// Formats a value as the template writes it: `Table.Arn`, `${Table.Arn}/index/people`, or the text
/// itself.
pub(crate) fn format_value(value: &Value) -> String {
    if let Some(name) = value["Ref"].as_str() {
        return name.to_owned();
    }
    if let (Some(name), Some(attribute)) =
        (value["Fn::GetAtt"][0].as_str(), value["Fn::GetAtt"][1].as_str())
    {
        return format!("{name}.{attribute}");
    }
    match value["Fn::Sub"].as_str().or(value.as_str()) {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}
