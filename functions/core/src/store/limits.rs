//! Counters that keep one person, address or network from asking too often.

use jiff::Timestamp;

use super::{Store, key};
use crate::{Result, domain::OutboxMail};

/// What a transaction counts, and how far that may go within the hour.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is counted, for example `links-by-source`.
    pub what: &'static str,
    /// For whom, as a digest: who asked is not to be read out of the counters.
    pub who: String,
    /// How many there are in one transaction.
    pub times: u32,
    /// How many there may be in an hour. More at once are still let through at the beginning of one.
    pub at_most: u32,
    /// Whether reaching it looks as if the transaction had been committed.
    pub is_silent: bool,
    /// The hour it is counted in.
    pub hour: Hour,
}

/// The hour that is being counted.
#[derive(Clone, Copy, Debug)]
pub struct Hour {
    number: i64,
    left: u32,
}

impl Hour {
    const SECONDS: i64 = 3600;

    /// Returns the hour `now` lies in.
    #[must_use]
    pub fn of(now: Timestamp) -> Self {
        let number = now.as_second().div_euclid(Self::SECONDS);
        let left = Self::SECONDS - now.as_second().rem_euclid(Self::SECONDS);
        Self { number, left: u32::try_from(left).unwrap_or(1) }
    }

    /// Returns how many seconds are left of it.
    pub(super) fn left(self) -> u32 {
        self.left
    }

    /// Returns when its counters are of no use any more, in seconds since 1970.
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
    /// Counts `limits` with every transaction, which fails with [`crate::Error::TooManyRequests`] and changes nothing when one is reached. When
    /// a silent one is reached nothing is changed either, but it looks as if it were.
    #[must_use]
    pub fn limited_by(&self, limits: Vec<Limit>) -> Self {
        Self { limits: limits.into(), ..self.clone() }
    }

    /// Commits a request for links.
    pub async fn request_links(&self, mail: &OutboxMail) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.put_mail(mail)?;
        transaction.commit().await
    }
}
