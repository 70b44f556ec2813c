//! Sends the mail in the outbox, as it enters the table's stream.
//!
//! Secrets are drawn here and nowhere else: the hash goes on the professional, the secret into the mail, and neither this function nor
//! its log keeps it. A retry draws a new one. The stream delivers at least once; a mail that was sent is not sent again, but one whose
//! sending could not be noted is, with a new secret that voids the first.

mod breaker;
mod content;
mod expand;
mod mailer;

use portico::{
    App, Result,
    domain::{Delivery, MailId},
    lambda,
    lambda::{config::Config, stream},
    runtime::retry_on_conflict,
    store::Lookup,
};
use serde_json::Value;
use tracing::{Instrument as _, Span, field};

use breaker::Watch;
pub use mailer::Mailer;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(function(config.app(), Mailer::from_config(config)?))
}

/// Makes the function of what it works with.
#[must_use]
pub fn function(app: App, mailer: Mailer) -> lambda::Function {
    let watch = Watch::default();
    lambda::event(app, move |app, event| handle(app, mailer.clone(), watch.clone(), event))
}

/// Delivers each mail of a stream event; answers which records failed, for the stream to send them again. Any other event is the schedule's, which
/// has what was held back sent.
///
/// In order, and the first failure ends the batch.
async fn handle(app: App, mailer: Mailer, watch: Watch, event: Value) -> Result<Value> {
    if event.get("Records").is_none() {
        return breaker::release(&app, &mailer, &watch).await;
    }
    for change in stream::changes(event)? {
        let Some(id) =
            change.text("pk").and_then(|it| it.strip_prefix("mail#")).and_then(MailId::parse)
        else {
            continue;
        };
        let span = tracing::info_span!("mail", mail.id = %id, request.id = field::Empty);
        if let Err(error) = deliver(&app, &mailer, &watch, id).instrument(span.clone()).await {
            span.in_scope(|| error.log());
            return Ok(stream::batch_response(Some(&change)));
        }
    }
    Ok(stream::batch_response(None))
}

/// Delivers one mail, reading it again when something changed under it.
async fn deliver(app: &App, mailer: &Mailer, watch: &Watch, id: MailId) -> Result<()> {
    retry_on_conflict("a mail", || Box::pin(deliver_once(app, mailer, watch, id))).await
}

async fn deliver_once(app: &App, mailer: &Mailer, watch: &Watch, id: MailId) -> Result<()> {
    let (mut found, breaker) = watch.look_up(app, Lookup::default().mail(id)).await?;
    let Some(mail) = found.mails.pop() else { return Ok(()) };
    if mail.delivery != Delivery::Queued {
        return Ok(());
    }
    // What comes of a mail comes of the request that caused it.
    let app = app.for_cause_of(&mail);
    Span::current().record("request.id", app.request.as_deref());
    if breaker::holds(breaker, &mail) {
        return breaker::hold(&app, &mail).await;
    }
    match mail.recipient.clone() {
        Some(recipient) => content::send(&app, mailer, &mail, &recipient).await?,
        None => expand::expand(&app, &mail).await?,
    }
    tracing::info!(mail.kind = mail.content.kind(), "mail done");
    Ok(())
}
