//! The HTTP edge: requests in, responses out, problems told.

mod account_input;
mod body;
mod caller;
pub mod cookies;
mod input;
mod problem;
mod request;
mod token;
pub mod views;

pub use account_input::{ContactInput, LicenceInput, PlanInput};
pub use body::{
    Response, accepted, accepted_with, created, csv_part, explain_sign_in, list, no_content, ok,
    see_other, set_cookies, sign_in_failed,
};
pub use caller::{Entry, OPERATOR, SESSION_COOKIE, Signed};
pub use input::{PersonInput, end_date, present};
pub(crate) use problem::ProblemKind;
pub use problem::{KINDS, problem};
pub use request::{Request, Source};
pub use token::{Opened, incomplete_link};
