//! Who may do what: the one function that every handler asks.
//!
#![doc = include_str!("table.md")]
//!
//! A lapsed plan takes access from linked people, except that administrators may still read and
//! take access away that they gave: remove people and end the partner's permissions
//! (requirement 30). Partner and staff keep access so that they can help, but a partner whose own
//! plan lapsed has none. A past end date takes all access. The customer's administrators decide
//! what the partner may do (requirement 27).
//!
//! The vendor has no plan, and its own account is for its administrators to change, so that nobody
//! locks it out. They decide what other staff may do on the other accounts; without a permission,
//! staff only read (requirement 45).
//! A customer that a partner created and staff have not confirmed yet gives nobody access. A
//! partner may correct what it created until anybody of the customer has linked (requirement 45).
//!
//! Dates are those of the account that owns the plan or the end date.

mod moves_authority;
mod step_up;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{
    Account, AccountId, AccountKind, Link, PartnerGrant, Professional, ProfessionalId,
    StaffPermission,
};

pub use step_up::StepUp;

/// How a person is related to the account they act on.
#[derive(Clone, Debug)]
pub enum Relationship {
    /// Invoked the function directly, authorized by AWS IAM.
    Operator,
    /// Linked to a professional of the account.
    Linked(Link),
    /// Linked to a professional of the account's partner of record.
    Partner {
        /// The link to the partner's professional.
        link: Link,
        /// The partner's account.
        partner: Box<Account>,
    },
    /// Linked to a professional of the vendor.
    Staff {
        /// The link to the vendor's professional.
        link: Link,
        /// The vendor's account, with the permissions of its staff.
        vendor: Box<Account>,
    },
    /// None of these.
    Stranger,
}

/// What a person wants to do on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read name, plan, partner and roles.
    ViewAccount,
    /// Read the list of people.
    ListProfessionals,
    /// Read a whole profile.
    ViewProfessional(ProfessionalId),
    /// Read the activity list.
    ListActivity,
    /// Download the list of people as a file.
    ExportProfessionals,
    /// Add professionals and resend pending invitations.
    Invite,
    /// Change name, e-mail, title, telephone or language.
    UpdateProfessional(ProfessionalId),
    /// Change the last day of access.
    SetEndDate(ProfessionalId),
    /// Remove a professional from the list.
    DeleteProfessional(ProfessionalId),
    /// Undo a deletion.
    RestoreProfessional,
    /// Send a professional an invitation.
    SendInvitation(ProfessionalId),
    /// Revoke an invitation.
    RevokeInvitation(ProfessionalId),
    /// Assign and withdraw roles.
    AssignRoles,
    /// List the accounts this account looks after.
    ListManaged,
    /// Create an account of this kind.
    CreateAccount(AccountKind),
    /// Create and change many accounts at once, as the vendor.
    ImportAccounts,
    /// Change name, contact, plan, partner of record, time zone and licences; a partner what it may
    /// correct ([`Account::check_correction`]).
    UpdateAccount,
    /// Confirm or decline an account that a partner created.
    ConfirmAccount,
    /// Remove an account that waits for confirmation.
    WithdrawAccount,
    /// Narrow or end the partner of record's permissions.
    NarrowGrant,
    /// Set the partner of record's permissions, wider ones too.
    ChangeGrant,
    /// Set who must sign in with several factors and which identities can be linked, or lift that
    /// at once (requirement 42).
    ChangeSignInPolicy,
    /// Lift the sign-in policy; of staff, two people have to do so.
    LiftSignInPolicy,
    /// Change who is administrator, or an administrator's address, from outside when the account's
    /// own administrators cannot (requirement 24).
    AppointAdministrator,
    /// Approve or decline an appointment as the second person.
    DecideAppointment,
    /// Read requests for access and decide on them (requirement 23).
    DecideAccessRequest,
    /// See how much of the account's mail is held back because of bounces, and release it
    /// (requirement 44).
    ReleaseMail,
}

