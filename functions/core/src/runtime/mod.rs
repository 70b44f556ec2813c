//! The process: time, randomness, retries, concurrency, metrics.

mod clock;
mod concurrency;
pub mod metrics;
mod random;
mod retry;

pub use clock::Clock;
pub use concurrency::concurrently;
pub(crate) use random::random;
pub use retry::{retry_on_conflict, retry_on_conflict_or};
