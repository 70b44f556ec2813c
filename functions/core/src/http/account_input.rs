//! What people type about an account, in the bodies of several routes.

use std::collections::HashSet;

use serde::Deserialize;

use crate::{
    Error, Result,
    domain::{Contact, Faults, Flaw, Licence, Plan},
};

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
    pub fn parse(&self, faults: &mut Faults) -> Contact {
        Contact::parse(
            "contact.",
            self.email.as_deref(),
            self.phone.as_deref(),
            self.website.as_deref(),
            faults,
        )
    }
}

impl PlanInput {
    /// Takes the values, or notes every fault and returns `None`.
    pub fn parse(&self, faults: &mut Faults) -> Result<Option<Plan>> {
        match Plan::parse(&self.name, &self.starts_on, &self.ends_on) {
            Err(Error::Invalid(more)) => {
                for fault in more {
                    faults.add(&fault.field, fault.flaw);
                }
                Ok(None)
            }
            plan => plan.map(Some),
        }
    }
}

impl LicenceInput {
    /// Takes the values of a list, noting every fault.
    pub fn parse_all(licences: &[Self], faults: &mut Faults) -> Vec<Licence> {
        if licences.len() > Licence::MOST {
            faults.add("licences", Flaw::TooMany(Licence::MOST));
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
                    faults,
                )
            })
            .collect()
    }
}
