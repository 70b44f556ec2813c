//! The browser that the browser tests run in.

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::apt;
use crate::process::{run_step, shell, variable};

/// Names of Chromium's executable, the preferred one first.
const EXECUTABLES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Returns the path of a Chromium: the one in `CHROMIUM`, one on the `PATH`, or a new one.
///
/// Installs Debian's package where that is possible, else Playwright's own download. The path is
/// empty for the latter, which Playwright finds by itself.
pub(crate) fn ensure() -> Result<String> {
    if let Some(path) = variable("CHROMIUM").or_else(installed) {
        return Ok(path);
    }
    if apt::is_usable() {
        apt::install("chromium-headless-shell")?;
        return installed().context(
            "Chromium was installed but is not on the PATH; set CHROMIUM to its executable",
        );
    }
    let sh = shell()?;
    run_step("Chromium", cmd!(sh, "npx --no-install playwright install --only-shell chromium"))?;
    Ok(String::new())
}

fn installed() -> Option<String> {
    let path = EXECUTABLES.iter().find_map(|name| which::which(name).ok())?;
    Some(path.to_string_lossy().into_owned())
}
