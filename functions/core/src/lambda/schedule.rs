//! Schedules: process all due items, day by day, and record the progress.
//!
//! A day ends at a different time in each time zone. A run reads every day that has begun anywhere
//! and is not complete. A day is complete when it is over everywhere and has no due items left. It
//! does not matter how late or how often a schedule runs, or where it is killed: processed items
//! are no longer due, and the next run continues with the rest.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::Offset};

use super::Deadline;
use crate::{
    App, Error, Result,
    domain::AccountId,
    runtime::{concurrently, retry_on_conflict},
    store::{DueCursor, DueItem, DueKind, Progress},
};

/// Time after the end of a day everywhere in which it is still read: the index may show an item
/// late.
const SETTLING: SignedDuration = SignedDuration::from_hours(1);

/// Items of a page processed at a time. With the partitions, which are read concurrently, that
/// makes 64.
const CONCURRENT_ITEMS: usize = 4;

/// Whether the item is still due after processing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Not due any more, now or since an earlier run.
    Done,
    /// Still due: its day has not come, or it could not be processed.
    StillDue,
}

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunReport {
    /// The last complete day.
    pub through: Date,
    /// Whether all due items were read before the deadline; otherwise the next run continues.
    pub finished: bool,
}

/// Processes each page of due items of `kind` with `visit`, for the schedule `name`, until
/// `deadline`.
///
/// A failure does not stop the others. The run returns the first error at its end.
pub async fn process_due<V, F>(
    app: &App,
    name: &str,
    kind: DueKind,
    deadline: Deadline,
    visit: V,
) -> Result<RunReport>
where
    V: Fn(Date, Vec<DueItem>) -> F + Clone + Send + 'static,
    F: Future<Output = Result<Outcome>> + Send + 'static,
{
    let now = app.now();
    let before = app.store.progress(name).await?;
    let over = over_everywhere(now);
    let first = match before {
        Some(progress) => progress.through.min(over),
        None => beginning(app).await?.min(over),
    };
    let grace_days =
        before.and_then(|progress| progress.grace_days).unwrap_or(app.policy.grace_days);
    // After `GRACE_DAYS` was shortened, plans lapse before the day in the index.
    let days_sooner =
        if kind == DueKind::Plans { grace_days.saturating_sub(app.policy.grace_days) } else { 0 };
    let horizon = now
        .saturating_add(SignedDuration::from_hours(24 * i64::from(days_sooner)))
        .map_err(Error::internal)?;

    let mut report = RunReport { through: first, finished: true };
    let mut failed = None;
    let mut day = first;
    while day < begun_anywhere(horizon) {
        day = day.tomorrow().map_err(Error::internal)?;
        let shards = (0..DueKind::SHARDS).map(|shard| {
            process_partition(app.clone(), kind, day, shard, horizon, deadline, visit.clone())
        });
        let mut result = PartitionResult::default();
        for partition in concurrently(DueKind::SHARDS.into(), shards).await? {
            result.add(partition);
        }
        if day <= over && day == next(report.through)? && result.is_complete() {
            report.through = day;
        }
        report.finished = !result.stopped;
        if failed.is_none() {
            failed = result.failed;
        }
        if result.stopped {
            break;
        }
    }
    let is_complete = report.finished && failed.is_none();
    let progress = Progress {
        through: report.through,
        grace_days: Some(if is_complete { app.policy.grace_days } else { grace_days }),
    };
    if before != Some(progress) {
        app.store.record_progress(name, progress).await?;
    }
    failed.map_or(Ok(report), Err)
}

/// Processes each of a page's `items` with `process`, a few at a time. A failure does not stop the
/// others.
pub async fn process_each<T, F>(items: Vec<T>, process: impl FnMut(T) -> F) -> Result<Outcome>
where
    F: Future<Output = Result<Outcome>> + Send + 'static,
{
    let mut outcome = Ok(Outcome::Done);
    for result in concurrently(CONCURRENT_ITEMS, items.into_iter().map(process)).await? {
        match (result, &outcome) {
            (Ok(item), Ok(before)) => outcome = Ok(item.max(*before)),
            (Err(error), Err(_)) => error.log(),
            (Err(error), Ok(_)) => outcome = Err(error),
            (Ok(_), Err(_)) => {}
        }
    }
    outcome
}

/// Processes each due item of `kind` with `process`, for the schedule `name`, until `deadline`.
///
/// `process` returns whether it changed anything. It makes the item no longer due in the same
/// transaction.
///
/// Returns the number of items changed and the report of the run.
pub async fn process_due_items<S, F>(
    app: &App,
    name: &'static str,
    kind: DueKind,
    deadline: Deadline,
    process: S,
) -> Result<(u32, RunReport)>
where
    S: Fn(DueItem) -> F + Clone + Send + 'static,
    F: Future<Output = Result<bool>> + Send + 'static,
{
    let processed = Arc::<AtomicU32>::default();
    let counted = processed.clone();
    let visit = move |_, items| {
        let (process, counted) = (process.clone(), counted.clone());
        process_each(items, move |item| process_item(process.clone(), counted.clone(), item))
    };
    let report = process_due(app, name, kind, deadline, visit).await?;
    Ok((processed.load(Ordering::Relaxed), report))
}

