//! What is tested, in the order that finds the commonest mistakes first.

use crate::tools::{Step, chromium, node_modules, on_path, say};

/// Formatting, lints, the Rust suites and, where cargo-deny is installed, licences and advisories.
pub(crate) fn rust() -> Result<(), String> {
    Step::new("Formatting", "cargo", &["fmt", "--all", "--check"]).run()?;
    Step::new("Lints", "cargo", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]).run()?;
    Step::new("Rust suites", "cargo", &["test", "--quiet"]).run()?;
    if on_path("cargo-deny") {
        Step::new("Licences and sources", "cargo", &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]).run()?;
    } else {
        say("== Licences and sources: left out, since cargo-deny is not installed (cargo install cargo-deny)");
    }
    Ok(())
}

/// The site: types, unit tests, build.
pub(crate) fn site() -> Result<(), String> {
    node_modules()?;
    Step::new("Types of the site", "npm", &["run", "--silent", "check"]).run()?;
    Step::new("Unit tests of the site", "npm", &["test", "--silent"]).run()?;
    Step::new("Build of the site", "npm", &["run", "--silent", "build"]).run()
}

/// The journeys. Playwright starts a Portico of its own, on a port and in a folder of its own.
pub(crate) fn browser() -> Result<(), String> {
    node_modules()?;
    let chromium = chromium()?;
    Step::new("Local run", "cargo", &["build", "--quiet"]).run()?;
    Step::new("Journeys in a browser", "npx", &["--no-install", "playwright", "test", "--config", "tests/browser"])
        .variable("CHROMIUM", &chromium)
        .run()
}
