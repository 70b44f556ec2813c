//! HTTP headers of the site's files: content type and caching.

use std::collections::BTreeSet;

/// How long browsers and CloudFront may cache a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caching {
    /// For ever: the file's address changes with its content.
    Immutable,
    /// Until the next request, which asks whether the file has changed.
    Revalidate,
}

impl Caching {
    /// Returns the value of the header `Cache-Control`.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
        }
    }
}

/// Returns how long to cache the file at `path`. `hashed` are the files named with a hash.
pub(super) fn caching(path: &str, hashed: &BTreeSet<String>) -> Caching {
    if is_named_by_content(path) || hashed.contains(path) {
        Caching::Immutable
    } else {
        Caching::Revalidate
    }
}

/// Checks whether a file's name holds a hash of its content: `js/en/shared-3XXT4TJF.js`, as esbuild
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

/// Returns the files that `texts` always name with a hash, as in
/// `https://portal.example/app.css?h=0123`, and never without.
pub(super) fn hashed_files<'a>(
    site_url: &str,
    texts: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<String> {
    let (mut with_hash, mut without_hash) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        for word in text.split(['"', '\'', '(', ')']) {
            let word = word.strip_prefix(site_url).unwrap_or(word);
            let Some(path) = word.strip_prefix('/') else { continue };
            match path.split_once("?h=") {
                Some((path, hash)) if !hash.is_empty() => with_hash.insert(path.to_owned()),
                _ => {
                    let path = path.split(['?', '#']).next().unwrap_or_default();
                    without_hash.insert(path.to_owned())
                }
            };
        }
    }
    with_hash.difference(&without_hash).cloned().collect()
}

/// Returns a file's content type by its name.
pub(super) fn content_type(path: &str) -> String {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    match extension {
        Some(("atom", "xml")) => "application/atom+xml".to_owned(),
        // Browsers show plain text and download Markdown.
        Some((_, "md")) => "text/plain; charset=utf-8".to_owned(),
        Some((_, "mjs")) => "text/javascript; charset=utf-8".to_owned(),
        _ => {
            let content_type = mime_guess::from_path(path).first_or_octet_stream();
            let is_text = content_type.type_() == mime_guess::mime::TEXT;
            format!("{content_type}{}", if is_text { "; charset=utf-8" } else { "" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_always_named_with_a_hash_are_immutable() {
        let page = r#"
            <link href="https://p.example/app.css?h=01">
            <img src="https://p.example/logo.svg?h=02">
            <a href="/access/">"#;
        let sheet = "a { background: url('/logo.svg') } b { background: url(/colonnade.svg) }";
        let hashed = hashed_files("https://p.example", [page, sheet]);
        assert_eq!(hashed, BTreeSet::from(["app.css".to_owned()]));
        assert_eq!(caching("app.css", &hashed), Caching::Immutable);
        for path in [
            "logo.svg",
            "colonnade.svg",
            "index.html",
            "access/index.html",
            "search_index.en.json",
            "library/atom.xml",
            "robots.txt",
        ] {
            assert_eq!(caching(path, &hashed), Caching::Revalidate, "{path}");
        }
    }

    #[test]
    fn files_named_by_their_content_are_immutable() {
        let none = BTreeSet::new();
        for path in ["js/en/shared-3XXT4TJF.js", "fonts/hanken-grotesk-latin-fd231f7a.woff2"] {
            assert_eq!(caching(path, &none), Caching::Immutable, "{path}");
        }
        for path in [
            "js/en/shared-files.js",
            "js/en/home.js",
            "library/files/shared-3XXT4TJF.js",
            "fonts/hanken-grotesk.woff2",
            "fonts/OFL.txt",
        ] {
            assert_eq!(caching(path, &none), Caching::Revalidate, "{path}");
        }
    }

    #[test]
    fn files_on_another_host_do_not_count() {
        let page = r#"<img src="https://other.example/logo.svg?h=02">"#;
        assert!(hashed_files("https://p.example", [page]).is_empty());
    }

    #[test]
    fn content_types_follow_from_names() {
        for (path, expected) in [
            ("access/index.html", "text/html; charset=utf-8"),
            ("app.css", "text/css; charset=utf-8"),
            ("js/en/home.js", "text/javascript; charset=utf-8"),
            ("js/worker.mjs", "text/javascript; charset=utf-8"),
            ("search_index.en.json", "application/json"),
            ("de/library/atom.xml", "application/atom+xml"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("library/files/notes.md", "text/plain; charset=utf-8"),
            ("logo.svg", "image/svg+xml"),
            ("favicon.ico", "image/x-icon"),
            ("type.woff2", "font/woff2"),
            ("site.webmanifest", "application/manifest+json"),
            ("library/files/ledger.tar.gz", "application/gzip"),
            ("library/files/setup.exe", "application/octet-stream"),
            ("v1.2/README", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), expected, "{path}");
        }
    }
}
