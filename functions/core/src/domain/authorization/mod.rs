//! Who may do what: the one function every handler asks.
//!
#![doc = include_str!("table.md")]
//!
//! A lapsed plan shuts out linked people, except that administrators keep reading (requirement 30). It does not shut out partner and
//! staff, who must be able to help; a partner whose own plan lapsed is shut out itself. An end date that has passed ends every right. What a
//! partner may do the customer's administrators decide (requirement 27); the partner itself has no say in it.
//!
//! Days are those of the account whose plan or whose people it is about.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{Account, AccountKind, Link, PartnerGrant, Professional, ProfessionalId};

/// How somebody stands to the account they act on.
#[derive(Clone, Debug)]
pub enum Relationship {
    /// Invoked the function directly; AWS IAM is the guard.
    Operator,
    /// Linked with a professional of the account.
    Linked(Link),
    /// Linked with a professional of the account's partner of record.
    Partner {
        /// The link.
        link: Link,
        /// The partner's account.
        partner: Box<Account>,
    },
    /// Linked with a professional of the vendor.
    Staff {
        /// The link.
        link: Link,
        /// The vendor's account.
        vendor: Box<Account>,
    },
    /// None of these.
    Stranger,
}

/// What somebody wants to do on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See name, plan, partner and roles.
    ViewAccount,
    /// See who has access.
    ListProfessionals,
    /// See one profile whole.
    ViewProfessional(ProfessionalId),
    /// See what happened.
    ListActivity,
    /// Take the whole list away as a file.
    ExportProfessionals,
    /// Add professionals, put a deleted one back, and have everybody invited again who has not answered.
    Invite,
    /// Change name, e-mail, title, telephone, language.
    UpdateProfessional(ProfessionalId),
    /// Change the last day of access.
    SetEndDate(ProfessionalId),
    /// Take a professional off the list.
    DeleteProfessional(ProfessionalId),
    /// Have an invitation mailed.
    SendInvitation(ProfessionalId),
    /// Take an invitation back.
    RevokeInvitation(ProfessionalId),
    /// Give and take roles.
    AssignRoles,
    /// See the accounts this account looks after.
    ListManaged,
    /// Create an account of a kind, from this account.
    CreateAccount(AccountKind),
    /// Create and change many accounts at once, from the vendor's account.
    ImportAccounts,
    /// Change name, contact, plan, partner of record, time zone and licences.
    UpdateAccount,
    /// Say what the partner of record may do.
    ChangeGrant,
    /// Make a professional administrator from outside, because the account's own cannot (requirement 24).
    AppointAdministrator,
    /// Be the second person who approves such an appointment.
    DecideAppointment,
    /// See who asks for access, and say yes or no (requirement 23).
    DecideAccessRequest,
}

/// As what somebody acts; the account's own activity list says so (requirement 27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActingAs {
    /// A professional for themselves.
    #[serde(rename = "self")]
    Own,
    /// An administrator of the account.
    Administrator,
    /// The partner of record.
    Partner,
    /// The vendor's staff.
    Staff,
    /// An operator, through AWS.
    Operator,
    /// A schedule or the mail service.
    Schedule,
    /// Whoever reads the mailbox on record.
    Mailbox,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// As far as they are to know there is no such account or professional.
    Unknown,
    /// They know it, but lack the right.
    Forbidden(&'static str),
    /// Their end date has passed; their last day.
    Ended(Date),
    /// The plan their access hangs on has lapsed.
    Lapsed,
}

/// Decides whether whoever stands so to `account` may do `act` at the time `now`, and as what.
///
/// `grace_days` are the days of access after a plan's last day.
pub fn decide(
    relationship: &Relationship,
    act: Action,
    account: &Account,
    now: Timestamp,
    grace_days: u8,
) -> Result<ActingAs, Denial> {
    match relationship {
        Relationship::Stranger => Err(Denial::Unknown),
        Relationship::Operator => Ok(ActingAs::Operator),
        Relationship::Staff { link, vendor } => {
            not_ended(link, vendor.today(now)).map(|()| ActingAs::Staff)
        }
        Relationship::Partner { link, partner } => {
            not_ended(link, partner.today(now))?;
            if account.partner.as_ref().map(|it| it.account) != Some(partner.id) {
                return Err(Denial::Unknown);
            }
            if partner.is_lapsed(now, grace_days) {
                return Err(Denial::Lapsed);
            }
            decide_for_partner(act, account.grant)
        }
        Relationship::Linked(link) => {
            not_ended(link, account.today(now))?;
            decide_for_linked(link, act, account, account.is_lapsed(now, grace_days))
        }
    }
}

