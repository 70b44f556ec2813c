//! The circuit breaker: holds mail back while so many bounces and complaints come in that the mail
//! service might suspend the sender.
//!
//! A held mail stays in the outbox, queued, and in the `due` index. Every few minutes a schedule
//! checks whether held mails can be released.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use portico::{
    App, Error, Result,
    domain::{Breaker, OutboxMail},
    runtime::metrics::Metric,
    store::{Found, Lookup, MailChange, Store},
};
use serde_json::{Value, json};

use crate::{deliver, mailer::Mailer};

/// How long the breaker's state is cached.
const CACHED_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long one run releases mails, well within the function's time limit of a minute. The next run
/// continues.
const RUN: Duration = Duration::from_secs(40);
/// Pause after the mail service was unavailable.
const PAUSE: Duration = Duration::from_secs(1);

/// The breaker's state, cached for this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct BreakerCache(Arc<Mutex<Option<(Timestamp, Breaker)>>>);

impl BreakerCache {
    /// Reads the items of `lookup`, with the delivery counts if the cached state is old, and
    /// returns them with the breaker's state.
    pub(crate) async fn look_up(&self, app: &App, lookup: Lookup) -> Result<(Found, Breaker)> {
        if let Some(breaker) = self.cached(app) {
            return Ok((app.store.look_up(lookup).await?, breaker));
        }
        let found = app.store.look_up(lookup.counts(app.today())).await?;
        let breaker = found.counts.breaker();
        self.set(app.now(), breaker);
        Ok((found, breaker))
    }

    fn cached(&self, app: &App) -> Option<Breaker> {
        if !app.policy.holds_mail {
            return Some(Breaker::Closed);
        }
        let (since, breaker) = (*self.0.lock().ok()?)?;
        (app.now().duration_since(since).abs() < CACHED_FOR).then_some(breaker)
    }

    fn set(&self, now: Timestamp, breaker: Breaker) {
        if let Ok(mut cached) = self.0.lock() {
            *cached = Some((now, breaker));
        }
    }
}

/// Checks whether to hold `mail` back. Security notices are never held.
pub(crate) fn must_hold(breaker: Breaker, mail: &OutboxMail) -> bool {
    breaker == Breaker::Open && mail.recipient.is_some() && !mail.content.is_security_notice()
}

/// Marks `mail` as held, unless it is already.
pub(crate) async fn hold(app: &App, mail: &OutboxMail) -> Result<()> {
    if mail.held_at.is_some() {
        return Ok(());
    }
    tracing::warn!("mail held back: too many recent bounces or complaints");
    let held = OutboxMail { held_at: Some(app.now()), ..mail.clone() };
    app.store.change_mail(MailChange::new(mail, &held)).await
}

/// Delivers held mails, the oldest of each shard first, until the breaker opens or the run's time
/// is up. Returns how many were delivered and the breaker's state: `{"released": 3, "open":
/// false}`.
pub(crate) async fn release(app: &App, mailer: &Mailer, cache: &BreakerCache) -> Result<Value> {
    let began = Instant::now();
    let mut released = 0_u32;
    for shard in 0..Store::HELD_SHARDS {
        let mut after = None;
        loop {
            let held = app.store.held_mails(shard, after).await?;
            let Some(last) = held.last() else { break };
            after = Some(*last);
            for id in held {
                if began.elapsed() > RUN || is_open(app, cache).await? {
                    return report(app, cache, released).await;
                }
                match deliver(app, mailer, cache, id).await {
                    Ok(()) => released += 1,
                    Err(Error::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
                    Err(error) => error.log(),
                }
            }
        }
    }
    report(app, cache, released).await
}

async fn is_open(app: &App, cache: &BreakerCache) -> Result<bool> {
    let (_, breaker) = cache.look_up(app, Lookup::default()).await?;
    Ok(breaker == Breaker::Open)
}

async fn report(app: &App, cache: &BreakerCache, released: u32) -> Result<Value> {
    let open = is_open(app, cache).await?;
    if open {
        app.store.metrics.count(Metric::Holds);
    }
    tracing::info!(mails.released = released, breaker.open = open, "held mails processed");
    Ok(json!({ "released": released, "open": open }))
}
