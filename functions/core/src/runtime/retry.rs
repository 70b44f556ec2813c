//! Running again what lost a race for the items it had read.

use std::time::Duration;

use super::random;
use crate::{Error, Result};

/// Attempts in all. With the pauses between them they take two seconds at most.
const ATTEMPTS: u32 = 12;

/// Runs `attempt` from its first read until it commits.
///
/// It is run again only after [`Error::Conflict`]: what it had read was changed before it could
/// write. Fails with [`Error::Unavailable`] after 12 attempts; `what` says in the log what kept
/// changing.
pub async fn retry_on_conflict<T, F>(what: &'static str, attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    retry(what, pause_before, attempt).await
}

async fn retry<T, F, P>(
    what: &'static str,
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
    Err(Error::Unavailable(format!("{what} kept changing").into()))
}

/// Waits a random time, so that those who collided do not collide again: up to 10 ms before the
/// first retry, up to twice as long before each further one, 320 ms at most.
async fn pause_before(retry: u32) {
    let longest = 10_000_u64 << (retry - 1).min(5);
    let random = random().map_or(0, u64::from_be_bytes);
    tokio::time::sleep(Duration::from_micros(random % longest)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_pause(_: u32) -> std::future::Ready<()> {
        std::future::ready(())
    }

    #[tokio::test]
    async fn only_a_conflict_is_retried_and_not_for_ever() {
        let mut runs = 0;
        let third_time = retry("the item", no_pause, || {
            runs += 1;
            let outcome = if runs < 3 { Err(Error::Conflict) } else { Ok(runs) };
            std::future::ready(outcome)
        });
        assert_eq!(third_time.await.expect("the third attempt"), 3);
        let mut runs = 0;
        let denied = retry::<(), _, _>("the item", no_pause, || {
            runs += 1;
            std::future::ready(Err(Error::NotSignedIn))
        });
        assert!(matches!(denied.await, Err(Error::NotSignedIn)));
        assert_eq!(runs, 1);
        let mut runs = 0;
        let never = retry::<(), _, _>("the item", no_pause, || {
            runs += 1;
            std::future::ready(Err(Error::Conflict))
        });
        assert!(matches!(never.await, Err(Error::Unavailable(_))));
        assert_eq!(runs, ATTEMPTS);
    }
}
