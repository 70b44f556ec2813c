//! Finds the repository that holds the site, the example and the local identity provider.

use std::path::{Path, PathBuf};

use crate::error::StartError;

/// The repository that this program was built in. It may have been moved or removed since.
const BUILT_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Returns the repository that `folder` is in, else the one that this program was built in.
pub fn find_repository(folder: &Path) -> Result<PathBuf, StartError> {
    find(folder, Path::new(BUILT_IN))
}

fn find(folder: &Path, built_in: &Path) -> Result<PathBuf, StartError> {
    let folder = folder.canonicalize().map_err(StartError::file(folder))?;
    let found = folder.ancestors().chain([built_in]).find(|candidate| is_repository(candidate));
    let found = found.ok_or_else(|| StartError::NoRepository(folder.clone()))?;
    found.canonicalize().map_err(StartError::file(found))
}

fn is_repository(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("site/config.toml").is_file()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with two repositories and a folder outside of both, removed when dropped.
    struct Folders(PathBuf);

    impl Folders {
        fn new(test: &str) -> Self {
            let name = format!("portico-repository-{test}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            for repository in ["here", "built"] {
                let site = folder.join(repository).join("site");
                fs::create_dir_all(&site).expect("a folder");
                fs::write(site.join("config.toml"), "").expect("a file");
                fs::write(folder.join(repository).join("Cargo.toml"), "").expect("a file");
            }
            fs::create_dir_all(folder.join("outside")).expect("a folder");
            Self(folder.canonicalize().expect("a folder"))
        }

        fn find(&self, folder: &str, built_in: &str) -> Result<PathBuf, StartError> {
            find(&self.0.join(folder), &self.0.join(built_in))
        }
    }

    impl Drop for Folders {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).expect("removed");
        }
    }

    #[test]
    fn the_repository_of_the_current_folder_comes_before_the_one_portico_was_built_in() {
        let folders = Folders::new("current");
        for folder in ["here", "here/site"] {
            let found = folders.find(folder, "built").expect("a repository");
            assert_eq!(found, folders.0.join("here"), "{folder}");
        }
    }

    #[test]
    fn outside_of_a_repository_the_one_portico_was_built_in_serves() {
        let folders = Folders::new("built");
        let found = folders.find("outside", "built").expect("a repository");
        assert_eq!(found, folders.0.join("built"));
    }

    #[test]
    fn without_any_repository_the_error_says_what_to_do() {
        let folders = Folders::new("none");
        let error = folders.find("outside", "removed").expect_err("no repository").to_string();
        assert!(error.contains("outside is not in a repository of Portico; change to"), "{error}");
    }

    #[test]
    fn the_repository_that_portico_was_built_in_is_one() {
        assert!(is_repository(Path::new(BUILT_IN)));
    }
}
