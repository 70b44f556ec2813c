//! What a rule is.

use std::fmt;

use serde_json::Value;

use crate::transformed::Template;

/// Something that must be so.
pub(crate) struct Rule {
    /// In words.
    pub(crate) says: &'static str,
    /// How it is found out.
    pub(crate) check: Check,
    /// What breaks it: at a JSON pointer, a value as JSON, or `GONE`. For [`Check::Equal`] each value that is gone, by itself.
    pub(crate) breaks: &'static [(&'static str, &'static str)],
}

/// How a rule is checked.
pub(crate) enum Check {
    /// At each JSON pointer stands this JSON.
    Equal(&'static [(&'static str, &'static str)]),
    /// A function finds the faults.
    Find(fn(&Template) -> Vec<String>),
}

/// A value that is taken away.
pub(crate) const GONE: &str = "";

/// A change to the template that some rule must notice.
pub(crate) struct Break {
    pub(crate) pointer: &'static str,
    /// The new value; none if it is taken away.
    pub(crate) value: Option<Value>,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} is {value}, which is not noticed", self.pointer),
            None => write!(f, "{} is gone, which is not noticed", self.pointer),
        }
    }
}

impl Rule {
    /// Names everything in the template that is against the rule.
    pub(crate) fn faults(&self, template: &Template) -> Vec<String> {
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

    /// Lists what the rule must notice.
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
