//! Keeping the list of people short: who may no longer need access, and when to ask (requirement 13).

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::domain::{Account, AccountId, Professional};

/// When an account's administrators are to be asked next who still needs access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReview {
    /// The account.
    pub account: AccountId,
    /// The next day on which it is looked at.
    pub due_on: Date,
    /// Counts the changes; every change states which one it follows.
    pub version: u32,
}

/// A list of people worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessReport {
    /// On the list for [`AccessReport::DAYS`] days, and no identity was ever linked.
    NeverLinked,
    /// Linked, and not signed in for so many months.
    Inactive(u8),
    /// The last day of access is [`AccessReport::DAYS`] days away or less.
    EndingSoon,
}

impl AccessReview {
    /// How often an account is looked at that nobody is to be asked about, in months.
    const IDLE_MONTHS: u8 = 6;

    /// Makes the first of a new account. An account that comes with thousands of others is not looked at on the same day as all of them.
    #[must_use]
    pub fn first(account: &Account) -> Self {
        let spread = i64::try_from(account.id.ulid().0 % 28).unwrap_or_default();
        let created_on = account.created_at.to_zoned(TimeZone::UTC).date();
        Self {
            account: account.id,
            due_on: created_on.saturating_add((AccessReport::DAYS + spread).days()),
            version: 1,
        }
    }

    /// Makes the one after this, which is done on the day `today`; `months` are those between two, 0 for never.
    #[must_use]
    pub fn next(&self, today: Date, months: u8) -> Self {
        let months = if months == 0 { Self::IDLE_MONTHS } else { months };
        Self {
            due_on: today.saturating_add(i64::from(months).months()),
            version: self.version + 1,
            ..self.clone()
        }
    }
}

impl AccessReport {
    /// Days that a new person has for linking, and that an end counts as soon.
    pub const DAYS: i64 = 30;

    /// Tells whether `person` is on the list at the time `now`, which falls on `today`.
    #[must_use]
    pub fn includes(self, person: &Professional, now: Timestamp, today: Date) -> bool {
        if person.details.has_ended(today) {
            return false;
        }
        let ago = |span: jiff::Span| now.to_zoned(TimeZone::UTC).saturating_sub(span).timestamp();
        match (self, &person.linked) {
            (Self::NeverLinked, None) => person.created_at <= ago(Self::DAYS.days()),
            (Self::Inactive(months), Some(linked)) => {
                let seen =
                    person.last_sign_in.map_or(linked.linked_at, |it| it.max(linked.linked_at));
                seen <= ago(i64::from(months).months())
            }
            (Self::EndingSoon, _) => person
                .details
                .ends_on
                .is_some_and(|it| it <= today.saturating_add(Self::DAYS.days())),
            (Self::NeverLinked, Some(_)) | (Self::Inactive(_), None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ulid::Ulid;

    use super::*;
    use crate::domain::{
        Details, EmailAddress, Identity, IdentityKey, LanguageTag, LinkedIdentity, PersonName,
    };

    const TODAY: Date = date(2026, 11, 22);

    fn at(day: Date) -> Timestamp {
        day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("in range").timestamp()
    }

    /// Somebody added on the day `added`, and linked and seen on those days if so.
    fn person(
        added: Date,
        linked: Option<Date>,
        seen: Option<Date>,
        ends_on: Option<Date>,
    ) -> Professional {
        let details = Details {
            name: PersonName::parse("Ada").expect("a name"),
            email: EmailAddress::parse("ada@example.org").expect("an address"),
            title: None,
            phone: None,
            language: LanguageTag::default(),
            ends_on,
        };
        let identity = || Identity {
            key: IdentityKey::new("issuer", "subject"),
            name: "Ada".to_owned(),
            email: None,
            provider: "Test".to_owned(),
        };
        let linked = linked.map(|it| LinkedIdentity {
            identity: identity(),
            linked_at: at(it),
            notices: [].into(),
        });
        let person = Professional::new(Ulid(1).into(), AccountId::VENDOR, details, at(added));
        Professional { linked, last_sign_in: seen.map(at), ..person }
    }

    fn named(report: AccessReport, person: &Professional) -> bool {
        report.includes(person, at(TODAY), TODAY)
    }

    #[test]
    fn whoever_has_not_linked_for_thirty_days_is_named() {
        let added = |day| named(AccessReport::NeverLinked, &person(day, None, None, None));
        assert_eq!((added(date(2026, 10, 24)), added(date(2026, 10, 23))), (false, true));
        assert!(
            !named(
                AccessReport::NeverLinked,
                &person(date(2020, 1, 1), Some(date(2020, 1, 2)), None, None)
            ),
            "linked"
        );
    }

    #[test]
    fn whoever_has_not_signed_in_for_so_many_months_is_named() {
        let seen = |day| {
            named(
                AccessReport::Inactive(6),
                &person(date(2020, 1, 1), Some(date(2020, 1, 2)), Some(day), None),
            )
        };
        assert_eq!((seen(date(2026, 5, 23)), seen(date(2026, 5, 22))), (false, true));
        assert!(
            !named(
                AccessReport::Inactive(6),
                &person(date(2020, 1, 1), Some(date(2026, 11, 1)), None, None)
            ),
            "linked of late"
        );
        assert!(
            !named(AccessReport::Inactive(6), &person(date(2020, 1, 1), None, None, None)),
            "never linked is another list"
        );
    }

    #[test]
    fn whose_end_is_near_is_named_until_it_has_come() {
        let ends =
            |day| named(AccessReport::EndingSoon, &person(date(2020, 1, 1), None, None, Some(day)));
        let days = [date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 22), date(2026, 12, 23)];
        assert_eq!(days.map(ends), [false, true, true, false]);
        let gone = person(date(2020, 1, 1), None, None, Some(date(2026, 11, 21)));
        assert!(!named(AccessReport::NeverLinked, &gone), "who has no access needs no look");
    }

    #[test]
    fn the_next_look_is_so_many_months_after_the_last() {
        let review =
            AccessReview { account: AccountId::VENDOR, due_on: date(2026, 11, 1), version: 3 };
        assert_eq!(
            (review.next(TODAY, 3).due_on, review.next(TODAY, 0).due_on),
            (date(2027, 2, 22), date(2027, 5, 22))
        );
        assert_eq!(review.next(TODAY, 3).version, 4);
    }
}