fn decide_for_partner(act: Action, grant: PartnerGrant) -> Result<ActingAs, Denial> {
    let needed = match act {
        Action::ViewAccount
        | Action::ListProfessionals
        | Action::ViewProfessional(_)
        | Action::ListActivity
        | Action::ExportProfessionals => PartnerGrant::View,
        Action::Invite
        | Action::UpdateProfessional(_)
        | Action::SetEndDate(_)
        | Action::DeleteProfessional(_)
        | Action::SendInvitation(_)
        | Action::RevokeInvitation(_)
        | Action::AssignRoles
        | Action::DecideAccessRequest => PartnerGrant::ManagePeople,
        Action::AppointAdministrator => PartnerGrant::AppointAdministrator,
        Action::ListManaged | Action::CreateAccount(_) | Action::ImportAccounts => {
            return Err(Denial::Forbidden("only the account's own people may do this"));
        }
        Action::UpdateAccount | Action::DecideAppointment => {
            return Err(Denial::Forbidden("only the vendor's staff may do this"));
        }
        Action::ChangeGrant => {
            return Err(Denial::Forbidden(
                "only the customer's administrators decide what their partner may do",
            ));
        }
    };
    match grant {
        PartnerGrant::None => Err(Denial::Forbidden(
            "the customer has ended its partner's access; ask one of its administrators",
        )),
        granted if granted < needed => Err(Denial::Forbidden(
            "the customer does not let its partner do this; ask one of its administrators",
        )),
        _ => Ok(ActingAs::Partner),
    }
}

fn decide_for_linked(
    link: &Link,
    act: Action,
    account: &Account,
    lapsed: bool,
) -> Result<ActingAs, Denial> {
    let administrator = account.roles.is_administrator(link.professional);
    let own = if administrator { ActingAs::Administrator } else { ActingAs::Own };
    let needs_administrator = || {
        if administrator {
            Ok(own)
        } else {
            Err(Denial::Forbidden("only an administrator of the account may do this"))
        }
    };
    match act {
        Action::ViewAccount
        | Action::ListProfessionals
        | Action::ViewProfessional(_)
        | Action::ListActivity
        | Action::ExportProfessionals
            if lapsed && administrator =>
        {
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
        Action::DecideAccessRequest
        | Action::UpdateAccount
        | Action::DecideAppointment
        | Action::ImportAccounts
            if account.kind == AccountKind::Vendor =>
        {
            Ok(ActingAs::Staff)
        }
        Action::UpdateAccount | Action::DecideAppointment | Action::ImportAccounts => {
            Err(Denial::Forbidden("only the vendor's staff may do this"))
        }
        Action::ChangeGrant if account.kind != AccountKind::Customer => {
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
        | Action::RevokeInvitation(_)
        | Action::AssignRoles
        | Action::ChangeGrant
        | Action::DecideAccessRequest => needs_administrator(),
        Action::AppointAdministrator => Err(Denial::Forbidden(
            "an account's own administrators give and take the role themselves",
        )),
        Action::ListManaged | Action::CreateAccount(_) => match (account.kind, act) {
            (AccountKind::Vendor, _) => Ok(ActingAs::Staff),
            (
                AccountKind::Partner,
                Action::ListManaged | Action::CreateAccount(AccountKind::Customer),
            ) => Ok(ActingAs::Partner),
            (AccountKind::Partner, _) => {
                Err(Denial::Forbidden("a partner may create customers only"))
            }
            (AccountKind::Customer, _) => {
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
    /// Checks whether the actor comes from outside the account: from its partner or the vendor.
    #[must_use]
    pub fn is_outside(self) -> bool {
        matches!(self, Self::Partner | Self::Staff)
    }
}

impl Action {
    /// Returns the professional the act is on.
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

    /// Returns the act as the API names it.
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
            Self::SendInvitation(_) => "send-invitation",
            Self::RevokeInvitation(_) => "revoke-invitation",
            Self::AssignRoles => "assign-roles",
            Self::ListManaged => "list-managed",
            Self::CreateAccount(_) => "create-account",
            Self::ImportAccounts => "import-accounts",
            Self::UpdateAccount => "update-account",
            Self::ChangeGrant => "change-grant",
            Self::AppointAdministrator => "appoint-administrator",
            Self::DecideAppointment => "decide-appointment",
            Self::DecideAccessRequest => "decide-access-request",
        }
    }
}

impl Relationship {
    /// Tells how whoever is linked with `profile`, of the account `home`, stands to `account`.
    #[must_use]
    pub fn of(profile: &Professional, home: &Account, account: &Account) -> Self {
        let Some(link) = profile.link().filter(|it| it.account == home.id) else {
            return Self::Stranger;
        };
        if home.id == account.id {
            return Self::Linked(link);
        }
        match home.kind {
            AccountKind::Vendor => Self::Staff { link, vendor: Box::new(home.clone()) },
            _ if account.partner.as_ref().map(|it| it.account) == Some(home.id) => {
                Self::Partner { link, partner: Box::new(home.clone()) }
            }
            _ => Self::Stranger,
        }
    }

    /// Returns the link that makes the standing, if one does.
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
