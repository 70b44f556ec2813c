//! Forwards a request to the API as CloudFront does.

use axum::http::{HeaderMap, HeaderValue, header};

/// Removes all cookies but those named in `forwarded`.
pub(super) fn keep_cookies(headers: &mut HeaderMap, forwarded: &[String]) {
    let is_forwarded = |pair: &&[u8]| {
        let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii();
        forwarded.iter().any(|cookie| cookie.as_bytes() == name)
    };
    let pairs = headers.get_all(header::COOKIE).iter();
    let pairs = pairs.flat_map(|cookies| cookies.as_bytes().split(|byte| *byte == b';'));
    let kept: Vec<_> = pairs.map(<[u8]>::trim_ascii).filter(is_forwarded).collect();
    let kept = kept.join(&b"; "[..]);
    headers.remove(header::COOKIE);
    if let Some(kept) = HeaderValue::from_bytes(&kept).ok().filter(|kept| !kept.is_empty()) {
        headers.insert(header::COOKIE, kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_cookies_are_kept() {
        let kept = |cookies: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for value in cookies {
                headers.append(header::COOKIE, HeaderValue::from_bytes(value).expect("a header"));
            }
            keep_cookies(&mut headers, &["own".to_owned(), "other".to_owned()]);
            headers.get(header::COOKIE).map(|kept| kept.as_bytes().to_vec())
        };
        assert_eq!(
            kept(&[b"x=\xff; own=1;y", b"z=own=2; other=3"]).as_deref(),
            Some(&b"own=1; other=3"[..])
        );
        assert_eq!(kept(&[b"x=1; Own=2"]), None);
        assert_eq!(kept(&[]), None);
    }
}
