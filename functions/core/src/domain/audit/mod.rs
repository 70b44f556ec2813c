//! The account's activity list: who did what, when, from where, and as what (requirement 36).
//!
//! | module | what it holds |
//! |---|---|
//! | [`Event`] | everything that can happen, with typed fields |
//! | [`Actor`] | who did it |
//! | [`Personal`], [`PersonRef`] | personal data, marked as such |

mod actor;
mod event;
mod personal;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{AccountId, AuditEventId};

pub use actor::Actor;
pub use event::{AccountRef, Event, IdentityRef, PlanRef, Requester, StaffChange};
pub use personal::{PersonRef, Personal};

/// One event of an account. Written in the same transaction as the change it records, and never
/// changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// Its identifier; sorts by time.
    pub id: AuditEventId,
    /// The account it happened in.
    pub account: AccountId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
    /// The network address it came from; `None` for operators and for the system itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Personal>,
    /// Correlation id of the request, for readers of the log. The API does not return it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl AuditEvent {
    /// Lists every personal text of the event: what [`Event::personal_mut`] does, the actor's name
    /// and the network address.
    pub fn personal_mut(&mut self) -> Vec<&mut Personal> {
        let mut personal = self.event.personal_mut();
        personal.push(&mut self.actor.name);
        personal.extend(&mut self.source);
        personal
    }
}
