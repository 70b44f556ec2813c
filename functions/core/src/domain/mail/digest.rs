//! Digests: one mail for many notices. It lists whom and what they are about, up to a bound, and
//! counts the rest.

use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{
    Account, CountedKind, MailCause, MailContent, MailId, MailKind, NoticeGroup, OutboxMail,
    Professional, Window, id::derive_ulid,
};

/// The most notices of one kind that a digest lists.
const MOST_LISTED: usize = 50;

/// The most notices that a digest lists. An entry has at most 1.2 KB, and an item of DynamoDB 400.
const MOST_LISTED_IN_ALL: usize = 200;

/// The hour of the account's day at which daily digests leave.
const MORNING: i8 = 7;

/// What a digest gathers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DigestPeriod {
    /// The notices of one group over the limit of an hour.
    Hour,
    /// The notices of all groups that the recipient wants daily.
    Day,
}

/// A notice in a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestEntry {
    /// Its kind.
    pub mail: MailKind,
    /// The name of the person, or of the partner, that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The name of the account it is about, if that is not the recipient's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The day it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
}

/// The digest that takes up a notice.
#[derive(Clone, Debug)]
pub struct DigestPlace {
    /// Its identifier, the same for all notices that it gathers.
    pub id: MailId,
    /// What it gathers.
    pub period: DigestPeriod,
    /// When it leaves.
    pub leaves_at: Timestamp,
}

impl DigestPlace {
    /// Returns the digest for `reader` of `home` that takes up a notice of `group` at the time
    /// `now`.
    ///
    /// One for each reader and not for each account that the notices are about: a partner has
    /// hundreds.
    #[must_use]
    pub fn of(
        group: NoticeGroup,
        period: DigestPeriod,
        reader: &Professional,
        home: &Account,
        now: Timestamp,
    ) -> Self {
        let (name, leaves_at) = match period {
            DigestPeriod::Hour => (group.name(), Window::Hour.end(now)),
            DigestPeriod::Day => ("daily", next_morning(home, now)),
        };
        let milliseconds = u64::try_from(leaves_at.as_millisecond()).unwrap_or_default();
        let window = ulid::Ulid::from_parts(milliseconds, 0);
        let reader = [reader.account.to_string(), reader.id.to_string()];
        let id = derive_ulid(window, &["digest", name, &reader[0], &reader[1]]).into();
        Self { id, period, leaves_at }
    }

    /// Returns the digest with `notice` as its first. It belongs to the reader's own account, whose
    /// activity list shows it, and its bounces are that account's.
    #[must_use]
    pub fn begin(&self, notice: &OutboxMail, home: &Account, now: Timestamp) -> OutboxMail {
        let mut content =
            MailContent::none(Some(home.name.to_string()), Some(self.period), notice.created_at);
        content.count(&notice.content, Some(home));
        let mut recipient = notice.recipient.clone();
        if let Some(recipient) = &mut recipient {
            recipient.professional = recipient.profile.map(|profile| profile.professional);
        }
        OutboxMail {
            id: self.id,
            account: Some(home.id),
            professional: None,
            recipient,
            content,
            created_at: now,
            cause: MailCause { actor: None, account: Some(home.id) },
            held: None,
            counted_in: None,
            ..notice.clone()
        }
    }
}

impl MailContent {
    /// Returns a mail that counts `notice`, which was due at `since`, and others of its account.
    #[must_use]
    pub fn counted(notice: &Self, since: Timestamp) -> Self {
        let mut content = Self::none(notice.account_name().map(str::to_owned), None, since);
        content.count(notice, None);
        content
    }

    /// Returns a mail that counts nothing yet.
    fn none(account_name: Option<String>, period: Option<DigestPeriod>, since: Timestamp) -> Self {
        Self::Notices {
            account_name,
            counts: Vec::new(),
            mails: 0,
            is_security: false,
            since,
            period,
            entries: Vec::new(),
            is_closed: false,
        }
    }

    /// Counts `notice` in this mail. A digest lists it too, for a reader of the account `home`.
    pub fn count(&mut self, notice: &Self, home: Option<&Account>) {
        let entry = notice.entry(home);
        let Self::Notices { counts, mails, is_security, period, entries, .. } = self else {
            return;
        };
        let kind = notice.kind();
        *mails += 1;
        *is_security |= notice.is_security_notice();
        match counts.iter_mut().find(|counted| counted.mail == kind) {
            Some(counted) => counted.times += 1,
            None => counts.push(CountedKind { mail: kind, times: 1 }),
        }
        counts.sort_by_key(|counted| counted.mail);
        let listed = entries.iter().filter(|entry| entry.mail == kind).count();
        if period.is_some() && listed < MOST_LISTED && entries.len() < MOST_LISTED_IN_ALL {
            entries.push(entry);
        }
    }

