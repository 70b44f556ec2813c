//! What code of every layer needs of the process it runs in: time, randomness, retries, metrics.

mod clock;
mod concurrency;
pub mod metrics;
mod random;
mod retry;

pub use clock::Clock;
pub use concurrency::concurrently;
pub(crate) use random::random;
pub use retry::retry_on_conflict;
