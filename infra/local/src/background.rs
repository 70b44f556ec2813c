//! Background tasks: streams, delivery reports, schedules and expiry. Each runs until it is
//! aborted.

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

/// Pause between two reads of the streams.
const STREAM_PAUSE: Duration = Duration::from_millis(200);

/// Pause between two reads of SES's reports, and between two attempts to record one.
const REPORT_PAUSE: Duration = Duration::from_millis(200);

/// Pause between two checks of the schedules.
const SCHEDULE_PAUSE: Duration = Duration::from_secs(1);

/// Pause between two removals of expired items. AWS may take days to remove them.
const EXPIRY_PAUSE: Duration = Duration::from_mins(1);

/// The feeds of all streams.
pub(crate) type Feeds = Arc<Mutex<Vec<Feed>>>;

/// Feeds each new record of the streams to the functions once, and returns how many records wait
/// for a retry: those that have failed, and those behind them.
pub(crate) async fn round(feeds: &Feeds, retry: Retry) -> Result<usize, StreamError> {
    let mut waiting = 0;
    for feed in feeds.lock().await.iter_mut() {
        waiting += feed.round(retry).await?;
    }
    Ok(waiting)
}

/// Feeds the functions from the streams.
pub(crate) async fn streams(feeds: Feeds) {
    loop {
        if let Err(error) = round(&feeds, Retry::Due).await {
            tracing::error!(error.cause = %error, "the table's stream could not be processed");
        }
        sleep(STREAM_PAUSE).await;
    }
}

/// Publishes SES's reports on the bus.
pub(crate) async fn reports(bus: Arc<Mutex<Bus>>, ses: Ses) {
    loop {
        bus.lock().await.publish(ses.take_reports()).await;
        sleep(REPORT_PAUSE).await;
    }
}

/// Runs the scheduled functions when they are due, and at once after the clock was set, of which
/// `clock_moves` is notified.
pub(crate) async fn schedules(
    schedules: Arc<Mutex<Schedules>>,
    mut clock_moves: mpsc::Receiver<()>,
) {
    loop {
        schedules.lock().await.tick().await;
        // Ends after the pause at the latest, or as soon as the clock is set.
        let _early = timeout(SCHEDULE_PAUSE, clock_moves.recv()).await;
    }
}

/// Removes expired items, which the embedded DynamoDB does not do by itself.
pub(crate) async fn expiry(database: Database, clock: Clock) {
    let mut minutes = interval(EXPIRY_PAUSE);
    loop {
        minutes.tick().await;
        // The engine uses this machine's time. Behind a clock that was set back it would remove
        // items that have not expired yet.
        if clock.now() + EXPIRY_PAUSE < Clock::default().now() {
            continue;
        }
        let database = database.clone();
        if let Ok(Err(error)) = spawn_blocking(move || database.sweep_ttl()).await {
            tracing::error!(error.cause = %error, "expired items could not be removed");
        }
    }
}