    /// Returns a digest without the notices of groups that its reader has turned off since; `None`
    /// if nothing is left. Other mails stay as they are.
    #[must_use]
    pub fn without_groups(mut self, is_off: impl Fn(NoticeGroup) -> bool) -> Option<Self> {
        if let Self::Notices { counts, mails, entries, period: Some(_), .. } = &mut self {
            let stays = |kind: MailKind| !kind.rules().group.is_some_and(&is_off);
            counts.retain(|counted| stays(counted.mail));
            entries.retain(|entry| stays(entry.mail));
            *mails = counts.iter().map(|counted| counted.times).sum();
            if counts.is_empty() {
                return None;
            }
        }
        Some(self)
    }

    /// Returns the line of this notice in a digest for a reader of the account `home`.
    fn entry(&self, home: Option<&Account>) -> DigestEntry {
        let (person, day) = match self {
            Self::Linked { professional_name, .. }
            | Self::InvitationBounced { professional_name, .. } => {
                (Some(professional_name.clone()), None)
            }
            Self::AccessEnding { professional_name, ends_on, .. } => {
                (Some(professional_name.clone()), Some(*ends_on))
            }
            Self::AccessRequested { name, .. } => (Some(name.to_string()), None),
            Self::PartnerChanged { partner, .. } => (Some(partner.name.clone()), None),
            Self::AppointmentRequested { professional_name, .. } => {
                (professional_name.clone(), None)
            }
            Self::PlanEnding { ends_on, .. } => (None, Some(*ends_on)),
            Self::PlanLapsed { since, .. } => (None, Some(*since)),
            _ => (None, None),
        };
        let is_own = |name: &&str| home.is_some_and(|home| home.name.as_str() == *name);
        let account = self.account_name().filter(|name| !is_own(name)).map(str::to_owned);
        DigestEntry { mail: self.kind(), person, account, day }
    }
}

/// Returns when the account's daily digests leave next after `now`: at seven in the morning there.
fn next_morning(account: &Account, now: Timestamp) -> Timestamp {
    let today = account.time_zone.day(now);
    let morning = |day: Date| account.time_zone.time_of_day(day, MORNING);
    let next = morning(today);
    if now < next { next } else { morning(today.saturating_add(1.days())) }
}

#[cfg(test)]
mod tests {
    use ulid::Ulid;

    use super::*;
    use crate::domain::{
        AccountChanges, AccountKind, AccountName, Details, EmailAddress, Identity, IdentityKey,
        LanguageTag, PersonName, ZoneName,
    };

    fn home(zone: &str) -> Account {
        let name = AccountName::parse("Example Ltd").expect("a name");
        let given = AccountChanges {
            time_zone: Some(ZoneName::parse(zone).expect("a zone")),
            ..AccountChanges::default()
        };
        let created = Timestamp::UNIX_EPOCH;
        Account {
            has_linked: true,
            ..Account::new(Ulid(10).into(), name, AccountKind::Customer, given, created, 0)
        }
    }

    fn reader(number: u128) -> Professional {
        let details = Details::new(
            PersonName::parse("Ada").expect("a name"),
            EmailAddress::parse("ada@example.org").expect("an address"),
            LanguageTag::default(),
        );
        Professional::new(Ulid(number).into(), Ulid(10).into(), details, Timestamp::UNIX_EPOCH)
    }

