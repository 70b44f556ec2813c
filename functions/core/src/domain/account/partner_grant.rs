//! What a customer allows its partner of record (requirement 27).

use serde::{Deserialize, Serialize};

/// A partner's permissions on a customer's account. Each includes those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerGrant {
    /// No access. The partner's list still shows the customer's name and plan (requirement 26).
    None,
    /// See the account, its people and its activity.
    View,
    /// Add, change, invite and delete people, and assign the contact roles.
    ManagePeople,
    /// Appoint an administrator too. The default (requirements 24, 25).
    #[default]
    AppointAdministrator,
}

impl PartnerGrant {
    /// Every grant, from least to most.
    pub const ALL: [Self; 4] =
        [Self::None, Self::View, Self::ManagePeople, Self::AppointAdministrator];
}
