//! What partner and staff may change of an account's administrators (requirement 24).

use super::Access;
use crate::{
    Error, Result,
    domain::{Professional, Roles, authorization::Action},
};

impl Access {
    /// Checks that partner and staff change who is administrator only by an appointment, which the
    /// account's people hear of and which a second person may have to approve, and that whoever takes
    /// the role from somebody may appoint. An account without people has nobody to notify.
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

    /// Checks that partner and staff do not become administrator through an administrator's mailbox:
    /// they cannot change the address of one who is linked, and can change that of another one only
    /// if they may appoint.
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
