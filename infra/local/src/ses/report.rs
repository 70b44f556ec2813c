//! SES's reports about a message, as it publishes them to `EventBridge`.

use serde_json::{Value, json};

use crate::mailbox::Message;

/// A report of SES.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// The recipient's server accepted the message.
    Delivered,
    /// The recipient's server does not accept the message yet; SES retries.
    Delayed,
    /// The recipient's server refused the message for good.
    Bounced,
    /// The address is on the suppression list after earlier bounces, so SES did not try.
    Suppressed,
    /// SES stopped retrying a temporary failure, such as a full mailbox.
    GivenUp,
    /// The recipient's server sent an out-of-office reply, which SES reports as a bounce.
    AnsweredAutomatically,
    /// The recipient marked the message as spam.
    Complained,
    /// SES accepted the message and then refused to send it.
    Rejected,
}

impl Report {
    /// Returns the reports of SES's mailbox simulator for an address. Only the part before the `@`
    /// counts, without a label after a `+`. All other mailboxes accept mail.
    pub(super) fn of_mailbox(address: &str) -> &'static [Self] {
        let local = address.split('@').next().unwrap_or_default();
        match local.split('+').next().unwrap_or_default() {
            "bounce" => &[Self::Bounced],
            "suppressionlist" => &[Self::Suppressed],
            "complaint" => &[Self::Delivered, Self::Complained],
            "ooto" => &[Self::Delivered, Self::AnsweredAutomatically],
            _ => &[Self::Delivered],
        }
    }

    /// Returns the report about `message` as the event that `EventBridge` delivers.
    #[must_use]
    pub fn event(self, message: &Message) -> Value {
        let (detail_type, event_type, member, what) = self.detail(message);
        let headers = [("From", &message.from), ("To", &message.to), ("Subject", &message.subject)];
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let set = message
            .tags
            .get(CONFIGURATION_SET)
            .map(|set| format!("arn:aws:ses:local:000000000000:configuration-set/{set}"));
        let tags: Value =
            message.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
        json!({
            "version": "0",
            "id": format!("local-{}-{}", message.id, event_type),
            "detail-type": detail_type,
            "source": "aws.ses",
            "account": "000000000000",
            "time": message.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "region": "local",
            "resources": Vec::from_iter(set),
            "detail": {
                "eventType": event_type,
                member: what,
                "mail": {
                    "timestamp": message.sent_at,
                    "source": message.from,
                    "sendingAccountId": "000000000000",
                    "messageId": message.id,
                    "destination": [message.to],
                    "headersTruncated": false,
                    "headers": headers,
                    "commonHeaders": {
                        "from": [message.from],
                        "to": [message.to],
                        "subject": message.subject,
                    },
                    "tags": tags,
                },
            },
        })
    }

    /// Returns the event's `detail-type` and `eventType`, and the name and value of its own member.
    fn detail(self, message: &Message) -> (&'static str, &'static str, &'static str, Value) {
        let (to, timestamp) = (&message.to, message.sent_at);
        let bounce = |kind: &str, sub_kind: &str, recipient: Value| {
            let bounce = json!({
                "feedbackId": format!("local-{}", message.id),
                "bounceType": kind,
                "bounceSubType": sub_kind,
                "bouncedRecipients": [recipient],
                "timestamp": timestamp,
            });
            ("Email Bounced", "Bounce", "bounce", bounce)
        };
        let failed = |status: &str, code: &str| {
            json!({
                "emailAddress": to,
                "action": "failed",
                "status": status,
                "diagnosticCode": code,
            })
        };
        match self {
            Self::Delivered => {
                let delivery = json!({
                    "timestamp": timestamp,
                    "processingTimeMillis": 1,
                    "recipients": [to],
                    "smtpResponse": "250 2.0.0 OK",
                });
                ("Email Delivered", "Delivery", "delivery", delivery)
            }
            Self::Delayed => {
                let recipient = json!({
                    "emailAddress": to,
                    "status": "4.4.1",
                    "diagnosticCode": "smtp; 421 4.4.1 try again later",
                });
                let delay = json!({
                    "timestamp": timestamp,
                    "delayType": "TransientCommunicationFailure",
                    "delayedRecipients": [recipient],
                });
                ("Email Delivery Delayed", "DeliveryDelay", "deliveryDelay", delay)
            }
            Self::Bounced => {
                bounce("Permanent", "General", failed("5.1.1", "smtp; 550 5.1.1 user unknown"))
            }
            Self::Suppressed => bounce(
                "Permanent",
                "Suppressed",
                failed("5.1.1", "Amazon SES has suppressed sending to this address"),
            ),
            Self::GivenUp => {
                bounce("Transient", "MailboxFull", failed("4.2.2", "smtp; 452 4.2.2 mailbox full"))
            }
            Self::AnsweredAutomatically => {
                bounce("Transient", "General", json!({ "emailAddress": to }))
            }
            Self::Complained => {
                let complaint = json!({
                    "feedbackId": format!("local-{}", message.id),
                    "complaintSubType": null,
                    "complainedRecipients": [{ "emailAddress": to }],
                    "timestamp": timestamp,
                    "complaintFeedbackType": "abuse",
                });
                ("Email Complaint Received", "Complaint", "complaint", complaint)
            }
            Self::Rejected => {
                ("Email Rejected", "Reject", "reject", json!({ "reason": "Bad content" }))
            }
        }
    }
}

/// The tag in which SES names a message's configuration set.
pub(super) const CONFIGURATION_SET: &str = "ses:configuration-set";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simulators_mailboxes_are_known_by_their_names_with_and_without_a_label() {
        assert_eq!(Report::of_mailbox("bounce@simulator.amazonses.com"), [Report::Bounced]);
        assert_eq!(Report::of_mailbox("bounce+ana@customer.example"), [Report::Bounced]);
        assert_eq!(
            Report::of_mailbox("complaint@customer.example"),
            [Report::Delivered, Report::Complained]
        );
        assert_eq!(Report::of_mailbox("suppressionlist+2@customer.example"), [Report::Suppressed]);
        for address in [
            "success@customer.example",
            "ana@customer.example",
            "bouncer@customer.example",
            "ana+bounce@customer.example",
        ] {
            assert_eq!(Report::of_mailbox(address), [Report::Delivered], "{address}");
        }
    }
}
