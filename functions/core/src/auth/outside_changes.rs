//! What partner and staff may change of an account's administrators (requirement 24).

use super::Access;
use crate::{
    Error, Result,
    domain::{Professional, Roles, authorization::Action},
};

impl Access {
    /// Checks that partner and staff make somebody administrator only by an appointment, and take
    /// the role away only if they may appoint.
    ///
    /// The account's people are notified of an appointment, and a second person may have to approve
    /// it. An account without people has nobody to notify.
    pub fn check_administrator_change(&self, before: &Roles, after: &Roles) -> Result<()> {
        if before.is_empty() || !self.acting_as.is_outside() {
            return Ok(());
        }
        if !after.administrators.is_subset(&before.administrators) {
            return Err(Error::Forbidden(
                "only the account's own administrators can assign this role directly; appoint an \
                 administrator instead",
            ));
        }
        if before.administrators.is_subset(&after.administrators) {
            Ok(())
        } else {
            self.require(Action::AppointAdministrator).map(drop)
        }
    }

    /// Checks that partner and staff do not become administrator through an administrator's
    /// mailbox. They cannot change a linked administrator's address. They can change another
    /// administrator's address only if they may appoint.
    pub fn check_address_change(&self, before: &Professional, after: &Professional) -> Result<()> {
        let is_harmless = before.details.email == after.details.email
            || !self.account.roles.is_administrator(before.id);
        if !self.acting_as.is_outside() || is_harmless {
            return Ok(());
        }
        if before.linked.is_some() {
            return Err(Error::Forbidden(
                "only the account's own people can change an administrator's address; appoint an \
                 administrator instead",
            ));
        }
        self.require(Action::AppointAdministrator).map(drop)
    }
}
