//! Personal data in events, marked so that all of it can be found.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::{Professional, ProfessionalId};

/// Text that names a person or that a person typed. Every such text in an event has this type and
/// is listed by [`super::AuditEvent::personal_mut`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal(String);

/// A professional by id, with the name at the time, so that readers need not look it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRef {
    /// The professional.
    pub id: ProfessionalId,
    /// The name at the time.
    pub name: Personal,
}

impl Personal {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Personal {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<&Professional> for PersonRef {
    fn from(professional: &Professional) -> Self {
        Self { id: professional.id, name: professional.details.name.clone().into() }
    }
}
