//! The one door to the time of day.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved, for tests and the local run. Clones move together.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Returns the time of day.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one door to the system's clock")]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock so that it reads `time` now; it goes on from there.
    pub fn set(&self, time: Timestamp) {
        let ahead = time.as_second() - self.now().as_second() + self.ahead.load(Ordering::Relaxed);
        self.ahead.store(ahead, Ordering::Relaxed);
    }
}
