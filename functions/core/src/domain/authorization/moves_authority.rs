//! The actions that take a fresh sign-in.

use super::Action;

impl Action {
    /// Checks whether the action moves authority: it gives or takes a role or a permission, or
    /// takes everybody's data out of the portal, or decides how people have to sign in. Somebody at
    /// a browser that was left open must not do that (ASVS 5, 7.5.3), so it takes a fresh sign-in
    /// ([`super::StepUp`]).
    ///
    /// Handing roles over is part of deleting a professional.
    #[must_use]
    pub fn moves_authority(self) -> bool {
        match self {
            Self::AppointAdministrator
            | Self::DecideAppointment
            | Self::AssignRoles
            | Self::DeleteProfessional(_)
            | Self::ChangeGrant
            | Self::NarrowGrant
            | Self::ChangeSignInPolicy
            | Self::LiftSignInPolicy
            | Self::ExportProfessionals => true,
            Self::ViewAccount
            | Self::ListProfessionals
            | Self::ViewProfessional(_)
            | Self::ListActivity
            | Self::Invite
            | Self::UpdateProfessional(_)
            | Self::SetEndDate(_)
            | Self::SendInvitation(_)
            | Self::RevokeInvitation(_)
            | Self::ListManaged
            | Self::CreateAccount(_)
            | Self::ImportAccounts
            | Self::UpdateAccount
            | Self::RestoreProfessional
            | Self::ReleaseMail
            | Self::DecideAccessRequest
            | Self::ConfirmAccount
            | Self::WithdrawAccount => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;

    #[test]
    fn giving_authority_moves_it_and_reading_does_not() {
        let somebody = Ulid(1).into();
        for action in [
            Action::AppointAdministrator,
            Action::AssignRoles,
            Action::DeleteProfessional(somebody),
            Action::ChangeGrant,
            Action::ChangeSignInPolicy,
            Action::ExportProfessionals,
        ] {
            assert!(action.moves_authority(), "{action:?}");
        }
        for action in [Action::ViewAccount, Action::ListActivity, Action::SendInvitation(somebody)]
        {
            assert!(!action.moves_authority(), "{action:?}");
        }
    }
}
