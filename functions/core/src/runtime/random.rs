//! Random values from the operating system.

use crate::{Error, Result, domain::Secret};

impl Secret {
    /// Generates a new secret.
    pub fn generate() -> Result<Self> {
        random().map(Self::from_random)
    }
}

/// Returns random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}
