//! Sends mail through Amazon SES.

use std::sync::Arc;

use aws_sdk_sesv2::{
    Client,
    config::BehaviorVersion,
    error::{ProvideErrorMetadata, SdkError},
    operation::send_email::SendEmailError,
    types::{
        Body, Content, Destination, EmailContent, Message as SesMessage, MessageHeader, MessageTag,
    },
};
use portico::{Error, Result, domain::OutboxMail, lambda::config::Config, mail::RenderedMail};

/// Sends mail from the one configured sender.
#[derive(Clone, Debug)]
pub struct Mailer {
    client: Client,
    from: Arc<str>,
    configuration_set: Option<Arc<str>>,
}

/// The outcome of sending.
#[derive(Debug)]
pub(crate) enum Sent {
    /// The mail service accepted the message under this id.
    Accepted(String),
    /// The mail service will never accept the message, for this reason.
    Rejected(&'static str),
}

impl Mailer {
    /// Creates a mailer that sends through `client` from the address `from`. Without a
    /// configuration set SES reports no deliveries.
    #[must_use]
    pub fn new(client: Client, from: &str, configuration_set: Option<&str>) -> Self {
        Self { client, from: from.into(), configuration_set: configuration_set.map(Into::into) }
    }

    pub(crate) fn from_config(config: &Config) -> Result<Self> {
        let mut ses = aws_sdk_sesv2::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(config.region())
            .credentials_provider(config.credentials())
            .http_client(config.http());
        ses.set_endpoint_url(config.endpoint().map(str::to_owned));
        Ok(Self::new(
            Client::from_conf(ses.build()),
            config.mail_from()?,
            config.configuration_set(),
        ))
    }

    /// Sends one message. The mail's id and kind are tags, which SES repeats in its delivery
    /// reports.
    ///
    /// Fails when a retry can help: SES is throttled, down, or paused for the whole account.
    pub(crate) async fn send(&self, mail: &OutboxMail, message: RenderedMail) -> Result<Sent> {
        let RenderedMail { to, reply_to, subject, text, html, unsubscribe } = message;
        let part = |text: String| {
            Content::builder().data(text).charset("UTF-8").build().map_err(Error::internal)
        };
        let tag = |name: &str, value: String| {
            MessageTag::builder().name(name).value(value).build().map_err(Error::internal)
        };
        let header = |name: &str, value: &str| {
            MessageHeader::builder().name(name).value(value).build().map_err(Error::internal)
        };
        // Prevents out-of-office replies (RFC 3834).
        let mut headers = vec![header("Auto-Submitted", "auto-generated")?];
        if let Some(url) = unsubscribe {
            // Mail programs offer a button for these (RFC 8058).
            headers.push(header("List-Unsubscribe", &format!("<{url}>"))?);
            headers.push(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
        let content = SesMessage::builder()
            .subject(part(subject)?)
            .body(Body::builder().text(part(text)?).html(part(html)?).build())
            .set_headers(Some(headers))
            .build();
        let sent = self
            .client
            .send_email()
            .from_email_address(&*self.from)
            .set_configuration_set_name(self.configuration_set.as_deref().map(str::to_owned))
            .destination(Destination::builder().to_addresses(to.as_str()).build())
            .set_reply_to_addresses(reply_to.map(|address| vec![address.to_string()]))
            .content(EmailContent::builder().simple(content).build())
            .email_tags(tag("mail", mail.id.to_string())?)
            .email_tags(tag("kind", mail.content.kind().name().to_owned())?)
            .send()
            .await;
        match sent {
            Ok(sent) => Ok(Sent::Accepted(sent.message_id.unwrap_or_default())),
            Err(error) => rejected(&error),
        }
    }
}

/// Returns why the message was rejected for good. Fails when the service is only unavailable.
fn rejected(error: &SdkError<SendEmailError>) -> Result<Sent> {
    match error.as_service_error() {
        Some(SendEmailError::MessageRejected(_)) => Ok(Sent::Rejected("message rejected")),
        Some(SendEmailError::BadRequestException(_)) => Ok(Sent::Rejected("bad request")),
        Some(known) => Err(Error::Unavailable(
            format!("SES: {}", known.code().unwrap_or("unknown error")).into(),
        )),
        // The whole error could quote the request, and with it the link's secret.
        None => Err(Error::Unavailable("SES could not be reached".into())),
    }
}
