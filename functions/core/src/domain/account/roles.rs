//! Roles. They live on the account item, so that no write can break "exactly one billing contact"
//! (requirements 9, 11).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::ProfessionalId;

/// A professional's role besides membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Manages the account's people. At least one.
    Administrator,
    /// Exactly one.
    BillingContact,
    /// Exactly one.
    ShippingContact,
}

/// The holders of each role. Empty until the first professional is added and gets all three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Never empty once the account has people.
    #[serde(
        with = "serde_dynamo::string_set",
        default,
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub administrators: BTreeSet<ProfessionalId>,
    /// Present once the account has people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_contact: Option<ProfessionalId>,
    /// Present once the account has people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_contact: Option<ProfessionalId>,
}

/// A person who could take over a role.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// The professional.
    pub professional: ProfessionalId,
    /// The professional's name.
    pub name: String,
}

impl Role {
    /// Returns the role's English name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::BillingContact => "billing contact",
            Self::ShippingContact => "shipping contact",
        }
    }
}

impl Roles {
    /// Gives all three roles to the account's first professional (requirement 9).
    #[must_use]
    pub fn sole_holder(professional: ProfessionalId) -> Self {
        Self {
            administrators: BTreeSet::from([professional]),
            billing_contact: Some(professional),
            shipping_contact: Some(professional),
        }
    }

    /// Checks whether the account has no people yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.administrators.is_empty()
    }

    /// Checks whether `professional` is an administrator.
    #[must_use]
    pub fn is_administrator(&self, professional: ProfessionalId) -> bool {
        self.administrators.contains(&professional)
    }

    /// Returns the roles of `professional`.
    #[must_use]
    pub fn of(&self, professional: ProfessionalId) -> Vec<Role> {
        let mut roles = Vec::new();
        if self.is_administrator(professional) {
            roles.push(Role::Administrator);
        }
        if self.billing_contact == Some(professional) {
            roles.push(Role::BillingContact);
        }
        if self.shipping_contact == Some(professional) {
            roles.push(Role::ShippingContact);
        }
        roles
    }

    /// Returns the roles that would have no holder without `professional`, which prevent leaving
    /// (requirement 11).
    #[must_use]
    pub fn required_of(&self, professional: ProfessionalId) -> Vec<Role> {
        let mut roles = self.of(professional);
        roles.retain(|role| *role != Role::Administrator || self.administrators.len() == 1);
        roles
    }

    /// Returns the roles without `professional`. Roles that need a holder pass to `successor`.
    ///
    /// # Errors
    /// The roles that would have no holder, if there is no successor.
    pub fn without(
        &self,
        professional: ProfessionalId,
        successor: Option<ProfessionalId>,
    ) -> Result<Self, Vec<Role>> {
        let required = self.required_of(professional);
        let mut roles = self.clone();
        roles.administrators.remove(&professional);
        match successor {
            None if !required.is_empty() => return Err(required),
            None => {}
            Some(successor) => {
                for role in required {
                    match role {
                        Role::Administrator => _ = roles.administrators.insert(successor),
                        Role::BillingContact => roles.billing_contact = Some(successor),
                        Role::ShippingContact => roles.shipping_contact = Some(successor),
                    }
                }
            }
        }
        Ok(roles)
    }

    /// Returns everyone who holds a role.
    #[must_use]
    pub fn holders(&self) -> BTreeSet<ProfessionalId> {
        self.administrators
            .iter()
            .copied()
            .chain(self.billing_contact)
            .chain(self.shipping_contact)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;

    fn person(number: u128) -> ProfessionalId {
        Ulid(number).into()
    }

    #[test]
    fn the_first_professional_takes_every_role() {
        let roles = Roles::sole_holder(person(1));
        assert_eq!(
            roles.of(person(1)),
            [Role::Administrator, Role::BillingContact, Role::ShippingContact]
        );
        assert_eq!(roles.required_of(person(1)).len(), 3);
    }

    #[test]
    fn one_of_two_administrators_may_leave() {
        let mut roles = Roles::sole_holder(person(1));
        roles.administrators.insert(person(2));
        assert_eq!(roles.required_of(person(2)), []);
        assert_eq!(roles.without(person(2), None), Ok(Roles::sole_holder(person(1))));
        assert_eq!(
            roles.without(person(1), None),
            Err(vec![Role::BillingContact, Role::ShippingContact])
        );
    }

    #[test]
    fn a_successor_takes_over_the_required_roles() {
        assert_eq!(
            Roles::sole_holder(person(1)).without(person(1), Some(person(2))),
            Ok(Roles::sole_holder(person(2)))
        );
    }

    proptest! {
        #[test]
        fn leaving_keeps_an_administrator_and_both_contacts(
            leaving in prop::collection::vec((0..6_u128, prop::option::of(0..6_u128)), 0..20),
        ) {
            let mut roles = Roles::sole_holder(person(0));
            roles.administrators.extend((1..6).map(person));
            let mut gone = BTreeSet::new();
            for (who, successor) in leaving {
                let successor = successor
                    .filter(|successor| *successor != who && !gone.contains(successor))
                    .map(person);
                if let Ok(after) = roles.without(person(who), successor) {
                    roles = after;
                    gone.insert(who);
                    prop_assert!(!roles.holders().contains(&person(who)));
                }
                prop_assert!(!roles.administrators.is_empty());
                prop_assert!(roles.billing_contact.is_some() && roles.shipping_contact.is_some());
            }
        }
    }
}
