//! Rust's standard library for the functions' target.

use std::path::Path;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{
    architecture::Architecture,
    process::{is_installed, run_step, shell},
};

/// Adds the Rust target of `architecture` unless it is installed.
pub(crate) fn ensure_target(architecture: Architecture) -> Result<()> {
    let sh = shell()?;
    let target = architecture.rust_target();
    // Asks rustc, since Rust may come from elsewhere than rustup.
    let folder = cmd!(sh, "rustc --print target-libdir --target {target}").quiet().read();
    if folder.is_ok_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if !is_installed("rustup") {
        bail!("Rust cannot compile for {target}; install rustup (rustup.rs) or add that target");
    }
    run_step("Rust target", cmd!(sh, "rustup target add {target}"))
}
