//! Working off what is due: the same for every schedule that has an agenda.

use std::time::{Duration, Instant};

use jiff::{ToSpan as _, civil::Date};

use crate::{
    App, Error, Result,
    store::{Agenda, Matter},
};

/// How long one run works. Lambda ends it after fifteen minutes; the next goes on.
const RUN: Duration = Duration::from_mins(13);
/// How far back the first run looks, in days.
const FIRST_LOOK: i64 = 100;
/// Times a matter is looked at again when it was changed meanwhile.
const ATTEMPTS: u32 = 6;

/// What a run has come to.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// How many matters it has settled.
    pub settled: u32,
    /// The last day of which nothing is left.
    pub through: Date,
}

impl App {
    /// Has `settle` look at everything that is noted for a day since `name`, the schedule, last came to the end of one, until the deadline of
    /// this run. `settle` answers whether it has done something, and takes what it has settled off the agenda itself, in the same transaction.
    ///
    /// Days are UTC's. The last two are always looked at again, since an account's own day may be another. A matter that fails keeps its day
    /// open, so that the next run tries it again, and the others waiting for nothing.
    pub async fn work_off<F>(&self, name: &str, agenda: Agenda, settle: impl Fn(Matter) -> F) -> Result<Progress>
    where
        F: Future<Output = Result<bool>>,
    {
        let began = Instant::now();
        let today = self.today();
        let reached = self.store.schedule(name).await?.unwrap_or_else(|| today.saturating_sub(FIRST_LOOK.days())).min(today);
        let mut progress = Progress { settled: 0, through: reached };
        let mut failed = Ok(());
        let mut day = reached.saturating_sub(1.day());
        while day <= today {
            match self.work_off_day(agenda, day, began, &settle, &mut progress).await {
                Ok(true) if failed.is_ok() && day > reached => {
                    self.store.schedule_done(name, day).await?;
                    progress.through = day;
                }
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => failed = Err(error),
            }
            day = day.tomorrow().map_err(Error::internal)?;
        }
        failed.map(|()| progress)
    }

    /// Works off one day; answers whether it came to its end in time.
    async fn work_off_day<F>(&self, agenda: Agenda, day: Date, began: Instant, settle: &impl Fn(Matter) -> F, progress: &mut Progress) -> Result<bool>
    where
        F: Future<Output = Result<bool>>,
    {
        let mut failed = Ok(true);
        for shard in 0..Agenda::SHARDS {
            let mut after = None;
            loop {
                let matters = self.store.matters(agenda, day, shard, after).await?;
                let Some(last) = matters.last() else { break };
                after = Some(*last);
                for matter in matters {
                    if began.elapsed() > RUN {
                        return failed.and(Ok(false));
                    }
                    match again(|| settle(matter)).await {
                        Ok(done) => progress.settled += u32::from(done),
                        Err(error) => {
                            error.log();
                            failed = Err(error);
                        }
                    }
                }
            }
        }
        failed
    }
}

/// Looks at a matter again, from its first read, when it was changed meanwhile.
async fn again<F>(look: impl Fn() -> F) -> Result<bool>
where
    F: Future<Output = Result<bool>>,
{
    for attempt in 0..ATTEMPTS {
        match look().await {
            Err(Error::Stale) => tokio::time::sleep(Duration::from_millis(5 << attempt)).await,
            looked => return looked,
        }
    }
    Err(Error::Unavailable("what is due kept changing".into()))
}