/// The role in which someone acts, shown in the account's activity list (requirement 27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActingAs {
    /// A professional, for themselves.
    #[serde(rename = "self")]
    Own,
    /// An administrator of the account.
    Administrator,
    /// A professional of the partner of record.
    Partner,
    /// A professional of the vendor.
    Staff,
    /// An operator, through AWS.
    Operator,
    /// A schedule or the mail service.
    Schedule,
    /// The reader of the mailbox on record, through a mailed link.
    Mailbox,
}

/// Why an action is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The account or professional does not exist, as far as this person may know.
    Unknown,
    /// The permission is missing. Holds the message.
    Forbidden(&'static str),
    /// A member of the vendor's staff lacks this permission.
    StaffPermission(StaffPermission),
    /// The person's access ended. Holds their last day.
    Ended(Date),
    /// The plan that gives them access lapsed.
    Lapsed,
}

/// Decides whether `relationship` allows `action` on `account` at the time `now`, and in which
/// capacity.
///
/// `grace_days` are the days of access after a plan's last day.
pub fn decide(
    relationship: &Relationship,
    action: Action,
    account: &Account,
    now: Timestamp,
    grace_days: u8,
) -> Result<ActingAs, Denial> {
    let acting_as = decide_by_relationship(relationship, action, account, now, grace_days)?;
    check_confirmation(action, account, acting_as).map(|()| acting_as)
}

/// Checks that an account which staff have not confirmed gives nobody access by it while it waits,
/// and shows nobody but staff what strangers wrote.
fn check_confirmation(
    action: Action,
    account: &Account,
    acting_as: ActingAs,
) -> Result<(), Denial> {
    let is_outside = acting_as.is_outside() || acting_as == ActingAs::Operator;
    if account.is_waiting() && !(is_outside && action.is_possible_while_waiting()) {
        return Err(Denial::Forbidden(
            "this account waits until the vendor's staff confirm it; until then nobody is invited",
        ));
    }
    let is_staff = matches!(acting_as, ActingAs::Staff | ActingAs::Operator);
    if action == Action::DecideAccessRequest && !account.is_confirmed() && !is_staff {
        return Err(Denial::Forbidden(
            "only the vendor's staff see requests for access until they have confirmed the account",
        ));
    }
    Ok(())
}

fn decide_by_relationship(
    relationship: &Relationship,
    action: Action,
    account: &Account,
    now: Timestamp,
    grace_days: u8,
) -> Result<ActingAs, Denial> {
    match relationship {
        Relationship::Stranger => Err(Denial::Unknown),
        // Nobody's session shows that it can be satisfied.
        Relationship::Operator if action == Action::ChangeSignInPolicy => {
            Err(Denial::Forbidden(POLICY_IS_THEIRS))
        }
        Relationship::Operator => Ok(ActingAs::Operator),
        Relationship::Staff { link, vendor } => {
            not_ended(link, vendor.today(now))?;
            decide_for_staff(link, action, vendor)
        }
        Relationship::Partner { link, partner } => {
            not_ended(link, partner.today(now))?;
            if account.partner_id() != Some(partner.id) {
                return Err(Denial::Unknown);
            }
            if partner.is_lapsed(now, grace_days) {
                return Err(Denial::Lapsed);
            }
            decide_for_partner(action, account, partner.id)
        }
        Relationship::Linked(link) => {
            not_ended(link, account.today(now))?;
            decide_for_linked(link, action, account, account.is_lapsed(now, grace_days))
        }
    }
}

/// Why nobody else sets an account's sign-in policy.
const POLICY_IS_THEIRS: &str = "only the account's own administrators set how its people sign in";

