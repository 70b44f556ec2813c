//! Counters that keep one person, address or network from asking too often.

use jiff::Timestamp;

use super::{Store, key, transaction::means};
use crate::{Error, Result, domain::Mail, secret::digest};

/// How often somebody may do something within an hour.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is counted, for example `links-by-source`.
    pub what: &'static str,
    /// For whom. Only a digest is stored.
    pub who: String,
    /// How often.
    pub at_most: u32,
}

/// The hour that is being counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window(i64);

impl Window {
    const SECONDS: i64 = 3600;

    /// Returns the window `now` lies in.
    pub(super) fn at(now: Timestamp) -> Self {
        Self(now.as_second() / Self::SECONDS)
    }

    /// Returns its number.
    pub(super) fn number(self) -> i64 {
        self.0
    }

    /// Returns how many seconds are left of it at the time `now`.
    pub(super) fn left(self, now: Timestamp) -> u32 {
        u32::try_from(self.ends() - now.as_second()).unwrap_or(1)
    }

    /// Returns when its counters are of no use any more, in seconds since 1970.
    pub(super) fn ttl(self) -> i64 {
        self.ends() + Self::SECONDS
    }

    fn ends(self) -> i64 {
        (self.0 + 1) * Self::SECONDS
    }
}

impl Store {
    /// Commits a request for links unless one of `limits` is reached, in one transaction with the counters.
    ///
    /// Returns whether it was committed: reaching `per_address` is silent, so that the answer tells nothing about an address.
    pub async fn request_links(&self, mail: &Mail, per_address: &Limit, limits: &[Limit], now: Timestamp) -> Result<bool> {
        let window = Window::at(now);
        let wait = window.left(now);
        let mut transaction = self.transaction();
        for (limit, reached) in limits.iter().map(|it| (it, Error::TooManyRequests(wait))).chain([(per_address, Error::Changed)]) {
            let key = key::Key::limit(limit.what, &digest(&[&limit.who]), window.0);
            transaction.count(&key, limit.at_most, window.ttl(), means(reached))?;
        }
        transaction.put_mail(mail)?;
        match transaction.commit().await {
            Err(Error::Changed) => Ok(false),
            committed => committed.map(|()| true),
        }
    }
}
