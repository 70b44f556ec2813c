//! Running commands, and finding or installing what they need.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// Where a Chromium may be found, in the order of preference.
const CHROMIUMS: [&str; 5] = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A command with a heading.
pub(crate) struct Step {
    heading: String,
    command: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
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
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs it in the repository's root, showing all it prints, and fails if it does.
    pub(crate) fn run(self) -> Result<(), String> {
        let line = format!("{} {}", self.command, self.arguments.join(" "));
        say(&format!("== {}: {line}", self.heading));
        let started = Instant::now();
        let status = Command::new(&self.command)
            .args(&self.arguments)
            .envs(self.variables)
            .current_dir(root())
            .status()
            .map_err(|error| format!("{}: {} cannot be started ({error}); install it and try again", self.heading, self.command))?;
        if !status.success() {
            return Err(format!("{} failed; to see it alone: {line}", self.heading));
        }
        say(&format!("   {} s", started.elapsed().as_secs()));
        Ok(())
    }
}

/// Installs the Node packages of the lock file, if they are not there as it says.
pub(crate) fn node_modules() -> Result<(), String> {
    if !on_path("node") {
        return Err("Node is missing: install Node 20 or newer (nodejs.org) and try again".to_owned());
    }
    let written = |path: &str| fs::metadata(root().join(path)).and_then(|it| it.modified()).ok();
    match (written("node_modules/.package-lock.json"), written("package-lock.json")) {
        (Some(installed), Some(wanted)) if installed >= wanted => Ok(()),
        _ => Step::new("Node packages", "npm", &["ci", "--ignore-scripts"]).run(),
    }
}

/// Finds a Chromium, or installs one: with Debian's packages where that is possible, else Playwright's own.
#[expect(clippy::disallowed_methods, reason = "a command line tool has no configuration but its environment")]
pub(crate) fn chromium() -> Result<String, String> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.to_string_lossy().into_owned());
    }
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    if on_path("apt-get") && is_root() {
        Step::new("Package lists", "apt-get", &["update", "--quiet"]).run()?;
        Step::new("Chromium", "apt-get", &["install", "--yes", "--quiet", "--no-install-recommends", "chromium-headless-shell"]).run()?;
        return installed_chromium().ok_or_else(|| "Chromium was installed but is not on the path; name it in CHROMIUM".to_owned());
    }
    Step::new("Chromium", "npx", &["--no-install", "playwright", "install", "--only-shell", "chromium"]).run()?;
    // Playwright finds its own.
    Ok(String::new())
}

/// Tells whether a program can be started by its name.
pub(crate) fn on_path(program: &str) -> bool {
    find(program).is_some()
}

/// Prints a line for whoever watches.
#[expect(clippy::print_stdout, reason = "what a command line tool is for")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints why it ended.
#[expect(clippy::print_stderr, reason = "what a command line tool is for")]
pub(crate) fn complain(reason: &str) {
    eprintln!("{reason}");
}

fn installed_chromium() -> Option<String> {
    CHROMIUMS.iter().find_map(|it| find(it)).map(|it| it.to_string_lossy().into_owned())
}

#[expect(clippy::disallowed_methods, reason = "a command line tool has no configuration but its environment")]
fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|it| it.is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
