//! Files that hand something to another program which the list of processes must not show, and which are gone afterwards.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::command::root;

/// A file in target/, readable by its owner alone, deleted when the value is dropped.
pub(crate) struct PrivateFile(PathBuf);

impl PrivateFile {
    /// Writes `content` to a new file whose name ends in `.ending`.
    pub(crate) fn write(ending: &str, content: &str) -> Result<Self, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("xtask-{}-{}.{ending}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // There is none yet where cargo was told to build elsewhere.
        let folder = root().join("target");
        let path = folder.join(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = fs::create_dir_all(&folder)
            .and_then(|()| options.open(&path)?.write_all(content.as_bytes()));
        written.map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        Ok(Self(path))
    }

    /// Returns where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Reads what another program has written into it.
    pub(crate) fn read(&self) -> Result<String, String> {
        fs::read_to_string(&self.0)
            .map_err(|error| format!("{} cannot be read: {error}", self.0.display()))
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        // Nothing can be done about a file that will not go; the next `cargo clean` takes it.
        drop(fs::remove_file(&self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_its_owners_alone_and_goes_with_the_value() {
        let file = PrivateFile::write("json", "{}").expect("a file");
        assert_eq!(file.read(), Ok("{}".to_owned()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(file.path()).expect("metadata").permissions().mode() & 0o777,
                0o600
            );
        }
        let path = file.path().to_owned();
        drop(file);
        assert!(!path.exists());
    }
}
