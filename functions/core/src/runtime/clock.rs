//! The source of the current time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// A clock that tests and the local run can move. Clones move together.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Returns the current time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the only place that reads the system's clock")]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock so that it reads `time` now.
    pub fn set(&self, time: Timestamp) {
        let ahead = time.as_second() - self.now().as_second() + self.ahead.load(Ordering::Relaxed);
        self.ahead.store(ahead, Ordering::Relaxed);
    }
}
