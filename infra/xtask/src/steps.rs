//! What is tested, in the order that finds the commonest mistakes first.

use crate::{
    build::{self, Architecture},
    command::{Step, on_path},
    terminal::say,
    tools::{chromium, faketime, node_modules},
    venv,
};

/// Formatting, lints, the Rust suites and, where cargo-deny is installed, licences and advisories.
pub(crate) fn rust() -> Result<(), String> {
    Step::new("Formatting", "cargo", &["fmt", "--all", "--check"]).run()?;
    Step::new(
        "Lints",
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"],
    )
    .run()?;
    Step::new("Rust suites", "cargo", &["test", "--quiet"]).run()?;
    Step::new("Own commands", "cargo", &["test", "--quiet", "--package", "xtask"]).run()?;
    if on_path("cargo-deny") {
        Step::new(
            "Licences and sources",
            "cargo",
            &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"],
        )
        .run()?;
    } else {
        say(
            "== Licences and sources: left out, since cargo-deny is not installed (cargo install cargo-deny)",
        );
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
    Step::new(
        "Journeys in a browser",
        "npx",
        &["--no-install", "playwright", "test", "--config", "tests/browser"],
    )
    .variable("CHROMIUM", &chromium)
    .run()
}

/// The template's rules, then the template deployed with the real functions on an AWS of this machine's own, and used.
pub(crate) fn deploy() -> Result<(), String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err(
            "the deployed system is tested on Linux on x86_64 only, where the functions can run"
                .to_owned(),
        );
    }
    node_modules()?;
    venv::ensure(&[venv::DEPLOY, venv::TEST])?;
    template()?;
    let chromium = chromium()?;
    faketime()?;
    build::functions(Architecture::X86)?;
    Step::new("Build of the site", "npm", &["run", "--silent", "build"]).run()?;
    Step::new("Deployed", "cargo", &["test", "--quiet", "--package", "tests", "--test", "deploy"])
        .variable("CHROMIUM", &chromium)
        .run()
}

/// What no tool sees wrong in the template, and what cfn-lint does.
fn template() -> Result<(), String> {
    Step::new(
        "Rules of the template",
        "cargo",
        &["test", "--quiet", "--package", "tests", "--test", "template", "--", "--ignored"],
    )
    .run()
}
