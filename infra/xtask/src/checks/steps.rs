//! The steps of each part, ordered so that the most frequent mistakes show first.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use super::step_times::StepTimes;
use crate::{
    build,
    tools::{cargo_deny, chromium, faketime, node, python},
};

/// Whether this machine runs the functions that AWS runs.
const CAN_DEPLOY: bool = cfg!(all(target_os = "linux", target_arch = "x86_64"));

/// The requirements files of the deployment's tests.
const PYTHON_PACKAGES: [&str; 2] = [python::DEPLOY, python::TEST];

/// What the other parts need and can be downloaded while Rust compiles.
pub(super) fn tools(times: &mut StepTimes) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    times.measure("Chromium", chromium::ensure)?;
    times.measure("Identity provider", python::ensure_providers)?;
    if CAN_DEPLOY {
        times.measure("Faketime", faketime::ensure)?;
        times.measure("Python packages", || python::ensure(&PYTHON_PACKAGES))?;
    }
    Ok(())
}

/// Formatting of the Rust code.
pub(super) fn formatting(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.run("Formatting", cmd!(sh, "cargo fmt --all --check"))
}

/// Licences, bans and sources of what is built in.
pub(super) fn licences(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    let deny = times.measure("cargo-deny", cargo_deny::ensure)?;
    times.run(
        "Licences, bans and sources",
        cmd!(sh, "{deny} --log-level error check bans licenses sources"),
    )
}

/// Lints and the Rust suites.
pub(super) fn rust(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.run(
        "Lints and build of everything but xtask",
        cmd!(sh, "cargo build --quiet --workspace --exclude xtask --all-targets"),
    )?;
    // They have `test = false`, so that a plain `cargo test` does not run them.
    times.run(
        "Lints and build of the deployment's tests",
        cmd!(sh, "cargo build --quiet --package tests --test deploy --test bench"),
    )?;
    times.run(
        "Lints of xtask",
        cmd!(sh, "cargo clippy --quiet --package xtask --all-targets -- --deny warnings"),
    )?;
    times.run("Rust suites", cmd!(sh, "cargo test --quiet"))?;
    times.run("Tests of xtask", cmd!(sh, "cargo test --quiet --package xtask"))
}

/// Sign-ins with real identity providers. A plain `cargo test` leaves them out, since they need
/// packages of npm and PyPI.
pub(super) fn providers(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    let python = times.measure("Identity provider", python::ensure_providers)?;
    times.run(
        "Sign-ins with real identity providers",
        cmd!(
            sh,
            "cargo test --quiet --package tests --package portico --test providers -- --ignored"
        )
        .env("PROVIDERS_PYTHON", python),
    )
}

/// Lints, types, unit tests and build of the site.
pub(super) fn site(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    times.run("Formatting and lints of the site", cmd!(sh, "npm run --silent lint"))?;
    times.run("Types of the site", cmd!(sh, "npm run --silent check"))?;
    times.run("Unit tests of the site", cmd!(sh, "npm test --silent"))?;
    site_build(sh, times)
}

/// Makes the compiler of this workspace's crates clippy, and each warning an error, for all
/// following commands of `sh`.
///
/// `cargo clippy` would check all dependencies for itself and generate no code, after which they
/// are compiled again for the tests: four minutes of a fresh clone's time on two cores. The
/// programs that AWS runs are compiled by rustc, by `cargo xtask build`.
pub(super) fn lint_while_compiling(sh: &Shell) {
    sh.set_var("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    sh.set_var("CLIPPY_ARGS", "--deny=warnings");
}

/// Build of the site, which must not run beside another one.
pub(super) fn site_build(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    times.run("Build of the site", cmd!(sh, "npm run --silent build"))
}

/// The local run, the functions and the program that deploys them: what the next parts start, so
/// that they can run beside each other without waiting for the compiler.
pub(super) fn programs(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.measure("Local run and functions", || build::programs_for_tests(sh))
}

/// Browser tests. Playwright starts its own Portico, with its own port and data folder.
pub(super) fn browser(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    let chromium = times.measure("Chromium", chromium::ensure)?;
    times.run(
        "Browser tests",
        cmd!(sh, "npx --no-install playwright test --config tests/browser")
            .env("CHROMIUM", chromium),
    )
}

/// The rules that the template keeps. A plain `cargo test` leaves them out, since they need the
/// Python environment.
pub(super) fn template(sh: &Shell, times: &mut StepTimes) -> Result<()> {
    python(times)?;
    times.run(
        "Rules of the template",
        cmd!(sh, "cargo test --quiet --package tests --test template -- --ignored"),
    )
}

/// The template, the functions and the built site on an AWS emulator: the named parts of
/// tests/deploy, or all.
pub(super) fn deployed(sh: &Shell, times: &mut StepTimes, parts: &[&str]) -> Result<()> {
    times.measure("Node packages", node::ensure_packages)?;
    python(times)?;
    let chromium = times.measure("Chromium", chromium::ensure)?;
    times.measure("Faketime", faketime::ensure)?;
    times.run(
        "Tests of the deployed system",
        cmd!(sh, "cargo test --quiet --package tests --test deploy -- {parts...}")
            .env("CHROMIUM", chromium),
    )
}

fn python(times: &mut StepTimes) -> Result<()> {
    if !CAN_DEPLOY {
        bail!("the deployed system can be tested only on Linux on x86_64, where the functions run");
    }
    times.measure("Python packages", || python::ensure(&PYTHON_PACKAGES))
}
