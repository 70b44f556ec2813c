//! Reputation as a sender: the rates of bounces and complaints, of each account and person first,
//! and of the portal.

use std::ops::AddAssign;

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};
use serde::Deserialize;

use crate::domain::Delivery;

/// Counts of mails and their outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DeliveryCounts {
    /// Mails accepted by the mail service.
    pub sent: u64,
    /// Mails that bounced because the mailbox does not exist.
    pub bounced: u64,
    /// Mails reported as spam.
    pub complained: u64,
}

/// Whether mail is sent or held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaker {
    /// Mail is sent.
    Closed,
    /// Mail is held back.
    Open,
}

/// An account's mail that is held back because too much of it, or of what the same person caused,
/// bounced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldMail {
    /// How many mails wait.
    pub mails: u32,
    /// The hour since which one of them has waited.
    pub since: Option<Timestamp>,
    /// When staff last released what waited.
    pub released_at: Option<Timestamp>,
}

impl HeldMail {
    /// Checks whether releasing at the time `now` changes something: mail waits, and this is not a
    /// retry of a release within the last minute.
    #[must_use]
    pub fn can_be_released(&self, now: Timestamp) -> bool {
        const RETRIED_WITHIN: SignedDuration = SignedDuration::from_mins(1);
        self.mails > 0
            && self.released_at.is_none_or(|released| now.duration_since(released) > RETRIED_WITHIN)
    }
}

impl DeliveryCounts {
    /// Hours that count for the portal, including the current one. While mail is held nothing
    /// bounces, so the portal holds mail for hours and not for days.
    pub const PORTAL_HOURS: i32 = 6;
    /// Days that count for an account and for a person, including today.
    pub const ACCOUNT_DAYS: i32 = 2;
    /// With fewer mails the portal's bounce rate means nothing: ten mistyped addresses are no
    /// pattern.
    const MAILS_FOR_BOUNCES: u64 = 200;
    /// With fewer mails the portal's complaint rate means nothing.
    const MAILS_FOR_COMPLAINTS: u64 = 2000;
    /// Bounces that an account or a person has before the rate matters.
    const BOUNCE_BUDGET: u64 = 10;
    /// Complaints that an account or a person has before the rate matters.
    const COMPLAINT_BUDGET: u64 = 2;

    /// Counts one mail's new states. Bounces count only if `is_hard`, because no such mailbox
    /// exists; SES ignores others.
    #[must_use]
    pub fn from_transitions(entered: &[Delivery], is_hard: bool) -> Self {
        let count = |state: Delivery| u64::from(entered.contains(&state));
        Self {
            sent: count(Delivery::Sent),
            bounced: if is_hard { count(Delivery::Bounced) } else { 0 },
            complained: count(Delivery::Complained),
        }
    }

    /// Returns whether the portal holds everybody's mail back, at the rates from which SES reviews
    /// an account: 5 % bounces or 0.1 % complaints. SES stops sending at 10 % and 0.5 %
    /// ("Reputation metrics messages" in the Amazon SES Developer Guide).
    #[must_use]
    pub fn portal_breaker(&self) -> Breaker {
        self.breaker(self.sent >= Self::MAILS_FOR_BOUNCES, self.sent >= Self::MAILS_FOR_COMPLAINTS)
    }

    /// Returns whether the mail of the account or person that these counts are of is held back, at
    /// the same rates, after a few bounces or complaints that anybody may have.
    #[must_use]
    pub fn own_breaker(&self) -> Breaker {
        self.breaker(self.bounced >= Self::BOUNCE_BUDGET, self.complained >= Self::COMPLAINT_BUDGET)
    }

    /// Returns the part of `mail`, just added to these counts of an account or person, that counts
    /// for the portal too: what exceeds their budget is held back with their own mail, so that one
    /// of them alone cannot stop everybody's.
    #[must_use]
    pub fn for_portal(&self, mail: Self) -> Self {
        Self {
            sent: mail.sent,
            bounced: if self.bounced < Self::BOUNCE_BUDGET { mail.bounced } else { 0 },
            complained: if self.complained < Self::COMPLAINT_BUDGET { mail.complained } else { 0 },
        }
    }

    /// Returns the days whose counts matter for an account on `day`.
    pub fn account_days(day: Date) -> impl Iterator<Item = Date> {
        (0..Self::ACCOUNT_DAYS).map(move |ago| day.saturating_sub(ago.days()))
    }

    fn breaker(&self, are_bounces_enough: bool, are_complaints_enough: bool) -> Breaker {
        let too_many_bounces = are_bounces_enough && self.bounced * 100 >= self.sent * 5;
        let too_many_complaints = are_complaints_enough && self.complained * 1000 >= self.sent;
        if too_many_bounces || too_many_complaints { Breaker::Open } else { Breaker::Closed }
    }
}

impl AddAssign for DeliveryCounts {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.bounced += other.bounced;
        self.complained += other.complained;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_holds_mail_back_from_the_rates_that_ses_reviews() {
        for (sent, bounced, complained, breaker) in [
            (0, 0, 0, Breaker::Closed),
            (199, 199, 199, Breaker::Closed),
            (200, 9, 0, Breaker::Closed),
            (200, 10, 0, Breaker::Open),
            (100_000, 4999, 99, Breaker::Closed),
            (100_000, 5000, 0, Breaker::Open),
            (1999, 0, 20, Breaker::Closed),
            (2000, 0, 1, Breaker::Closed),
            (2000, 0, 2, Breaker::Open),
        ] {
            assert_eq!(
                DeliveryCounts { sent, bounced, complained }.portal_breaker(),
                breaker,
                "{bounced} bounces and {complained} complaints of {sent}"
            );
        }
    }

    #[test]
    fn an_account_has_a_budget_and_then_the_same_rates() {
        for (sent, bounced, complained, breaker) in [
            (9, 9, 1, Breaker::Closed),
            (10, 10, 0, Breaker::Open),
            (200, 10, 0, Breaker::Open),
            (201, 10, 0, Breaker::Closed),
            (2, 0, 2, Breaker::Open),
            (2001, 0, 2, Breaker::Closed),
        ] {
            assert_eq!(
                DeliveryCounts { sent, bounced, complained }.own_breaker(),
                breaker,
                "{bounced} bounces and {complained} complaints of {sent}"
            );
        }
    }

    #[test]
    fn one_account_alone_never_opens_the_portals_breaker() {
        for sent in [1_u64, 200, 2000, 5000] {
            let (mut account, mut portal) = (DeliveryCounts::default(), DeliveryCounts::default());
            for _ in 0..sent {
                let mail = DeliveryCounts { sent: 1, bounced: 1, complained: 1 };
                account += mail;
                portal += account.for_portal(mail);
            }
            assert_eq!(portal.portal_breaker(), Breaker::Closed, "{sent}: {portal:?}");
        }
    }

    #[test]
    fn a_soft_bounce_does_not_count() {
        let entered = [Delivery::Sent, Delivery::Bounced];
        assert_eq!(
            DeliveryCounts::from_transitions(&entered, false),
            DeliveryCounts { sent: 1, bounced: 0, complained: 0 }
        );
        assert_eq!(
            DeliveryCounts::from_transitions(&entered, true),
            DeliveryCounts { sent: 1, bounced: 1, complained: 0 }
        );
        assert_eq!(
            DeliveryCounts::from_transitions(&[Delivery::Complained], true),
            DeliveryCounts { sent: 0, bounced: 0, complained: 1 }
        );
    }
}
