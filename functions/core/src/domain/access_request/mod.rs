//! Asking for access (requirement 23): who asks, who is asked in which order, and what comes of it.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccessRequestId, Account, AccountId, AccountName, Details, EmailAddress, Identity, JobTitle,
    LanguageTag, PartnerGrant, PersonName, PhoneNumber, Professional, Reason, Remark, Requester,
};

/// Somebody's request for access to an account, as those who decide on it see it.
///
/// It lies in the account it is for, or in the vendor's own while nobody knows which that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its identifier; sorts by time.
    pub id: AccessRequestId,
    /// The account it lies in.
    pub account: AccountId,
    /// The organisation's name or customer number, as typed.
    pub organisation: AccountName,
    /// The person's name, as typed.
    pub name: PersonName,
    /// Where an invitation would go, as typed: nobody has proved to read it.
    pub email: EmailAddress,
    /// The job title, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<JobTitle>,
    /// The telephone number, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// The language of the page that it was asked on.
    pub language: LanguageTag,
    /// Why, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Remark>,
    /// The identity that asks. What its provider says of it is a hint for those who decide; it is not linked by their consent.
    pub identity: Identity,
    /// What has come of it.
    pub state: AccessState,
    /// Who is asked; nobody yet until it has been routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Decider>,
    /// The day on which the next are asked, or on which it expires with the last.
    pub due_on: Date,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The name of whoever decided, which the asker is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Counts the changes; every change states which one it follows.
    pub version: u32,
}

/// What an identity has asked for, the open requests first, and how often it has asked: so that there is one open request for an organisation
/// and no more than a few at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnRequests {
    /// The open requests, and the newest of those that have ended.
    pub requests: Vec<OwnRequest>,
    /// Counts the requests; every new one states which one it follows.
    pub asked: u32,
}

/// A request as its asker knows it: never who decides, nor whether there is such an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRequest {
    /// Its identifier.
    pub id: AccessRequestId,
    /// Where it lies, which the asker is not told.
    pub account: AccountId,
    /// The organisation as typed.
    pub organisation: AccountName,
    /// The name as typed.
    pub name: PersonName,
    /// The address as typed.
    pub email: EmailAddress,
    /// What has come of it.
    pub state: AccessState,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What has come of a request for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessState {
    /// Somebody is yet to decide.
    Open,
    /// An invitation was mailed to the address in the request.
    Approved,
    /// Somebody said no.
    Declined,
    /// Whoever asked took it back.
    Withdrawn,
    /// Nobody has decided in time.
    Expired,
}

/// Who is asked, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    /// The account's own administrators.
    Administrators,
    /// Its partner of record.
    Partner,
    /// The vendor's staff, who are always there.
    Staff,
}

/// Who could decide on a request for an account just now. Staff always can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deciders {
    /// An administrator is linked, and the plan lets them.
    pub administrators: bool,
    /// The partner of record has a linked administrator, and may manage people.
    pub partner: bool,
}

/// What is to be done with an open request when somebody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing before its day.
    Wait,
    /// Ask these.
    Ask(Decider),
    /// Nobody has decided in time.
    Expire,
}

impl AccessRequest {
    /// Days the last to be asked have before a request expires.
    pub const LAST_DAYS: i32 = 30;
    /// Days a request that has ended is kept.
    pub const KEPT_DAYS: i64 = 90;

