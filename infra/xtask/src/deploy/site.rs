//! Builds the site for its address and uploads the files that have changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use walkdir::WalkDir;
use xshell::cmd;

use super::{
    bucket::{Bucket, etag},
    headers::{Caching, caching, content_type, hashed_files},
};
use crate::{
    aws::{AwsCli, Stack},
    process::{root, run_step, shell},
};

/// Builds the site and updates the bucket. Returns whether anything has changed.
pub(super) fn run(aws: &AwsCli, stack: &Stack, site_url: &str) -> Result<bool> {
    let folder = root().join("target/site");
    let sh = shell()?;
    run_step("Site", cmd!(sh, "node site/build.mjs --base-url {site_url} --out {folder}"))?;
    let bucket = Bucket { aws, name: stack.required_output("SiteBucket")? };
    let files = read(&folder)?;
    let uploaded = bucket.list()?;
    let is_changed = |(path, file): &(&String, &File)| uploaded.get(*path) != Some(&file.etag);
    let changed: Vec<&str> =
        files.iter().filter(is_changed).map(|(path, _)| path.as_str()).collect();
    let removed: BTreeSet<String> =
        uploaded.into_keys().filter(|path| !files.contains_key(path)).collect();
    println!(
        "   {} files: {} new or changed, {} removed",
        files.len(),
        changed.len(),
        removed.len()
    );
    if changed.is_empty() && removed.is_empty() {
        return Ok(false);
    }

    let hashed = hashed_files(site_url, files.values().filter_map(|file| file.text.as_deref()));
    // The AWS CLI uploads a folder at a time, so files with the same headers go into one.
    let staging = root().join("target/site.upload");
    remove(&staging)?;
    for (number, (headers, paths)) in group_by_headers(&changed, &hashed).into_iter().enumerate() {
        let staged = staging.join(number.to_string());
        copy(&folder, &staged, &paths)?;
        let Headers { caching, content_type } = headers;
        println!("   {} × {content_type}, {}", paths.len(), caching.header());
        bucket.upload(&staged, &content_type, caching.header())?;
    }
    remove(&staging)?;
    // After the upload: until then the old pages name these files.
    bucket.delete(&removed)?;
    // CloudFront may have cached any file without a hash in its address.
    aws.run(&[
        "cloudfront",
        "create-invalidation",
        "--distribution-id",
        stack.required_output("DistributionId")?,
        "--paths",
        "/*",
    ])?;
    Ok(true)
}

/// A file of the built site.
struct File {
    etag: String,
    /// The content, if it can name other files.
    text: Option<String>,
}

/// Headers of a file. In upload order: immutable files come before the pages that name them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Headers {
    caching: Caching,
    content_type: String,
}

fn group_by_headers<'a>(
    paths: &[&'a str],
    hashed: &BTreeSet<String>,
) -> BTreeMap<Headers, Vec<&'a str>> {
    let mut groups: BTreeMap<Headers, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let headers = Headers { caching: caching(path, hashed), content_type: content_type(path) };
        groups.entry(headers).or_default().push(path);
    }
    groups
}

/// Reads all files of a folder, by their keys in S3.
fn read(folder: &Path) -> Result<BTreeMap<String, File>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path();
        let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let can_name_files = path.extension().is_some_and(|end| end == "html" || end == "css");
        let text = can_name_files.then(|| String::from_utf8_lossy(&content).into_owned());
        files.insert(key(folder, path), File { etag: etag(&content), text });
    }
    Ok(files)
}

fn key(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn copy(from: &Path, to: &Path, paths: &[&str]) -> Result<()> {
    for path in paths {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap_or(to))
            .and_then(|()| fs::copy(from.join(path), &target))
            .with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot delete {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_uploaded_before_the_pages_that_name_them() {
        let hashed = BTreeSet::from(["app.css".to_owned()]);
        let paths = ["index.html", "app.css", "js/en/shared-3XXT4TJF.js", "access/index.html"];
        let groups = group_by_headers(&paths, &hashed);
        let in_order: Vec<_> =
            groups.iter().map(|(headers, paths)| (headers.caching, paths.as_slice())).collect();
        assert_eq!(
            in_order,
            [
                (Caching::Immutable, ["app.css"].as_slice()),
                (Caching::Immutable, ["js/en/shared-3XXT4TJF.js"].as_slice()),
                (Caching::Revalidate, ["index.html", "access/index.html"].as_slice()),
            ]
        );
    }

    #[test]
    fn a_key_is_the_path_below_the_folder() {
        let folder = Path::new("target/site");
        assert_eq!(key(folder, Path::new("target/site/de/index.html")), "de/index.html");
    }
}
