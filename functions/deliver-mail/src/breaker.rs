//! Circuit breakers: hold mail back while too much of it bounces or is reported as spam. First
//! those of the account and the person that caused it; the portal's only while the mail service
//! might suspend the sender.
//!
//! A held mail stays in the outbox, queued, and in the `due` index. Every few minutes a schedule
//! tries those again whose time has come.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use portico::{
    App, Error, Result,
    domain::{Breaker, Delivery, HoldReason, MailId, OutboxMail},
    runtime::metrics::Metric,
    store::{Found, Lookup, MailChange, Store},
};
use serde_json::{Value, json};

use crate::{deliver, mailer::Mailer};

/// How long the portal's breaker is cached.
const CACHED_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long one run releases mails, well within the function's time limit of a minute. The next run
/// continues.
const RUN: Duration = Duration::from_secs(40);
/// Pause after the mail service was unavailable.
const PAUSE: Duration = Duration::from_secs(1);
/// When a mail that waits because of bounces is tried again. Held mail that is released leaves
/// after that time at the latest.
const TRIED_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The state of the portal's breaker, cached for this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct BreakerCache(Arc<Mutex<Option<(Timestamp, Breaker)>>>);

impl BreakerCache {
    /// Reads the items of `lookup`, with the portal's delivery counts if the cached state is old,
    /// and returns them with the state of the portal's breaker.
    pub(crate) async fn look_up(&self, app: &App, lookup: Lookup) -> Result<(Found, Breaker)> {
        if let Some(breaker) = self.cached(app) {
            return Ok((app.store.look_up(lookup).await?, breaker));
        }
        let found = app.store.look_up(lookup.portal_counts(app.now())).await?;
        let breaker = found.portal_counts.portal_breaker();
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

/// Returns why `mail` must wait, given the state of the portal's breaker and the counts in `found`
/// of who caused it. Security notices to proved addresses never wait, nor does the news of a
/// bounce.
pub(crate) fn reason_to_hold(
    app: &App,
    portal: Breaker,
    mail: &OutboxMail,
    found: &Found,
) -> Option<HoldReason> {
    if !app.policy.holds_mail || mail.is_never_held() {
        return None;
    }
    let was_released = mail
        .held
        .zip(found.held_mail.released_at)
        .is_some_and(|(hold, released_at)| hold.since <= released_at);
    let own = [found.account_counts, found.actor_counts];
    if !was_released && own.iter().any(|counts| counts.own_breaker() == Breaker::Open) {
        return Some(HoldReason::Bounces);
    }
    (portal == Breaker::Open).then_some(HoldReason::Portal)
}

/// Marks `mail` as held for `reason`.
pub(crate) async fn hold(app: &App, mail: &OutboxMail, reason: HoldReason) -> Result<()> {
    let now = app.now();
    let until = match reason {
        // The next run finds whether the breaker is still open, without looking at each mail.
        HoldReason::Portal => now,
        HoldReason::Bounces | HoldReason::Budget | HoldReason::Failure => {
            now.saturating_add(TRIED_AGAIN_AFTER).map_err(Error::internal)?
        }
    };
    let is_held_already = mail.held.is_some_and(|held| held.reason == reason);
    if reason == HoldReason::Portal && is_held_already {
        return Ok(());
    }
    tracing::warn!(hold.reason = ?reason, "mail held back");
    app.store.change_mail(MailChange::new(mail, &mail.hold(reason, now, until))).await
}

/// Lets the mail `id`, which has failed with `error`, wait in the outbox, so that it holds up no
/// other in the stream. It is tried again every few minutes until it leaves.
///
/// Fails when that cannot be recorded, as with a mail that cannot be read.
pub(crate) async fn set_aside(app: &App, id: MailId, error: &Error) -> Result<()> {
    error.log();
    app.store.metrics.count(Metric::SetAside);
    let mail = app.store.look_up(Lookup::default().mail(id)).await?.mails.pop();
    match mail.filter(|mail| mail.delivery == Delivery::Queued) {
        Some(mail) => hold(app, &mail, HoldReason::Failure).await,
        None => Ok(()),
    }
}

/// Tries the held mails again whose time has come, the first due of each shard first, until the
/// portal's breaker opens or the run's time is up. Returns how many have left and the breaker's
/// state: `{"released": 3, "open": false}`.
pub(crate) async fn release(app: &App, mailer: &Mailer, cache: &BreakerCache) -> Result<Value> {
    let (began, now) = (Instant::now(), app.now());
    let mut released = 0_u32;
    for shard in 0..Store::HELD_SHARDS {
        let mut after = None;
        loop {
            let (held, next) = app.store.held_mails(shard, now, after).await?;
            for id in held {
                if began.elapsed() > RUN || is_open(app, cache).await? {
                    return report(app, cache, released).await;
                }
                match deliver(app, mailer, cache, id).await {
                    Ok(has_left) => released += u32::from(has_left),
                    Err(Error::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
                    Err(error) => {
                        if let Err(error) = set_aside(app, id, &error).await {
                            error.log();
                        }
                    }
                }
            }
            after = next;
            if after.is_none() {
                break;
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
