//! Sends the mails of the outbox, as they enter the table's stream.
//!
//! Only this function generates the secrets of links. It stores the hash on the professional and
//! puts the secret into the mail; neither the table nor the log holds it. A retry generates a new
//! one. The stream delivers at least once. A mail that is recorded as sent is not sent again; one
//! whose sending could not be recorded is, with a new secret that voids the first.

mod breaker;
mod budget;
mod expand;
mod links;
mod mailer;
mod reader;
mod send;

use portico::{
    App, Error, Result,
    domain::{Delivery, MailId},
    lambda,
    lambda::{config::Config, stream},
    runtime::retry_on_conflict,
    store::Lookup,
};
use serde_json::Value;
use tracing::{Instrument as _, Span, field};

use breaker::BreakerCache;
pub use mailer::Mailer;

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(function(config.app(), Mailer::from_config(config)?))
}

/// Builds the function from its dependencies.
#[must_use]
pub fn function(app: App, mailer: Mailer) -> lambda::Function {
    let cache = BreakerCache::default();
    lambda::event(app, move |app, event| handle(app, mailer.clone(), cache.clone(), event))
}

/// Delivers the mails of a stream event in order. Returns the first record that failed, from which
/// the stream then retries; those that have left are not sent again.
///
/// While the mail service or the table is not available, the mails behind the first failure wait
/// with it. A mail that fails for a reason of its own is set aside, so that it holds up no other.
///
/// Any other event is the schedule's, which releases held mails.
async fn handle(app: App, mailer: Mailer, cache: BreakerCache, event: Value) -> Result<Value> {
    if event.get("Records").is_none() {
        return breaker::release(&app, &mailer, &cache).await;
    }
    let mut failed = None;
    for change in stream::changes(event)? {
        let Some(id) =
            change.text("pk").and_then(|key| key.strip_prefix("mail#")).and_then(MailId::parse)
        else {
            continue;
        };
        let span = tracing::info_span!("mail", mail.id = %id, request.id = field::Empty);
        let work = async {
            match deliver(&app, &mailer, &cache, id).await {
                Ok(_) => Ok(()),
                Err(error @ Error::Unavailable(_)) => Err(error),
                Err(error) => breaker::set_aside(&app, id, &error).await,
            }
        };
        let Err(error) = work.instrument(span.clone()).await else { continue };
        span.in_scope(|| error.log());
        let first = failed.get_or_insert(change);
        if matches!(error, Error::Unavailable(_)) {
            return Ok(stream::batch_response(Some(first)));
        }
    }
    Ok(stream::batch_response(failed.as_ref()))
}

/// Delivers one mail, and retries from the first read after a conflict. Returns whether it does not
/// wait any more.
async fn deliver(app: &App, mailer: &Mailer, cache: &BreakerCache, id: MailId) -> Result<bool> {
    retry_on_conflict("a mail", || Box::pin(deliver_once(app, mailer, cache, id))).await
}

async fn deliver_once(
    app: &App,
    mailer: &Mailer,
    cache: &BreakerCache,
    id: MailId,
) -> Result<bool> {
    let (mut found, breaker) = cache.look_up(app, Lookup::default().mail(id)).await?;
    let Some(mail) = found.mails.pop() else { return Ok(true) };
    if mail.delivery != Delivery::Queued || mail.waits(app.now()) {
        return Ok(mail.delivery != Delivery::Queued);
    }
    // Log under the request that queued the mail.
    let app = app.for_cause_of(&mail);
    Span::current().record("request.id", app.request.as_deref());
    let has_left = match mail.recipient {
        Some(_) => Box::pin(send::send(&app, mailer, breaker, &mail)).await?,
        None => Box::pin(expand::expand(&app, &mail)).await?,
    };
    tracing::info!(mail.kind = mail.content.kind().name(), mail.left = has_left, "mail processed");
    Ok(has_left)
}
