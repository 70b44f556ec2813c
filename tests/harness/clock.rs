//! Portico's clock, which tests move.

use std::{fs, path::PathBuf};

use jiff::Timestamp;

/// The clock of the functions, wherever they run. Clones move together.
#[derive(Clone, Debug)]
pub struct Clock {
    clock: portico::runtime::Clock,
    /// The file from which deployed functions read the clock's offset; see
    /// tests/deploy/emulator.py.
    file: Option<PathBuf>,
}

impl Clock {
    /// Creates the clock of functions in this process.
    pub(crate) fn here(clock: portico::runtime::Clock) -> Self {
        Self { clock, file: None }
    }

    /// Creates a clock that deployed functions read from a file.
    pub(crate) fn in_file(file: PathBuf) -> Self {
        Self { clock: portico::runtime::Clock::default(), file: Some(file) }
    }

    /// Returns the clock for code in this process.
    pub fn of_this_process(&self) -> portico::runtime::Clock {
        self.clock.clone()
    }

    /// Returns its current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sets it to `time`; it runs on from there.
    pub fn set(&self, time: Timestamp) {
        self.clock.set(time);
        if let Some(file) = &self.file {
            let real = portico::runtime::Clock::default().now();
            let ahead = self.clock.now().as_second() - real.as_second();
            // Renamed into place, so that no function reads half of it.
            let new = file.with_extension("new");
            fs::write(&new, format!("{ahead:+}\n"))
                .and_then(|()| fs::rename(&new, file))
                .expect("the clock's file is written");
        }
    }
}
