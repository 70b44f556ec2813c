//! faketime, which shifts the clock of a program.

use anyhow::{Result, bail};

use super::apt;
use crate::process::is_installed;

/// Installs faketime if it is missing.
pub(crate) fn ensure() -> Result<()> {
    if is_installed("faketime") {
        return Ok(());
    }
    if !apt::is_usable() {
        bail!("faketime is missing; install it (on Debian: apt-get install faketime)");
    }
    apt::install("faketime")
}
