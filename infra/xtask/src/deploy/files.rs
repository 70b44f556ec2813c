//! How the site's files are told to browsers: what each is, and how long it keeps.

use std::collections::BTreeSet;

/// How long browsers and CloudFront may keep a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caching {
    /// Its address changes with its content.
    ForEver,
    /// It is asked for each time, and sent only if it has changed.
    Asked,
}

impl Caching {
    /// Returns what the header `Cache-Control` says.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::ForEver => "public, max-age=31536000, immutable",
            Self::Asked => "no-cache",
        }
    }
}

/// Tells how long the file at `path` keeps, where `hashed` are those that pages name with a hash.
pub(super) fn caching(path: &str, hashed: &BTreeSet<String>) -> Caching {
    if is_named_by_content(path) || hashed.contains(path) {
        Caching::ForEver
    } else {
        Caching::Asked
    }
}

/// Checks whether a file's name has a hash of its content: `js/en/shared-3XXT4TJF.js`, as esbuild
/// names what several scripts share, and `fonts/hanken-grotesk-latin-fd231f7a.woff2`, as
/// `site/fonts/subset.py` names fonts.
fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.starts_with("js/") {
        let hash = name.strip_prefix("shared-").and_then(|rest| rest.strip_suffix(".js"));
        is_hash(hash, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    } else if path.starts_with("fonts/") {
        let stem = name.strip_suffix(".woff2").and_then(|stem| stem.rsplit_once('-'));
        is_hash(stem.map(|(_, hash)| hash), |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    } else {
        false
    }
}

fn is_hash(text: Option<&str>, is_digit: impl Fn(u8) -> bool) -> bool {
    text.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(is_digit))
}

/// Finds the files that `texts` name always with a hash, as `https://portal.example/app.css?h=0123`, never without.
pub(super) fn hashed<'a>(
    address: &str,
    texts: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<String> {
    let (mut with, mut without) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        for word in text.split(['"', '\'', '(', ')']) {
            let word = word.strip_prefix(address).unwrap_or(word);
            let Some(path) = word.strip_prefix('/') else { continue };
            match path.split_once("?h=") {
                Some((path, hash)) if !hash.is_empty() => with.insert(path.to_owned()),
                _ => without.insert(path.split(['?', '#']).next().unwrap_or_default().to_owned()),
            };
        }
    }
    with.difference(&without).cloned().collect()
}

/// Tells what a file is, by its name.
pub(super) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        _ if name == "atom.xml" => "application/atom+xml",
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("xml") => "application/xml",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        Some("mp4") => "video/mp4",
        Some("webmanifest") => "application/manifest+json",
        // What people download: programs, archives, hotfixes.
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_always_named_with_a_hash_keeps_for_ever() {
        let page = r#"<link href="https://p.example/app.css?h=01"><img src="https://p.example/logo.svg?h=02"><a href="/access/">"#;
        let sheet = "a { background: url('/logo.svg') } b { background: url(/colonnade.svg) }";
        let hashed = hashed("https://p.example", [page, sheet]);
        assert_eq!(hashed, BTreeSet::from(["app.css".to_owned()]));
        assert_eq!(caching("app.css", &hashed), Caching::ForEver);
        for path in [
            "logo.svg",
            "colonnade.svg",
            "index.html",
            "access/index.html",
            "search_index.en.json",
            "library/atom.xml",
            "robots.txt",
        ] {
            assert_eq!(caching(path, &hashed), Caching::Asked, "{path}");
        }
    }

    #[test]
    fn what_is_named_by_its_content_keeps_for_ever() {
        let none = BTreeSet::new();
        for path in ["js/en/shared-3XXT4TJF.js", "fonts/hanken-grotesk-latin-fd231f7a.woff2"] {
            assert_eq!(caching(path, &none), Caching::ForEver, "{path}");
        }
        for path in [
            "js/en/shared-files.js",
            "js/en/home.js",
            "library/files/shared-3XXT4TJF.js",
            "fonts/hanken-grotesk.woff2",
            "fonts/OFL.txt",
        ] {
            assert_eq!(caching(path, &none), Caching::Asked, "{path}");
        }
    }

    #[test]
    fn a_hash_on_another_host_is_not_ours() {
        assert!(
            hashed("https://p.example", [r#"<img src="https://other.example/logo.svg?h=02">"#])
                .is_empty()
        );
    }

    #[test]
    fn files_are_told_for_what_they_are() {
        assert_eq!(content_type("access/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("de/library/atom.xml"), "application/atom+xml");
        assert_eq!(content_type("sitemap.xml"), "application/xml");
        assert_eq!(content_type("library/files/ledger.tar.gz"), "application/octet-stream");
        assert_eq!(content_type("v1.2/README"), "application/octet-stream");
    }
}
