//! Profiles on hold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::SecretHash;

/// A hold after "this was not me": only an administrator's new invitation can link the profile
/// again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// When the profile was put on hold.
    pub at: Timestamp,
    /// The hash of the secret in the notice that caused it, so that a repeated report gets the same
    /// answer.
    pub by: SecretHash,
}
