//! Access reviews: who may no longer need access, and when to ask (requirement 13).

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::domain::{Account, AccountId, Confirmation, Professional};

/// When to ask an account's administrators next who still needs access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReview {
    /// The account.
    pub account: AccountId,
    /// The day of the next review.
    pub due_on: Date,
    /// Version for optimistic locking.
    pub version: u32,
}

/// A list of people whose access to review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessReport {
    /// Added at least [`AccessReport::DAYS`] days ago and never linked.
    NeverLinked,
    /// Linked, and not signed in for this many months.
    Inactive(u8),
    /// Access ends within [`AccessReport::DAYS`] days.
    EndingSoon,
}

impl AccessReview {
    /// Months between reviews where `review_months` is 0, which only keep the item scheduled.
    const IDLE_MONTHS: u8 = 6;

    /// Creates the first review of a new or newly confirmed account. Accounts imported together get
    /// different days.
    #[must_use]
    pub fn first(account: &Account) -> Self {
        let spread = i64::try_from(account.id.ulid().0 % 28).unwrap_or_default();
        let since = match account.confirmation {
            Confirmation::Confirmed { since } => since,
            Confirmation::Unconfirmed | Confirmation::Waiting { .. } => account.created_at,
        };
        let since = since.to_zoned(TimeZone::UTC).date();
        Self {
            account: account.id,
            due_on: since.saturating_add((AccessReport::DAYS + spread).days()),
            version: 1,
        }
    }

    /// Returns the review after this one, held on `today`. `months` is the interval; 0 turns mails
    /// off.
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
    /// Days until a person counts as never linked, and before an end that counts as soon.
    pub const DAYS: i64 = 30;
    /// Days within which everyone who uses the portal signs in: the longest session, and one.
    const LONGEST_KEPT: i64 = 31;

    /// Checks whether `person` belongs on the list at the time `now`, on the date `today`.
    #[must_use]
    pub fn includes(self, person: &Professional, now: Timestamp, today: Date) -> bool {
        if person.details.has_ended(today) {
            return false;
        }
        let ago = |span: jiff::Span| now.to_zoned(TimeZone::UTC).saturating_sub(span).timestamp();
        match (self, &person.linked) {
            (Self::NeverLinked, None) => person.created_at <= ago(Self::DAYS.days()),
            (Self::Inactive(months), Some(linked)) => {
                let active = person
                    .last_sign_in
                    .map_or(linked.linked_at, |signed_in| signed_in.max(linked.linked_at));
                // With *Keep me signed in* people sign in only every 30 days, and February is
                // shorter.
                active <= ago(i64::from(months).months()).min(ago(Self::LONGEST_KEPT.days()))
            }
            (Self::EndingSoon, _) => person
                .details
                .ends_on
                .is_some_and(|day| day <= today.saturating_add(Self::DAYS.days())),
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

    /// Returns a person added on `added`, linked and last signed in on the given days.
    fn person(
        added: Date,
        linked: Option<Date>,
        signed_in: Option<Date>,
        ends_on: Option<Date>,
    ) -> Professional {
        let details = Details {
            ends_on,
            ..Details::new(
                PersonName::parse("Ada").expect("a name"),
                EmailAddress::parse("ada@example.org").expect("an address"),
                LanguageTag::default(),
            )
        };
        let identity = || Identity {
            key: IdentityKey::new("issuer", "subject"),
            name: "Ada".to_owned(),
            email: None,
            email_verified: true,
            provider: "Test".to_owned(),
        };
        let linked = linked.map(|day| LinkedIdentity {
            identity: identity(),
            issuer: "issuer".to_owned(),
            linked_at: at(day),
            notices: [].into(),
        });
        let person = Professional::new(Ulid(1).into(), AccountId::VENDOR, details, at(added));
        Professional { linked, last_sign_in: signed_in.map(at), ..person }
    }

    fn is_listed(report: AccessReport, person: &Professional) -> bool {
        report.includes(person, at(TODAY), TODAY)
    }

    #[test]
    fn a_person_not_linked_for_thirty_days_is_listed() {
        let added = |day| is_listed(AccessReport::NeverLinked, &person(day, None, None, None));
        assert_eq!((added(date(2026, 10, 24)), added(date(2026, 10, 23))), (false, true));
        assert!(
            !is_listed(
                AccessReport::NeverLinked,
                &person(date(2020, 1, 1), Some(date(2020, 1, 2)), None, None)
            ),
            "linked"
        );
    }

    #[test]
    fn a_person_inactive_for_the_given_months_is_listed() {
        let signed_in = |day| {
            is_listed(
                AccessReport::Inactive(6),
                &person(date(2020, 1, 1), Some(date(2020, 1, 2)), Some(day), None),
            )
        };
        assert_eq!((signed_in(date(2026, 5, 23)), signed_in(date(2026, 5, 22))), (false, true));
        assert!(
            !is_listed(
                AccessReport::Inactive(6),
                &person(date(2020, 1, 1), Some(date(2026, 11, 1)), None, None)
            ),
            "linked recently"
        );
        assert!(
            !is_listed(AccessReport::Inactive(6), &person(date(2020, 1, 1), None, None, None)),
            "a person never linked is on the other list"
        );
    }

    #[test]
    fn who_uses_the_longest_session_to_its_end_is_never_inactive() {
        // February has fewer days than a session that is kept.
        let now = date(2027, 3, 2);
        let inactive = |signed_in| {
            let person = person(date(2020, 1, 1), Some(date(2020, 1, 2)), Some(signed_in), None);
            AccessReport::Inactive(1).includes(&person, at(now), now)
        };
        assert!(!inactive(date(2027, 1, 31)), "30 days ago");
        assert!(inactive(date(2027, 1, 30)), "31 days ago");
    }

    #[test]
    fn a_person_whose_access_ends_soon_is_listed_until_the_last_day() {
        let ends = |day| {
            is_listed(AccessReport::EndingSoon, &person(date(2020, 1, 1), None, None, Some(day)))
        };
        let days = [date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 22), date(2026, 12, 23)];
        assert_eq!(days.map(ends), [false, true, true, false]);
        let gone = person(date(2020, 1, 1), None, None, Some(date(2026, 11, 21)));
        assert!(!is_listed(AccessReport::NeverLinked, &gone), "access has ended");
    }

    #[test]
    fn the_next_review_is_the_interval_after_the_last() {
        let review =
            AccessReview { account: AccountId::VENDOR, due_on: date(2026, 11, 1), version: 3 };
        assert_eq!(
            (review.next(TODAY, 3).due_on, review.next(TODAY, 0).due_on),
            (date(2027, 2, 22), date(2027, 5, 22))
        );
        assert_eq!(review.next(TODAY, 3).version, 4);
    }
}
