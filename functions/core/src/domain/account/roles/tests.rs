use proptest::prelude::*;
use ulid::Ulid;

use super::*;
use crate::domain::StaffPermission;

fn person(number: u128) -> ProfessionalId {
    Ulid(number).into()
}

fn holder(number: u128, is_active: bool) -> Holder {
    Holder { id: person(number), is_active }
}

/// Roles of which person 1 holds the contacts.
fn roles(administrators: &[u128], active: &[u128]) -> Roles {
    let ids = |numbers: &[u128]| numbers.iter().copied().map(person).collect();
    Roles {
        administrators: ids(administrators),
        active: ids(active),
        ..Roles::sole_holder(person(1))
    }
}

fn required(roles: &[Role], needs_active: bool) -> RolesError {
    RolesError::Required(RequiredRoles { roles: roles.to_vec(), needs_active })
}

fn wanted(administrators: impl IntoIterator<Item = u128>) -> WantedRoles {
    WantedRoles {
        administrators: administrators.into_iter().map(person).collect(),
        billing_contact: person(1),
        shipping_contact: person(1),
        staff: None,
    }
}

#[test]
fn the_first_professional_takes_every_role() {
    let roles = Roles::sole_holder(person(1));
    let every = [Role::Administrator, Role::BillingContact, Role::ShippingContact];
    assert_eq!(roles.of(person(1)), every);
    assert_eq!(roles.without(person(1), None), Err(required(&every, false)));
}

#[test]
fn one_of_two_administrators_may_leave() {
    let both = roles(&[1, 2], &[]);
    assert_eq!(both.without(person(2), None), Ok(Roles::sole_holder(person(1))));
    assert_eq!(
        both.without(person(1), None),
        Err(required(&[Role::BillingContact, Role::ShippingContact], false))
    );
}

#[test]
fn a_successor_takes_over_the_required_roles() {
    assert_eq!(
        Roles::sole_holder(person(1)).without(person(1), Some(holder(2, false))),
        Ok(Roles::sole_holder(person(2)))
    );
}

#[test]
fn the_last_administrator_who_can_get_in_stays_or_hands_over_to_one_who_can() {
    let before = roles(&[2, 3], &[2]);
    let last = required(&[Role::Administrator], true);
    assert_eq!(before.without(person(2), None), Err(last.clone()));
    for never_linked in [3, 4] {
        let successor = Some(holder(never_linked, false));
        assert_eq!(before.without(person(2), successor), Err(last.clone()));
    }
    assert_eq!(before.without(person(2), Some(holder(4, true))), Ok(roles(&[3, 4], &[4])));
    assert_eq!(before.without(person(3), None), Ok(roles(&[2], &[2])));
}

#[test]
fn roles_are_assigned_only_if_an_administrator_can_get_in_as_before() {
    let before = roles(&[1, 2], &[1]);
    assert_eq!(before.assigned(wanted([]), &[]), Err(required(&[Role::Administrator], true)));
    assert_eq!(before.assigned(wanted([2]), &[]), Err(required(&[Role::Administrator], true)));
    let newcomers = [holder(3, true), holder(4, false)];
    assert_eq!(before.assigned(wanted([2, 3, 4]), &newcomers), Ok(roles(&[2, 3, 4], &[3])));
    // Where nobody has linked, one administrator is enough.
    assert_eq!(roles(&[1, 2], &[]).assigned(wanted([2]), &[]), Ok(roles(&[2], &[])));
    assert_eq!(
        roles(&[1], &[]).assigned(wanted([]), &[]),
        Err(required(&[Role::Administrator], false))
    );
}

#[test]
fn there_are_fifty_administrators_at_most_whoever_adds_them() {
    let full = roles(&(1..=50).collect::<Vec<_>>(), &[]);
    let too_many = Err(RolesError::TooManyAdministrators);
    assert_eq!(full.with_administrator(holder(51, true)), None);
    assert_eq!(full.assigned(wanted(1..=51), &[]), too_many);
    assert_eq!(full.appointing(holder(51, true), []), too_many);
    assert!(full.appointing(holder(51, true), [&person(2)]).is_ok());
    assert_eq!(full.with_administrator(holder(50, false)), Some(full.clone()));
}

