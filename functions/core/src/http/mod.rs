//! Transport: requests in, responses and problems out.

mod body;
pub mod cookies;
pub mod inputs;
mod problem;
mod request;
pub mod views;

pub use body::{
    Response, accepted, accepted_with, created, csv_part, explain_sign_in, list, no_content, ok,
    see_other, set_cookies, sign_in_failed,
};
pub(crate) use problem::ProblemKind;
pub use problem::{KINDS, problem};
pub use request::{Request, Senders, Source};
