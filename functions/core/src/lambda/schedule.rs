//! What a schedule does: it goes through all that is due, day by day, and remembers how far it has come.
//!
//! A day ends at another time in each time zone, so a run looks at every day that has begun anywhere and has not been dealt with. A day is
//! done with when it is over everywhere and nothing of it is left. So it does not matter how late or how often a schedule runs, or where it
//! is killed: what was done is no longer due, and the next run goes on with the rest.

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

/// Time for which a day that is over everywhere is still looked at: what was put on it in its last moment may show in the index late.
const SETTLING: SignedDuration = SignedDuration::from_hours(1);

/// How many of a page are seen to at a time. With the partitions, which are read at the same time, that makes 64.
const AT_ONCE: usize = 4;

/// Whether something of what was looked at is still due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing is left to do, now or since an earlier run.
    Done,
    /// Its own day has not come, or it could not be processed.
    StillDue,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunReport {
    /// The last day of which nothing is left.
    pub through: Date,
    /// Whether everything due was looked at before the time was up; else the next run goes on.
    pub finished: bool,
}

/// Has `visit` see to each page of what is due in `kind`, for the schedule `name`, until `deadline`.
///
/// What cannot be seen to keeps nothing else waiting: the run ends with the first such error after all the rest.
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
        Some(it) => it.through.min(over),
        None => beginning(app).await?.min(over),
    };
    let grace_days = before.and_then(|it| it.grace_days).unwrap_or(app.policy.grace_days);
    // Plans whose days of grace were cut short come to their end before the day that was worked out.
    let sooner =
        if kind == DueKind::Plans { grace_days.saturating_sub(app.policy.grace_days) } else { 0 };
    let horizon = now
        .saturating_add(SignedDuration::from_hours(24 * i64::from(sooner)))
        .map_err(Error::internal)?;

    let mut report = RunReport { through: first, finished: true };
    let mut failed = None;
    let mut day = first;
    while day < begun_anywhere(horizon) {
        day = day.tomorrow().map_err(Error::internal)?;
        let shards = (0..DueKind::SHARDS).map(|shard| {
            process_partition(app.clone(), kind, day, shard, horizon, deadline, visit.clone())
        });
        let mut seen = Seen::default();
        concurrently(DueKind::SHARDS.into(), shards).await?.into_iter().for_each(|it| seen.add(it));
        if day <= over && day == next(report.through)? && seen.is_done() {
            report.through = day;
        }
        report.finished = !seen.stopped;
        if failed.is_none() {
            failed = seen.failed;
        }
        if seen.stopped {
            break;
        }
    }
    let is_settled = report.finished && failed.is_none();
    let progress = Progress {
        through: report.through,
        grace_days: Some(if is_settled { app.policy.grace_days } else { grace_days }),
    };
    if before != Some(progress) {
        app.store.record_progress(name, progress).await?;
    }
    failed.map_or(Ok(report), Err)
}

/// Has `act` see to each of a page's `items`, a few at a time. One that fails keeps no other waiting.
pub async fn each<T, F>(items: Vec<T>, act: impl FnMut(T) -> F) -> Result<Outcome>
where
    F: Future<Output = Result<Outcome>> + Send + 'static,
{
    let mut outcome = Ok(Outcome::Done);
    for done in concurrently(AT_ONCE, items.into_iter().map(act)).await? {
        match (done, &outcome) {
            (Ok(left), Ok(before)) => outcome = Ok(left.max(*before)),
            (Err(error), Err(_)) => error.log(),
            (Err(error), Ok(_)) => outcome = Err(error),
            (Ok(_), Err(_)) => {}
        }
    }
    outcome
}

/// Has `process` look at every matter that is due in `kind`, for the schedule `name`, until `deadline`. `process` answers whether it has done
/// something, and takes what it has settled off the agenda itself, in the same transaction.
///
/// Returns how many it has settled and how far that has come.
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
        each(items, move |item| process_item(process.clone(), counted.clone(), item))
    };
    let report = process_due(app, name, kind, deadline, visit).await?;
    Ok((processed.load(Ordering::Relaxed), report))
}

/// Looks at a matter, and again from its first read when it was changed meanwhile.
async fn process_item<S, F>(process: S, processed: Arc<AtomicU32>, item: DueItem) -> Result<Outcome>
where
    S: Fn(DueItem) -> F,
    F: Future<Output = Result<bool>>,
{
    let done = retry_on_conflict("what is due", move || process(item)).await?;
    processed.fetch_add(u32::from(done), Ordering::Relaxed);
    Ok(Outcome::Done)
}

/// What came of a day, or of one of its partitions.
#[derive(Debug, Default)]
struct Seen {
    left: bool,
    stopped: bool,
    failed: Option<Error>,
}

impl Seen {
    fn is_done(&self) -> bool {
        !self.left && !self.stopped && self.failed.is_none()
    }

    fn add(&mut self, other: Self) {
        self.left |= other.left;
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
) -> Seen
where
    V: Fn(Date, Vec<DueItem>) -> F,
    F: Future<Output = Result<Outcome>>,
{
    let mut seen = Seen::default();
    let mut place: Option<DueCursor> = None;
    loop {
        if deadline.has_passed() {
            return Seen { stopped: true, ..seen };
        }
        let page = match app.store.due(kind, day, shard, horizon, place).await {
            Ok(page) => page,
            // The index itself cannot be read, so there is no going on.
            Err(error) => {
                seen.add(Seen { stopped: true, failed: Some(error), left: false });
                return seen;
            }
        };
        if !page.items.is_empty() {
            match visit(day, page.items).await {
                Ok(left) => seen.left |= left == Outcome::StillDue,
                Err(error) => seen.add(Seen { failed: Some(error), ..Seen::default() }),
            }
        }
        place = page.next;
        if place.is_none() {
            return seen;
        }
    }
}

/// Returns the day before anything could be due, for a schedule that never ran: the vendor's account is the first there is.
async fn beginning(app: &App) -> Result<Date> {
    let vendor = app.store.accounts(&[AccountId::VENDOR]).await?.pop();
    Ok(begun_anywhere(vendor.map_or(app.now(), |it| it.created_at)).saturating_sub(3.days()))
}

/// Returns the last day that is over everywhere on earth, and has been for a while.
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
    fn a_day_is_looked_at_from_its_first_moment_in_the_east_until_it_is_over_in_the_west() {
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
    async fn what_fails_keeps_nothing_else_waiting() {
        let seen = std::sync::Mutex::new(Vec::new());
        let act = |it: u8| {
            seen.lock().expect("not poisoned").push(it);
            std::future::ready(if it == 3 {
                Err(Error::NotFound("account"))
            } else {
                Ok(Outcome::Done)
            })
        };
        assert!(matches!(each((0..20).collect(), act).await, Err(Error::NotFound("account"))));
        let mut seen = seen.into_inner().expect("not poisoned");
        seen.sort_unstable();
        assert_eq!(seen, (0..20).collect::<Vec<_>>());
        let waits = |it: u8| {
            std::future::ready(Ok(if it == 7 { Outcome::StillDue } else { Outcome::Done }))
        };
        assert_eq!(each((0..20).collect(), waits).await.expect("seen to"), Outcome::StillDue);
        assert_eq!(each((0..5).collect(), waits).await.expect("seen to"), Outcome::Done);
    }
}
