//! Who did what an event is about.

use serde::{Deserialize, Serialize};

use super::Personal;
use crate::domain::{AccountId, IdentityKey, ProfessionalId, authorization::ActingAs};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The name to show.
    pub name: Personal,
    /// The role in which they acted.
    pub acting_as: ActingAs,
    /// The identity that was signed in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityKey>,
    /// The professional whose link let them in: the same person even after a switch to another
    /// identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// The account that the actor belongs to where that is another one: the partner or the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<AccountId>,
    /// The name of that account at the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_name: Option<String>,
}

impl Actor {
    /// Creates an actor without an identity: the system itself, or a person it knows by name only.
    #[must_use]
    pub fn system(name: &str, acting_as: ActingAs) -> Self {
        Self {
            name: name.into(),
            acting_as,
            identity: None,
            professional: None,
            home: None,
            home_name: None,
        }
    }

    /// Checks whether `other` is the same person, as far as the identity or the professional tells.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        let same_identity = self.identity.is_some() && self.identity == other.identity;
        same_identity || (self.professional.is_some() && self.professional == other.professional)
    }
}
