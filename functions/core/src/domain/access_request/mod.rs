//! Requests for access (requirement 23): who asks, who decides in which order, and the outcome.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};
use strsim::osa_distance;

use crate::domain::{
    AccessRequestId, Account, AccountId, AccountName, Confirmation, Details, EmailAddress,
    Identity, JobTitle, LanguageTag, PartnerGrant, PersonName, PhoneNumber, Professional, Reason,
    Remark, Requester,
};

/// A person's request for access to an account, as its deciders see it.
///
/// It belongs to the account it is for, or to the vendor's own account until that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its identifier; sorts by time.
    pub id: AccessRequestId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The organisation's name or customer number, as typed.
    pub organisation: AccountName,
    /// The person's name, as typed.
    pub name: PersonName,
    /// The address for the invitation, as typed and not verified.
    pub email: EmailAddress,
    /// The job title, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<JobTitle>,
    /// The telephone number, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// The language of the page with the form.
    pub language: LanguageTag,
    /// The asker's message, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Remark>,
    /// The asker's identity. What its provider says is a hint for the deciders; approval does not
    /// link it.
    pub identity: Identity,
    /// Open, or how it ended.
    pub state: AccessState,
    /// Who decides at present; `None` until the request is routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Decider>,
    /// The day on which the request escalates, or expires when staff have it.
    pub due_on: Date,
    /// When it was sent.
    pub asked_at: Timestamp,
    /// When it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The decider's name. The asker never sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Version for optimistic locking.
    pub version: u32,
}

/// All requests of one identity, open ones first. Limits it to one open request for each
/// organisation and [`OwnRequests::MAX_OPEN`] in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnRequests {
    /// The open requests and the newest ended ones.
    pub requests: Vec<OwnRequest>,
    /// How many requests were ever made; version for optimistic locking.
    pub asked: u32,
}

/// A request as its asker sees it, without its decider and whether the organisation exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRequest {
    /// Its identifier.
    pub id: AccessRequestId,
    /// The account it belongs to. The asker does not see it.
    pub account: AccountId,
    /// The organisation, as typed.
    pub organisation: AccountName,
    /// The person's name, as typed.
    pub name: PersonName,
    /// The address, as typed.
    pub email: EmailAddress,
    /// Open, or how it ended.
    pub state: AccessState,
    /// When it was sent.
    pub asked_at: Timestamp,
    /// When it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// The state of a request for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessState {
    /// Waits for a decision.
    Open,
    /// An invitation went to the address in the request.
    Approved,
    /// A decider declined it.
    Declined,
    /// The asker withdrew it.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

/// Who decides, in order of escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// The account's own administrators.
    Administrators,
    /// The account's partner of record.
    Partner,
    /// The vendor's staff, who can always decide.
    Staff,
}

/// Which deciders an account has at present. Staff can always decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deciders {
    /// A linked administrator exists, and the plan gives access.
    pub administrators: bool,
    /// The partner of record has a linked administrator and may manage people.
    pub partner: bool,
}

/// What a schedule does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing yet.
    Wait,
    /// Ask these deciders.
    Ask(Decider),
    /// Let the request expire.
    Expire,
}

impl AccessRequest {
    /// Days staff have before a request expires.
    pub const EXPIRY_DAYS: i32 = 30;
    /// Days an ended request is kept.
    pub const RETENTION_DAYS: i64 = 90;

    /// Checks whether the request waits for a decision.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == AccessState::Open
    }

    /// Returns the next step for the request on `today`, a day in the account's time zone.
    #[must_use]
    pub fn next(&self, deciders: Deciders, today: Date) -> Step {
        match self.stage {
            _ if self.state != AccessState::Open => Step::Wait,
            None => Step::Ask(deciders.first_available(Decider::Administrators)),
            Some(stage) if today < self.due_on && deciders.can_decide(stage) => Step::Wait,
            Some(Decider::Administrators) => Step::Ask(deciders.first_available(Decider::Partner)),
            Some(Decider::Partner) => Step::Ask(Decider::Staff),
            Some(Decider::Staff) => Step::Expire,
        }
    }

    /// Asks `stage` on `today`. The request escalates after `working_days`.
    pub fn ask(&mut self, stage: Decider, today: Date, working_days: u8) {
        self.stage = Some(stage);
        self.due_on = match stage {
            Decider::Administrators | Decider::Partner => after_working_days(today, working_days),
            Decider::Staff => today.saturating_add(Self::EXPIRY_DAYS.days()),
        };
    }

    /// Moves the request to `account`, where it is due for routing on `today`.
    pub fn move_to(&mut self, account: AccountId, today: Date) {
        self.account = account;
        self.stage = None;
        self.due_on = today;
    }

    /// Ends the request as `state`.
    pub fn end(
        &mut self,
        state: AccessState,
        reason: Option<Reason>,
        by: Option<String>,
        now: Timestamp,
    ) {
        self.state = state;
        self.reason = reason;
        self.decided_by = by;
        self.ended_at = Some(now);
    }

    /// Returns the person who asks, for events.
    #[must_use]
    pub fn requester(&self) -> Requester {
        Requester { name: self.name.clone().into(), email: self.email.clone().into() }
    }

    /// Returns the request as its asker sees it.
    #[must_use]
    pub fn own(&self) -> OwnRequest {
        OwnRequest {
            id: self.id,
            account: self.account,
            organisation: self.organisation.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            state: self.state,
            asked_at: self.asked_at,
            ended_at: self.ended_at,
            reason: self.reason.clone(),
        }
    }

    /// Returns the profile details for a person added on this request.
    #[must_use]
    pub fn details(&self) -> Details {
        Details {
            title: self.title.clone(),
            phone: self.phone.clone(),
            ..Details::new(self.name.clone(), self.email.clone(), self.language.clone())
        }
    }
}

