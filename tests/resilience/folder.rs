//! A data folder that lasts as long as its test.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use local::Options;
use tests::Portal;

/// A folder that is removed on drop.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Creates a folder; `name` is unique to the test.
    pub(crate) fn make(name: &str) -> Self {
        let path = env::temp_dir().join(format!("portico-{}-{name}", process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Returns its path.
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
        // The system removes what cannot be removed here.
        let _left = fs::remove_dir_all(&self.0);
    }
}
