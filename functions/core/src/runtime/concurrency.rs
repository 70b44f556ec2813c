//! Running futures concurrently, up to a limit.

use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::{Error, Result};

/// Runs all futures of `work`, at most `max` at a time, and returns their outputs in order.
///
/// Fails only if one of them panics.
pub async fn concurrently<F>(
    max: usize,
    work: impl IntoIterator<Item = F>,
) -> Result<Vec<F::Output>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let (mut running, mut done) = (JoinSet::new(), Vec::new());
    for (index, one) in work.into_iter().enumerate() {
        if running.len() >= max
            && let Some(finished) = running.join_next().await
        {
            done.push(finished.map_err(Error::internal)?);
        }
        running.spawn(async move { (index, one.await) }.in_current_span());
    }
    while let Some(finished) = running.join_next().await {
        done.push(finished.map_err(Error::internal)?);
    }
    done.sort_unstable_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, output)| output).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    #[tokio::test]
    async fn outputs_are_in_order_and_concurrency_is_limited() {
        let (running, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = (0..50_usize).map(|number| {
            let (running, peak) = (Arc::clone(&running), Arc::clone(&peak));
            async move {
                peak.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // Later ones finish first.
                for _ in 0..50 - number {
                    tokio::task::yield_now().await;
                }
                running.fetch_sub(1, Ordering::SeqCst);
                number
            }
        });
        assert_eq!(concurrently(8, work).await.expect("no panic"), (0..50).collect::<Vec<_>>());
        assert_eq!(peak.load(Ordering::SeqCst), 8);
    }
}
