//! A rule about the template, how it is checked, and changes that break it.

use std::fmt;

use serde_json::Value;

use crate::transformed::Template;

/// Something that must be true of the template.
pub(crate) struct Rule {
    /// The rule in words.
    pub(crate) says: &'static str,
    /// How the rule is checked.
    pub(crate) check: Check,
    /// Changes that break the rule: JSON pointers with a new value as JSON, or [`GONE`]. For
    /// [`Check::Equal`], removing each of the values is tried too.
    pub(crate) breaks: &'static [(&'static str, &'static str)],
}

/// How a rule is checked.
pub(crate) enum Check {
    /// Each JSON pointer must have this JSON value.
    Equal(&'static [(&'static str, &'static str)]),
    /// A function returns the violations.
    Find(fn(&Template) -> Vec<String>),
}

/// Stands for a removed value.
pub(crate) const GONE: &str = "";

/// A change to the template that a rule must notice.
pub(crate) struct Break {
    pub(crate) pointer: &'static str,
    /// The new value; `None` removes the value.
    pub(crate) value: Option<Value>,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "setting {} to {value} is not noticed", self.pointer),
            None => write!(f, "removing {} is not noticed", self.pointer),
        }
    }
}

impl Rule {
    /// Returns everything in the template that violates the rule.
    pub(crate) fn violations(&self, template: &Template) -> Vec<String> {
        match self.check {
            Check::Find(find) => find(template),
            Check::Equal(expected) => {
                let wrong =
                    expected.iter().filter(|(pointer, json)| template.at(pointer) != &parse(json));
                wrong
                    .map(|(pointer, json)| {
                        format!("{pointer} must be {json}, not {}", template.at(pointer))
                    })
                    .collect()
            }
        }
    }

    /// Returns the changes that the rule must notice.
    pub(crate) fn breaks(&self) -> Vec<Break> {
        let equal = match self.check {
            Check::Equal(expected) => expected,
            Check::Find(_) => &[],
        };
        let gone = equal.iter().map(|(pointer, _)| Break { pointer, value: None });
        let others = self
            .breaks
            .iter()
            .map(|(pointer, json)| Break { pointer, value: (*json != GONE).then(|| parse(json)) });
        gone.chain(others).collect()
    }
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}
