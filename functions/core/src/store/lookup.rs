//! Lookups: all items with known keys, read together and strongly consistent in one round trip.

use std::{collections::HashSet, time::Duration};

use aws_sdk_dynamodb::types::KeysAndAttributes;
use jiff::Timestamp;

use super::{Item, Store, classify_sdk_error, deliveries, from_item, key, transaction::owner};
use crate::{
    Error, Result,
    domain::{
        AccessRequest, AccessRequestId, AccessReview, Account, AccountId, DeletedProfessional,
        DeliveryCounts, EmailAddress, HeldMail, IdentityKey, Link, MailCause, MailId, OutboxMail,
        OwnRequest, Professional, ProfessionalId, SecretHash, Session,
    },
};

/// The items to read, at most 100.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    keys: Vec<key::Key>,
}

/// The items that were found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The session.
    pub session: Option<Session>,
    /// The links.
    pub links: Vec<Link>,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The professionals.
    pub professionals: Vec<Professional>,
    /// The deleted professional.
    pub deleted: Option<DeletedProfessional>,
    /// The account's next access review.
    pub review: Option<AccessReview>,
    /// The claimed addresses with their professionals.
    pub claims: Vec<(EmailAddress, ProfessionalId)>,
    /// The requests for access.
    pub access_requests: Vec<AccessRequest>,
    /// The request for access as its asker sees it.
    pub own_request: Option<OwnRequest>,
    /// How often the identity has asked for access.
    pub asked: u32,
    /// The claimed external ids with their accounts.
    pub externals: Vec<(String, AccountId)>,
    /// The mails.
    pub mails: Vec<OutboxMail>,
    /// The portal's delivery counts, added up.
    pub portal_counts: DeliveryCounts,
    /// The delivery counts of the account that was asked for, added up.
    pub account_counts: DeliveryCounts,
    /// The delivery counts of the person who was asked for, added up.
    pub actor_counts: DeliveryCounts,
    /// The account's mail that is held back because of bounces.
    pub held_mail: HeldMail,
}

impl Lookup {
    /// Adds the session of an identity with the secret in the browser's cookie.
    #[must_use]
    pub fn session(self, identity: &IdentityKey, secret: &SecretHash) -> Self {
        self.with(key::Key::session(identity, secret))
    }

    /// Adds the link of an identity to an account.
    #[must_use]
    pub fn link(self, identity: &IdentityKey, account: AccountId) -> Self {
        self.with(key::Key::link(identity, account))
    }

    /// Adds an account.
    #[must_use]
    pub fn account(self, id: AccountId) -> Self {
        self.with(key::Key::account(id))
    }

    /// Adds a professional.
    #[must_use]
    pub fn professional(self, account: AccountId, id: ProfessionalId) -> Self {
        self.with(key::Key::professional(account, id))
    }

    /// Adds a deleted professional.
    #[must_use]
    pub fn deleted(self, account: AccountId, id: ProfessionalId) -> Self {
        self.with(key::Key::deleted(account, id))
    }

    /// Adds the claim on an address in an account.
    #[must_use]
    pub fn email(self, account: AccountId, email: &EmailAddress) -> Self {
        self.with(key::Key::email(account, email))
    }

    /// Adds a request for access, whether it is open or has ended.
    #[must_use]
    pub fn access_request(self, account: AccountId, id: AccessRequestId) -> Self {
        self.with(key::Key::access_request(account, id, true))
            .with(key::Key::access_request(account, id, false))
    }

    /// Adds a request for access as its asker sees it.
    #[must_use]
    pub fn own_request(self, identity: &IdentityKey, id: AccessRequestId) -> Self {
        self.with(key::Key::own_request(identity, id, true))
            .with(key::Key::own_request(identity, id, false))
    }

    /// Adds how often an identity has asked for access.
    #[must_use]
    pub(super) fn asked(self, identity: &IdentityKey) -> Self {
        self.with(key::Key::asked(identity))
    }

    /// Adds the claim on the number that `by`, the vendor or a partner, has for an account.
    #[must_use]
    pub fn external(self, by: AccountId, id: &str) -> Self {
        self.with(key::Key::external(by, id))
    }

    /// Adds an account's next access review.
    #[must_use]
    pub fn review(self, account: AccountId) -> Self {
        self.with(key::Key::review(account))
    }

    /// Adds a mail.
    #[must_use]
    pub fn mail(self, id: MailId) -> Self {
        self.with(key::Key::mail(id))
    }

    /// Adds the portal's delivery counts that matter at the time `now`.
    #[must_use]
    pub fn portal_counts(self, now: Timestamp) -> Self {
        deliveries::portal_keys(now).fold(self, Self::with)
    }

    /// Adds the delivery counts of the account and the person that caused a mail.
    #[must_use]
    pub fn counts_of(self, cause: &MailCause, now: Timestamp) -> Self {
        let days = DeliveryCounts::account_days(deliveries::day(now));
        days.fold(self, |lookup, on| {
            let account = cause.account.map(|id| key::Key::account_deliveries(id, on));
            let actor = cause.actor.as_deref().map(|who| key::Key::actor_deliveries(who, on));
            account.into_iter().chain(actor).fold(lookup, Self::with)
        })
    }

    /// Adds the account's mail that is held back because of bounces.
    #[must_use]
    pub fn held_mail(self, account: AccountId) -> Self {
        self.with(key::Key::held_mail(account))
    }

    /// Adds a key once; DynamoDB refuses duplicates.
    fn with(mut self, key: key::Key) -> Self {
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
        self
    }
}

