//! Appointments: the partner or staff make another professional administrator (requirement 24).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Actor, AppointmentId, PersonRef, ProfessionalId, Reason, Roles};

/// A requested appointment that needs a second person's approval. An account keeps only the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// Who becomes administrator, and instead of whom.
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

/// Who becomes administrator, and instead of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRequest {
    /// The new administrator.
    pub professional: ProfessionalId,
    /// Their name at the time.
    pub name: String,
    /// Administrators who lose the role, with their names at the time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_place_of: BTreeMap<ProfessionalId, String>,
    /// The reason, shown to the account's people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
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
    /// Returns `roles` after the appointment.
    ///
    /// A replaced administrator keeps no role: contact roles pass to the new administrator. Anyone
    /// replaced who is no longer administrator is ignored.
    #[must_use]
    pub fn apply(&self, roles: &Roles) -> Roles {
        let mut after = roles.clone();
        after.administrators.insert(self.professional);
        for leaving in self
            .in_place_of
            .keys()
            .filter(|leaving| **leaving != self.professional && roles.is_administrator(**leaving))
        {
            // With a successor this never fails.
            after = after.without(*leaving, Some(self.professional)).unwrap_or(after);
        }
        after
    }

    /// Returns the professional who is appointed.
    #[must_use]
    pub fn person(&self) -> PersonRef {
        PersonRef { id: self.professional, name: self.name.clone().into() }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;

    fn person(number: u128) -> ProfessionalId {
        Ulid(number).into()
    }

    fn request(professional: u128, in_place_of: &[u128]) -> AppointmentRequest {
        AppointmentRequest {
            professional: person(professional),
            name: "Ada".to_owned(),
            in_place_of: in_place_of
                .iter()
                .map(|number| (person(*number), "Bob".to_owned()))
                .collect(),
            reason: None,
        }
    }

    #[test]
    fn a_replaced_administrator_keeps_no_role() {
        let after = request(2, &[1]).apply(&Roles::sole_holder(person(1)));
        assert_eq!(after, Roles::sole_holder(person(2)));
    }

    #[test]
    fn an_appointment_without_replacement_adds_an_administrator() {
        let before = Roles::sole_holder(person(1));
        let after = request(2, &[]).apply(&before);
        assert_eq!(after.administrators, BTreeSet::from([person(1), person(2)]));
        assert_eq!(after.billing_contact, before.billing_contact);
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
            let request = request(appointed, &leaving);
            let after = request.apply(&before);
            prop_assert!(after.is_administrator(person(appointed)));
            prop_assert!(after.billing_contact.is_some() && after.shipping_contact.is_some());
            for number in leaving {
                let replaced = number != appointed;
                prop_assert!(!replaced || !after.is_administrator(person(number)));
            }
            prop_assert_eq!(request.apply(&after), after.clone(), "applying twice changes nothing");
        }
    }
}
