//! Portico's clock, which tests move.

use std::{fs, path::PathBuf};

use jiff::Timestamp;

/// The clock of the functions, wherever they run. Clones move together.
#[derive(Clone, Debug)]
pub struct Clock {
    clock: portico::runtime::Clock,
    /// The file from which deployed functions read how far it is moved; see
    /// tests/deploy/emulator.py.
    told: Option<PathBuf>,
}

impl Clock {
    /// The clock of functions in this process.
    pub(crate) fn here(clock: portico::runtime::Clock) -> Self {
        Self { clock, told: None }
    }

    /// A clock that deployed functions read from a file.
    pub(crate) fn told(file: PathBuf) -> Self {
        Self { clock: portico::runtime::Clock::default(), told: Some(file) }
    }

    /// Returns the clock itself, for what runs in this process.
    pub fn of_this_process(&self) -> portico::runtime::Clock {
        self.clock.clone()
    }

    /// Returns the time it shows.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves it so that it reads `time` now; it goes on from there.
    pub fn set(&self, time: Timestamp) {
        self.clock.set(time);
        if let Some(file) = &self.told {
            let real = portico::runtime::Clock::default().now();
            let ahead = self.clock.now().as_second() - real.as_second();
            // Renamed into place, so that nobody reads half of it.
            let new = file.with_extension("new");
            fs::write(&new, format!("{ahead:+}\n"))
                .and_then(|()| fs::rename(&new, file))
                .expect("the clock's file is written");
        }
    }
}
