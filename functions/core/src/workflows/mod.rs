//! What two or more functions do: each reads, decides and commits.

pub mod appoint_administrator;
pub mod change_account;
pub mod change_email;
pub mod change_profile;
pub mod end_sessions;
pub mod invite;
pub mod record_delivery;
pub mod route_access_request;
mod successors;
mod verify_link;

pub use successors::{role_required, roles_refused, too_many_administrators};
pub use verify_link::{VerifiedLink, incomplete_link, verify_link};
