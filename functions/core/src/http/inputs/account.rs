//! Values of an account, as several routes accept them.

use std::collections::HashSet;

use serde::Deserialize;

use crate::domain::{Contact, FieldErrorCode, FieldErrors, Licence, Plan};

/// An organisation's contact details, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
}

/// A service plan, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanInput {
    name: String,
    starts_on: String,
    ends_on: String,
}

/// A licence, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceInput {
    product: String,
    quantity: Option<u32>,
}

impl ContactInput {
    /// Parses the contact details and adds every error.
    pub fn parse(&self, errors: &mut FieldErrors) -> Contact {
        Contact::parse(
            "contact.",
            self.email.as_deref(),
            self.phone.as_deref(),
            self.website.as_deref(),
            errors,
        )
    }
}

impl PlanInput {
    /// Parses the plan, or adds every error and returns `None`.
    pub fn parse(&self, errors: &mut FieldErrors) -> Option<Plan> {
        Plan::parse(&self.name, &self.starts_on, &self.ends_on)
            .map_err(|more| errors.extend(more))
            .ok()
    }
}

impl LicenceInput {
    /// Parses a list of licences and adds every error.
    pub fn parse_all(licences: &[Self], errors: &mut FieldErrors) -> Vec<Licence> {
        if licences.len() > Licence::MAX {
            errors.add("licences", FieldErrorCode::TooMany(Licence::MAX));
        }
        let mut seen = HashSet::new();
        let licences = licences.iter().enumerate();
        licences
            .filter_map(|(index, licence)| {
                Licence::parse(
                    &format!("licences.{index}"),
                    &licence.product,
                    licence.quantity,
                    &mut seen,
                    errors,
                )
            })
            .collect()
    }
}
