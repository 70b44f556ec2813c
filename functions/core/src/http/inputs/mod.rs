//! Values that several routes accept.

mod account;
mod person;

pub use account::{ContactInput, LicenceInput, PlanInput};
pub use person::{PersonChanges, PersonInput, WithPerson, present};

/// Returns the default of a field that is true if absent.
#[must_use]
pub fn yes() -> bool {
    true
}
