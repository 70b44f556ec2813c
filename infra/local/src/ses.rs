//! Emulates SES v2: `SendEmail` puts the message into the [`Mailbox`] and reports its delivery.

mod report;

use std::{
    borrow::Cow,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use mail_builder::{MessageBuilder, headers::raw::Raw};
use portico::runtime::Clock;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::mailbox::{Mailbox, Message, links};

pub use report::Report;

/// The delivery reports, and a switch with which tests make SES refuse mail. Clones share both.
#[derive(Clone, Debug, Default)]
pub struct Ses {
    refusing: Arc<Mutex<Option<(usize, Refusal)>>>,
    reports: Arc<Mutex<Vec<Value>>>,
}

/// An error of SES.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error's name in the API: `TooManyRequestsException`.
    pub code: Cow<'static, str>,
}

impl Refusal {
    /// The account sends too many mails in a second.
    pub const TOO_MANY_REQUESTS: Self =
        Self { status: 429, code: Cow::Borrowed("TooManyRequestsException") };
    /// A message that SES will never send.
    pub const MESSAGE_REJECTED: Self = Self { status: 400, code: Cow::Borrowed("MessageRejected") };
    /// An outage.
    pub const UNAVAILABLE: Self =
        Self { status: 500, code: Cow::Borrowed("InternalServiceErrorException") };
}

impl Ses {
    /// Makes the next `times` sends fail, or all until [`Ses::accept`] with `usize::MAX`.
    pub fn refuse(&self, times: usize, refusal: Refusal) {
        *self.refusing() = Some((times, refusal));
    }

    /// Makes sends succeed again.
    pub fn accept(&self) {
        *self.refusing() = None;
    }

    /// Returns the part of SES's API that Portico calls. Sent mail goes to `mailbox`.
    pub fn router(&self, mailbox: Mailbox, clock: Clock) -> Router {
        Router::new().route("/v2/email/outbound-emails", post(send)).with_state((
            self.clone(),
            mailbox,
            clock,
        ))
    }

    /// Takes the reports about mail sent since the last call, in the order of sending.
    #[must_use]
    pub fn take_reports(&self) -> Vec<Value> {
        std::mem::take(&mut *self.reports())
    }

    /// Reports a message that was sent with a configuration set. SES does not report others.
    fn report(&self, message: &Message) {
        if message.tags.contains_key(report::CONFIGURATION_SET) {
            self.reports()
                .extend(Report::of_mailbox(&message.to).iter().map(|report| report.event(message)));
        }
    }

    fn reports(&self) -> MutexGuard<'_, Vec<Value>> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_refusal(&self) -> Option<Refusal> {
        let mut refusing = self.refusing();
        let (times, refusal) = refusing.take()?;
        if times == 0 {
            return None;
        }
        *refusing = Some((times - 1, refusal.clone()));
        Some(refusal)
    }

    fn refusing(&self) -> MutexGuard<'_, Option<(usize, Refusal)>> {
        self.refusing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        failure(self.status, &self.code, "refused by the local run's switch")
    }
}

fn failure(status: u16, code: &str, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [("x-amzn-errortype", code.to_owned())], json!({ "message": message }).to_string())
        .into_response()
}

