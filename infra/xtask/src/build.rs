//! Builds the functions for AWS Lambda, and checks what came out.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use clap::ValueEnum;

use crate::{
    command::{Step, root},
    elf::{self, Glibc},
    terminal::say,
    tools, venv,
};

/// The most that a function's zip may have: what is small starts quickly.
const LARGEST_ZIP: u64 = 5_000_000;

/// What Lambda's provided.al2023 has.
const LAMBDAS_GLIBC: Glibc = Glibc(2, 34);

/// Deflates each folder's bootstrap as `sam deploy` does, with Python's zlib at its usual level.
const ZIP_SIZES: &str = "
import io, sys, zipfile
for path in sys.argv[1:]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, 'bootstrap')
    print(file.tell())
";

/// What the functions run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Architecture {
    /// AWS's own processors, a fifth cheaper
    #[value(name = "arm64")]
    Arm64,
    /// Intel's and AMD's
    #[value(name = "x86_64")]
    X86,
}

impl Architecture {
    /// Returns Lambda's name for it, which the template's parameter takes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86 => "x86_64",
        }
    }

    /// Returns Rust's name for it.
    pub(crate) fn target(self) -> &'static str {
        match self {
            Self::Arm64 => "aarch64-unknown-linux-gnu",
            Self::X86 => "x86_64-unknown-linux-gnu",
        }
    }

    fn flag(self) -> &'static str {
        match self {
            Self::Arm64 => "--arm64",
            Self::X86 => "--x86-64",
        }
    }
}

/// Builds all functions into target/lambda and refuses what is too large for a quick start or too new for Lambda.
pub(crate) fn functions(architecture: Architecture) -> Result<(), String> {
    venv::ensure(&[venv::DEPLOY])?;
    tools::rust_target(architecture)?;
    // One release profile for all; what is no function is left out. LTO would cost five times the build for 6 % of the size.
    let mut arguments = vec![
        "lambda",
        "build",
        "--release",
        "--disable-optimizations",
        architecture.flag(),
        "--workspace",
    ];
    arguments.extend(["local", "tests", "xtask"].iter().flat_map(|it| ["--exclude", it]));
    Step::new("Functions for Lambda", "cargo", &arguments).variable("PATH", venv::path()).run()?;
    check(architecture)
}

/// Returns the names of all functions: the folders below functions/ except what they share.
pub(crate) fn names() -> Result<BTreeSet<String>, String> {
    let folder = root().join("functions");
    let unreadable =
        |error: std::io::Error| format!("{} cannot be read: {error}", folder.display());
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().join("src/main.rs").is_file() {
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn check(architecture: Architecture) -> Result<(), String> {
    let names = names()?;
    let folder = root().join("target/lambda");
    let paths: Vec<_> = names.iter().map(|it| folder.join(it).join("bootstrap")).collect();
    let sizes = zip_sizes(&paths)?;
    let mut faults = Vec::new();
    say("   function                  zip, MB  glibc");
    for ((name, path), size) in names.iter().zip(&paths).zip(sizes) {
        let needs =
            elf::needs(&read(path)?).map_err(|error| format!("{} {error}", path.display()))?;
        let glibc = needs.glibc.map_or_else(|| "none".to_owned(), |it| it.to_string());
        say(&format!(
            "   {name:<25} {:>3}.{:02}     {glibc}",
            size / 1_000_000,
            size % 1_000_000 / 10_000
        ));
        faults.extend(faults_of(name, size, &needs, architecture));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn faults_of(name: &str, size: u64, needs: &elf::Needs, architecture: Architecture) -> Vec<String> {
    let mut faults = Vec::new();
    if size > LARGEST_ZIP {
        faults.push(format!("{name}: its zip has {size} bytes, {LARGEST_ZIP} is the most; see which dependency is new (cargo tree -p {name})"));
    }
    if needs.processor != architecture.name() {
        faults.push(format!(
            "{name}: was built for {}, not for {}; build it again",
            needs.processor,
            architecture.name()
        ));
    }
    if let Some(glibc) = needs.glibc.filter(|it| *it > LAMBDAS_GLIBC) {
        faults.push(format!("{name}: needs glibc {glibc}, Lambda has {LAMBDAS_GLIBC}; build it with cargo lambda, which links against an older one"));
    }
    faults
}

fn zip_sizes(paths: &[impl AsRef<Path>]) -> Result<Vec<u64>, String> {
    let mut python = Command::new(venv::program("python"));
    python.args(["-c", ZIP_SIZES]).args(paths.iter().map(AsRef::as_ref));
    let printed = python.output().map_err(|error| format!("Python cannot be started: {error}"))?;
    if !printed.status.success() {
        return Err(format!(
            "the functions cannot be zipped: {}",
            String::from_utf8_lossy(&printed.stderr).trim()
        ));
    }
    let text = String::from_utf8_lossy(&printed.stdout);
    text.lines()
        .map(|it| it.parse().map_err(|error| format!("the functions cannot be measured: {error}")))
        .collect()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_refused_for_size_processor_and_glibc() {
        let needs = |processor, glibc| elf::Needs { processor, glibc: Some(glibc) };
        assert!(
            faults_of("invite", 5_000_000, &needs("arm64", Glibc(2, 34)), Architecture::Arm64)
                .is_empty()
        );
        let faults =
            faults_of("invite", 5_000_001, &needs("x86_64", Glibc(2, 35)), Architecture::Arm64);
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[2].contains("needs glibc 2.35, Lambda has 2.34"), "{faults:?}");
    }

    #[test]
    fn every_function_is_found_and_nothing_else() {
        let names = names().expect("functions");
        assert!(names.contains("invite") && names.contains("deliver-mail"), "{names:?}");
        assert!(!names.contains("core"), "{names:?}");
    }
}