    /// Tells whether somebody is yet to decide.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == AccessState::Open
    }

    /// Tells what is to be done with the request on `today`, the account's own day.
    #[must_use]
    pub fn next(&self, deciders: Deciders, today: Date) -> Step {
        match self.stage {
            _ if self.state != AccessState::Open => Step::Wait,
            None => Step::Ask(deciders.first_from(Decider::Administrators)),
            Some(stage) if today < self.due_on && deciders.can(stage) => Step::Wait,
            Some(Decider::Administrators) => Step::Ask(deciders.first_from(Decider::Partner)),
            Some(Decider::Partner) => Step::Ask(Decider::Staff),
            Some(Decider::Staff) => Step::Expire,
        }
    }

    /// Has `stage` asked from `today` on, with `working_days` before the next are.
    pub fn ask(&mut self, stage: Decider, today: Date, working_days: u8) {
        self.stage = Some(stage);
        self.due_on = match stage {
            Decider::Administrators | Decider::Partner => after_working_days(today, working_days),
            Decider::Staff => today.saturating_add(Self::LAST_DAYS.days()),
        };
    }

    /// Lays the request into `account`, from whose side nobody has been asked; it is due from `today` on.
    pub fn move_to(&mut self, account: AccountId, today: Date) {
        self.account = account;
        self.stage = None;
        self.due_on = today;
    }

    /// Ends the request.
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

    /// Returns what the asker knows of it.
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

    /// Returns what whoever is added on this request has on record.
    #[must_use]
    pub fn details(&self) -> Details {
        Details {
            name: self.name.clone(),
            email: self.email.clone(),
            title: self.title.clone(),
            phone: self.phone.clone(),
            language: self.language.clone(),
            ends_on: None,
        }
    }
}

impl OwnRequests {
    /// How many requests of an identity may be open.
    pub const MOST_OPEN: usize = 5;
    /// Returns the request that is open for an organisation typed like that.
    #[must_use]
    pub fn open_for(&self, organisation: &AccountName) -> Option<&OwnRequest> {
        let wanted = organisation.search_key();
        self.requests
            .iter()
            .find(|it| it.state == AccessState::Open && it.organisation.search_key() == wanted)
    }

    /// Tells whether another one would be one too many.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.requests.iter().filter(|it| it.state == AccessState::Open).count() >= Self::MOST_OPEN
    }
}

impl Deciders {
    /// Judges who could decide on a request for `account`; `administrators` are its own, `partner` is the account of the partner of record
    /// with its administrators.
    #[must_use]
    pub fn of(
        account: &Account,
        administrators: &[&Professional],
        partner: Option<(&Account, &[&Professional])>,
        now: Timestamp,
        grace_days: u8,
    ) -> Self {
        let reached = |account: &Account, people: &[&Professional]| {
            !account.is_lapsed(now, grace_days)
                && people
                    .iter()
                    .any(|it| it.linked.is_some() && !it.details.has_ended(account.today(now)))
        };
        let partner = partner.filter(|(it, _)| {
            account.grant >= PartnerGrant::ManagePeople
                && account.partner.as_ref().is_some_and(|of| of.account == it.id)
        });
        Self {
            administrators: reached(account, administrators),
            partner: partner.is_some_and(|(account, people)| reached(account, people)),
        }
    }

    /// Tells whether there is somebody at `stage`.
    #[must_use]
    pub fn can(self, stage: Decider) -> bool {
        match stage {
            Decider::Administrators => self.administrators,
            Decider::Partner => self.partner,
            Decider::Staff => true,
        }
    }

    /// Returns the first stage from `stage` on at which there is somebody.
    fn first_from(self, stage: Decider) -> Decider {
        [Decider::Administrators, Decider::Partner]
            .into_iter()
            .find(|it| *it >= stage && self.can(*it))
            .unwrap_or(Decider::Staff)
    }
}

/// Returns the first working day behind `working_days` whole ones that follow `day`. Saturday and Sunday are none.
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

/// Returns the domain among `known` that `domain` may have been chosen to be taken for: one that differs by a letter or two, or only by
/// signs that look alike.
#[must_use]
pub fn lookalike_domain<'a>(
    domain: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let skeleton = |it: &str| {
        it.replace("rn", "m")
            .replace("vv", "w")
            .replace(['1', 'i'], "l")
            .replace('0', "o")
            .replace(['-', '_'], "")
    };
    let (folded, length) = (skeleton(domain), domain.chars().count());
    known.into_iter().filter(|it| *it != domain).find(|it| {
        let other = skeleton(it);
        // In a short domain a letter or two make another name, not a misspelt one.
        let most = if length.min(it.len()) < 10 { 1 } else { 2 };
        folded == other || distance(&folded, &other) <= most
    })
}

/// Counts the letters to be changed, added, left out or swapped with their neighbour to make `b` of `a`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut least = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests;
