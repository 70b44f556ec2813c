//! Finding or installing what tests and builds need.

use std::{fs, process::Command};

use crate::{
    build::Architecture,
    command::{Step, find, on_path, root, variable},
};

/// The oldest Node that the site is built with.
const OLDEST_NODE: u32 = 20;

/// Where a Chromium may be found, in the order of preference.
const CHROMIUMS: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Checks that there is a Node that is new enough.
pub(crate) fn node() -> Result<(), String> {
    let printed = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|_| "Node is missing: install Node 20 or newer (nodejs.org)".to_owned())?;
    let version = String::from_utf8_lossy(&printed.stdout).trim().to_owned();
    if major(&version) >= Some(OLDEST_NODE) {
        Ok(())
    } else {
        Err(format!("Node {version} is too old: install Node 20 or newer (nodejs.org)"))
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs the Node packages of the lock file, if they are not there as it says.
pub(crate) fn node_modules() -> Result<(), String> {
    node()?;
    let written = |path: &str| fs::metadata(root().join(path)).and_then(|it| it.modified()).ok();
    match (written("node_modules/.package-lock.json"), written("package-lock.json")) {
        (Some(installed), Some(wanted)) if installed >= wanted => Ok(()),
        _ => Step::new("Node packages", "npm", &["ci", "--ignore-scripts"]).run(),
    }
}

/// Finds a Chromium, or installs one: with Debian's packages where that is possible, else Playwright's own.
pub(crate) fn chromium() -> Result<String, String> {
    if let Some(found) = variable("CHROMIUM").or_else(installed_chromium) {
        return Ok(found);
    }
    if on_path("apt-get") && is_root() {
        Step::new("Package lists", "apt-get", &["update", "--quiet"]).run()?;
        Step::new(
            "Chromium",
            "apt-get",
            &["install", "--yes", "--quiet", "--no-install-recommends", "chromium-headless-shell"],
        )
        .run()?;
        return installed_chromium().ok_or_else(|| {
            "Chromium was installed but is not on the path; name it in CHROMIUM".to_owned()
        });
    }
    Step::new(
        "Chromium",
        "npx",
        &["--no-install", "playwright", "install", "--only-shell", "chromium"],
    )
    .run()?;
    // Playwright finds its own.
    Ok(String::new())
}

/// Finds or installs what moves the clock of programs that run.
pub(crate) fn faketime() -> Result<(), String> {
    if on_path("faketime") {
        return Ok(());
    }
    if on_path("apt-get") && is_root() {
        Step::new("Package lists", "apt-get", &["update", "--quiet"]).run()?;
        return Step::new(
            "Faketime",
            "apt-get",
            &["install", "--yes", "--quiet", "--no-install-recommends", "faketime"],
        )
        .run();
    }
    Err("faketime is missing: install it with your system's packages (on Debian apt-get install faketime)".to_owned())
}

/// Makes sure that Rust can compile for the architecture.
pub(crate) fn rust_target(architecture: Architecture) -> Result<(), String> {
    let target = architecture.target();
    let asked = |program: &str, arguments: &[&str]| {
        let printed = Command::new(program).args(arguments).current_dir(root()).output().ok()?;
        printed.status.success().then(|| String::from_utf8_lossy(&printed.stdout).trim().to_owned())
    };
    // Also where Rust does not come from rustup.
    let libraries = asked("rustc", &["--print", "target-libdir", "--target", target])
        .map(std::path::PathBuf::from);
    if libraries.is_some_and(|it| it.is_dir()) {
        return Ok(());
    }
    if !on_path("rustup") {
        return Err(format!(
            "Rust cannot compile for {target}, and there is no rustup to add it: install rustup (rustup.rs) or that target"
        ));
    }
    Step::new("Rust for Lambda", "rustup", &["target", "add", target]).run()
}

/// Tells whether packages of the system can be installed.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

fn installed_chromium() -> Option<String> {
    CHROMIUMS.iter().find_map(|it| find(it)).map(|it| it.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_read() {
        assert_eq!((major("v20.1.0"), major("v9.0"), major("")), (Some(20), Some(9), None));
    }
}
