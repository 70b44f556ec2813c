//! Runs other programs in the repository's root.

use std::{
    env,
    ffi::OsString,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::OnceLock,
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use xshell::{Cmd, Shell};

/// Creates a shell for `xshell::cmd!` whose commands run in the repository's root.
pub(crate) fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// Prints a heading, runs `command` with the terminal's input and output, and prints the time.
///
/// # Errors
/// If the program cannot be started or exits with another code than 0.
pub(crate) fn run_step(heading: &str, command: Cmd<'_>) -> Result<()> {
    step(heading, command, |mut command| command.status().map(|status| (status, ())))
}

/// Runs `command` as [`run_step`] does but without input, and returns its output as well.
pub(crate) fn run_step_and_read(heading: &str, command: Cmd<'_>) -> Result<String> {
    step(heading, command, |mut command| {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut output = String::new();
        for line in child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
            let line = line?;
            println!("{line}");
            output.push_str(&line);
            output.push('\n');
        }
        Ok((child.wait()?, output))
    })
}

fn step<T>(
    heading: &str,
    command: Cmd<'_>,
    run: impl FnOnce(Command) -> std::io::Result<(ExitStatus, T)>,
) -> Result<T> {
    let line = command.to_string();
    println!("== {heading}: {line}");
    let mut command = Command::from(command);
    // An inner cargo would rebuild everything if it saw the variables that the outer one sets.
    for name in cargo_variables() {
        command.env_remove(name);
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let started = Instant::now();
    let (status, output) = run(command).with_context(|| {
        format!("{heading}: cannot run {program}; check that it is installed and try again")
    })?;
    if !status.success() {
        bail!("{heading} failed ({status}). To run this step alone: {line}");
    }
    println!("   {:.1} s", started.elapsed().as_secs_f32());
    Ok(output)
}

/// Returns the names of the variables that cargo sets for its children, except user settings.
fn cargo_variables() -> impl Iterator<Item = OsString> {
    let user_settings = [
        "CARGO_HOME",
        "CARGO_TARGET_DIR",
        "CARGO_BUILD_JOBS",
        "CARGO_INCREMENTAL",
        "CARGO_NET_OFFLINE",
    ];
    let is_set_by_cargo = move |name: &str| {
        name == "CARGO" || (name.starts_with("CARGO_") && !user_settings.contains(&name))
    };
    let names = env::vars_os().map(|(name, _)| name);
    names.filter(move |name| name.to_str().is_some_and(is_set_by_cargo))
}

/// Checks whether a program is on the `PATH`.
pub(crate) fn is_installed(program: &str) -> bool {
    which::which(program).is_ok()
}

/// Returns the value of an environment variable, unless it is unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "a command line tool is configured by its environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the repository's root.
pub(crate) fn root() -> &'static Path {
    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    static RESOLVED: OnceLock<PathBuf> = OnceLock::new();
    RESOLVED.get_or_init(|| Path::new(ROOT).canonicalize().unwrap_or_else(|_| PathBuf::from(ROOT)))
}

#[cfg(test)]
mod tests {
    use xshell::cmd;

    use super::*;

    #[test]
    fn a_failed_step_names_its_heading_exit_code_and_command() {
        let shell = shell().expect("a shell");
        let error = run_step("Nonsense", cmd!(shell, "cargo no-such-command").ignore_stderr())
            .expect_err("failed");
        let text = format!("{error:#}");
        assert!(text.starts_with("Nonsense failed (exit status: 101)."), "{text}");
        assert!(text.ends_with("cargo no-such-command"), "{text}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let shell = shell().expect("a shell");
        let error = run_step("Nonsense", cmd!(shell, "no-such-program")).expect_err("missing");
        assert!(format!("{error:#}").contains("cannot run no-such-program"), "{error:#}");
    }

    #[test]
    fn output_is_returned() {
        let shell = shell().expect("a shell");
        let output = run_step_and_read("Version", cmd!(shell, "cargo --version")).expect("run");
        assert!(output.starts_with("cargo "), "{output}");
    }
}
