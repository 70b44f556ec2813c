//! The Python environment in target/venv, with the command lines of AWS and the tools that build for it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    command::{Step, find, on_path, root},
    tools::is_root,
};

/// What deploying takes.
pub(crate) const DEPLOY: &str = "infra/requirements.txt";
/// What testing a deployment takes beyond it.
pub(crate) const TEST: &str = "tests/deploy/requirements.txt";

/// Makes the environment, or renews it when a list of requirements has changed since.
pub(crate) fn ensure(lists: &[&str]) -> Result<(), String> {
    let folder = folder();
    let mut stale = Vec::new();
    for list in lists {
        let wanted = fs::read_to_string(root().join(list))
            .map_err(|error| format!("{list} cannot be read: {error}"))?;
        let stamp = folder.join(list.replace('/', "-"));
        if fs::read_to_string(&stamp).ok().as_ref() != Some(&wanted) {
            stale.push((*list, stamp, wanted));
        }
    }
    if stale.is_empty() && program("python").is_file() {
        return Ok(());
    }
    if !program("python").is_file() {
        make(&folder)?;
    }
    for (list, stamp, wanted) in stale {
        let python = program("python").to_string_lossy().into_owned();
        Step::new(
            "Python packages",
            &python,
            &[
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                list,
            ],
        )
        .run()?;
        fs::write(&stamp, wanted)
            .map_err(|error| format!("{} cannot be written: {error}", stamp.display()))?;
    }
    Ok(())
}

/// Returns where a program of the environment is.
pub(crate) fn program(name: &str) -> PathBuf {
    if cfg!(windows) {
        folder().join("Scripts").join(format!("{name}.exe"))
    } else {
        folder().join("bin").join(name)
    }
}

/// Returns a path on which the environment's programs come first, for programs that start others.
#[expect(
    clippy::disallowed_methods,
    reason = "a command line tool has no configuration but its environment"
)]
pub(crate) fn path() -> OsString {
    let own = program("python").parent().map(Path::to_owned);
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&others))).unwrap_or(others)
}

fn folder() -> PathBuf {
    root().join("target/venv")
}

fn make(folder: &Path) -> Result<(), String> {
    let python = ["python3", "python"].into_iter().find(|it| find(it).is_some());
    let Some(python) = python else {
        return Err("Python is missing: install Python 3.10 or newer (python.org; on Debian apt-get install python3-venv) and try again".to_owned());
    };
    // Debian has it in a package of its own.
    let whole = Command::new(python)
        .args(["-c", "import venv, ensurepip"])
        .output()
        .is_ok_and(|it| it.status.success());
    if !whole {
        if !(on_path("apt-get") && is_root()) {
            return Err("Python's venv is missing: install it (on Debian: apt-get install python3-venv) and try again".to_owned());
        }
        Step::new("Package lists", "apt-get", &["update", "--quiet"]).run()?;
        Step::new(
            "Python's venv",
            "apt-get",
            &["install", "--yes", "--quiet", "--no-install-recommends", "python3-venv"],
        )
        .run()?;
    }
    Step::new("Python environment", python, &["-m", "venv", &folder.to_string_lossy()]).run()
}