#[test]
fn an_appointment_may_leave_nobody_who_can_get_in_but_a_withdrawal_may_not() {
    let before = roles(&[1, 2], &[1]);
    assert_eq!(
        before.appointing(holder(3, false), [&person(1)]),
        Ok(Roles {
            billing_contact: Some(person(3)),
            shipping_contact: Some(person(3)),
            ..roles(&[2, 3], &[])
        })
    );
    assert_eq!(before.withdrawing([&person(1)]), Err(required(&[Role::Administrator], true)));
    assert_eq!(before.withdrawing([&person(2)]), Ok(roles(&[1], &[1])), "contacts stay contacts");
    assert_eq!(
        roles(&[1, 2], &[]).withdrawing([&person(1), &person(2)]),
        Err(required(&[Role::Administrator], false))
    );
}

#[test]
fn only_administrators_count_as_those_who_can_get_in() {
    let before = roles(&[1, 2], &[1]);
    assert_eq!(before.with_access(person(3), true), before);
    assert_eq!(before.with_access(person(2), true), roles(&[1, 2], &[1, 2]));
    assert_eq!(before.with_access(person(1), false), roles(&[1, 2], &[]));
}

proptest! {
    #[test]
    fn no_change_but_an_appointment_takes_the_last_who_can_get_in(
        changes in prop::collection::vec((0..5_u8, 0..6_u128, any::<bool>(), 0..6_u128), 0..30),
    ) {
        let mut roles = Roles::sole_holder(person(0));
        for (change, who, is_active, other) in changes {
            let before = roles.clone();
            let who_can = holder(who, is_active || roles.active.contains(&person(who)));
            let after = match change {
                0 => roles.without(person(other), Some(who_can)),
                1 => roles.without(person(other), None),
                2 => roles.with_administrator(who_can).ok_or(RolesError::TooManyAdministrators),
                3 => roles.assigned(wanted([who, other]), &[who_can]),
                _ => roles.withdrawing([&person(who)]),
            };
            roles = after.unwrap_or(roles);
            prop_assert!(before.active.is_empty() || !roles.active.is_empty());
            prop_assert!(roles.active.is_subset(&roles.administrators));
            prop_assert!(!roles.administrators.is_empty());
            prop_assert!(roles.billing_contact.is_some() && roles.shipping_contact.is_some());
            roles = roles.with_access(person(who), is_active);
        }
    }
}

/// Roles of 1, 2 and 3, of whom 2 and 3 may manage people as staff.
fn with_staff() -> Roles {
    let people = || BTreeSet::from([StaffPermission::People]);
    let staff = [(person(2), people()), (person(3), people())].into();
    Roles { staff, ..roles(&[1, 2], &[1, 2]) }
}

#[test]
fn permissions_as_staff_stay_unless_they_are_changed() {
    let before = with_staff();
    let same = before.assigned(wanted([1, 2]), &[]).expect("roles");
    assert_eq!(same, before);
    let staff =
        [(person(2), BTreeSet::new()), (person(4), BTreeSet::from([StaffPermission::Plans]))];
    let changed = WantedRoles { staff: Some(staff.into()), ..wanted([1, 2]) };
    let after = before.assigned(changed, &[]).expect("roles");
    assert_eq!(after.staff.keys().copied().collect::<Vec<_>>(), [person(4)], "2 was given none");
}

#[test]
fn permissions_as_staff_end_with_the_person_and_pass_to_nobody() {
    let before = with_staff();
    let gone = before.without(person(3), None).expect("roles");
    assert_eq!(gone.staff.keys().copied().collect::<Vec<_>>(), [person(2)]);
    let handed_over = before.without(person(2), Some(holder(4, true))).expect("roles");
    assert_eq!(handed_over.staff.keys().copied().collect::<Vec<_>>(), [person(3)]);
    let replaced = before.appointing(holder(4, true), [&person(2)]).expect("roles");
    assert_eq!(replaced.staff.keys().copied().collect::<Vec<_>>(), [person(3)]);
    let demoted = before.withdrawing([&person(2)]).expect("roles");
    assert_eq!(demoted.staff.keys().copied().collect::<Vec<_>>(), [person(3)]);
}