/// Processes an item, again from its first read after a conflict.
async fn process_item<S, F>(process: S, processed: Arc<AtomicU32>, item: DueItem) -> Result<Outcome>
where
    S: Fn(DueItem) -> F,
    F: Future<Output = Result<bool>>,
{
    let changed = retry_on_conflict("what is due", move || process(item)).await?;
    processed.fetch_add(u32::from(changed), Ordering::Relaxed);
    Ok(Outcome::Done)
}

/// The result of a day or of one of its partitions.
#[derive(Debug, Default)]
struct PartitionResult {
    still_due: bool,
    stopped: bool,
    failed: Option<Error>,
}

impl PartitionResult {
    fn is_complete(&self) -> bool {
        !self.still_due && !self.stopped && self.failed.is_none()
    }

    fn add(&mut self, other: Self) {
        self.still_due |= other.still_due;
        self.stopped |= other.stopped;
        match (&self.failed, other.failed) {
            (None, failed) => self.failed = failed,
            (Some(_), Some(error)) => error.log(),
            (Some(_), None) => {}
        }
    }
}

async fn process_partition<V, F>(
    app: App,
    kind: DueKind,
    day: Date,
    shard: u8,
    horizon: Timestamp,
    deadline: Deadline,
    visit: V,
) -> PartitionResult
where
    V: Fn(Date, Vec<DueItem>) -> F,
    F: Future<Output = Result<Outcome>>,
{
    let mut result = PartitionResult::default();
    let mut cursor: Option<DueCursor> = None;
    loop {
        if deadline.has_passed() {
            return PartitionResult { stopped: true, ..result };
        }
        let page = match app.store.due(kind, day, shard, horizon, cursor).await {
            Ok(page) => page,
            // The run stops if the index cannot be read.
            Err(error) => {
                result.add(PartitionResult {
                    stopped: true,
                    failed: Some(error),
                    still_due: false,
                });
                return result;
            }
        };
        if !page.items.is_empty() {
            match visit(day, page.items).await {
                Ok(outcome) => result.still_due |= outcome == Outcome::StillDue,
                Err(error) => {
                    result
                        .add(PartitionResult { failed: Some(error), ..PartitionResult::default() });
                }
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return result;
        }
    }
}

/// Returns a day before anything was due, for a schedule that never ran. The vendor's account is
/// always created first.
async fn beginning(app: &App) -> Result<Date> {
    let vendor = app.store.accounts(&[AccountId::VENDOR]).await?.pop();
    let created_at = vendor.map_or(app.now(), |account| account.created_at);
    Ok(begun_anywhere(created_at).saturating_sub(3.days()))
}

/// Returns the last day that ended everywhere on earth at least [`SETTLING`] ago.
fn over_everywhere(now: Timestamp) -> Date {
    let now = now.saturating_sub(SETTLING).unwrap_or(Timestamp::MIN);
    Offset::constant(-12).to_datetime(now).date().saturating_sub(1.day())
}

/// Returns the last day that has begun anywhere on earth.
fn begun_anywhere(now: Timestamp) -> Date {
    Offset::constant(14).to_datetime(now).date()
}

fn next(day: Date) -> Result<Date> {
    day.tomorrow().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_pending_from_its_start_in_the_east_until_its_end_in_the_west() {
        for (now, over, pending) in [
            ("2026-11-22T09:59:59Z", date(2026, 11, 20), date(2026, 11, 22)),
            ("2026-11-22T10:00:00Z", date(2026, 11, 20), date(2026, 11, 23)),
            ("2026-11-22T12:59:59Z", date(2026, 11, 20), date(2026, 11, 23)),
            ("2026-11-22T13:00:00Z", date(2026, 11, 21), date(2026, 11, 23)),
        ] {
            let now: Timestamp = now.parse().expect("a time");
            assert_eq!((over_everywhere(now), begun_anywhere(now)), (over, pending), "{now}");
        }
    }

    #[tokio::test]
    async fn a_failed_item_does_not_stop_the_others() {
        let processed = std::sync::Mutex::new(Vec::new());
        let process = |item: u8| {
            processed.lock().expect("not poisoned").push(item);
            std::future::ready(if item == 3 {
                Err(Error::NotFound("account"))
            } else {
                Ok(Outcome::Done)
            })
        };
        let outcome = process_each((0..20).collect(), process).await;
        assert!(matches!(outcome, Err(Error::NotFound("account"))));
        let mut processed = processed.into_inner().expect("not poisoned");
        processed.sort_unstable();
        assert_eq!(processed, (0..20).collect::<Vec<_>>());
        let wait_for_7 = |item: u8| {
            std::future::ready(Ok(if item == 7 { Outcome::StillDue } else { Outcome::Done }))
        };
        let outcome = process_each((0..20).collect(), wait_for_7).await;
        assert_eq!(outcome.expect("processed"), Outcome::StillDue);
        let outcome = process_each((0..5).collect(), wait_for_7).await;
        assert_eq!(outcome.expect("processed"), Outcome::Done);
    }
}
