//! What partner and staff may change of an account's administrators without an appointment
//! (requirements 24, 45).

use super::Access;
use crate::{
    Error, Result,
    domain::{Professional, Roles, authorization::Action},
};

impl Access {
    /// Checks that partner and staff change who is administrator only by an appointment, once
    /// anybody of the account has linked. Its people are then notified, and a second person may
    /// have to approve.
    ///
    /// Before, only making somebody administrator takes an appointment, and taking the role away
    /// the permission to appoint. An account without people has nobody to notify.
    pub fn check_administrator_change(&self, after: &Roles) -> Result<()> {
        let (before, after) = (&self.account.roles.administrators, &after.administrators);
        if before.is_empty() || before == after || !self.acting_as.is_outside() {
            return Ok(());
        }
        if self.account.has_linked || !after.is_subset(before) {
            return Err(self.appointment_required());
        }
        self.require(Action::AppointAdministrator).map(drop)
    }

    /// Checks that nobody becomes administrator through an administrator's mailbox.
    ///
    /// Partner and staff correct its address only by an appointment, once anybody of the account
    /// has linked. Before, they need the permission to appoint. For the account's own people, a new
    /// address of an administrator takes a fresh sign-in, and so does one's own: at a browser that
    /// was left open, both would hand the profile over to another mailbox.
    pub fn check_address_change(&self, before: &Professional, after: &Professional) -> Result<()> {
        if !self.acting_as.is_outside() {
            let is_administrators = before.details.email != after.details.email
                && self.account.roles.is_administrator(before.id);
            let is_own =
                after.pending_email.is_some() && before.pending_email != after.pending_email;
            return if is_administrators || is_own { self.check_fresh() } else { Ok(()) };
        }
        let is_harmless = before.details.email == after.details.email
            || !self.account.roles.is_administrator(before.id)
            // Nobody gets a mail, and staff see the address before they confirm the account.
            || self.account.is_waiting();
        if is_harmless {
            return Ok(());
        }
        if self.account.has_linked {
            return Err(self.appointment_required());
        }
        self.require(Action::AppointAdministrator).map(drop)
    }

    /// Returns the error for a change that takes an appointment; another one for a partner who may
    /// not appoint.
    fn appointment_required(&self) -> Error {
        self.permits(Action::AppointAdministrator).err().unwrap_or(Error::AppointmentRequired)
    }
}
