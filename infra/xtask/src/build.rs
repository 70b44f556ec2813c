//! Builds the functions: for AWS Lambda, with checks of the binaries, and for the emulator.

mod elf;

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result, bail};
use xshell::{Shell, cmd};

use self::elf::{BinaryRequirements, GlibcVersion};
use crate::{
    architecture::Architecture,
    process::{root, run_step, shell},
    tools::{python, rust},
};

/// The largest allowed zip of a function, in bytes: small functions start quickly.
const MAX_ZIP_SIZE: u64 = 5_000_000;

/// The largest allowed stripped development build of a function, in bytes. Today's largest has
/// 20.8 million; a new dependency shows here long before anybody builds for Lambda.
const MAX_DEVELOPMENT_SIZE: u64 = 25_000_000;

/// The glibc of Lambda's runtime `provided.al2023`.
const LAMBDA_GLIBC: GlibcVersion = GlibcVersion(2, 34);

/// Prints the size of each binary's zip, compressed as `sam deploy` does: zlib's default level.
const ZIP_SIZES: &str = "
import io, sys, zipfile
for path in sys.argv[1:]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, 'bootstrap')
    print(file.tell())
";

/// Builds all functions into target/lambda and checks the size and glibc version of each.
pub(crate) fn functions(architecture: Architecture) -> Result<()> {
    python::ensure(&[python::BUILD])?;
    rust::ensure_target(architecture)?;
    let sh = shell()?;
    let architecture_option = architecture.cargo_lambda_option();
    // The workspace's release profile instead of cargo lambda's: its LTO would take five times as
    // long for 6 % of the size.
    let command = cmd!(
        sh,
        "cargo lambda build --release --disable-optimizations {architecture_option}
            --workspace --exclude local --exclude tests --exclude xtask"
    );
    run_step("Functions for Lambda", command.env("PATH", python::path_variable()))?;
    check_functions(architecture)
}

/// Builds the local run and, in target/emulator, all functions for the tests' AWS emulator.
///
/// These are development builds for this machine: they share their dependencies with the Rust
/// suites, so that only the programs are linked. [`functions`] makes those for Lambda.
pub(crate) fn programs_for_tests(sh: &Shell) -> Result<()> {
    // Without xtask, which runs: with its features, dependencies would be compiled again.
    let command = cmd!(sh, "cargo build --quiet --workspace --exclude xtask --bins");
    run_step("Local run and functions", command)?;
    let emulator = root().join("target/emulator");
    for name in function_names()? {
        let (program, folder) = (root().join("target/debug").join(&name), emulator.join(&name));
        let bootstrap = folder.join("bootstrap");
        sh.create_dir(&folder)?;
        // With its symbols, each package would be five times as large.
        let strip = cmd!(sh, "strip -o {bootstrap} {program}").quiet();
        strip.run().with_context(|| format!("cannot strip {}", program.display()))?;
        let size = fs::metadata(&bootstrap)?.len();
        if size > MAX_DEVELOPMENT_SIZE {
            bail!(
                "{name}: its development build has {size} bytes, the limit is \
                 {MAX_DEVELOPMENT_SIZE}; look for a new dependency with: cargo tree -p {name}; \
                 the size on Lambda: cargo xtask build"
            );
        }
    }
    Ok(())
}

/// Returns the names of all functions: the folders below functions/ that have a main.rs.
fn function_names() -> Result<BTreeSet<String>> {
    let folder = root().join("functions");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().join("src/main.rs").is_file() {
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn check_functions(architecture: Architecture) -> Result<()> {
    let names = function_names()?;
    let folder = root().join("target/lambda");
    let paths: Vec<_> = names.iter().map(|name| folder.join(name).join("bootstrap")).collect();
    let mut errors = Vec::new();
    println!("   function                  zip, MB  glibc");
    for ((name, path), size) in names.iter().zip(&paths).zip(zip_sizes(&paths)?) {
        let file = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let requirements = elf::requirements(&file)
            .with_context(|| format!("{} is not a program for Linux", path.display()))?;
        let glibc =
            requirements.glibc.map_or_else(|| "none".to_owned(), |version| version.to_string());
        let (megabytes, hundredths) = (size / 1_000_000, size % 1_000_000 / 10_000);
        println!("   {name:<25} {megabytes:>3}.{hundredths:02}     {glibc}");
        errors.extend(check_function(name, size, &requirements, architecture));
    }
    if !errors.is_empty() {
        bail!(errors.join("\n"));
    }
    Ok(())
}

/// Lists why Lambda could not run a function, or not start it quickly.
fn check_function(
    name: &str,
    zip_size: u64,
    requirements: &BinaryRequirements,
    architecture: Architecture,
) -> Vec<String> {
    let mut errors = Vec::new();
    if zip_size > MAX_ZIP_SIZE {
        errors.push(format!(
            "{name}: its zip has {zip_size} bytes, the limit is {MAX_ZIP_SIZE}; \
             look for a new dependency with: cargo tree -p {name}"
        ));
    }
    let BinaryRequirements { processor, glibc } = requirements;
    if *processor != architecture.lambda_name() {
        let expected = architecture.lambda_name();
        errors.push(format!("{name}: built for {processor} instead of {expected}; build it again"));
    }
    if let Some(version) = glibc.filter(|version| *version > LAMBDA_GLIBC) {
        errors.push(format!(
            "{name}: needs glibc {version}, but Lambda has {LAMBDA_GLIBC}; \
             build it with cargo lambda, which links against an older one"
        ));
    }
    errors
}

fn zip_sizes(paths: &[impl AsRef<Path>]) -> Result<Vec<u64>> {
    let sh = shell()?;
    let python = python::program("python");
    let paths = paths.iter().map(AsRef::as_ref);
    let output = cmd!(sh, "{python} -c {ZIP_SIZES} {paths...}").quiet().read();
    let output = output.context("cannot zip the functions")?;
    output.lines().map(|size| size.parse().context("cannot read a function's zip size")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_refused_for_size_processor_and_glibc() {
        let needs = |processor, glibc| BinaryRequirements { processor, glibc: Some(glibc) };
        let fitting = needs("arm64", GlibcVersion(2, 34));
        assert!(check_function("invite", 5_000_000, &fitting, Architecture::Arm64).is_empty());
        let other = needs("x86_64", GlibcVersion(2, 35));
        let errors = check_function("invite", 5_000_001, &other, Architecture::Arm64);
        assert_eq!(errors.len(), 3, "{errors:?}");
        assert!(errors[2].contains("needs glibc 2.35, but Lambda has 2.34"), "{errors:?}");
    }

    #[test]
    fn every_function_is_found_and_nothing_else() {
        let names = function_names().expect("functions");
        assert!(names.contains("invite") && names.contains("deliver-mail"), "{names:?}");
        assert!(!names.contains("core"), "{names:?}");
    }
}
