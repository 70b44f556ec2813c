//! Roles. They live on the account item, so that no write can break "exactly one billing contact"
//! and every writer knows which administrators can get in (requirements 9, 11, 45).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{Professional, ProfessionalId, StaffPermissions};

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
    /// Never empty once the account has people; at most [`Roles::MAX_ADMINISTRATORS`].
    #[serde(
        with = "serde_dynamo::string_set",
        default,
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub administrators: BTreeSet<ProfessionalId>,
    /// The administrators who can get in: linked and not on hold. Every transaction that links or
    /// unlinks an administrator, or gives or takes the role, keeps it.
    #[serde(
        with = "serde_dynamo::string_set",
        default,
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub active: BTreeSet<ProfessionalId>,
    /// Present once the account has people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_contact: Option<ProfessionalId>,
    /// Present once the account has people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_contact: Option<ProfessionalId>,
    /// What the vendor's staff may do on other accounts, besides its administrators, who may do
    /// everything. Only on the vendor's account; at most [`Roles::MAX_STAFF`] people, each with at
    /// least one permission.
    #[serde(default, skip_serializing_if = "StaffPermissions::is_empty")]
    pub staff: StaffPermissions,
}

/// A person who is to hold a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The professional.
    pub id: ProfessionalId,
    /// Whether they can get in: linked and not on hold.
    pub is_active: bool,
}

/// The holders of each role as somebody wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedRoles {
    /// The administrators.
    pub administrators: BTreeSet<ProfessionalId>,
    /// The billing contact.
    pub billing_contact: ProfessionalId,
    /// The shipping contact.
    pub shipping_contact: ProfessionalId,
    /// The permissions of the vendor's staff; `None` keeps them.
    pub staff: Option<StaffPermissions>,
}

/// Why a change of roles is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolesError {
    /// Roles would have no holder, or no administrator could get in.
    Required(RequiredRoles),
    /// There would be more than [`Roles::MAX_ADMINISTRATORS`].
    TooManyAdministrators,
}