    fn linked(account: &str, name: &str) -> MailContent {
        MailContent::Linked {
            account_name: account.to_owned(),
            professional_name: name.to_owned(),
            identity: Identity {
                key: IdentityKey::new("issuer", "subject"),
                name: "Ada".to_owned(),
                email: None,
                email_verified: true,
                provider: "Test".to_owned(),
            },
            linked_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn bounced(name: &str) -> MailContent {
        MailContent::InvitationBounced {
            invitation: Ulid(1).into(),
            account_name: "\u{10ffff}".repeat(150),
            professional_name: name.to_owned(),
            email: EmailAddress::parse("ada@example.org").expect("valid"),
        }
    }

    fn empty() -> MailContent {
        MailContent::none(None, Some(DigestPeriod::Hour), Timestamp::UNIX_EPOCH)
    }

    fn listed(content: &MailContent) -> (Vec<(MailKind, u32)>, Vec<&DigestEntry>) {
        let MailContent::Notices { counts, mails, entries, .. } = content else {
            panic!("a digest")
        };
        assert_eq!(*mails, counts.iter().map(|counted| counted.times).sum::<u32>());
        let counts = counts.iter().map(|counted| (counted.mail, counted.times)).collect();
        (counts, entries.iter().collect())
    }

    #[test]
    fn a_digest_of_400_lists_50_and_counts_all() {
        let (home, mut content) = (home("UTC"), empty());
        for number in 1..=400 {
            content.count(&linked("Example Ltd", &format!("Person {number}")), Some(&home));
        }
        let (counts, entries) = listed(&content);
        assert_eq!(counts, [(MailKind::Linked, 400)]);
        assert_eq!(entries.len(), MOST_LISTED);
        assert_eq!(entries[49].person.as_deref(), Some("Person 50"));
        assert!(entries.iter().all(|entry| entry.account.is_none()), "the reader's own");
        assert!(content.is_security_notice());
    }

    #[test]
    fn a_digest_fits_into_an_item_whatever_the_names() {
        let (home, mut content) = (home("UTC"), empty());
        let name = "\u{10ffff}".repeat(100);
        let kinds = [
            linked(&"\u{10ffff}".repeat(150), &name),
            bounced(&name),
            MailContent::AccessEnding {
                account_name: "\u{10ffff}".repeat(150),
                professional_name: name.clone(),
                ends_on: Date::MAX,
            },
            MailContent::ReviewAccess { account_name: "\u{10ffff}".repeat(150), months: 6 },
            MailContent::PlanLapsed {
                account_name: "\u{10ffff}".repeat(150),
                plan_name: String::new(),
                since: Date::MAX,
                partner: None,
                audience: crate::domain::Audience::Partner,
            },
        ];
        for kind in kinds.iter().cycle().take(1000) {
            content.count(kind, Some(&home));
        }
        let (counts, entries) = listed(&content);
        assert_eq!((counts.len(), entries.len()), (5, MOST_LISTED_IN_ALL));
        let size = serde_json::to_string(&content).expect("JSON").len();
        assert!(size < 300_000, "{size}");
    }

    #[test]
    fn only_counted_notices_are_not_listed() {
        let notice = linked("Example Ltd", "Ada");
        let content = MailContent::counted(&notice, Timestamp::UNIX_EPOCH);
        let (counts, entries) = listed(&content);
        assert_eq!((counts, entries.len()), (vec![(MailKind::Linked, 1)], 0));
        assert_eq!(content.clone().without_groups(|_| true), Some(content));
    }

    #[test]
    fn what_was_turned_off_leaves_a_digest() {
        let mut content = empty();
        content.count(&linked("Example Ltd", "Ada"), None);
        content.count(&bounced("Bob"), None);
        let rest = content
            .clone()
            .without_groups(|group| group == NoticeGroup::BouncedInvitations)
            .expect("a rest");
        let (counts, entries) = listed(&rest);
        assert_eq!((counts, entries.len()), (vec![(MailKind::Linked, 1)], 1));
        assert_eq!(content.without_groups(|_| true), None);
    }

    #[test]
    fn each_reader_has_one_digest_an_hour_of_each_group_and_one_a_day_of_all() {
        let now: Timestamp = "2026-11-22T13:59:59Z".parse().expect("a time");
        let later: Timestamp = "2026-11-22T14:00:00Z".parse().expect("a time");
        let (ada, bob, home) = (reader(1), reader(2), home("UTC"));
        let (plans, linked) = (NoticeGroup::Plans, NoticeGroup::PeopleLinked);
        let id = |group, period, reader: &Professional, now| {
            DigestPlace::of(group, period, reader, &home, now).id
        };
        let hourly = id(plans, DigestPeriod::Hour, &ada, now);
        assert_ne!(hourly, id(linked, DigestPeriod::Hour, &ada, now));
        assert_ne!(hourly, id(plans, DigestPeriod::Hour, &bob, now));
        assert_ne!(hourly, id(plans, DigestPeriod::Hour, &ada, later));
        let daily = id(plans, DigestPeriod::Day, &ada, now);
        assert_eq!(daily, id(linked, DigestPeriod::Day, &ada, later));
        assert_ne!(daily, id(plans, DigestPeriod::Day, &bob, now));
    }

    #[test]
    fn a_daily_digest_leaves_at_the_next_seven_in_the_morning_there() {
        for (zone, now, leaves_at) in [
            ("UTC", "2026-11-22T06:59:59Z", "2026-11-22T07:00:00Z"),
            ("UTC", "2026-11-22T07:00:00Z", "2026-11-23T07:00:00Z"),
            ("Europe/Berlin", "2026-11-22T12:00:00Z", "2026-11-23T06:00:00Z"),
            ("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z"),
            ("America/Los_Angeles", "2026-11-22T12:00:00Z", "2026-11-22T15:00:00Z"),
            ("Pacific/Auckland", "2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z"),
        ] {
            let now: Timestamp = now.parse().expect("a time");
            let place = DigestPlace::of(
                NoticeGroup::Plans,
                DigestPeriod::Day,
                &reader(1),
                &home(zone),
                now,
            );
            assert_eq!(place.leaves_at.to_string(), leaves_at, "{zone} {now}");
        }
    }
}