async fn send(
    State((ses, mailbox, clock)): State<(Ses, Mailbox, Clock)>,
    Json(email): Json<SendEmail>,
) -> Response {
    if let Some(refusal) = ses.next_refusal() {
        return refusal.into_response();
    }
    if let Err(reason) = email.check() {
        return failure(400, "BadRequestException", &reason);
    }
    match mailbox.keep(|id| email.write(id, &clock)) {
        Ok(id) => {
            if let Some(message) = mailbox.message(&id) {
                ses.report(&message);
            }
            Json(json!({ "MessageId": id })).into_response()
        }
        Err(error) => {
            tracing::error!(error.cause = %error, "a mail could not be stored");
            failure(500, "InternalServiceErrorException", "the mail could not be stored")
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    from_email_address: String,
    destination: Destination,
    #[serde(default)]
    reply_to_addresses: Vec<String>,
    content: Content,
    #[serde(default)]
    email_tags: Vec<Named>,
    configuration_set_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    to_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Simple,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Data,
    body: Body,
    #[serde(default)]
    headers: Vec<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Data,
    html: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Data {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    name: String,
    value: String,
}

impl SendEmail {
    /// Checks what SES refuses: header text outside ASCII, which RFC 2047 would encode, and line
    /// breaks.
    fn check(&self) -> Result<(), String> {
        if self.destination.to_addresses.is_empty() {
            return Err("a recipient is needed".into());
        }
        let headers =
            self.content.simple.headers.iter().flat_map(|header| [&header.name, &header.value]);
        let addresses = self.destination.to_addresses.iter().chain(&self.reply_to_addresses);
        let mut texts = addresses.chain(headers).chain([&self.from_email_address]);
        match texts.find(|text| !text.bytes().all(|byte| (b' '..=b'~').contains(&byte))) {
            Some(text) => Err(format!("{text:?} is not printable 7-bit ASCII")),
            None if self.content.simple.subject.data.contains(['\r', '\n']) => {
                Err("a line break in the subject".into())
            }
            None => Ok(()),
        }
    }

    fn write(self, id: String, clock: &Clock) -> io::Result<(Message, Vec<u8>)> {
        let simple = self.content.simple;
        let sent_at = clock.now();
        let named =
            self.configuration_set_name.map(|set| (report::CONFIGURATION_SET.to_owned(), set));
        let message = Message {
            from: self.from_email_address,
            to: self.destination.to_addresses.join(", "),
            reply_to: self.reply_to_addresses.join(", "),
            subject: simple.subject.data,
            links: links(&simple.body.text.data),
            text: simple.body.text.data,
            html: simple.body.html.data,
            headers: simple
                .headers
                .iter()
                .map(|header| (header.name.clone(), header.value.clone()))
                .collect(),
            tags: self
                .email_tags
                .into_iter()
                .map(|tag| (tag.name, tag.value))
                .chain(named)
                .collect(),
            sent_at,
            id,
        };
        let mut source = MessageBuilder::new()
            .message_id(format!("{}@portico.local", message.id))
            .date(sent_at.as_second())
            .header("From", Raw::new(&*message.from))
            .header("To", Raw::new(&*message.to))
            .subject(&*message.subject)
            .text_body(&*message.text)
            .html_body(&*message.html);
        if !message.reply_to.is_empty() {
            source = source.header("Reply-To", Raw::new(&*message.reply_to));
        }
        for header in &simple.headers {
            source = source.header(&*header.name, Raw::new(&*header.value));
        }
        let source = source.write_to_vec()?;
        Ok((message, source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(from: &str, subject: &str) -> SendEmail {
        serde_json::from_value(json!({
            "FromEmailAddress": from,
            "Destination": { "ToAddresses": ["ana@example.org"] },
            "ReplyToAddresses": ["ben@example.org"],
            "Content": { "Simple": {
                "Subject": { "Data": subject },
                "Body": {
                    "Text": { "Data": "Öffne http://localhost/link/#A." },
                    "Html": { "Data": "<p>Öffne" },
                },
                "Headers": [{ "Name": "Auto-Submitted", "Value": "auto-generated" }],
            } },
            "EmailTags": [{ "Name": "mail", "Value": "1" }],
        }))
        .expect("a SendEmail")
    }

    #[test]
    fn a_mail_is_written_for_mail_programs_and_for_the_mailbox() {
        let (message, source) = email("Portal <portal@example.com>", "Grüße")
            .write("1".into(), &Clock::default())
            .expect("written");
        assert_eq!(
            (message.subject.as_str(), message.links.as_slice()),
            ("Grüße", ["http://localhost/link/#A".to_owned()].as_slice())
        );
        let source = String::from_utf8(source).expect("text");
        assert!(source.is_ascii(), "{source}");
        for line in [
            "From: Portal <portal@example.com>\r\n",
            "Reply-To: ben@example.org\r\n",
            "Subject: =?",
            "Auto-Submitted: auto-generated\r\n",
        ] {
            assert!(source.contains(line), "{line:?} in {source}");
        }
    }

    #[test]
    fn what_was_sent_with_a_configuration_set_is_reported_and_nothing_else() {
        let ses = Ses::default();
        for set in [None, Some("Set".to_owned())] {
            let email =
                SendEmail { configuration_set_name: set, ..email("portal@example.com", "Hello") };
            ses.report(&email.write("1".into(), &Clock::default()).expect("written").0);
        }
        let reports = ses.take_reports();
        assert_eq!(reports.len(), 1);
        assert_eq!(
            (&reports[0]["detail-type"], &reports[0]["detail"]["eventType"]),
            (&json!("Email Delivered"), &json!("Delivery"))
        );
        assert_eq!(
            reports[0]["detail"]["mail"]["tags"],
            json!({ "mail": ["1"], "ses:configuration-set": ["Set"] })
        );
        assert_eq!(
            reports[0]["resources"],
            json!(["arn:aws:ses:local:000000000000:configuration-set/Set"])
        );
        assert!(ses.take_reports().is_empty());
    }

    #[test]
    fn what_ses_refuses_is_refused() {
        assert!(email("Portal <portal@example.com>", "Hello").check().is_ok());
        assert!(email("Pörtal <portal@example.com>", "Hello").check().is_err());
        assert!(email("portal@example.com\r\nBcc: all@example.com", "Hello").check().is_err());
        assert!(email("portal@example.com", "Hello\r\nBcc: all@example.com").check().is_err());
    }

    #[test]
    fn sends_are_refused_as_often_as_was_said() {
        let ses = Ses::default();
        ses.refuse(2, Refusal::TOO_MANY_REQUESTS);
        assert_eq!([(); 4].map(|()| ses.next_refusal().is_some()), [true, true, false, false]);
        ses.refuse(usize::MAX, Refusal::UNAVAILABLE);
        ses.accept();
        assert!(ses.next_refusal().is_none());
    }
}
