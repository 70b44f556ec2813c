//! The circuit breaker: holds mail back while so much of it comes back that the mail service would stop all of it.
//!
//! What is held stays in the outbox, queued, and is named in the `due` index. Every few minutes a schedule looks whether it may leave.

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

/// How long what was read of the rates is believed.
const GOOD_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long one run sends what was held, well within the function's minute; the next goes on.
const RUN: Duration = Duration::from_secs(40);
/// How long to leave the mail service alone when it takes no more.
const PAUSE: Duration = Duration::from_secs(1);

/// What this process knows of the breaker. Clones know the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch(Arc<Mutex<Option<(Timestamp, Breaker)>>>);

impl Watch {
    /// Reads what `lookup` names, and the rates with it if what is known of them is old; tells how the breaker stands.
    pub(crate) async fn look_up(&self, app: &App, lookup: Lookup) -> Result<(Found, Breaker)> {
        if let Some(known) = self.known(app) {
            return Ok((app.store.look_up(lookup).await?, known));
        }
        let found = app.store.look_up(lookup.counts(app.today())).await?;
        let breaker = found.counts.breaker();
        self.learn(app.now(), breaker);
        Ok((found, breaker))
    }

    fn known(&self, app: &App) -> Option<Breaker> {
        if !app.policy.holds_mail {
            return Some(Breaker::Closed);
        }
        let (since, breaker) = (*self.0.lock().ok()?)?;
        (app.now().duration_since(since).abs() < GOOD_FOR).then_some(breaker)
    }

    fn learn(&self, now: Timestamp, breaker: Breaker) {
        if let Ok(mut known) = self.0.lock() {
            *known = Some((now, breaker));
        }
    }
}

/// Tells whether `mail` is to wait. What somebody's safety hangs on does not.
pub(crate) fn holds(breaker: Breaker, mail: &OutboxMail) -> bool {
    breaker == Breaker::Open && mail.recipient.is_some() && !mail.content.is_security_notice()
}

/// Has `mail` wait, if it does not yet.
pub(crate) async fn hold(app: &App, mail: &OutboxMail) -> Result<()> {
    if mail.held_at.is_some() {
        return Ok(());
    }
    tracing::warn!(
        "a mail is held back: too many of the last days' came back or were reported as unwanted"
    );
    let held = OutboxMail { held_at: Some(app.now()), ..mail.clone() };
    app.store.change_mail(MailChange::new(mail, &held)).await
}

/// Sends what was held, the oldest of each shard first, for as long as a run may take and the breaker stays closed; answers how many of them
/// have been worked off and how the breaker stands: `{"released": 3, "open": false}`.
pub(crate) async fn release(app: &App, mailer: &Mailer, watch: &Watch) -> Result<Value> {
    let began = Instant::now();
    let mut released = 0_u32;
    for shard in 0..Store::HELD_SHARDS {
        let mut after = None;
        loop {
            let held = app.store.held_mails(shard, after).await?;
            let Some(last) = held.last() else { break };
            after = Some(*last);
            for id in held {
                if began.elapsed() > RUN || is_open(app, watch).await? {
                    return answer(app, watch, released).await;
                }
                match deliver(app, mailer, watch, id).await {
                    Ok(()) => released += 1,
                    Err(Error::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
                    Err(error) => error.log(),
                }
            }
        }
    }
    answer(app, watch, released).await
}

async fn is_open(app: &App, watch: &Watch) -> Result<bool> {
    let (_, breaker) = watch.look_up(app, Lookup::default()).await?;
    Ok(breaker == Breaker::Open)
}

async fn answer(app: &App, watch: &Watch, released: u32) -> Result<Value> {
    let open = is_open(app, watch).await?;
    if open {
        app.store.metrics.count(Metric::Holds);
    }
    tracing::info!(
        mails.released = released,
        mails.hold = open,
        "what was held back was looked at"
    );
    Ok(json!({ "released": released, "open": open }))
}
