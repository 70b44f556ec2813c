//! How the person of a session has proved to the provider who they are.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A person's latest proof of who they are (requirement 42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentication {
    /// When it was given.
    pub at: Timestamp,
    /// Whether the provider states that time (`auth_time`). If not, it is the time at which the
    /// sign-in was completed here, and the provider may not have asked the person again.
    pub is_stated: bool,
    /// Whether the provider asserts several factors. Absent claims assert none.
    pub several_factors: bool,
}

impl Authentication {
    /// How long a proof counts as fresh, for acts that move authority.
    pub const FRESH: SignedDuration = SignedDuration::from_mins(15);

    /// Checks whether the proof is fresh at the time `now`.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) < Self::FRESH
    }
}
