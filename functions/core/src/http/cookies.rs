//! Cookies: for this host and TLS only, hidden from scripts, and sent by other sites only when a
//! link is followed.

use std::collections::BTreeMap;

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, header};

use crate::auth::{SESSION_COOKIE, SIGN_IN_COOKIES};

/// The portal's own cookies. CloudFront forwards no others (`ApiForwarding` in
/// `infra/template.yaml`).
pub const OWN_COOKIES: [&str; 5] = {
    let [first, second, third, fourth] = SIGN_IN_COOKIES;
    [SESSION_COOKIE, first, second, third, fourth]
};

/// Formats a cookie that lasts `hours`, or until the browser closes.
#[must_use]
pub fn set(name: &str, value: &str, hours: Option<i64>) -> String {
    let mut cookie = Cookie::new(name.to_owned(), value.to_owned());
    protect(&mut cookie);
    cookie.set_max_age(hours.map(Duration::hours));
    cookie.to_string()
}

/// Formats the removal of a cookie.
#[must_use]
pub fn clear(name: &str) -> String {
    let mut cookie = Cookie::new(name.to_owned(), "");
    protect(&mut cookie);
    cookie.set_max_age(Duration::ZERO);
    cookie.to_string()
}

fn protect(cookie: &mut Cookie<'_>) {
    cookie.set_http_only(true);
    cookie.set_path("/");
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(true);
}

/// Reads the portal's own cookies from the Cookie headers, pair by pair and byte by byte (RFC 6265,
/// section 4.2): a cookie that another site of the parent domain has set may hold any byte, and
/// makes no other unreadable.
///
/// Leaves out a cookie that comes with different values. A browser holds one `__Host-` cookie of a
/// name, so somebody else has added the other, and it is unknown which.
pub(super) fn own(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, value) in headers.get_all(header::COOKIE).iter().flat_map(|cookies| {
        cookies.as_bytes().split(|byte| *byte == b';').filter_map(name_and_value)
    }) {
        let Some(name) = OWN_COOKIES.iter().find(|own| own.as_bytes() == name) else { continue };
        let value = str::from_utf8(value).ok();
        let known = found.entry(*name).or_insert(value);
        if *known != value {
            *known = None;
        }
    }
    let readable = found.into_iter().filter_map(|(name, value)| Some((name, value?)));
    readable.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn name_and_value(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut parts = pair.splitn(2, |byte| *byte == b'=');
    Some((parts.next()?.trim_ascii(), parts.next()?.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn read(headers: &[&[u8]]) -> BTreeMap<String, String> {
        let mut map = HeaderMap::new();
        for value in headers {
            map.append(header::COOKIE, HeaderValue::from_bytes(value).expect("a header"));
        }
        own(&map)
    }

    fn session(headers: &[&[u8]]) -> Option<String> {
        read(headers).remove(SESSION_COOKIE)
    }

    #[test]
    fn own_cookies_are_found_among_others_in_any_order_and_spacing() {
        let cookies = read(&[b"a=1;__Host-session=s.k ; b; =c;  __Host-sign-in-0 = t", b"d=e=f"]);
        assert_eq!(
            cookies.into_iter().collect::<Vec<_>>(),
            [
                ("__Host-session".to_owned(), "s.k".to_owned()),
                ("__Host-sign-in-0".to_owned(), "t".to_owned())
            ]
        );
    }

    #[test]
    fn a_name_is_matched_exactly() {
        for other in ["__host-session", "session", "__Host-session2", "__Host-session\u{e9}"] {
            assert_eq!(session(&[format!("{other}=x").as_bytes()]), None, "{other}");
        }
    }

    #[test]
    fn two_different_values_are_none_and_two_equal_ones_are_one() {
        assert_eq!(session(&[b"__Host-session=a; __Host-session=a"]).as_deref(), Some("a"));
        for headers in [
            &[&b"__Host-session=a; __Host-session=b"[..]][..],
            &[b"__Host-session=a", b"__Host-session=b"],
            &[b"__Host-session=a; __Host-session=b; __Host-session=a"],
            &[b"__Host-session=a; __Host-session=\xff"],
            &[b"__Host-session=a; __Host-session="],
        ] {
            assert_eq!(session(headers), None, "{headers:?}");
        }
    }

    proptest! {
        #[test]
        fn no_foreign_cookie_hides_an_own_one(
            before in prop::collection::vec(0x20..=0xff_u8, 0..60),
            after in prop::collection::vec(0x20..=0xff_u8, 0..60),
        ) {
            let foreign = |bytes: &[u8]| {
                let cookie = bytes.iter().copied().filter(|byte| !matches!(byte, b';' | 0x7f));
                [b"x=", &*cookie.collect::<Vec<_>>()].concat()
            };
            let header = [
                &*foreign(&before), b"; __Host-session=a.b; ", &*foreign(&after),
            ].concat();
            prop_assert_eq!(session(&[&header]), Some("a.b".to_owned()));
        }
    }
}
