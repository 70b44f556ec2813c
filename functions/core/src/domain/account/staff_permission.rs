//! What the vendor's staff may do on other accounts (requirement 45).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{ProfessionalId, Roles};

/// A permission that the vendor's administrators give to a professional of the vendor. Without any,
/// staff only read. Administrators of the vendor have all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffPermission {
    /// Manage the people of customers and partners: add, invite, change and delete them, assign
    /// roles, decide on access requests, release held mail and export the list.
    People,
    /// Appoint administrators from outside, and approve appointments as the second person.
    Appointments,
    /// Create accounts and change them: name, number, plan, partner of record, licences, and what
    /// the partner may do.
    Plans,
    /// Create and change many accounts at once from a file.
    Imports,
}

/// The permissions of each person who has any.
pub type StaffPermissions = BTreeMap<ProfessionalId, BTreeSet<StaffPermission>>;

impl StaffPermission {
    /// Every permission.
    pub const ALL: [Self; 4] = [Self::People, Self::Appointments, Self::Plans, Self::Imports];

    /// Returns what the permission is for, in English, after "the permission to".
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Self::People => "manage people",
            Self::Appointments => "appoint administrators",
            Self::Plans => "manage accounts and plans",
            Self::Imports => "import accounts",
        }
    }
}

impl Roles {
    /// The most people with staff permissions.
    pub const MAX_STAFF: usize = 100;

    /// Checks whether `professional` of the vendor has `permission`.
    #[must_use]
    pub fn permits(&self, professional: ProfessionalId, permission: StaffPermission) -> bool {
        self.is_administrator(professional)
            || self.staff.get(&professional).is_some_and(|given| given.contains(&permission))
    }

    /// Returns the permissions of `professional` of the vendor, those by their role included.
    #[must_use]
    pub fn staff_permissions_of(&self, professional: ProfessionalId) -> Vec<StaffPermission> {
        let permits = |permission: &StaffPermission| self.permits(professional, *permission);
        StaffPermission::ALL.into_iter().filter(permits).collect()
    }

    /// Returns everyone who may have permissions of staff: the administrators and those who were
    /// given some.
    #[must_use]
    pub fn staff(&self) -> BTreeSet<ProfessionalId> {
        self.administrators.iter().chain(self.staff.keys()).copied().collect()
    }

    /// Returns what each person is given and what is taken from them in `after`, for everyone whose
    /// permissions differ.
    #[must_use]
    pub fn staff_changes(
        &self,
        after: &Self,
    ) -> BTreeMap<ProfessionalId, (BTreeSet<StaffPermission>, BTreeSet<StaffPermission>)> {
        let none = BTreeSet::new();
        let people: BTreeSet<_> = self.staff.keys().chain(after.staff.keys()).copied().collect();
        let change = |id: ProfessionalId| {
            let [was, is] = [self, after].map(|roles| roles.staff.get(&id).unwrap_or(&none));
            (id, (is - was, was - is))
        };
        let changes = people.into_iter().map(change);
        changes.filter(|(_, (given, taken))| !(given.is_empty() && taken.is_empty())).collect()
    }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;

    fn person(number: u128) -> ProfessionalId {
        Ulid(number).into()
    }

    fn roles(staff: &[(u128, &[StaffPermission])]) -> Roles {
        let staff = staff.iter().map(|(id, given)| (person(*id), given.iter().copied().collect()));
        Roles { staff: staff.collect(), ..Roles::sole_holder(person(1)) }
    }

    #[test]
    fn administrators_have_every_permission_and_others_what_they_were_given() {
        let roles = roles(&[(2, &[StaffPermission::Plans])]);
        assert_eq!(roles.staff_permissions_of(person(1)), StaffPermission::ALL);
        assert_eq!(roles.staff_permissions_of(person(2)), [StaffPermission::Plans]);
        assert_eq!(roles.staff_permissions_of(person(3)), []);
    }

    #[test]
    fn a_change_names_what_each_person_gets_and_loses() {
        use StaffPermission::{Imports, People, Plans};
        let before = roles(&[(2, &[People, Plans]), (3, &[Imports]), (4, &[People])]);
        let after = roles(&[(2, &[Plans, Imports]), (4, &[People]), (5, &[People])]);
        let given = |given: &[StaffPermission], taken: &[StaffPermission]| {
            (given.iter().copied().collect(), taken.iter().copied().collect())
        };
        assert_eq!(
            before.staff_changes(&after),
            BTreeMap::from([
                (person(2), given(&[Imports], &[People])),
                (person(3), given(&[], &[Imports])),
                (person(5), given(&[People], &[])),
            ])
        );
    }
}