/// Decides for staff of `vendor`, by the permissions that its administrators gave them.
fn decide_for_staff(link: &Link, action: Action, vendor: &Account) -> Result<ActingAs, Denial> {
    let needed = match action {
        Action::ViewAccount
        | Action::ListProfessionals
        | Action::ViewProfessional(_)
        | Action::ListActivity
        | Action::ListManaged => None,
        // The exported list takes everybody's personal data out of the portal.
        Action::ExportProfessionals
        | Action::Invite
        | Action::UpdateProfessional(_)
        | Action::SetEndDate(_)
        | Action::DeleteProfessional(_)
        | Action::RestoreProfessional
        | Action::SendInvitation(_)
        | Action::RevokeInvitation(_)
        | Action::AssignRoles
        | Action::DecideAccessRequest
        | Action::ReleaseMail => Some(StaffPermission::People),
        Action::ChangeSignInPolicy => return Err(Denial::Forbidden(POLICY_IS_THEIRS)),
        Action::AppointAdministrator | Action::DecideAppointment | Action::LiftSignInPolicy => {
            Some(StaffPermission::Appointments)
        }
        Action::CreateAccount(_)
        | Action::UpdateAccount
        | Action::ConfirmAccount
        | Action::WithdrawAccount
        | Action::NarrowGrant
        | Action::ChangeGrant => Some(StaffPermission::Plans),
        Action::ImportAccounts => Some(StaffPermission::Imports),
    };
    match needed {
        Some(permission) if !vendor.roles.permits(link.professional, permission) => {
            Err(Denial::StaffPermission(permission))
        }
        _ => Ok(ActingAs::Staff),
    }
}

fn decide_for_partner(
    action: Action,
    account: &Account,
    partner: AccountId,
) -> Result<ActingAs, Denial> {
    let is_correctable = account.is_correctable_by(partner);
    let needed = match action {
        Action::ViewAccount
        | Action::ListProfessionals
        | Action::ViewProfessional(_)
        | Action::ListActivity
        | Action::ExportProfessionals => PartnerGrant::View,
        Action::Invite
        | Action::UpdateProfessional(_)
        | Action::SetEndDate(_)
        | Action::DeleteProfessional(_)
        | Action::RestoreProfessional
        | Action::SendInvitation(_)
        | Action::RevokeInvitation(_)
        | Action::AssignRoles
        | Action::DecideAccessRequest => PartnerGrant::ManagePeople,
        Action::AppointAdministrator => PartnerGrant::AppointAdministrator,
        Action::UpdateAccount if is_correctable => PartnerGrant::ManagePeople,
        Action::WithdrawAccount if is_correctable && account.is_waiting() => {
            PartnerGrant::ManagePeople
        }
        Action::WithdrawAccount => {
            return Err(Denial::Forbidden(
                "only an account that waits for confirmation can be withdrawn; \
                 ask the vendor's staff",
            ));
        }
        Action::ListManaged | Action::CreateAccount(_) | Action::ImportAccounts => {
            return Err(Denial::Forbidden("only the account's own people can do this"));
        }
        Action::UpdateAccount if account.created_by.is_some() && account.has_linked => {
            return Err(Denial::Forbidden(
                "somebody of the customer has linked a sign-in; \
                 only the vendor's staff can change the account now",
            ));
        }
        Action::UpdateAccount
        | Action::ConfirmAccount
        | Action::DecideAppointment
        | Action::ReleaseMail => {
            return Err(Denial::Forbidden("only the vendor's staff can do this"));
        }
        Action::ChangeSignInPolicy | Action::LiftSignInPolicy => {
            return Err(Denial::Forbidden(POLICY_IS_THEIRS));
        }
        Action::NarrowGrant | Action::ChangeGrant => {
            return Err(Denial::Forbidden(
                "only the customer's administrators can change their partner's permissions",
            ));
        }
    };
    match account.grant {
        PartnerGrant::None => Err(Denial::Forbidden(
            "the customer gives its partner no access; ask one of its administrators",
        )),
        granted if granted < needed => Err(Denial::Forbidden(
            "the customer's permissions for its partner do not include this; \
             ask one of its administrators",
        )),
        _ => Ok(ActingAs::Partner),
    }
}