impl Found {
    /// Returns the account `id`.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Returns the link to `account`.
    #[must_use]
    pub fn link(&self, account: AccountId) -> Option<&Link> {
        self.links.iter().find(|link| link.account == account)
    }

    /// Returns the professional `id`.
    #[must_use]
    pub fn professional(&self, id: ProfessionalId) -> Option<&Professional> {
        self.professionals.iter().find(|professional| professional.id == id)
    }

    /// Returns the request for access `id` if it belongs to `account`.
    #[must_use]
    pub fn access_request(
        &self,
        account: AccountId,
        id: AccessRequestId,
    ) -> Option<&AccessRequest> {
        self.access_requests.iter().find(|request| request.id == id && request.account == account)
    }

    fn add(&mut self, item: Item) -> Result<()> {
        let key = key::Key::of(&item).ok_or_else(|| Error::internal("an item without a key"))?;
        match (key.pk.split('#').next(), key.sk.split('#').next()) {
            (Some("identity"), Some("session")) => self.session = Some(from_item(item)?),
            (Some("counts"), Some("held")) => self.held_mail = held_mail(&item),
            (Some("counts"), _) => match key.pk.split('#').nth(1) {
                Some("all") => self.portal_counts += from_item(item)?,
                Some("account") => self.account_counts += from_item(item)?,
                _ => self.actor_counts += from_item(item)?,
            },
            (Some("mail"), _) => self.mails.push(from_item(item)?),
            (Some("identity"), Some("link")) => self.links.push(from_item(item)?),
            (Some("account"), Some("account")) => self.accounts.push(from_item(item)?),
            (Some("account"), Some("professional")) => self.professionals.push(from_item(item)?),
            (Some("account"), Some("review")) => self.review = Some(from_item(item)?),
            (Some("account"), Some("deleted")) => self.deleted = Some(from_item(item)?),
            (Some("account"), Some("access-request")) => {
                self.access_requests.push(from_item(item)?);
            }
            (Some("identity"), Some("access-request")) => self.own_request = Some(from_item(item)?),
            (Some("identity"), Some("asked")) => self.asked = counted(&item)?,
            (Some("account"), Some("email")) => {
                let claim = key
                    .email_address()
                    .zip(owner(Some(item)).and_then(|id| ProfessionalId::parse(&id)));
                self.claims
                    .push(claim.ok_or_else(|| Error::internal("a claim that cannot be read"))?);
            }
            (Some("account"), Some("external")) => {
                let account = owner(Some(item)).and_then(|id| AccountId::parse(&id));
                let claim = key.external_id().zip(account);
                self.externals
                    .push(claim.ok_or_else(|| Error::internal("a claim that cannot be read"))?);
            }
            _ => return Err(Error::internal("an item that was not asked for")),
        }
        Ok(())
    }
}

/// Returns the number of requests that an item counts.
fn counted(item: &Item) -> Result<u32> {
    let times = item.get("times").and_then(|times| times.as_n().ok());
    let times = times.and_then(|times| times.parse().ok());
    times.ok_or_else(|| Error::internal("a count that cannot be read"))
}

/// Adds up an account's held mails, which are counted by the hour since which they have waited.
fn held_mail(item: &Item) -> HeldMail {
    let mut held = HeldMail {
        released_at: item
            .get("released_at")
            .and_then(|time| time.as_s().ok())
            .and_then(|time| time.parse().ok()),
        ..HeldMail::default()
    };
    for (name, mails) in item {
        let since = name.strip_prefix(key::HELD_SINCE).and_then(|hour| hour.parse().ok());
        let mails = mails.as_n().ok().and_then(|mails| mails.parse::<u32>().ok()).unwrap_or(0);
        if let Some(since) = since.filter(|_| mails > 0) {
            held.mails += mails;
            held.since = Some(held.since.map_or(since, |earliest: Timestamp| earliest.min(since)));
        }
    }
    held
}

impl Store {
    /// Reads all items of `lookup` in one BatchGetItem. Reads keys that DynamoDB left unprocessed
    /// again, at most three times.
    pub async fn look_up(&self, lookup: Lookup) -> Result<Found> {
        let mut found = Found::default();
        let mut keys: Vec<_> = lookup.keys.iter().map(key::Key::attributes).collect();
        for attempt in 0..4_u32 {
            if keys.is_empty() {
                return Ok(found);
            }
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(25 << attempt)).await;
            }
            let request = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .consistent_read(true)
                .build()
                .map_err(Error::internal)?;
            let answer = self
                .client
                .batch_get_item()
                .request_items(&*self.table, request)
                .send()
                .await
                .map_err(classify_sdk_error)?;
            for item in answer.responses.into_iter().flatten().flat_map(|(_, items)| items) {
                found.add(item)?;
            }
            keys = answer
                .unprocessed_keys
                .into_iter()
                .flatten()
                .flat_map(|(_, left)| left.keys)
                .collect();
        }
        if keys.is_empty() {
            Ok(found)
        } else {
            Err(Error::Unavailable("keys were left unprocessed".into()))
        }
    }

    /// Returns the accounts `ids` in that order, at most 100; leaves out those that do not exist.
    pub async fn accounts(&self, ids: &[AccountId]) -> Result<Vec<Account>> {
        let lookup = ids.iter().fold(Lookup::default(), |lookup, id| lookup.account(*id));
        let found = self.look_up(lookup).await?;
        let mut distinct = HashSet::new();
        Ok(ids
            .iter()
            .filter(|id| distinct.insert(**id))
            .filter_map(|id| found.account(*id).cloned())
            .collect())
    }
}
