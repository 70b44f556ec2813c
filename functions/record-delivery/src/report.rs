//! The part of an Amazon SES event that matters here, as `EventBridge` brings it.

use portico::{
    Error, Result,
    domain::{Delivery, MailId},
};
use serde_json::Value;

/// A report about a mail.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// Which; none when somebody else has sent it through the same configuration set.
    pub(crate) mail: Option<MailId>,
    /// The mail service's own name for the message.
    pub(crate) message: &'a str,
    /// How far the mail has come, if the report says anything of that.
    pub(crate) delivery: Option<Delivery>,
    /// Whether it came back because there is no such mailbox, which alone is what SES counts against a sender.
    pub(crate) is_hard: bool,
}

impl<'a> Report<'a> {
    /// Reads an event. Its faults are told by name and never quoted.
    pub(crate) fn read(event: &'a Value) -> Result<Self> {
        let delivery = match text(event, "/detail-type")? {
            "Email Delivered" => Some(Delivery::Delivered),
            "Email Delivery Delayed" => Some(Delivery::Delayed),
            "Email Bounced" => has_come_back(event)?.then_some(Delivery::Bounced),
            "Email Complaint Received" => {
                is_complained_about(event)?.then_some(Delivery::Complained)
            }
            "Email Rejected" => Some(Delivery::Failed),
            _ => return Err(malformed("detail-type is none that is asked for")),
        };
        let message = text(event, "/detail/mail/messageId")?;
        let mail = match event.pointer("/detail/mail/tags/mail") {
            None => None,
            // SES gives each tag as a list of values.
            Some(tag) => {
                let id = tag.pointer("/0").and_then(Value::as_str).and_then(MailId::parse);
                Some(id.ok_or_else(|| {
                    malformed("detail.mail.tags.mail is not a list with a mail's identifier")
                })?)
            }
        };
        Ok(Self { mail, message, delivery, is_hard: is_hard(event) })
    }
}

/// Tells a mail that did not arrive from an automatic answer to one that did, which SES reports as a bounce too.
///
/// A transient bounce is final like a permanent one: SES reports it when it has given up trying. But an out-of-office answer comes as a
/// transient or undetermined bounce of no particular kind, and without the `failed` of a delivery status notification (RFC 3464).
fn has_come_back(event: &Value) -> Result<bool> {
    let kind = text(event, "/detail/bounce/bounceType")?;
    let of_no_kind =
        matches!(text(event, "/detail/bounce/bounceSubType")?, "General" | "Undetermined");
    let recipients = event.pointer("/detail/bounce/bouncedRecipients").and_then(Value::as_array);
    let recipients =
        recipients.ok_or_else(|| malformed("detail.bounce.bouncedRecipients is not a list"))?;
    Ok(kind == "Permanent" || !of_no_kind || recipients.iter().any(|it| it["action"] == "failed"))
}

/// SES does not count a mail that it did not even try to deliver because the address is on the AWS account's own suppression list.
fn is_hard(event: &Value) -> bool {
    let bounce = &event["detail"]["bounce"];
    bounce["bounceType"] == "Permanent" && bounce["bounceSubType"] != "OnAccountSuppressionList"
}

/// Some providers report with the same event that a mail is *not* unwanted after all.
fn is_complained_about(event: &Value) -> Result<bool> {
    let complaint = event.pointer("/detail/complaint").filter(|it| it.is_object());
    let complaint = complaint.ok_or_else(|| malformed("detail.complaint is missing"))?;
    Ok(complaint["complaintFeedbackType"] != "not-spam")
}

fn text<'a>(event: &'a Value, pointer: &str) -> Result<&'a str> {
    let missing = || malformed(&format!("{} is not a text", pointer[1..].replace('/', ".")));
    event.pointer(pointer).and_then(Value::as_str).ok_or_else(missing)
}

fn malformed(why: &str) -> Error {
    Error::Malformed(format!(
        "this is no report of the mail service: {why}; see the rule of RecordDelivery in infra/template.yaml"
    ))
}
