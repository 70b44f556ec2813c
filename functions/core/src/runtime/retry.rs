//! Retries after a conflict.

use std::time::Duration;

use super::random;
use crate::{Error, Result};

/// Attempts in all. The pauses between them add up to two seconds at most.
const ATTEMPTS: u32 = 12;

/// Runs `attempt`, again from its first read after each [`Error::Conflict`].
///
/// Fails with [`Error::Unavailable`] after 12 attempts; `what` names in the log what kept
/// changing.
pub async fn retry_on_conflict<T, F>(what: &'static str, attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let exhausted = Error::Unavailable(format!("{what} kept changing").into());
    retry_on_conflict_or(exhausted, attempt).await
}

/// Runs as [`retry_on_conflict`] does, but fails with `exhausted`.
pub async fn retry_on_conflict_or<T, F>(exhausted: Error, attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    retry(exhausted, pause_before, attempt).await
}

async fn retry<T, F, P>(
    exhausted: Error,
    pause_before: impl Fn(u32) -> P,
    mut attempt: impl FnMut() -> F,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
    P: Future<Output = ()>,
{
    for number in 0..ATTEMPTS {
        if number > 0 {
            pause_before(number).await;
        }
        match attempt().await {
            Err(Error::Conflict) => {}
            outcome => return outcome,
        }
    }
    Err(exhausted)
}

/// Waits a random time, so that requests that collided do not collide again: up to 10 ms before the
/// first retry, then up to twice as long before each further one, at most 320 ms.
async fn pause_before(retry: u32) {
    let max = 10_000_u64 << (retry - 1).min(5);
    let random = random().map_or(0, u64::from_be_bytes);
    tokio::time::sleep(Duration::from_micros(random % max)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_pause(_: u32) -> std::future::Ready<()> {
        std::future::ready(())
    }

    #[tokio::test]
    async fn only_a_conflict_is_retried_and_only_so_often() {
        let mut runs = 0;
        let third_time = retry(Error::Changed, no_pause, || {
            runs += 1;
            let outcome = if runs < 3 { Err(Error::Conflict) } else { Ok(runs) };
            std::future::ready(outcome)
        });
        assert_eq!(third_time.await.expect("the third attempt"), 3);
        let mut runs = 0;
        let denied = retry::<(), _, _>(Error::Changed, no_pause, || {
            runs += 1;
            std::future::ready(Err(Error::NotSignedIn))
        });
        assert!(matches!(denied.await, Err(Error::NotSignedIn)));
        assert_eq!(runs, 1);
        let mut runs = 0;
        let never = retry::<(), _, _>(Error::Changed, no_pause, || {
            runs += 1;
            std::future::ready(Err(Error::Conflict))
        });
        assert!(matches!(never.await, Err(Error::Changed)));
        assert_eq!(runs, ATTEMPTS);
    }
}
