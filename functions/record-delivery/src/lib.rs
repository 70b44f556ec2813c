//! Records what the mail service reports of a mail: delivered, delayed, bounced, complained about, rejected (requirement 22).
//!
//! Reports come through `EventBridge`, late, twice and in any order, even before deliver-mail has noted that the mail was sent; the farthest
//! state counts. They quote addresses and headers, so nothing of them is logged but the mail's identifier.

mod report;

use portico::{App, Result, config::Config, lambda, store::Lookup};
use serde_json::{Value, json};

use report::Report;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Records one report; answers how far the mail is known to have come: `{"delivery": "bounced"}`, `null` for a mail that is not ours.
///
/// Fails when the event is not such a report, so that it ends where operators look.
pub async fn handle(app: App, event: Value) -> Result<Value> {
    let Report { mail, message, delivery } = Report::read(&event)?;
    let found = match mail {
        Some(id) => app.store.look_up(Lookup::default().mail(id)).await?.mails.pop(),
        None => None,
    };
    let Some(mail) = found else {
        tracing::info!("a report about a mail that is not in the outbox is left aside");
        return Ok(json!({ "delivery": null }));
    };
    let Some(delivery) = delivery else {
        tracing::info!(mail.id = %mail.id, "a report that says nothing of the delivery is left aside");
        return Ok(json!({ "delivery": mail.delivery }));
    };
    let steps = app.note_delivery(&mail, delivery, message).await?;
    tracing::info!(mail.id = %mail.id, mail.steps = ?steps, "a report is recorded");
    Ok(json!({ "delivery": mail.delivery.join(delivery) }))
}
