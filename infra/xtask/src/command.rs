//! Running other programs.

use std::{
    env,
    ffi::OsString,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::terminal::say;

/// A command with a heading.
pub(crate) struct Step {
    heading: String,
    command: String,
    arguments: Vec<String>,
    variables: Vec<(String, OsString)>,
}

impl Step {
    /// Makes a step of a program and its arguments.
    pub(crate) fn new(heading: &str, command: &str, arguments: &[&str]) -> Self {
        Self {
            heading: heading.to_owned(),
            command: command.to_owned(),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            variables: vec![],
        }
    }

    /// Sets an environment variable.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Runs it in the repository's root, showing all it prints, and fails if it does.
    pub(crate) fn run(self) -> Result<(), String> {
        let started = self.start();
        let status = self.command().status().map_err(|error| self.unusable(&error))?;
        self.end(started, status.success())
    }

    /// Runs it as [`Step::run`] does and returns what it printed, too.
    pub(crate) fn watch(self) -> Result<String, String> {
        let started = self.start();
        let mut child = self
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| self.unusable(&error))?;
        let mut printed = String::new();
        for line in child.stdout.take().into_iter().flat_map(|it| BufReader::new(it).lines()) {
            let line = line.map_err(|error| self.unusable(&error))?;
            say(&line);
            printed.push_str(&line);
            printed.push('\n');
        }
        let status = child.wait().map_err(|error| self.unusable(&error))?;
        self.end(started, status.success())?;
        Ok(printed)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.command);
        // What the cargo that has started this one sets would have an inner one build everything anew.
        for name in inherited() {
            command.env_remove(name);
        }
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(root());
        command
    }

    fn start(&self) -> Instant {
        say(&format!("== {}: {}", self.heading, self.line()));
        Instant::now()
    }

    fn end(&self, started: Instant, success: bool) -> Result<(), String> {
        if !success {
            return Err(format!("{} failed; to see it alone: {}", self.heading, self.line()));
        }
        say(&format!("   {} s", started.elapsed().as_secs()));
        Ok(())
    }

    fn line(&self) -> String {
        format!("{} {}", self.command, self.arguments.join(" "))
    }

    fn unusable(&self, error: &std::io::Error) -> String {
        format!(
            "{}: {} cannot be started ({error}); install it and try again",
            self.heading, self.command
        )
    }
}

/// Returns the variables that cargo sets for what it runs, but for those that people set for cargo.
fn inherited() -> impl Iterator<Item = OsString> {
    let set_by_people = ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_BUILD_JOBS", "CARGO_NET_OFFLINE"];
    let ours = move |name: &str| {
        name == "CARGO" || (name.starts_with("CARGO_") && !set_by_people.contains(&name))
    };
    env::vars_os().map(|(name, _)| name).filter(move |name| name.to_str().is_some_and(ours))
}

/// Tells whether a program can be started by its name.
pub(crate) fn on_path(program: &str) -> bool {
    find(program).is_some()
}

/// Returns where on the path a program is.
#[expect(
    clippy::disallowed_methods,
    reason = "a command line tool has no configuration but its environment"
)]
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let names = if cfg!(windows) {
        [".exe", ".cmd"].map(|it| format!("{program}{it}")).to_vec()
    } else {
        vec![program.to_owned()]
    };
    env::split_paths(&env::var_os("PATH")?)
        .find_map(|folder| names.iter().map(|it| folder.join(it)).find(|it| it.is_file()))
}

/// Returns what a variable of the environment is set to, if it is.
#[expect(
    clippy::disallowed_methods,
    reason = "a command line tool has no configuration but its environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|it| !it.is_empty())
}

/// Returns the repository's root.
pub(crate) fn root() -> &'static Path {
    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    static RESOLVED: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    RESOLVED.get_or_init(|| Path::new(ROOT).canonicalize().unwrap_or_else(|_| PathBuf::from(ROOT)))
}
