//! Cookies: for this host and TLS only, hidden from scripts, and sent by other sites only when a
//! link is followed.

use cookie::{Cookie, SameSite, time::Duration};

/// The name of the cookie that ties a sign-in to the browser that started it.
pub const SIGN_IN_COOKIE: &str = "__Host-sign-in";

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
