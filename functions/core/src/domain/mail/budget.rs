//! The mail budget: what a mail counts as, in which window, and what happens over the limit.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::domain::{Limit, MailContent, MailKind, OutboxMail};

/// What a mail counts as. Each class has limits of its own, so that a flood of one does not hold
/// back another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailClass {
    /// Invitations.
    Invitations,
    /// Requested links.
    Links,
    /// Requests for access, as their askers cause them.
    AccessRequests,
    /// Other notices.
    Notices,
    /// Security notices.
    Security,
    /// Notices of a replacement to an address that nobody has proved.
    Unproved,
}

/// A window of counting, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// An hour.
    Hour,
    /// A day.
    Day,
}

/// What happens to a mail over the limit of its mailbox. Nothing is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverLimit {
    /// It waits for the next window.
    Waits,
    /// The first waits for the next window and stands for the further ones, which ask for the same.
    StandsForOthers,
    /// It is counted in one mail at the end of the window that says how many there were of each
    /// kind.
    IsMerged,
}

impl MailClass {
    /// Returns the name of its counter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invitations => "invitations",
            Self::Links => "links",
            Self::AccessRequests => "access-requests",
            Self::Notices => "notices",
            Self::Security => "security",
            Self::Unproved => "unproved",
        }
    }

    /// Returns the limit of the identity that causes it.
    #[must_use]
    pub fn by_identity(self) -> Limit {
        match self {
            Self::Invitations => Limit::InvitationsByIdentity,
            Self::Links => Limit::LinksByIdentity,
            Self::AccessRequests => Limit::AccessRequestsByIdentity,
            Self::Notices => Limit::NoticesByIdentity,
            Self::Security | Self::Unproved => Limit::SecurityNoticesByIdentity,
        }
    }

    /// Returns the limit of the network of somebody who acts for no account.
    #[must_use]
    pub fn by_source(self) -> Limit {
        match self {
            Self::Links => Limit::LinksBySource,
            Self::AccessRequests => Limit::AccessRequestsBySource,
            _ => self.by_identity(),
        }
    }

    /// Returns the limit of the mailbox that gets it.
    #[must_use]
    pub fn by_mailbox(self) -> Limit {
        match self {
            Self::Invitations => Limit::InvitationsByAddress,
            Self::Links => Limit::LinksByAddress,
            Self::AccessRequests | Self::Notices => Limit::NoticesByAddress,
            Self::Security => Limit::SecurityNoticesByAddress,
            Self::Unproved => Limit::NoticesByUnprovedAddress,
        }
    }

    /// Returns the window in which a mailbox's limit counts.
    #[must_use]
    pub fn window(self) -> Window {
        if self == Self::Unproved { Window::Day } else { Window::Hour }
    }

    /// Returns what happens to a mail over its mailbox's limit.
    #[must_use]
    pub fn over_limit(self) -> OverLimit {
        match self {
            Self::Invitations => OverLimit::Waits,
            Self::Links => OverLimit::StandsForOthers,
            Self::AccessRequests | Self::Notices | Self::Security | Self::Unproved => {
                OverLimit::IsMerged
            }
        }
    }
}

impl Window {
    /// Returns the name of the window that contains `now`: `hour#2026-11-22T13` or
    /// `day#2026-11-22`.
    #[must_use]
    pub fn name(self, now: Timestamp) -> String {
        let form = if self == Self::Hour { "hour#%Y-%m-%dT%H" } else { "day#%Y-%m-%d" };
        now.to_zoned(TimeZone::UTC).strftime(form).to_string()
    }

    /// Returns when the window that contains `now` ends.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Timestamp {
        let seconds = self.seconds();
        let number = now.as_second().div_euclid(seconds);
        Timestamp::from_second((number + 1).saturating_mul(seconds)).unwrap_or(Timestamp::MAX)
    }

    /// Returns the time until the window that contains `now` ends, in seconds.
    #[must_use]
    pub fn seconds_left(self, now: Timestamp) -> u32 {
        u32::try_from(self.end(now).as_second() - now.as_second()).unwrap_or(1)
    }

    /// Returns when the counters of the window may be deleted, in seconds since 1970.
    #[must_use]
    pub fn counters_expire_at(self, now: Timestamp) -> i64 {
        self.end(now).as_second() + SignedDuration::from_hours(1).as_secs()
    }

    fn seconds(self) -> i64 {
        SignedDuration::from_hours(if self == Self::Hour { 1 } else { 24 }).as_secs()
    }
}

impl MailContent {
    /// Checks whether this tells the former address or sign-in that another has replaced it.
    fn is_replacement(&self) -> bool {
        matches!(self.kind(), MailKind::AddressChanged | MailKind::IdentitySwitched)
    }
}

impl OutboxMail {
    /// Returns what the mail counts as for its mailbox.
    #[must_use]
    pub fn class(&self) -> MailClass {
        if self.content.is_replacement() && !self.is_to_proved_address() {
            MailClass::Unproved
        } else {
            self.content.class()
        }
    }

    /// Checks whether the mail is sent whatever bounces: a security notice, or the news that an
    /// invitation bounced, to an address that its owner has proved.
    #[must_use]
    pub fn is_never_held(&self) -> bool {
        let says_that_it_bounced = match &self.content {
            MailContent::Notices { counts, .. } => {
                counts.iter().any(|counted| counted.mail == MailKind::InvitationBounced)
            }
            content => content.kind() == MailKind::InvitationBounced,
        };
        (says_that_it_bounced || self.content.is_security_notice()) && self.is_to_proved_address()
    }

    /// Checks whether the mail goes to an address that its owner has proved.
    #[must_use]
    pub fn is_to_proved_address(&self) -> bool {
        self.recipient.as_ref().is_some_and(|recipient| recipient.is_proved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_where_the_next_one_begins() {
        let now: Timestamp = "2026-11-22T13:59:59Z".parse().expect("a time");
        for (window, name, end, left) in [
            (Window::Hour, "hour#2026-11-22T13", "2026-11-22T14:00:00Z", 1),
            (Window::Day, "day#2026-11-22", "2026-11-23T00:00:00Z", 36_001),
        ] {
            assert_eq!(window.name(now), name);
            assert_eq!(window.end(now).to_string(), end);
            assert_eq!(window.seconds_left(now), left);
            assert_ne!(window.name(window.end(now)), name);
        }
    }
}
