//! The log, as on Lambda: one JSON object a line.

use std::{
    io,
    sync::{Arc, Mutex},
};

use lambda_http::tracing::{
    Level,
    subscriber::{self, util::SubscriberInitExt as _},
};
use serde_json::Value;
use tracing::subscriber::DefaultGuard;

/// The log of this thread, where everything but the database engine runs, until dropped.
pub struct Log {
    written: Written,
    _guards: [DefaultGuard; 2],
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Starts recording, at every level.
    pub fn keep() -> Self {
        let written = Written::default();
        let writer = written.clone();
        // With a single subscriber, an event that another thread logs first is disabled
        // permanently. So there are two.
        let other = subscriber::fmt().with_writer(io::sink).finish().set_default();
        let kept = subscriber::fmt()
            .json()
            .with_max_level(Level::DEBUG)
            .with_writer(move || writer.clone())
            .finish()
            .set_default();
        Self { written, _guards: [other, kept] }
    }

    /// Returns the whole log.
    pub fn text(&self) -> String {
        String::from_utf8(self.written.0.lock().expect("not poisoned").clone()).expect("text")
    }

    /// Returns the lines with `message`, each with its innermost span.
    pub fn saying(&self, message: &str) -> Vec<Value> {
        let lines = self.text();
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.filter(|line| line["fields"]["message"] == message).collect()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
