//! Records the mail service's reports about a mail: delivered, delayed, bounced, complaint,
//! rejected (requirement 22).
//!
//! Reports arrive through `EventBridge` late, twice and in any order, even before deliver-mail has
//! recorded that the mail was sent; the most advanced state wins. They quote addresses and headers,
//! so only the mail's id is logged.

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

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Records one report and returns the mail's delivery state: `{"delivery": "bounced"}`, or `null`
/// for a mail of another sender.
///
/// Fails when the event is no such report. It then ends in the dead-letter queue.
pub async fn handle(app: App, event: Value) -> Result<Value> {
    let Report { mail, message, delivery, is_hard } = Report::read(&event)?;
    let found = match mail {
        Some(id) => app.store.look_up(Lookup::default().mail(id)).await?.mails.pop(),
        None => None,
    };
    let Some(mail) = found else {
        tracing::info!("report ignored: the mail is not in the outbox");
        return Ok(json!({ "delivery": null }));
    };
    // Log under the request that queued the mail.
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
        tracing::info!("report ignored: not about the delivery");
        return Ok(json!({ "delivery": mail.delivery }));
    };
    let steps = record_delivery(app, mail, delivery, message).await?;
    count_delivery(app, mail, &steps, is_hard).await;
    tracing::info!(mail.steps = ?steps, "report recorded");
    Ok(json!({ "delivery": mail.delivery.merge(delivery) }))
}