fn decide_for_linked(
    link: &Link,
    action: Action,
    account: &Account,
    lapsed: bool,
) -> Result<ActingAs, Denial> {
    let administrator = account.roles.is_administrator(link.professional);
    let own = if administrator { ActingAs::Administrator } else { ActingAs::Own };
    let needs_administrator = || {
        if administrator {
            Ok(own)
        } else {
            Err(Denial::Forbidden("only an administrator of the account can do this"))
        }
    };
    match action {
        Action::ViewAccount
        | Action::ListProfessionals
        | Action::ViewProfessional(_)
        | Action::ListActivity
        | Action::ExportProfessionals
        | Action::DeleteProfessional(_)
        | Action::RestoreProfessional
        | Action::RevokeInvitation(_)
            if lapsed && administrator =>
        {
            Ok(own)
        }
        Action::NarrowGrant if lapsed && administrator && account.kind == AccountKind::Customer => {
            Ok(own)
        }
        _ if lapsed => Err(Denial::Lapsed),
        Action::ViewAccount | Action::ListProfessionals => Ok(own),
        Action::ViewProfessional(who)
        | Action::UpdateProfessional(who)
        | Action::SendInvitation(who)
            if who == link.professional =>
        {
            Ok(own)
        }
        // The lists of all accounts and of requests that reached the vendor are on its own account.
        Action::DecideAccessRequest
        | Action::ListManaged
        | Action::CreateAccount(_)
        | Action::ConfirmAccount
        | Action::WithdrawAccount
        | Action::ImportAccounts
            if account.kind == AccountKind::Vendor =>
        {
            decide_for_staff(link, action, account)
        }
        Action::UpdateAccount | Action::ReleaseMail if account.kind == AccountKind::Vendor => {
            needs_administrator()
        }
        Action::DecideAppointment if account.kind == AccountKind::Vendor => {
            Err(Denial::Forbidden("the vendor's own administrators are appointed by an operator"))
        }
        Action::UpdateAccount
        | Action::ConfirmAccount
        | Action::WithdrawAccount
        | Action::DecideAppointment
        | Action::ImportAccounts
        | Action::ReleaseMail => Err(Denial::Forbidden("only the vendor's staff can do this")),
        Action::NarrowGrant | Action::ChangeGrant if account.kind != AccountKind::Customer => {
            Err(Denial::Forbidden("only a customer has a partner of record"))
        }
        Action::ViewProfessional(_)
        | Action::UpdateProfessional(_)
        | Action::SendInvitation(_)
        | Action::ListActivity
        | Action::ExportProfessionals
        | Action::Invite
        | Action::SetEndDate(_)
        | Action::DeleteProfessional(_)
        | Action::RestoreProfessional
        | Action::RevokeInvitation(_)
        | Action::AssignRoles
        | Action::NarrowGrant
        | Action::ChangeGrant
        | Action::ChangeSignInPolicy
        | Action::LiftSignInPolicy
        | Action::DecideAccessRequest => needs_administrator(),
        Action::AppointAdministrator => Err(Denial::Forbidden(
            "this is for the partner and the vendor's staff; assign roles instead",
        )),
        Action::ListManaged | Action::CreateAccount(_) => match (account.kind, action) {
            (
                AccountKind::Partner,
                Action::ListManaged | Action::CreateAccount(AccountKind::Customer),
            ) => Ok(ActingAs::Partner),
            (AccountKind::Partner, _) => {
                Err(Denial::Forbidden("a partner can create only customers"))
            }
            (AccountKind::Customer | AccountKind::Vendor, _) => {
                Err(Denial::Forbidden("only a partner or the vendor looks after other accounts"))
            }
        },
    }
}

fn not_ended(link: &Link, today: Date) -> Result<(), Denial> {
    match link.ends_on {
        Some(last) if last < today => Err(Denial::Ended(last)),
        _ => Ok(()),
    }
}

