//! The account's activity list: who did what, when, from where, and as what (requirement 36).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, ActivityId, IdentityKey, Professional, ProfessionalId, authorization::ActingAs,
};

/// One thing that happened. Written in the same transaction as what it tells of, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its identifier; sorts by time.
    pub id: ActivityId,
    /// The account it happened in.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub act: Deed,
    /// Whom it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// What else is worth knowing, for people to read: the kind of a mail, the fields changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// The network address it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The request that did it, for whoever reads the log. Nobody else is shown it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The name to show.
    pub name: String,
    /// As what.
    pub acting_as: ActingAs,
    /// The identity signed in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityKey>,
    /// The professional by whose link they were let in: the same person still after a switch to another identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// The account whose professional acted, if it is another than the one acted in: the partner or the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<AccountId>,
    /// That account's name at the time, for people to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_name: Option<String>,
}

/// Whom something was done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which professional.
    pub professional: ProfessionalId,
    /// The name at the time.
    pub name: String,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is named for what it is")]
pub enum Deed {
    AccountCreated,
    AccountUpdated,
    GrantChanged,
    ProfessionalAdded,
    ProfessionalUpdated,
    ProfessionalDeleted,
    ProfessionalRestored,
    RolesAssigned,
    AdministratorAppointed,
    AppointmentRequested,
    AppointmentDeclined,
    InvitationRequested,
    InvitationRevoked,
    IdentityLinked,
    IdentitySwitched,
    LinkDisputed,
    PlanEnding,
    PlanLapsed,
    AccessRequested,
    AccessRequestEscalated,
    AccessRequestPassedOn,
    AccessRequestApproved,
    AccessRequestDeclined,
    AccessRequestWithdrawn,
    AccessRequestExpired,
    MailSent,
    MailFailed,
    MailBounced,
    MailComplained,
}

impl Actor {
    /// The system itself, acting as `acting_as`.
    #[must_use]
    pub fn system(name: &str, acting_as: ActingAs) -> Self {
        Self {
            name: name.to_owned(),
            acting_as,
            identity: None,
            professional: None,
            home: None,
            home_name: None,
        }
    }

    /// Tells whether `other` is the same person, as far as can be known: by the identity, or by the professional.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        let same_identity = self.identity.is_some() && self.identity == other.identity;
        same_identity || (self.professional.is_some() && self.professional == other.professional)
    }
}

impl Target {
    /// Names `professional`.
    #[must_use]
    pub fn of(professional: &Professional) -> Self {
        Self { professional: professional.id, name: professional.details.name.to_string() }
    }
}
