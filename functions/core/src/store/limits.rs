//! Rate limits: counters for each address, identity and network.

use jiff::Timestamp;

use super::{Store, key};
use crate::{Result, domain::OutboxMail};

/// A counter that a transaction increments, and its limit for an hour.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The counter's name, for example `links-by-source`.
    pub what: &'static str,
    /// A digest of whom it counts, so that the table does not reveal who asked.
    pub who: String,
    /// By how much the transaction increments it.
    pub times: u32,
    /// The limit for an hour. The first transaction of an hour may exceed it.
    pub at_most: u32,
    /// Whether a transaction over the limit seems to be committed.
    pub is_silent: bool,
    /// The hour it is counted in.
    pub hour: Hour,
}

/// An hour of counting.
#[derive(Clone, Copy, Debug)]
pub struct Hour {
    number: i64,
    left: u32,
}

impl Hour {
    const SECONDS: i64 = 3600;

    /// Returns the hour that contains `now`.
    #[must_use]
    pub fn of(now: Timestamp) -> Self {
        let number = now.as_second().div_euclid(Self::SECONDS);
        let left = Self::SECONDS - now.as_second().rem_euclid(Self::SECONDS);
        Self { number, left: u32::try_from(left).unwrap_or(1) }
    }

    /// Returns the seconds until the hour ends.
    pub(super) fn left(self) -> u32 {
        self.left
    }

    /// Returns when its counters may be deleted, in seconds since 1970.
    pub(super) fn ttl(self) -> i64 {
        (self.number + 2) * Self::SECONDS
    }
}

impl Limit {
    pub(super) fn key(&self) -> key::Key {
        key::Key::limit(self.what, &self.who, self.hour.number)
    }
}

impl Store {
    /// Returns a store whose transactions increment `limits`.
    ///
    /// Over a limit a transaction fails with [`crate::Error::TooManyRequests`] and changes nothing.
    /// Over a silent limit it changes nothing either, but seems to succeed.
    #[must_use]
    pub fn limited_by(&self, limits: Vec<Limit>) -> Self {
        Self { limits: limits.into(), ..self.clone() }
    }

    /// Queues the mail for a request for links.
    pub async fn request_links(&self, mail: &OutboxMail) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.put_mail(mail)?;
        transaction.commit().await
    }
}
