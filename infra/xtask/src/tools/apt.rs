//! Installs Debian packages.

use anyhow::Result;
use xshell::cmd;

use crate::process::{is_installed, run_step, shell};

/// Checks whether Debian packages can be installed: there is `apt-get`, and the user is root.
pub(super) fn is_usable() -> bool {
    is_installed("apt-get") && is_root().unwrap_or(false)
}

/// Installs a package without its recommended ones.
pub(super) fn install(package: &str) -> Result<()> {
    let sh = shell()?;
    run_step("Package lists", cmd!(sh, "apt-get update --quiet"))?;
    run_step(
        &format!("Debian package {package}"),
        cmd!(sh, "apt-get install --yes --quiet --no-install-recommends {package}"),
    )
}

fn is_root() -> Result<bool> {
    let sh = shell()?;
    Ok(cmd!(sh, "id -u").quiet().read()? == "0")
}
