//! What a customer lets its partner of record do (requirement 27).

use serde::{Deserialize, Serialize};

/// What a partner may do on a customer's account: each step holds those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerGrant {
    /// Nothing. The customer still stands in the partner's list, with its name and plan (requirement 26).
    None,
    /// See the account, its people and its activity.
    View,
    /// Add, change, invite and delete people, and give the contacts' roles.
    ManagePeople,
    /// Appoint an administrator too. What a partner may do until the customer says otherwise (requirements 24, 25).
    #[default]
    AppointAdministrator,
}

impl PartnerGrant {
    /// Every grant, the smallest first.
    pub const ALL: [Self; 4] =
        [Self::None, Self::View, Self::ManagePeople, Self::AppointAdministrator];
}
