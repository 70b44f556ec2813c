//! Transport: requests in, responses and problems out.

mod body;
pub mod cookies;
pub mod inputs;
mod problem;
mod request;
mod sign_in_page;
pub mod views;

pub use body::{
    Response, accepted, accepted_with, created, csv_part, list, no_content, ok, see_other,
    set_cookies,
};
pub(crate) use problem::ProblemKind;
pub use problem::{KINDS, oauth_error, problem};
pub use request::{FROM_ANYWHERE, Request, Source};
pub use sign_in_page::SignInPage;
