//! Temporary files for values that must not appear in another program's arguments, which any user
//! of the machine can list.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result};
use tempfile::NamedTempFile;

use crate::process::root;

/// A file in `target/` that only its owner can read and that is deleted on drop.
pub(crate) struct PrivateFile(NamedTempFile);

impl PrivateFile {
    /// Writes `content` to a new file with this extension.
    pub(crate) fn write(extension: &str, content: &str) -> Result<Self> {
        let folder = root().join("target");
        let create = || {
            // `target` may be missing: CARGO_TARGET_DIR can name another folder.
            fs::create_dir_all(&folder)?;
            let mut file = tempfile::Builder::new()
                .prefix("xtask-")
                .suffix(&format!(".{extension}"))
                .tempfile_in(&folder)?;
            file.write_all(content.as_bytes())?;
            Ok::<_, std::io::Error>(file)
        };
        let file = create()
            .with_context(|| format!("cannot write a temporary file in {}", folder.display()))?;
        Ok(Self(file))
    }

    /// Returns the file's path.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Returns the `file://` address by which options of the AWS and SAM CLIs read the file.
    pub(crate) fn url(&self) -> String {
        format!("file://{}", self.path().display())
    }

    /// Reads what another program wrote into the file.
    pub(crate) fn read(&self) -> Result<String> {
        fs::read_to_string(self.path())
            .with_context(|| format!("cannot read {}", self.path().display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_can_read_it_and_it_is_deleted_on_drop() {
        let file = PrivateFile::write("json", "{}").expect("a file");
        assert_eq!(file.read().expect("its content"), "{}");
        assert_eq!(file.path().extension().expect("an extension"), "json");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(file.path()).expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let path = file.path().to_owned();
        drop(file);
        assert!(!path.exists());
    }
}