impl OwnRequests {
    /// The most open requests of one identity.
    pub const MAX_OPEN: usize = 5;

    /// Returns the open request for `organisation`, compared by search key.
    #[must_use]
    pub fn open_for(&self, organisation: &AccountName) -> Option<&OwnRequest> {
        let key = organisation.search_key();
        self.requests
            .iter()
            .find(|own| own.state == AccessState::Open && own.organisation.search_key() == key)
    }

    /// Checks whether the identity has [`Self::MAX_OPEN`] open requests.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.requests.iter().filter(|own| own.state == AccessState::Open).count() >= Self::MAX_OPEN
    }
}

impl Deciders {
    /// Determines who can decide on a request for `account`.
    ///
    /// `administrators` are the account's own. `partner` is the partner of record's account with
    /// its administrators.
    #[must_use]
    pub fn of(
        account: &Account,
        administrators: &[&Professional],
        partner: Option<(&Account, &[&Professional])>,
        now: Timestamp,
        grace_days: u8,
    ) -> Self {
        // What staff have not confirmed may be an invention: only they see what strangers wrote.
        if !account.is_confirmed() {
            return Self::default();
        }
        let can_decide = |account: &Account, people: &[&Professional]| {
            !account.is_lapsed(now, grace_days)
                && people.iter().any(|person| {
                    person.linked.is_some() && !person.details.has_ended(account.today(now))
                })
        };
        let partner = partner.filter(|(partner, _)| {
            account.grant >= PartnerGrant::ManagePeople && account.partner_id() == Some(partner.id)
        });
        Self {
            administrators: can_decide(account, administrators),
            partner: partner.is_some_and(|(account, people)| can_decide(account, people)),
        }
    }

    /// Checks whether anyone at `stage` can decide.
    #[must_use]
    pub fn can_decide(self, stage: Decider) -> bool {
        match stage {
            Decider::Administrators => self.administrators,
            Decider::Partner => self.partner,
            Decider::Staff => true,
        }
    }

    /// Returns the first decider in escalation order, from `stage` on, who can decide.
    fn first_available(self, stage: Decider) -> Decider {
        [Decider::Administrators, Decider::Partner]
            .into_iter()
            .find(|decider| *decider >= stage && self.can_decide(*decider))
            .unwrap_or(Decider::Staff)
    }
}

/// Returns the account among `candidates` that the name or number `typed` by a stranger leads to,
/// if there is one. `numbered` is the account with this number at the vendor.
///
/// Only accounts that staff stand behind count, so that nobody collects requests by inventing an
/// organisation. The vendor's number comes first. Of several accounts of the name the one that has
/// had it longest keeps the requests, so that no namesake diverts them; those who got it at the
/// same moment leave them to staff.
#[must_use]
pub fn account_for(
    typed: &AccountName,
    numbered: Option<AccountId>,
    candidates: &[Account],
) -> Option<AccountId> {
    let confirmed = |account: &Account| match account.confirmation {
        Confirmation::Confirmed { since } => Some((since, account.id)),
        Confirmation::Unconfirmed | Confirmation::Waiting { .. } => None,
    };
    let mut by_number = candidates.iter().filter(|account| Some(account.id) == numbered);
    if let Some((_, account)) = by_number.find_map(confirmed) {
        return Some(account);
    }
    let key = typed.search_key();
    let named = candidates.iter().filter(|account| account.name.search_key() == key);
    let mut holders: Vec<_> = named.filter_map(confirmed).collect();
    holders.sort_unstable();
    holders.dedup();
    match holders[..] {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, account), ..] => Some(account),
        [] => None,
    }
}

/// Returns the first working day after `working_days` whole ones that follow `day`. Working days
/// are Monday to Friday.
#[must_use]
pub fn after_working_days(day: Date, working_days: u8) -> Date {
    let mut after = day;
    for _ in 0..=working_days {
        after = after.saturating_add(1.day());
        while matches!(after.weekday(), Weekday::Saturday | Weekday::Sunday) {
            after = after.saturating_add(1.day());
        }
    }
    after
}

/// Returns the domain among `known` that `domain` imitates: it differs by one or two letters, or
/// only by characters that look alike.
#[must_use]
pub fn lookalike_domain<'a>(
    domain: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let skeleton = |domain: &str| {
        domain
            .replace("rn", "m")
            .replace("vv", "w")
            .replace(['1', 'i'], "l")
            .replace('0', "o")
            .replace(['-', '_'], "")
    };
    let (own_skeleton, length) = (skeleton(domain), domain.chars().count());
    known.into_iter().filter(|other| *other != domain).find(|other| {
        let other_skeleton = skeleton(other);
        // In a short domain two changed letters make another name, not a misspelt one.
        let max_distance = if length.min(other.chars().count()) < 10 { 1 } else { 2 };
        own_skeleton == other_skeleton
            || osa_distance(&own_skeleton, &other_skeleton) <= max_distance
    })
}

#[cfg(test)]
mod tests;
