//! Runs Node.js, which builds the site and runs the local identity provider.

use std::{io, path::Path, process::Stdio};

use tokio::process::Command;

/// The oldest version that works for both.
const OLDEST: u32 = 20;

/// Why Node cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NodeError {
    #[error("{0} is not installed; install Node {OLDEST} or newer from https://nodejs.org")]
    Missing(&'static str),
    #[error("node {0} is too old; install Node {OLDEST} or newer from https://nodejs.org")]
    Old(String),
    #[error("cannot run {program}: {cause}")]
    Unusable { program: &'static str, cause: io::Error },
    #[error("\"{what}\" failed{}", details(.output))]
    Failed { what: String, output: String },
}

/// Checks that a recent enough Node is installed.
pub(crate) async fn check() -> Result<(), NodeError> {
    let output =
        command("node").arg("--version").output().await.map_err(|error| unusable("node", error))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major =
        version.trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    if major.is_some_and(|major| major >= OLDEST) { Ok(()) } else { Err(NodeError::Old(version)) }
}

/// Runs a program in a folder. Its output is shown only if it fails.
pub(crate) async fn run(
    program: &'static str,
    arguments: &[&str],
    folder: &Path,
) -> Result<(), NodeError> {
    let output = command(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .await
        .map_err(|error| unusable(program, error))?;
    if output.status.success() {
        return Ok(());
    }
    let output = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
        .join("\n");
    Err(NodeError::Failed { what: format!("{program} {}", arguments.join(" ")), output })
}

/// Returns a command that is killed when it is dropped, as it is when Portico stops.
pub(crate) fn command(program: &str) -> Command {
    // npm is a script on Windows.
    let mut command =
        Command::new(if cfg!(windows) && program == "npm" { "npm.cmd" } else { program });
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

pub(crate) fn unusable(program: &'static str, cause: io::Error) -> NodeError {
    match cause.kind() {
        io::ErrorKind::NotFound => NodeError::Missing(program),
        _ => NodeError::Unusable { program, cause },
    }
}

fn details(output: &str) -> String {
    if output.trim().is_empty() { String::new() } else { format!(":\n{}", output.trim()) }
}
