//! Profiles on hold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::SecretHash;

/// A profile is held: nobody can link it but by an administrator's new invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Since when.
    pub at: Timestamp,
    /// The hash of the secret in the notice that was answered, so that pressing twice is told the same.
    pub by: SecretHash,
}
