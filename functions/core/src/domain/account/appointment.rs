//! Change of administrator from outside: the partner or staff appoint another professional (requirement 24).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{Actor, AppointmentId, PersonRef, ProfessionalId, Reason, Roles};

/// An appointment that somebody has asked for and that a second person is to approve. An account has one at most, the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// What is asked for.
    pub request: AppointmentRequest,
    /// Who asks for it; somebody else has to approve.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What was decided. It stays until the next appointment, so that deciding twice is told the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
}

/// Who is to be administrator, and in whose place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRequest {
    /// Who is appointed.
    pub professional: ProfessionalId,
    /// Their name at the time.
    pub name: String,
    /// Administrators who are not to be it any longer, with their names at the time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_place_of: BTreeMap<ProfessionalId, String>,
    /// Why, for the account's people to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl Appointment {
    /// Tells whether it still waits for a decision.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.approved.is_none()
    }

    /// Tells whether `actor` has asked for it, who may take it back and not approve it.
    #[must_use]
    pub fn is_asked_by(&self, actor: &Actor) -> bool {
        self.by.is_same_person(actor)
    }
}

impl AppointmentRequest {
    /// Returns the roles with the wish fulfilled. Whoever makes room keeps no role: being a contact passes to the one appointed, so that it
    /// stays held. Who is no administrator any more has made room already.
    #[must_use]
    pub fn apply(&self, roles: &Roles) -> Roles {
        let mut after = roles.clone();
        after.administrators.insert(self.professional);
        for leaving in self
            .in_place_of
            .keys()
            .filter(|it| **it != self.professional && roles.is_administrator(**it))
        {
            // With a successor there is always somebody to hand over to.
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

    /// Lists the names of those who make room.
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
            in_place_of: in_place_of.iter().map(|it| (person(*it), "Bob".to_owned())).collect(),
            reason: None,
        }
    }

    #[test]
    fn whoever_makes_room_keeps_no_role() {
        let after = request(2, &[1]).apply(&Roles::of_first(person(1)));
        assert_eq!(after, Roles::of_first(person(2)));
    }

    #[test]
    fn without_anybody_making_room_there_is_one_more() {
        let before = Roles::of_first(person(1));
        let after = request(2, &[]).apply(&before);
        assert_eq!(after.administrators, BTreeSet::from([person(1), person(2)]));
        assert_eq!(after.billing_contact, before.billing_contact);
    }

    proptest! {
        #[test]
        fn no_appointment_breaks_the_rules(appointed in 0..5_u128, leaving in prop::collection::vec(0..5_u128, 0..5), administrators in 1..5_u128) {
            let mut before = Roles::of_first(person(0));
            before.administrators.extend((0..administrators).map(person));
            let request = request(appointed, &leaving);
            let after = request.apply(&before);
            prop_assert!(after.is_administrator(person(appointed)));
            prop_assert!(after.billing_contact.is_some() && after.shipping_contact.is_some());
            prop_assert!(leaving.iter().all(|it| *it == appointed || !after.administrators.contains(&person(*it))));
            prop_assert_eq!(request.apply(&after), after.clone(), "twice is as once");
        }
    }
}
