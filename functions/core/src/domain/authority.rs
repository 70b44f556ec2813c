//! Who may do what: the one function every handler asks.
//!
#![doc = include_str!("authority/table.md")]
//!
//! A lapsed plan shuts out linked people, except that administrators keep reading (requirement 30). It does not shut out partner and
//! staff, who must be able to help; a partner whose own plan lapsed is shut out itself. An end date that has passed ends every right. What a
//! partner may do the customer's administrators decide (requirement 27); the partner itself has no say in it.
//!
//! Days are those of the account whose plan or whose people it is about.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Account, Grant, Kind, Link, Professional, ProfessionalId};
use crate::{Error, PlanLapsed, Policy};

/// How somebody stands to the account they act on.
#[derive(Clone, Debug)]
pub enum Standing {
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
pub enum Act {
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
    CreateAccount(Kind),
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
pub enum Capacity {
    /// A professional for themselves.
    #[serde(rename = "self")]
    Oneself,
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
pub enum Refusal {
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
    standing: &Standing,
    act: Act,
    account: &Account,
    now: Timestamp,
    grace_days: u8,
) -> Result<Capacity, Refusal> {
    match standing {
        Standing::Stranger => Err(Refusal::Unknown),
        Standing::Operator => Ok(Capacity::Operator),
        Standing::Staff { link, vendor } => {
            not_ended(link, vendor.today(now)).map(|()| Capacity::Staff)
        }
        Standing::Partner { link, partner } => {
            not_ended(link, partner.today(now))?;
            if account.partner.as_ref().map(|it| it.account) != Some(partner.id) {
                return Err(Refusal::Unknown);
            }
            if partner.is_lapsed(now, grace_days) {
                return Err(Refusal::Lapsed);
            }
            decide_partner(act, account.grant)
        }
        Standing::Linked(link) => {
            not_ended(link, account.today(now))?;
            decide_linked(link, act, account, account.is_lapsed(now, grace_days))
        }
    }
}

fn decide_partner(act: Act, grant: Grant) -> Result<Capacity, Refusal> {
    let needed = match act {
        Act::ViewAccount
        | Act::ListProfessionals
        | Act::ViewProfessional(_)
        | Act::ListActivity
        | Act::ExportProfessionals => Grant::View,
        Act::Invite
        | Act::UpdateProfessional(_)
        | Act::SetEndDate(_)
        | Act::DeleteProfessional(_)
        | Act::SendInvitation(_)
        | Act::RevokeInvitation(_)
        | Act::AssignRoles
        | Act::DecideAccessRequest => Grant::ManagePeople,
        Act::AppointAdministrator => Grant::AppointAdministrator,
        Act::ListManaged | Act::CreateAccount(_) | Act::ImportAccounts => {
            return Err(Refusal::Forbidden("only the account's own people may do this"));
        }
        Act::UpdateAccount | Act::DecideAppointment => {
            return Err(Refusal::Forbidden("only the vendor's staff may do this"));
        }
        Act::ChangeGrant => {
            return Err(Refusal::Forbidden(
                "only the customer's administrators decide what their partner may do",
            ));
        }
    };
    match grant {
        Grant::None => Err(Refusal::Forbidden(
            "the customer has ended its partner's access; ask one of its administrators",
        )),
        granted if granted < needed => Err(Refusal::Forbidden(
            "the customer does not let its partner do this; ask one of its administrators",
        )),
        _ => Ok(Capacity::Partner),
    }
}

fn decide_linked(
    link: &Link,
    act: Act,
    account: &Account,
    lapsed: bool,
) -> Result<Capacity, Refusal> {
    let administrator = account.roles.is_administrator(link.professional);
    let own = if administrator { Capacity::Administrator } else { Capacity::Oneself };
    let needs_administrator = || {
        if administrator {
            Ok(own)
        } else {
            Err(Refusal::Forbidden("only an administrator of the account may do this"))
        }
    };
    match act {
        Act::ViewAccount
        | Act::ListProfessionals
        | Act::ViewProfessional(_)
        | Act::ListActivity
        | Act::ExportProfessionals
            if lapsed && administrator =>
        {
            Ok(own)
        }
        _ if lapsed => Err(Refusal::Lapsed),
        Act::ViewAccount | Act::ListProfessionals => Ok(own),
        Act::ViewProfessional(who) | Act::UpdateProfessional(who) | Act::SendInvitation(who)
            if who == link.professional =>
        {
            Ok(own)
        }
        Act::DecideAccessRequest
        | Act::UpdateAccount
        | Act::DecideAppointment
        | Act::ImportAccounts
            if account.kind == Kind::Vendor =>
        {
            Ok(Capacity::Staff)
        }
        Act::UpdateAccount | Act::DecideAppointment | Act::ImportAccounts => {
            Err(Refusal::Forbidden("only the vendor's staff may do this"))
        }
        Act::ChangeGrant if account.kind != Kind::Customer => {
            Err(Refusal::Forbidden("only a customer has a partner of record"))
        }
        Act::ViewProfessional(_)
        | Act::UpdateProfessional(_)
        | Act::SendInvitation(_)
        | Act::ListActivity
        | Act::ExportProfessionals
        | Act::Invite
        | Act::SetEndDate(_)
        | Act::DeleteProfessional(_)
        | Act::RevokeInvitation(_)
        | Act::AssignRoles
        | Act::ChangeGrant
        | Act::DecideAccessRequest => needs_administrator(),
        Act::AppointAdministrator => Err(Refusal::Forbidden(
            "an account's own administrators give and take the role themselves",
        )),
        Act::ListManaged | Act::CreateAccount(_) => match (account.kind, act) {
            (Kind::Vendor, _) => Ok(Capacity::Staff),
            (Kind::Partner, Act::ListManaged | Act::CreateAccount(Kind::Customer)) => {
                Ok(Capacity::Partner)
            }
            (Kind::Partner, _) => Err(Refusal::Forbidden("a partner may create customers only")),
            (Kind::Customer, _) => {
                Err(Refusal::Forbidden("only a partner or the vendor looks after other accounts"))
            }
        },
    }
}

fn not_ended(link: &Link, today: Date) -> Result<(), Refusal> {
    match link.ends_on {
        Some(last) if last < today => Err(Refusal::Ended(last)),
        _ => Ok(()),
    }
}

impl Act {
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

impl Standing {
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
            Kind::Vendor => Self::Staff { link, vendor: Box::new(home.clone()) },
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

impl Refusal {
    /// Returns the refusal as an error that explains itself to whoever stands so to `account`.
    #[must_use]
    pub fn explain(
        self,
        standing: &Standing,
        account: &Account,
        now: Timestamp,
        policy: &Policy,
    ) -> Error {
        match self {
            Self::Unknown => Error::NotFound("account"),
            Self::Forbidden(why) => Error::Forbidden(why),
            Self::Ended(since) => Error::AccessEnded { since },
            Self::Lapsed => {
                let lapsed = if let Standing::Partner { partner, .. } = standing {
                    partner
                } else {
                    account
                };
                let administrator = standing
                    .link()
                    .is_some_and(|it| lapsed.roles.is_administrator(it.professional));
                lapsed.explain_lapse(now, policy, administrator)
            }
        }
    }
}

impl Account {
    /// Returns what its people are told while no plan gives access (requirement 30).
    #[must_use]
    pub fn explain_lapse(&self, now: Timestamp, policy: &Policy, administrator: bool) -> Error {
        let (today, created_on) = (self.today(now), self.today(self.created_at));
        let begins_on = self.plan.as_ref().map(|it| it.starts_on).filter(|it| today < *it);
        let since = match &self.plan {
            Some(plan) if begins_on.is_none() => plan.lapses_on(policy.grace_days),
            _ => created_on,
        };
        let plan = self.plan.as_ref().map_or_else(|| "none".to_owned(), |it| it.name.to_string());
        let (partner, access_mailbox) = (self.partner.clone(), policy.access_mailbox.clone());
        Error::PlanLapsed(Box::new(PlanLapsed {
            since,
            begins_on,
            plan,
            partner,
            access_mailbox,
            administrator,
        }))
    }
}

#[cfg(test)]
mod tests;
