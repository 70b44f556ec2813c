//! Appointments: everything that partner or staff change of an account's administrators once
//! anybody of the account has linked (requirements 24, 45).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    Actor, AppointmentId, EmailAddress, Holder, PersonRef, ProfessionalId, Reason, Roles,
    RolesError,
};

/// A requested appointment that needs a second person's approval. An account keeps only the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// What is to change.
    pub request: AppointmentRequest,
    /// Who requested it; somebody else must approve.
    pub by: Actor,
    /// When it was requested.
    pub at: Timestamp,
    /// The decision, once made. Kept until the next appointment, so that a repeated decision gets
    /// the same answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
}

/// Who becomes administrator, and who no longer is. One of both is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRequest {
    /// The person who becomes administrator, or stays one; `None` only takes the role from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointee: Option<Appointee>,
    /// Administrators who lose the role, with their names at the time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_place_of: BTreeMap<ProfessionalId, String>,
    /// The reason, shown to the account's people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// The person whom an appointment makes administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointee {
    /// The professional.
    pub id: ProfessionalId,
    /// Their name at the time.
    pub name: String,
    /// Their e-mail on record at the time. If it has changed since, the request is not approved:
    /// the reader of the new mailbox would become administrator.
    pub on_record: EmailAddress,
    /// Their corrected e-mail on record; `None` keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
}

impl Appointment {
    /// Checks whether a decision is pending.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.approved.is_none()
    }

    /// Checks whether `actor` requested the appointment. They may withdraw it but not approve it.
    #[must_use]
    pub fn is_requested_by(&self, actor: &Actor) -> bool {
        self.by.is_same_person(actor)
    }
}

impl AppointmentRequest {
    /// Returns `roles` after the appointment. `is_active` says whether the appointee can get in.
    ///
    /// Contact roles of a replaced administrator pass to the appointee, and stay where there is
    /// none. Anyone replaced who is no longer administrator is ignored.
    ///
    /// # Errors
    /// Without an appointee, the administrator's role if nobody would hold it or no administrator
    /// could get in; [`RolesError::TooManyAdministrators`].
    pub fn apply(&self, roles: &Roles, is_active: bool) -> Result<Roles, RolesError> {
        match &self.appointee {
            Some(Appointee { id, .. }) => {
                roles.appointing(Holder { id: *id, is_active }, self.in_place_of.keys())
            }
            None => roles.withdrawing(self.in_place_of.keys()),
        }
    }

    /// Returns the appointee, unless `roles` make them administrator already.
    #[must_use]
    pub fn new_administrator(&self, roles: &Roles) -> Option<PersonRef> {
        let appointee = self.appointee.as_ref();
        appointee.filter(|appointee| !roles.is_administrator(appointee.id)).map(PersonRef::from)
    }

    /// Returns the appointee, if their address is corrected.
    #[must_use]
    pub fn new_address_of(&self) -> Option<PersonRef> {
        let appointee = self.appointee.as_ref();
        appointee.filter(|appointee| appointee.email.is_some()).map(PersonRef::from)
    }

    /// Lists the administrators who make room.
    #[must_use]
    pub fn leaving_people(&self) -> Vec<PersonRef> {
        let people = self.in_place_of.iter();
        people.map(|(id, name)| PersonRef { id: *id, name: name.clone().into() }).collect()
    }

    /// Returns the names of the replaced administrators.
    #[must_use]
    pub fn leaving(&self) -> Vec<String> {
        self.in_place_of.values().cloned().collect()
    }
}

impl From<&Appointee> for PersonRef {
    fn from(appointee: &Appointee) -> Self {
        Self { id: appointee.id, name: appointee.name.clone().into() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;

    fn person(number: u128) -> ProfessionalId {
        Ulid(number).into()
    }

    fn request(appointee: Option<u128>, in_place_of: &[u128]) -> AppointmentRequest {
        AppointmentRequest {
            appointee: appointee.map(|number| Appointee {
                id: person(number),
                name: "Ada".to_owned(),
                on_record: EmailAddress::parse("ada@example.org").expect("an address"),
                email: None,
            }),
            in_place_of: in_place_of
                .iter()
                .map(|number| (person(*number), "Bob".to_owned()))
                .collect(),
            reason: None,
        }
    }

    #[test]
    fn a_replaced_administrator_keeps_no_role() {
        let after = request(Some(2), &[1]).apply(&Roles::sole_holder(person(1)), false);
        assert_eq!(after, Ok(Roles::sole_holder(person(2))));
    }

    #[test]
    fn an_appointment_without_replacement_adds_an_administrator() {
        let before = Roles::sole_holder(person(1));
        let after = request(Some(2), &[]).apply(&before, true).expect("there is room");
        assert_eq!(after.administrators, BTreeSet::from([person(1), person(2)]));
        assert_eq!(after.active, BTreeSet::from([person(2)]));
        assert_eq!(after.billing_contact, before.billing_contact);
    }

    #[test]
    fn without_an_appointee_the_others_lose_the_role() {
        let before = request(Some(2), &[]).apply(&Roles::sole_holder(person(1)), true);
        let before = before.expect("there is room");
        let after = request(None, &[1]).apply(&before, false).expect("one is left");
        assert_eq!(after.administrators, BTreeSet::from([person(2)]));
        assert_eq!(after.billing_contact, Some(person(1)), "a contact stays one");
        assert!(request(None, &[2]).apply(&before, false).is_err(), "only 2 can get in");
    }

    #[test]
    fn who_is_administrator_already_is_not_announced_as_new() {
        let roles = Roles::sole_holder(person(1));
        assert_eq!(request(Some(1), &[]).new_administrator(&roles), None);
        let new = request(Some(2), &[]).new_administrator(&roles);
        assert_eq!(new.map(|new| new.id), Some(person(2)));
    }

    proptest! {
        #[test]
        fn every_appointment_keeps_an_administrator_and_both_contacts(
            appointed in 0..5_u128,
            leaving in prop::collection::vec(0..5_u128, 0..5),
            administrators in 1..5_u128,
        ) {
            let mut before = Roles::sole_holder(person(0));
            before.administrators.extend((0..administrators).map(person));
            let request = request(Some(appointed), &leaving);
            let after = request.apply(&before, true).expect("there is room");
            prop_assert!(after.is_administrator(person(appointed)));
            prop_assert!(after.billing_contact.is_some() && after.shipping_contact.is_some());
            for number in leaving {
                let replaced = number != appointed;
                prop_assert!(!replaced || !after.is_administrator(person(number)));
            }
            prop_assert_eq!(request.apply(&after, true), Ok(after), "twice changes nothing");
        }
    }
}
