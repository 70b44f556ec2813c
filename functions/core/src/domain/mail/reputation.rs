//! The vendor's reputation as a sender: the rates of bounces and complaints.

use std::ops::AddAssign;

use serde::Deserialize;

use crate::domain::Delivery;

/// Counts of mails over some days.
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
    /// Mail is held back before the mail service refuses all of it.
    Open,
}

impl DeliveryCounts {
    /// Days that count, including today. SES considers a representative volume; for most senders
    /// that is a week or more.
    pub const DAYS: i32 = 7;
    /// With fewer mails the bounce rate means nothing: ten mistyped addresses are no pattern.
    const MAILS_FOR_BOUNCES: u64 = 200;
    /// With fewer mails the complaint rate means nothing: one person cannot stop everybody's mail.
    const MAILS_FOR_COMPLAINTS: u64 = 2000;

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

    /// Returns whether to hold mail back, at the rates from which SES reviews an account: 5 %
    /// bounces or 0.1 % complaints. SES stops sending at 10 % and 0.5 % ("Reputation metrics
    /// messages" in the Amazon SES Developer Guide).
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
    fn mail_is_held_back_from_the_rates_that_ses_reviews() {
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
