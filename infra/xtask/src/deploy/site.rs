//! The site: built for its address, and uploaded as far as it has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::{
    bucket::{Bucket, etag},
    files::{Caching, caching, content_type, hashed},
};
use crate::{
    aws::Aws,
    command::{Step, root},
    stack::Stack,
    terminal::say,
};

/// Builds the site and brings the bucket up to date; answers whether anything had to change.
pub(super) fn run(aws: &Aws, stack: &Stack, address: &str) -> Result<bool, String> {
    let built = root().join("target/site");
    Step::new(
        "Site",
        "node",
        &["site/build.mjs", "--base-url", address, "--out", &built.to_string_lossy()],
    )
    .run()?;
    let bucket = Bucket { aws, name: stack.required("SiteBucket")? };
    let files = read(&built)?;
    let there = bucket.list()?;
    let changed: Vec<&str> = files
        .iter()
        .filter(|(path, it)| there.get(*path) != Some(&it.etag))
        .map(|(path, _)| path.as_str())
        .collect();
    let gone: BTreeSet<String> =
        there.keys().filter(|it| !files.contains_key(*it)).cloned().collect();
    say(&format!(
        "   {} files: {} are new or changed, {} are gone",
        files.len(),
        changed.len(),
        gone.len()
    ));
    if changed.is_empty() && gone.is_empty() {
        return Ok(false);
    }

    let texts = files.values().filter_map(|it| it.text.as_deref());
    let hashed = hashed(address, texts);
    for (number, (headers, paths)) in groups(&changed, &hashed).into_iter().enumerate() {
        let staged = root().join("target/site.upload").join(number.to_string());
        stage(&built, &staged, &paths)?;
        let Headers { caching, content_type } = headers;
        say(&format!("   {} × {content_type}, {}", paths.len(), caching.header()));
        bucket.upload(&staged, content_type, caching.header())?;
    }
    remove(&root().join("target/site.upload"))?;
    // Only now: until a moment ago pages named them.
    bucket.delete(&gone)?;
    // Without a name of its own that changes, CloudFront may have any of them still.
    aws.tell(&[
        "cloudfront",
        "create-invalidation",
        "--distribution-id",
        stack.required("DistributionId")?,
        "--paths",
        "/*",
    ])?;
    Ok(true)
}

/// A file of the built site.
struct File {
    etag: String,
    /// What it says, if it can name other files.
    text: Option<String>,
}

/// What is told with a file. In the order of uploading: what pages name is there before the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Headers {
    caching: Caching,
    content_type: &'static str,
}

fn groups<'a>(paths: &[&'a str], hashed: &BTreeSet<String>) -> BTreeMap<Headers, Vec<&'a str>> {
    let mut groups: BTreeMap<Headers, Vec<&str>> = BTreeMap::new();
    for path in paths {
        groups
            .entry(Headers { caching: caching(path, hashed), content_type: content_type(path) })
            .or_default()
            .push(path);
    }
    groups
}

/// Reads all files, by their paths as S3 spells keys.
fn read(folder: &Path) -> Result<BTreeMap<String, File>, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(|error| unusable(&next, &error))? {
            let path = entry.map_err(|error| unusable(&next, &error))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let content = fs::read(&path).map_err(|error| unusable(&path, &error))?;
            let names = ["html", "css"]
                .iter()
                .any(|it| path.extension().is_some_and(|ending| ending == *it));
            let text = names.then(|| String::from_utf8_lossy(&content).into_owned());
            files.insert(key(folder, &path), File { etag: etag(&content), text });
        }
    }
    Ok(files)
}

fn key(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Copies some files into a folder of their own, for the command line uploads a folder at a time.
fn stage(built: &Path, staged: &Path, paths: &[&str]) -> Result<(), String> {
    remove(staged)?;
    for path in paths {
        let target = staged.join(path);
        let parent = target.parent().unwrap_or(staged);
        let copied = fs::create_dir_all(parent).and_then(|()| fs::copy(built.join(path), &target));
        copied.map_err(|error| unusable(&target, &error))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| unusable(folder, &error))
    } else {
        Ok(())
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be used: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_name_is_uploaded_before_the_pages() {
        let hashed = BTreeSet::from(["app.css".to_owned()]);
        let groups = groups(
            &["index.html", "app.css", "js/en/shared-3XXT4TJF.js", "access/index.html"],
            &hashed,
        );
        let in_order: Vec<_> =
            groups.iter().map(|(headers, paths)| (headers.caching, paths.as_slice())).collect();
        assert_eq!(
            in_order,
            [
                (Caching::ForEver, ["app.css"].as_slice()),
                (Caching::ForEver, ["js/en/shared-3XXT4TJF.js"].as_slice()),
                (Caching::Asked, ["index.html", "access/index.html"].as_slice()),
            ]
        );
    }

    #[test]
    fn a_key_is_the_path_below_the_folder() {
        assert_eq!(
            key(Path::new("target/site"), Path::new("target/site/de/index.html")),
            "de/index.html"
        );
    }
}
