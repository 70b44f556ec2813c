//! Records what the mail service reports of a mail: delivered, delayed, bounced, complained about, rejected (requirement 22).
//!
//! Reports come through `EventBridge`, late, twice and in any order, even before deliver-mail has noted that the mail was sent; the farthest
//! state counts. They quote addresses and headers, so nothing of them is logged but the mail's identifier.

mod report;

use portico::{
    App, Result,
    domain::{Delivery, OutboxMail},
    lambda,
    lambda::config::Config,
    store::Lookup,
    workflows::record_delivery::{count_delivery, record_delivery},
};
use serde_json::{Value, json};
use tracing::Instrument as _;

use report::Report;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Records one report; answers how far the mail is known to have come: `{"delivery": "bounced"}`, `null` for a mail that is not ours.
///
/// Fails when the event is not such a report, so that it ends where operators look.
pub async fn handle(app: App, event: Value) -> Result<Value> {
    let Report { mail, message, delivery, is_hard } = Report::read(&event)?;
    let found = match mail {
        Some(id) => app.store.look_up(Lookup::default().mail(id)).await?.mails.pop(),
        None => None,
    };
    let Some(mail) = found else {
        tracing::info!("a report about a mail that is not in the outbox is left aside");
        return Ok(json!({ "delivery": null }));
    };
    // What comes of a mail comes of the request that caused it.
    let app = app.for_cause_of(&mail);
    let span = tracing::info_span!("mail", mail.id = %mail.id, request.id = app.request.as_deref());
    record(&app, &mail, delivery, is_hard, message).instrument(span).await
}

async fn record(
    app: &App,
    mail: &OutboxMail,
    delivery: Option<Delivery>,
    is_hard: bool,
    message: &str,
) -> Result<Value> {
    let Some(delivery) = delivery else {
        tracing::info!("a report that says nothing of the delivery is left aside");
        return Ok(json!({ "delivery": mail.delivery }));
    };
    let steps = record_delivery(&app, mail, delivery, message).await?;
    count_delivery(&app, mail, &steps, is_hard).await;
    tracing::info!(mail.steps = ?steps, "a report is recorded");
    Ok(json!({ "delivery": mail.delivery.merge(delivery) }))
}
