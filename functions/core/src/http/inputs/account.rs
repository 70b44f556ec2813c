//! What people type about an account, in the bodies of several routes.

use std::collections::HashSet;

use serde::Deserialize;

use crate::domain::{Contact, FieldErrorCode, FieldErrors, Licence, Plan};

/// How to reach an organisation, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
}

/// A service plan as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanInput {
    name: String,
    starts_on: String,
    ends_on: String,
}

/// A licence as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceInput {
    product: String,
    quantity: Option<u32>,
}

impl ContactInput {
    /// Takes the values, noting every fault.
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
    /// Takes the values of a list, noting every fault.
    pub fn parse_all(licences: &[Self], errors: &mut FieldErrors) -> Vec<Licence> {
        if licences.len() > Licence::MOST {
            errors.add("licences", FieldErrorCode::TooMany(Licence::MOST));
        }
        let mut seen = HashSet::new();
        let licences = licences.iter().enumerate();
        licences
            .filter_map(|(index, it)| {
                Licence::parse(
                    &format!("licences.{index}"),
                    &it.product,
                    it.quantity,
                    &mut seen,
                    errors,
                )
            })
            .collect()
    }
}
