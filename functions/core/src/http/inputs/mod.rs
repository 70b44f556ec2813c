//! What people type, in the bodies of several routes.

mod account;
mod person;

pub use account::{ContactInput, LicenceInput, PlanInput};
pub use person::{PersonInput, end_date, present};
