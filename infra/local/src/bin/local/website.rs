//! Builds the site when its sources are newer.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{node, terminal};

/// Entries of site/ that the build writes or does not read.
const NOT_SOURCES: [&str; 4] = ["public", ".stage", "test", "test.mjs"];

/// Installs the site's tools and builds the site, each only if needed, and returns the built
/// folder.
pub(crate) async fn build(repository: &Path) -> crate::Result<PathBuf> {
    let lock = repository.join("package-lock.json");
    // npm writes this file last.
    let installed = repository.join("node_modules/.package-lock.json");
    if is_older(&installed, changed(&lock)?)? {
        terminal::say("installing the site's tools (npm ci)");
        node::run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"], repository)
            .await?;
    }
    let site = repository.join("site");
    let built = site.join("public");
    if is_older(&built.join("index.html"), newest(&site, &site)?.max(changed(&lock)?))? {
        terminal::say("building the site");
        node::run("node", &["site/build.mjs"], repository).await?;
    }
    Ok(built)
}

fn is_older(file: &Path, than: SystemTime) -> io::Result<bool> {
    match changed(file) {
        Ok(time) => Ok(time < than),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Returns when `folder` or anything in it was last changed. The build changes the folder before it
/// writes the pages.
fn newest(folder: &Path, site: &Path) -> io::Result<SystemTime> {
    let mut newest = changed(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if NOT_SOURCES.iter().any(|name| path == site.join(name)) {
            continue;
        }
        newest =
            newest.max(if path.is_dir() { self::newest(&path, site)? } else { changed(&path)? });
    }
    Ok(newest)
}

fn changed(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}
