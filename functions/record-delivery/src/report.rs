//! Parses an Amazon SES event as `EventBridge` delivers it.

use portico::{
    Error, Result,
    domain::{Delivery, MailId},
};
use serde_json::Value;

/// A report about a mail.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The mail's id in the outbox. `None` if another sender used the same configuration set.
    pub(crate) mail: Option<MailId>,
    /// The mail service's id of the message.
    pub(crate) message: &'a str,
    /// The delivery state that the report is about. `None` for an automatic reply, or a recipient
    /// who takes a complaint back.
    pub(crate) delivery: Option<Delivery>,
    /// Whether the mail bounced because the mailbox does not exist. SES counts only these against
    /// the sender.
    pub(crate) is_hard: bool,
}

impl<'a> Report<'a> {
    /// Parses an event. Errors name the faulty field and never quote it.
    pub(crate) fn read(event: &'a Value) -> Result<Self> {
        let delivery = match text(event, "/detail-type")? {
            "Email Delivered" => Some(Delivery::Delivered),
            "Email Delivery Delayed" => Some(Delivery::Delayed),
            "Email Bounced" => is_undelivered(event)?.then_some(Delivery::Bounced),
            "Email Complaint Received" => is_complaint(event)?.then_some(Delivery::Complained),
            "Email Rejected" => Some(Delivery::Failed),
            _ => return Err(malformed("detail-type is unexpected")),
        };
        let message = text(event, "/detail/mail/messageId")?;
        let mail = match event.pointer("/detail/mail/tags/mail") {
            None => None,
            // SES gives each tag as a list of values.
            Some(tag) => {
                let id = tag.pointer("/0").and_then(Value::as_str).and_then(MailId::parse);
                Some(id.ok_or_else(|| {
                    malformed("detail.mail.tags.mail is not a list with a mail id")
                })?)
            }
        };
        Ok(Self { mail, message, delivery, is_hard: is_hard(event) })
    }
}

/// Checks whether the bounced mail was not delivered. SES also reports an automatic reply to a
/// delivered mail as a bounce.
///
/// A transient bounce is as final as a permanent one: SES reports it when it stops trying. But an
/// out-of-office reply is a transient or undetermined bounce without a specific subtype and without
/// the `failed` action of a delivery status notification (RFC 3464).
fn is_undelivered(event: &Value) -> Result<bool> {
    let kind = text(event, "/detail/bounce/bounceType")?;
    let is_unspecific =
        matches!(text(event, "/detail/bounce/bounceSubType")?, "General" | "Undetermined");
    let recipients = event.pointer("/detail/bounce/bouncedRecipients").and_then(Value::as_array);
    let recipients =
        recipients.ok_or_else(|| malformed("detail.bounce.bouncedRecipients is not a list"))?;
    let has_failed = recipients.iter().any(|recipient| recipient["action"] == "failed");
    Ok(kind == "Permanent" || !is_unspecific || has_failed)
}

/// Checks whether SES counts the bounce against the sender. SES does not count addresses on the AWS
/// account's own suppression list, to which it does not even try to deliver.
fn is_hard(event: &Value) -> bool {
    let bounce = &event["detail"]["bounce"];
    bounce["bounceType"] == "Permanent" && bounce["bounceSubType"] != "OnAccountSuppressionList"
}

/// Checks whether the event is a complaint. Some providers send the same event when a recipient
/// takes a complaint back.
fn is_complaint(event: &Value) -> Result<bool> {
    let complaint = event.pointer("/detail/complaint").filter(|complaint| complaint.is_object());
    let complaint = complaint.ok_or_else(|| malformed("detail.complaint is missing"))?;
    Ok(complaint["complaintFeedbackType"] != "not-spam")
}

fn text<'a>(event: &'a Value, pointer: &str) -> Result<&'a str> {
    let missing = || malformed(&format!("{} is not a string", pointer[1..].replace('/', ".")));
    event.pointer(pointer).and_then(Value::as_str).ok_or_else(missing)
}

fn malformed(why: &str) -> Error {
    Error::Malformed(format!(
        "the event is no report of the mail service: {why}; \
         see RecordDelivery's rule in infra/template.yaml"
    ))
}
