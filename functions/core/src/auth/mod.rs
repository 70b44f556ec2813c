//! Who calls and what they may do: the session cookie, and the access it gives to one account.

mod access;
mod outside_changes;
mod session_cookie;

pub use access::{Access, Credentials, OPERATOR, authorize, authorize_with};
pub use session_cookie::{SESSION_COOKIE, SessionCookie};
