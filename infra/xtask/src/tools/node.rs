//! Node and the packages of package-lock.json.

use std::fs;

use anyhow::{Context as _, Result, bail};
use xshell::{Shell, cmd};

use crate::process::{root, run_step, shell};

/// The oldest supported major version, as in package.json.
const MIN_MAJOR_VERSION: u32 = 20;

/// Checks Node's version and installs the packages unless they are up to date with the lock file.
pub(crate) fn ensure_packages() -> Result<()> {
    let sh = shell()?;
    check_version(&sh)?;
    let modified =
        |path: &str| fs::metadata(root().join(path)).and_then(|metadata| metadata.modified()).ok();
    match (modified("node_modules/.package-lock.json"), modified("package-lock.json")) {
        (Some(installed), Some(locked)) if installed >= locked => Ok(()),
        _ => run_step("Node packages", cmd!(sh, "npm ci --ignore-scripts")),
    }
}

fn check_version(sh: &Shell) -> Result<()> {
    let version = cmd!(sh, "node --version").quiet().read();
    let version = version.context("Node is missing; install Node 20 or newer (nodejs.org)")?;
    if major_version(&version) < Some(MIN_MAJOR_VERSION) {
        bail!("Node {version} is too old; install Node 20 or newer (nodejs.org)");
    }
    Ok(())
}

fn major_version(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_parsed() {
        assert_eq!(major_version("v20.1.0"), Some(20));
        assert_eq!(major_version("v9.0"), Some(9));
        assert_eq!(major_version(""), None);
    }
}
