//! What Portico's functions share. Each module may name only those above it in this table.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules, pure: who may do what, accounts, people, plans, mail |
//! | [`Error`] | why a request failed, without HTTP and without AWS |
//! | [`runtime`] | the process: clock, randomness, retries, concurrency, metrics |
//! | [`store`] | the one DynamoDB table: a method for each access pattern |
//! | [`sign_in`] | OpenID Connect providers |
//! | [`mail`] | rendering: subject, text and HTML of each mail in each language |
//! | [`App`] | everything a handler may use |
//! | [`auth`] | the session's cookie, and what its owner may do on an account |
//! | [`workflows`] | what two or more functions do |
//! | [`http`] | transport: requests, inputs, views, responses, problems |
//! | [`lambda`] | running a handler: configuration, events, schedules, streams |

pub mod auth;
pub mod domain;
mod error;
pub mod http;
pub mod lambda;
pub mod mail;
pub mod runtime;
pub mod sign_in;
pub mod store;
#[cfg(test)]
mod tests;
pub mod workflows;

use std::sync::Arc;

use domain::{
    AccountId, Actor, AuditEvent, Delivery, Event, IdentityKey, MailCause, MailContent, OriginKeys,
    OutboxMail, Policy, Professional, Recipient, SignInEvent, SignInEventKind,
};
pub use error::{Budget, Cause, Error, Result};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use ulid::Ulid;

/// Everything a handler may use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The DynamoDB table.
    pub store: store::Store,
    /// The source of the current time.
    pub clock: runtime::Clock,
    /// The vendor's settings.
    pub policy: Arc<Policy>,
    /// The secret headers that CloudFront adds. Web requests without one are refused, and with it
    /// their viewer address is trusted.
    pub origin_keys: OriginKeys,
    /// The identity providers people can sign in with.
    pub providers: sign_in::Providers,
    /// Correlation id of the current request, part of each of its log lines.
    pub request: Option<Arc<str>>,
}

impl App {
    /// Returns the current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns today's date in UTC. Plans and end dates follow the account's own day:
    /// [`domain::Account::today`].
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// Returns the app for the request `id`, which becomes the correlation id of what it writes.
    #[must_use]
    pub fn for_request(&self, id: &str) -> Self {
        Self { request: Some(id.into()), ..self.clone() }
    }

    /// Returns the app for the request that queued `mail`, where it is known. What it queues has
    /// the same cause.
    #[must_use]
    pub fn for_cause_of(&self, mail: &OutboxMail) -> Self {
        let app = Self { store: self.store.caused_by(&mail.cause), ..self.clone() };
        match &mail.request {
            Some(request) => app.for_request(request),
            None => app,
        }
    }

    /// Creates the record of an event at the current time, without a source.
    pub fn audit_event(
        &self,
        account: AccountId,
        actor: Actor,
        event: Event,
    ) -> Result<AuditEvent> {
        Ok(AuditEvent {
            id: self.new_id()?,
            account,
            at: self.now(),
            actor,
            event,
            source: None,
            request: self.request.as_deref().map(str::to_owned),
        })
    }

    /// Creates the record of what happened to the sign-ins of `identity` at the current time,
    /// without a browser.
    pub fn sign_in_event(
        &self,
        identity: &IdentityKey,
        event: SignInEventKind,
    ) -> Result<SignInEvent> {
        Ok(SignInEvent {
            id: self.new_id()?,
            identity: identity.clone(),
            at: self.now(),
            event,
            browser: String::new(),
            source: String::new(),
        })
    }

    /// Creates a mail for the outbox, about `professional`, to `recipient`. Without a recipient it
    /// stands for one mail to each of several people, whom deliver-mail looks up.
    pub fn outbox_mail(
        &self,
        content: MailContent,
        professional: Option<&Professional>,
        recipient: Option<Recipient>,
    ) -> Result<OutboxMail> {
        Ok(OutboxMail {
            id: self.new_id()?,
            account: professional.map(|professional| professional.account),
            professional: professional.map(|professional| professional.id),
            recipient,
            content,
            delivery: Delivery::Queued,
            created_at: self.now(),
            cause: MailCause::default(),
            held: None,
            counted_in: None,
            unsubscribe: None,
            message: None,
            request: self.request.as_deref().map(str::to_owned),
        })
    }

    /// Generates an identifier that sorts by creation time, to the nanosecond, so that what one
    /// request writes stays in order.
    pub fn new_id<T: From<Ulid>>(&self) -> Result<T> {
        let now = self.now();
        let milliseconds = u64::try_from(now.as_millisecond()).map_err(Error::internal)?;
        // Of the 80 bits after the milliseconds, 20 are the time within them and 60 are random.
        let within = u128::from(now.subsec_nanosecond().unsigned_abs() % 1_000_000);
        let random = u128::from_be_bytes(runtime::random()?) >> 68;
        Ok(Ulid::from_parts(milliseconds, within << 60 | random).into())
    }
}
