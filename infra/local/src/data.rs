//! The data folder, which keeps accounts and mail from one run to the next.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::error::StartError;

/// What `--fresh` removes: all files that Portico creates in the folder except the lock.
const CONTENTS: [&str; 7] = [
    "dynamodb.sqlite",
    "dynamodb.sqlite-shm",
    "dynamodb.sqlite-wal",
    "identity-provider.json",
    "imported",
    "mail",
    "stream",
];

/// A data folder, locked for this process until the value is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, which is created if missing and emptied first if `fresh`.
    pub(crate) fn open(path: &Path, fresh: bool) -> Result<Self, StartError> {
        fs::create_dir_all(path).map_err(StartError::file(path))?;
        let path = path.canonicalize().map_err(StartError::file(path))?;
        let lock_file = path.join("lock");
        let lock = File::create(&lock_file).map_err(StartError::file(&lock_file))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StartError::InUse(path)),
            Err(TryLockError::Error(cause)) => {
                return Err(StartError::File { path: lock_file, cause });
            }
        }
        if fresh {
            for name in CONTENTS {
                let entry = path.join(name);
                remove(&entry).map_err(StartError::file(entry))?;
            }
        }
        Ok(Self { path, _lock: lock })
    }

    /// Returns the path of an entry.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        debug_assert!(CONTENTS.contains(&name), "{name} would survive --fresh");
        self.path.join(name)
    }
}

fn remove(entry: &Path) -> io::Result<()> {
    let removed = if entry.is_dir() { fs::remove_dir_all(entry) } else { fs::remove_file(entry) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes a file atomically: whenever the process is killed, the file has the old or the new
/// content.
pub(crate) fn write_whole(file: &Path, content: &[u8]) -> io::Result<()> {
    let new = file.with_extension("new");
    fs::write(&new, content)?;
    fs::rename(new, file)
}
