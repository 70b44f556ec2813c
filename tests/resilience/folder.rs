//! A data folder that lasts as long as its test.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use local::Options;
use tests::Portal;

/// A folder that is removed with the value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes one; `name` is the test's own.
    pub(crate) fn make(name: &str) -> Self {
        let path = env::temp_dir().join(format!("portico-{}-{name}", process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Returns where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Starts a portal that keeps its data there.
    pub(crate) async fn start(&self) -> Portal {
        Portal::start_with(Options { data: Some(self.0.clone()), ..Options::default() }).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own tidying.
        let _left = fs::remove_dir_all(&self.0);
    }
}
