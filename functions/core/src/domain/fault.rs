//! Faulty values, all reported at once.

use std::fmt;

use serde::Serialize;

use crate::{Error, Result};

/// A value that cannot be accepted, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field of the request.
    pub field: String,
    /// What is wrong with it and what it should be, to follow the field's name.
    pub reason: String,
}

/// Collects the faults of one request, so that a person sees every one of them.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes that `field` is faulty for this `reason`.
    pub fn add(&mut self, field: &str, reason: impl Into<String>) {
        self.0.push(Fault { field: field.to_owned(), reason: reason.into() });
    }

    /// Returns the parsed value, or notes why there is none.
    pub fn take<T, R: Into<String>>(&mut self, field: &str, parsed: std::result::Result<T, R>) -> Option<T> {
        parsed.map_err(|reason| self.add(field, reason)).ok()
    }

    /// Does the same for a value that may be absent.
    pub fn take_optional<T, R: Into<String>>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> std::result::Result<T, R>,
    ) -> Option<T> {
        text.and_then(|it| self.take(field, parse(it)))
    }

    /// Fails if there was any fault.
    pub fn none(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.reason)
    }
}