/// Roles that somebody has to take over first (requirement 11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredRoles {
    /// The roles.
    pub roles: Vec<Role>,
    /// Whether no administrator could get in otherwise, so that only a person who can may take
    /// over.
    pub needs_active: bool,
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
    /// The most administrators of an account. A transaction of 100 writes takes all of them, and
    /// so does a read of 100 items with the partner's.
    pub const MAX_ADMINISTRATORS: usize = 50;

    /// Gives all three roles to the account's first professional, who is not linked yet
    /// (requirement 9).
    #[must_use]
    pub fn sole_holder(professional: ProfessionalId) -> Self {
        Self {
            administrators: BTreeSet::from([professional]),
            active: BTreeSet::new(),
            billing_contact: Some(professional),
            shipping_contact: Some(professional),
            staff: StaffPermissions::new(),
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

    /// Checks whether `professional` is the only administrator who can get in.
    #[must_use]
    pub fn is_last_active(&self, professional: ProfessionalId) -> bool {
        self.active.len() == 1 && self.active.contains(&professional)
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

    /// Returns the people who hold no role and get one in `after`, and its new administrators.
    #[must_use]
    pub fn newcomers(&self, after: &Self) -> BTreeSet<ProfessionalId> {
        let administrators = after.administrators.difference(&self.administrators);
        administrators.chain(after.holders().difference(&self.holders())).copied().collect()
    }

    /// Returns all roles of `professional`, which prevent an end date.
    #[must_use]
    pub fn held_by(&self, professional: ProfessionalId) -> RequiredRoles {
        RequiredRoles {
            roles: self.of(professional),
            needs_active: self.is_last_active(professional),
        }
    }

    /// Returns the roles without `professional`. Roles that need a holder pass to `successor`;
    /// permissions as staff do not.
    ///
    /// # Errors
    /// The roles that would have no holder without a successor, or if no administrator could get
    /// in.
    pub fn without(
        &self,
        professional: ProfessionalId,
        successor: Option<Holder>,
    ) -> Result<Self, RolesError> {
        let required = self.required_of(professional);
        if successor.is_none() && !required.roles.is_empty() {
            return Err(RolesError::Required(required));
        }
        self.checked(self.handed_over(professional, successor, &required.roles))
    }

    /// Returns the roles with another administrator; `None` if there is no room for one.
    #[must_use]
    pub fn with_administrator(&self, holder: Holder) -> Option<Self> {
        let after = self.including(holder);
        (!after.has_too_many()).then_some(after)
    }

    /// Returns the roles as somebody wants them. `newcomers` are the people who get a role.
    ///
    /// # Errors
    /// The administrator's role, if nobody would hold it or no administrator could get in.
    pub fn assigned(&self, wanted: WantedRoles, newcomers: &[Holder]) -> Result<Self, RolesError> {
        let new = newcomers.iter().filter(|holder| holder.is_active).map(|holder| holder.id);
        let active = self.active.iter().copied().chain(new);
        let mut staff = wanted.staff.unwrap_or_else(|| self.staff.clone());
        staff.retain(|_, given| !given.is_empty());
        self.checked(Self {
            active: active.filter(|id| wanted.administrators.contains(id)).collect(),
            administrators: wanted.administrators,
            billing_contact: Some(wanted.billing_contact),
            shipping_contact: Some(wanted.shipping_contact),
            staff,
        })
    }

    /// Returns the roles with `appointed` in place of other administrators, who keep no role and no
    /// permission as staff.
    ///
    /// Unlike every other change, it may leave no administrator who can get in: it is for accounts
    /// whose administrators cannot help (requirement 24).
    ///
    /// # Errors
    /// [`RolesError::TooManyAdministrators`].
    pub fn appointing<'a>(
        &self,
        appointed: Holder,
        in_place_of: impl IntoIterator<Item = &'a ProfessionalId>,
    ) -> Result<Self, RolesError> {
        let mut after = self.including(appointed);
        for leaving in in_place_of {
            if *leaving != appointed.id && self.is_administrator(*leaving) {
                let required = after.required_of(*leaving).roles;
                after = after.handed_over(*leaving, Some(appointed), &required);
            }
        }
        if after.has_too_many() { Err(RolesError::TooManyAdministrators) } else { Ok(after) }
    }

    /// Returns the roles without these administrators, who stay contacts and lose their permissions
    /// as staff.
    ///
    /// # Errors
    /// The administrator's role, if nobody would hold it or no administrator could get in.
    pub fn withdrawing<'a>(
        &self,
        leaving: impl IntoIterator<Item = &'a ProfessionalId>,
    ) -> Result<Self, RolesError> {
        let mut after = self.clone();
        for leaving in leaving {
            after.administrators.remove(leaving);
            after.active.remove(leaving);
            after.staff.remove(leaving);
        }
        self.checked(after)
    }

    /// Returns the roles once `professional` can get in, or no longer can.
    #[must_use]
    pub fn with_access(&self, professional: ProfessionalId, is_active: bool) -> Self {
        let mut after = self.clone();
        if is_active && self.is_administrator(professional) {
            after.active.insert(professional);
        } else {
            after.active.remove(&professional);
        }
        after
    }

    /// Returns the roles that would have no holder without `leaving`. The last administrator who
    /// can get in counts as the last.
    fn required_of(&self, leaving: ProfessionalId) -> RequiredRoles {
        let needs_active = self.is_last_active(leaving);
        let mut roles = self.of(leaving);
        roles.retain(|role| {
            *role != Role::Administrator || needs_active || self.administrators.len() == 1
        });
        RequiredRoles { roles, needs_active }
    }

    fn including(&self, holder: Holder) -> Self {
        let mut after = self.clone();
        after.administrators.insert(holder.id);
        after.with_access(holder.id, holder.is_active)
    }

    /// Takes every role and permission from `leaving` and gives `required` to the successor.
    fn handed_over(
        &self,
        leaving: ProfessionalId,
        successor: Option<Holder>,
        required: &[Role],
    ) -> Self {
        let mut after = self.clone();
        after.administrators.remove(&leaving);
        after.active.remove(&leaving);
        after.staff.remove(&leaving);
        let Some(successor) = successor else { return after };
        for role in required {
            match role {
                Role::Administrator => after = after.including(successor),
                Role::BillingContact => after.billing_contact = Some(successor.id),
                Role::ShippingContact => after.shipping_contact = Some(successor.id),
            }
        }
        after
    }

    /// Checks the rules of every change: an administrator remains, one who can get in if there was
    /// one, and there are not too many.
    fn checked(&self, after: Self) -> Result<Self, RolesError> {
        if after.has_too_many() {
            return Err(RolesError::TooManyAdministrators);
        }
        let needs_active = !self.active.is_empty();
        if after.administrators.is_empty() || (needs_active && after.active.is_empty()) {
            let roles = vec![Role::Administrator];
            return Err(RolesError::Required(RequiredRoles { roles, needs_active }));
        }
        Ok(after)
    }

    fn has_too_many(&self) -> bool {
        self.administrators.len() > Self::MAX_ADMINISTRATORS
    }
}

impl RequiredRoles {
    /// Checks whether `person` may take the roles over: on the list, staying and not on hold.
    #[must_use]
    pub fn may_pass_to(&self, person: &Professional) -> bool {
        let stays = person.details.ends_on.is_none() && person.hold.is_none();
        stays && (!self.needs_active || person.is_active())
    }
}

impl From<&Professional> for Holder {
    fn from(person: &Professional) -> Self {
        Self { id: person.id, is_active: person.is_active() }
    }
}

impl From<&Professional> for Candidate {
    fn from(person: &Professional) -> Self {
        Self { professional: person.id, name: person.details.name.to_string() }
    }
}

#[cfg(test)]
mod tests;
