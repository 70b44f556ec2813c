//! What runs by itself: stream, reports, schedules, expiry. Each runs until its task is ended.

use std::{sync::Arc, time::Duration};

use dynoxide::Database;
use portico::runtime::Clock;
use tokio::{
    sync::{Mutex, mpsc},
    task::spawn_blocking,
    time::{interval, sleep, timeout},
};

use crate::{
    bus::Bus,
    schedule::Schedules,
    ses::Ses,
    stream::{Feed, Retry, StreamError},
};

/// Between two looks at the stream.
const STREAM_PAUSE: Duration = Duration::from_millis(200);

/// Between two looks at what SES reports, and two tries of a report that could not be recorded.
const REPORT_PAUSE: Duration = Duration::from_millis(200);

/// Between two looks at the clock.
const SCHEDULE_PAUSE: Duration = Duration::from_secs(1);

/// Between two removals of expired items, which on AWS may take days.
const EXPIRY_PAUSE: Duration = Duration::from_mins(1);

/// The feeds of all streams.
pub(crate) type Feeds = Arc<Mutex<Vec<Feed>>>;

/// Feeds the functions what the streams have, each record once, and returns how many have failed and wait.
pub(crate) async fn round(feeds: &Feeds, retry: Retry) -> Result<usize, StreamError> {
    let mut waiting = 0;
    for feed in feeds.lock().await.iter_mut() {
        waiting += feed.round(retry).await?;
    }
    Ok(waiting)
}

/// Goes round the streams.
pub(crate) async fn streams(feeds: Feeds) {
    loop {
        if let Err(error) = round(&feeds, Retry::Due).await {
            tracing::error!(error.cause = %error, "the stream stands still");
        }
        sleep(STREAM_PAUSE).await;
    }
}

/// Hands over what SES reports.
pub(crate) async fn reports(bus: Arc<Mutex<Bus>>, ses: Ses) {
    loop {
        bus.lock().await.publish(ses.take_reports()).await;
        sleep(REPORT_PAUSE).await;
    }
}

/// Runs the scheduled functions in each of the clock's hours; `clock_moves` tells that it has been moved.
pub(crate) async fn schedules(
    schedules: Arc<Mutex<Schedules>>,
    mut clock_moves: mpsc::Receiver<()>,
) {
    loop {
        schedules.lock().await.tick().await;
        // Over at the latest after the pause, at once when the clock has been moved.
        let _early = timeout(SCHEDULE_PAUSE, clock_moves.recv()).await;
    }
}

/// Removes expired items, which the engine does not do by itself.
pub(crate) async fn expiry(database: Database, clock: Clock) {
    let mut minutes = interval(EXPIRY_PAUSE);
    loop {
        minutes.tick().await;
        // The engine judges by this machine's time: with a clock set back it would remove what has not expired yet.
        if clock.now() + EXPIRY_PAUSE < Clock::default().now() {
            continue;
        }
        let database = database.clone();
        if let Ok(Err(error)) = spawn_blocking(move || database.sweep_ttl()).await {
            tracing::error!(error.cause = %error, "expired items cannot be removed");
        }
    }
}