impl ActingAs {
    /// Checks whether this is the partner or the vendor, acting from outside the account.
    #[must_use]
    pub fn is_outside(self) -> bool {
        matches!(self, Self::Partner | Self::Staff)
    }
}

impl Action {
    /// Returns the professional that the action is on.
    #[must_use]
    pub fn professional(self) -> Option<ProfessionalId> {
        match self {
            Self::ViewProfessional(who)
            | Self::UpdateProfessional(who)
            | Self::SetEndDate(who)
            | Self::DeleteProfessional(who)
            | Self::SendInvitation(who)
            | Self::RevokeInvitation(who) => Some(who),
            _ => None,
        }
    }

    /// Checks whether the action is possible on an account that waits for confirmation, for those
    /// who act from outside: to see it, to correct it and to decide on it.
    fn is_possible_while_waiting(self) -> bool {
        matches!(
            self,
            Self::ViewAccount
                | Self::ListProfessionals
                | Self::ViewProfessional(_)
                | Self::ListActivity
                | Self::UpdateProfessional(_)
                | Self::UpdateAccount
                | Self::ConfirmAccount
                | Self::WithdrawAccount
                // These say nothing of the account itself.
                | Self::ListManaged
                | Self::CreateAccount(_)
                | Self::ImportAccounts
        )
    }

    /// Returns the action's name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ViewAccount => "view-account",
            Self::ListProfessionals => "list-professionals",
            Self::ViewProfessional(_) => "view-professional",
            Self::ListActivity => "list-activity",
            Self::ExportProfessionals => "export-professionals",
            Self::Invite => "invite",
            Self::UpdateProfessional(_) => "update-professional",
            Self::SetEndDate(_) => "set-end-date",
            Self::DeleteProfessional(_) => "delete-professional",
            Self::RestoreProfessional => "restore-professional",
            Self::SendInvitation(_) => "send-invitation",
            Self::RevokeInvitation(_) => "revoke-invitation",
            Self::AssignRoles => "assign-roles",
            Self::ListManaged => "list-managed",
            Self::CreateAccount(_) => "create-account",
            Self::ImportAccounts => "import-accounts",
            Self::UpdateAccount => "update-account",
            Self::ConfirmAccount => "confirm-account",
            Self::WithdrawAccount => "withdraw-account",
            Self::NarrowGrant => "narrow-grant",
            Self::ChangeGrant => "change-grant",
            Self::ChangeSignInPolicy => "change-sign-in-policy",
            Self::LiftSignInPolicy => "lift-sign-in-policy",
            Self::AppointAdministrator => "appoint-administrator",
            Self::DecideAppointment => "decide-appointment",
            Self::DecideAccessRequest => "decide-access-request",
            Self::ReleaseMail => "release-mail",
        }
    }
}

impl Relationship {
    /// Returns the relationship to `account` of the person linked to `profile`, which belongs to
    /// `home`.
    #[must_use]
    pub fn of(profile: &Professional, home: &Account, account: &Account) -> Self {
        let Some(link) = profile.link().filter(|link| link.account == home.id) else {
            return Self::Stranger;
        };
        if home.id == account.id {
            return Self::Linked(link);
        }
        match home.kind {
            AccountKind::Vendor => Self::Staff { link, vendor: Box::new(home.clone()) },
            _ if account.partner_id() == Some(home.id) => {
                Self::Partner { link, partner: Box::new(home.clone()) }
            }
            _ => Self::Stranger,
        }
    }

    /// Returns the link that the relationship rests on.
    #[must_use]
    pub fn link(&self) -> Option<&Link> {
        match self {
            Self::Linked(link) | Self::Partner { link, .. } | Self::Staff { link, .. } => {
                Some(link)
            }
            Self::Operator | Self::Stranger => None,
        }
    }
}

#[cfg(test)]
mod tests;
