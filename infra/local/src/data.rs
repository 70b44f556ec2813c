//! The data folder, which keeps accounts and mail from one run to the next. It is for its owner
//! only: mails hold links that work, and people try the portal with real names.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::error::StartError;

/// The database.
const DATABASE: &str = "dynamodb.sqlite";

/// What an earlier run leaves beside its database.
const TRACES: [&str; 3] = ["imported", "mail", "stream"];

/// What belongs to a database and means nothing to another one: that the example is in it, and the
/// places in its stream, behind which the new one's mail would never leave.
const PARTS_OF_DATABASE: [&str; 4] =
    ["dynamodb.sqlite-shm", "dynamodb.sqlite-wal", "imported", "stream"];

/// What `--fresh` removes: all files that Portico creates in the folder except the lock.
const CONTENTS: [&str; 7] = [
    DATABASE,
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
    lost_database: bool,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, which is created if missing and emptied first if `fresh`.
    ///
    /// Only its owner may read it from then on, unless it is a folder that others use too.
    pub(crate) fn open(path: &Path, fresh: bool) -> Result<Self, StartError> {
        let is_empty = fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none());
        let is_own = is_empty || path.join("lock").exists();
        fs::create_dir_all(path).map_err(StartError::file(path))?;
        if is_own {
            keep_private(path).map_err(StartError::file(path))?;
        }
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
        keep_private(&lock_file).map_err(StartError::file(&lock_file))?;
        let database = path.join(DATABASE);
        let is_new = fs::metadata(&database).map_or(true, |metadata| metadata.len() == 0);
        let lost_database = is_new && TRACES.iter().any(|name| path.join(name).exists());
        if lost_database {
            for name in PARTS_OF_DATABASE {
                let entry = path.join(name);
                remove(&entry).map_err(StartError::file(entry))?;
            }
        }
        for name in CONTENTS {
            let entry = path.join(name);
            keep_all_private(&entry).map_err(StartError::file(entry))?;
        }
        // SQLite gives its other files the mode of this one.
        private_file(&database, OpenOptions::new().append(true))
            .map_err(StartError::file(&database))?;
        Ok(Self { path, lost_database, _lock: lock })
    }

    /// Checks whether the database of an earlier run was missing or empty although other data of it
    /// was there.
    pub(crate) fn has_lost_database(&self) -> bool {
        self.lost_database
    }

    /// Creates the folder `name` in the data folder, unless it exists.
    pub(crate) fn create_folder(&self, name: &str) -> io::Result<PathBuf> {
        let folder = self.join(name);
        fs::create_dir_all(&folder)?;
        keep_private(&folder)?;
        Ok(folder)
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

/// Writes a file for its owner atomically: whenever the process is killed, the file has the old or
/// the new content.
pub fn write_whole(file: &Path, content: &[u8]) -> io::Result<()> {
    let new = file.with_extension("new");
    private_file(&new, OpenOptions::new().write(true).truncate(true))?.write_all(content)?;
    fs::rename(new, file)
}

/// Appends a line to a file of its owner.
pub(crate) fn append_line(file: &Path, line: &str) -> io::Result<()> {
    writeln!(private_file(file, OpenOptions::new().append(true))?, "{line}")
}

/// Opens a file, which is created if missing, so that only its owner can read it.
fn private_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.create(true).open(path)
}

/// Lets only its owner use a file or folder that exists.
fn keep_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(path, permissions)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Lets only its owner use a file, or a folder with all that is in it, if it exists.
fn keep_all_private(path: &Path) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    keep_private(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            keep_all_private(&entry?.path())?;
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// Returns a folder of the test `name` that does not exist yet.
    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("portico-data-{name}-{}", std::process::id()));
        remove(&path).expect("removed");
        path
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it exists").permissions().mode() & 0o777
    }

    #[test]
    fn only_the_owner_can_read_what_is_in_the_folder() {
        let path = folder("private");
        let data = DataFolder::open(&path, false).expect("a folder");
        let mails = data.create_folder("mail").expect("a folder");
        write_whole(&mails.join("1.eml"), b"a link").expect("written");
        append_line(&mails.join("lines"), "a line").expect("written");
        assert_eq!([&path, &mails].map(|folder| mode(folder)), [0o700; 2]);
        let files =
            [path.join("lock"), path.join(DATABASE), mails.join("1.eml"), mails.join("lines")];
        assert_eq!(files.map(|file| mode(&file)), [0o600; 4]);

        drop(data);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an older Portico's");
        fs::set_permissions(mails.join("1.eml"), fs::Permissions::from_mode(0o644))
            .expect("the same");
        let data = DataFolder::open(&path, false).expect("a folder");
        assert_eq!([mode(&path), mode(&mails.join("1.eml"))], [0o700, 0o600]);
        drop(data);
        fs::remove_dir_all(path).expect("removed");
    }

    #[test]
    fn a_folder_that_others_use_keeps_its_mode() {
        let path = folder("shared");
        fs::create_dir_all(path.join("of somebody else")).expect("a folder");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
        let data = DataFolder::open(&path, false).expect("a folder");
        assert_eq!([mode(&path), mode(&path.join(DATABASE))], [0o755, 0o600]);
        drop(data);
        fs::remove_dir_all(path).expect("removed");
    }

    #[test]
    fn a_lost_database_is_noticed_and_what_belonged_to_it_is_removed() {
        let path = folder("lost");
        let open = |fresh| DataFolder::open(&path, fresh).expect("a folder");
        assert!(!open(false).has_lost_database(), "a new folder");
        let data = open(false);
        let mails = data.create_folder("mail").expect("a folder");
        write_whole(&mails.join("1.eml"), b"a mail").expect("written");
        write_whole(&data.join("imported"), b"the example").expect("written");
        let stream = data.create_folder("stream").expect("a folder");
        write_whole(&stream.join("DeliverMail.json"), b"{}").expect("written");
        fs::write(data.join(DATABASE), b"content").expect("written");
        drop(data);
        assert!(!open(false).has_lost_database(), "all is there");

        for lose in [(|file: &Path| fs::remove_file(file)) as fn(&Path) -> io::Result<()>, |file| {
            fs::write(file, b"")
        }] {
            write_whole(&path.join("imported"), b"the example").expect("written");
            lose(&path.join(DATABASE)).expect("lost");
            assert!(open(false).has_lost_database());
            assert!(!path.join("imported").exists() && !path.join("stream").exists());
            assert!(mails.join("1.eml").exists(), "mail is still of use");
        }
        assert!(!open(true).has_lost_database(), "emptied on purpose");
        fs::remove_dir_all(path).expect("removed");
    }
}
