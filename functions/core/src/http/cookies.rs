//! Cookies: for this host only, over TLS only, out of scripts' reach, not sent along from other sites but when a link is followed.

use cookie::{Cookie, SameSite, time::Duration};

/// The name of the cookie that ties a sign-in to the browser it began in.
pub const SIGN_IN_COOKIE: &str = "__Host-sign-in";

/// Spells a cookie that lasts `hours`, or as long as the browser stays open.
#[must_use]
pub fn set(name: &str, value: &str, hours: Option<i64>) -> String {
    let mut cookie = Cookie::new(name.to_owned(), value.to_owned());
    protect(&mut cookie);
    cookie.set_max_age(hours.map(Duration::hours));
    cookie.to_string()
}

/// Spells the removal of a cookie.
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
