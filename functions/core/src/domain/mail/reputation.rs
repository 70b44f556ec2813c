//! The vendor's good name as a sender: how much of its mail comes back or is reported as unwanted.

use std::ops::AddAssign;

use serde::Deserialize;

use crate::domain::Delivery;

/// What became of the mails of some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DeliveryCounts {
    /// How many the mail service took.
    pub sent: u64,
    /// How many of them came back because there is no such mailbox.
    pub bounced: u64,
    /// How many were reported as unwanted.
    pub complained: u64,
}

/// Whether mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaker {
    /// It does.
    Closed,
    /// It waits: more of it would end with the mail service refusing all of it.
    Open,
}

impl DeliveryCounts {
    /// Days that are looked at, today among them. SES looks at as many mails as it finds representative; for most senders that is a week or more.
    pub const DAYS: i32 = 7;
    /// Fewer mails than this say nothing of the rate of bounces: ten mistyped addresses are no habit.
    const MAILS_FOR_BOUNCES: u64 = 200;
    /// Nor do fewer than this of that of complaints: with it, one person alone stops nobody's mail.
    const MAILS_FOR_COMPLAINTS: u64 = 2000;

    /// Adds what one mail has newly come to; `is_hard` says that, if it came back, it was because there is no such mailbox. SES counts no others.
    #[must_use]
    pub fn of_steps(steps: &[Delivery], is_hard: bool) -> Self {
        let count = |wanted: Delivery| u64::from(steps.contains(&wanted));
        Self {
            sent: count(Delivery::Sent),
            bounced: if is_hard { count(Delivery::Bounced) } else { 0 },
            complained: count(Delivery::Complained),
        }
    }

    /// Judges by the rates from which on SES puts an account under review: 5 % bounces, 0.1 % complaints. It pauses one at 10 % and 0.5 %
    /// ("Reputation metrics messages" in the Amazon SES Developer Guide).
    #[must_use]
    pub fn breaker(&self) -> Breaker {
        let too_many_bounces =
            self.sent >= Self::MAILS_FOR_BOUNCES && self.bounced * 100 >= self.sent * 5;
        let too_many_complaints =
            self.sent >= Self::MAILS_FOR_COMPLAINTS && self.complained * 1000 >= self.sent;
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
    fn mail_waits_from_the_rates_on_at_which_ses_looks_into_it() {
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
                DeliveryCounts { sent, bounced, complained }.breaker(),
                breaker,
                "{bounced} bounces and {complained} complaints of {sent}"
            );
        }
    }

    #[test]
    fn a_full_mailbox_does_not_count_against_the_sender() {
        let steps = [Delivery::Sent, Delivery::Bounced];
        assert_eq!(
            DeliveryCounts::of_steps(&steps, false),
            DeliveryCounts { sent: 1, bounced: 0, complained: 0 }
        );
        assert_eq!(
            DeliveryCounts::of_steps(&steps, true),
            DeliveryCounts { sent: 1, bounced: 1, complained: 0 }
        );
        assert_eq!(
            DeliveryCounts::of_steps(&[Delivery::Complained], true),
            DeliveryCounts { sent: 0, bounced: 0, complained: 1 }
        );
    }
}
