//! Who calls and what they may do: the cookies of sessions and sign-ins, and the access it gives to
//! one account.

mod access;
mod outside_changes;
mod session_cookie;
mod sign_in_cookies;

pub use access::{Access, Credentials, OPERATOR, authorize, authorize_with};
pub use session_cookie::{SESSION_COOKIE, SessionCookie};
pub use sign_in_cookies::{SIGN_IN_COOKIES, SignInCookies};
