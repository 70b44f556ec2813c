//! The outbox: mails, from when they are queued until they leave.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    DueCursor, Item, Store, classify_sdk_error, deliveries, item, key, number, text,
    transaction::{Transaction, conflict},
};
use crate::{
    Error, Result,
    domain::{AccountId, AuditEvent, Limits, MailContent, MailId, OutboxMail, Professional},
    runtime::metrics::Metric,
};

/// Days a mail is kept.
const RETENTION_DAYS: i64 = 90;

/// A change of a mail, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct MailChange<'a> {
    /// The mail as read.
    pub before: &'a OutboxMail,
    /// The mail as changed.
    pub after: &'a OutboxMail,
    /// The professionals that it is about, before and after, if they change too.
    pub professionals: &'a [(Professional, Professional)],
    /// The mail that the change causes.
    pub further_mail: Option<&'a OutboxMail>,
    /// The events of the change.
    pub events: &'a [AuditEvent],
}

/// A mail that is about to leave.
#[derive(Clone, Copy, Debug)]
pub struct ReadyMail<'a> {
    /// The mail as read.
    pub before: &'a OutboxMail,
    /// The mail as counted, with the hash of the secret to turn it off; it equals `before` if there
    /// is nothing to store.
    pub after: &'a OutboxMail,
    /// The professionals before and after, with the hashes of the secrets of their links.
    pub professionals: &'a [(Professional, Professional)],
    /// The limits of its mailbox and its account.
    pub limits: &'a Limits,
    /// The time.
    pub now: Timestamp,
}

/// A mail that is counted in another instead of being sent.
#[derive(Clone, Copy, Debug)]
pub struct MailMerge<'a> {
    /// The mail as read.
    pub before: &'a OutboxMail,
    /// The mail as not sent.
    pub after: &'a OutboxMail,
    /// The mail that counts it, as read if it exists.
    pub counting_before: Option<&'a OutboxMail>,
    /// The mail that counts it.
    pub counting: &'a OutboxMail,
}

/// The links of several profiles for one mail, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct LinksExpansion<'a> {
    /// The mail.
    pub mail: &'a OutboxMail,
    /// The professionals before and after.
    pub professionals: &'a [(Professional, Professional)],
    /// The events of the new invitations.
    pub events: &'a [AuditEvent],
}

/// The release of an account's mail that was held back because of bounces.
#[derive(Clone, Copy, Debug)]
pub struct MailRelease<'a> {
    /// The account.
    pub account: AccountId,
    /// When it is released. What waited then leaves.
    pub now: Timestamp,
    /// The event of the release.
    pub event: &'a AuditEvent,
}

impl<'a> MailChange<'a> {
    /// Creates a change of the mail alone.
    #[must_use]
    pub fn new(before: &'a OutboxMail, after: &'a OutboxMail) -> Self {
        Self { before, after, professionals: &[], further_mail: None, events: &[] }
    }
}

impl Transaction<'_> {
    /// Adds a new mail to the outbox.
    pub(super) fn put_mail(&mut self, mail: &OutboxMail) {
        self.queue(mail, conflict());
    }
}

impl Store {
    /// Shards of the held mails.
    pub const HELD_SHARDS: u8 = 4;

    /// Replaces a mail, with its professional, its events, and a further mail if it causes one.
    ///
    /// Fails with [`Error::Conflict`] when the mail or the professional has changed since it was
    /// read, or the further mail exists.
    pub async fn change_mail(&self, change: MailChange<'_>) -> Result<()> {
        let MailChange { before, after, professionals, further_mail, events } = change;
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        for (before, after) in professionals {
            transaction.replace_professional(before, after)?;
        }
        transaction.finish(further_mail, events)?;
        transaction.commit().await
    }

    /// Queues the mail for a request for links.
    pub async fn request_links(&self, mail: &OutboxMail) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.put_mail(mail);
        transaction.commit().await
    }

    /// Counts a mail for its mailbox and its account, unless it was counted already, and stores the
    /// hashes of the secrets of its links. A mail that counts others counts no more from then on.
    ///
    /// Fails with [`Error::OverBudget`] and changes nothing when one of them has had its share, and
    /// with [`Error::Conflict`] when the mail has counted another since it was read.
    pub async fn ready_mail(&self, ready: ReadyMail<'_>) -> Result<()> {
        let ReadyMail { before, after, professionals, limits, now } = ready;
        let mut transaction = self.transaction();
        for (before, after) in professionals {
            transaction.replace_professional(before, after)?;
        }
        let counted = before.counts_others() || before.counted_in == after.counted_in;
        let address = match (&after.recipient, &after.content) {
            (Some(recipient), _) => Some(&recipient.email),
            (None, MailContent::RequestedLinks { email }) => Some(email),
            (None, _) => None,
        };
        if before != after {
            transaction.replace_mail(before, after)?;
        }
        if let Some(address) = address.filter(|_| !counted) {
            transaction.count_before_sending(after, address, limits, now)?;
        }
        if transaction.is_empty() { Ok(()) } else { transaction.commit().await }
    }

    /// Counts a mail in another, which is created if it does not exist.
    ///
    /// Fails with [`Error::Conflict`] when either has changed since it was read.
    pub async fn merge_mail(&self, merge: MailMerge<'_>) -> Result<()> {
        let MailMerge { before, after, counting_before, counting } = merge;
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        match counting_before {
            None => transaction.queue(counting, conflict()),
            Some(counting_before) => transaction.replace_mail(counting_before, counting)?,
        }
        transaction.commit().await
    }

    /// Lets a request for links wait for the next window of its mailbox, named by the digest
    /// `mailbox`.
    ///
    /// Fails with [`Error::Changed`] when another request waits there already.
    pub async fn hold_for_mailbox(
        &self,
        mailbox: &str,
        before: &OutboxMail,
        after: &OutboxMail,
        until: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        let key = key::Key::received(mailbox, &format!("waiting#{until}"));
        let mut waiting = key.attributes();
        waiting.insert("mail".to_owned(), text(before.id.to_string()));
        waiting.insert("ttl".to_owned(), number(until.as_second()));
        transaction.create(waiting, |_| Error::Changed)?;
        transaction.commit().await
    }

    /// Returns up to 100 held mails of one of [`Store::HELD_SHARDS`] shards that are to be tried
    /// again at the time `now`, those that are due first before others, and the next page's cursor.
    pub async fn held_mails(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<DueCursor>,
    ) -> Result<(Vec<MailId>, Option<DueCursor>)> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::DUE.name)
            .key_condition_expression("due_pk = :pk AND due_sk <= :now")
            .expression_attribute_values(":pk", text(key::held(shard.into())))
            // Sorts after everything that begins with this second.
            .expression_attribute_values(":now", text(format!("{}~", key::by_second(now))))
            .set_exclusive_start_key(after.map(|cursor| cursor.0))
            .limit(100)
            .send()
            .await
            .map_err(classify_sdk_error)?;
        let items = answer.items.unwrap_or_default();
        let mails = items.iter().filter_map(key::Key::of).filter_map(|key| key.mail_id()).collect();
        Ok((mails, answer.last_evaluated_key.map(DueCursor)))
    }

    /// Releases what is held of an account because of bounces: forgets its bounces and complaints,
    /// and lets the next run of deliver-mail send its held mail.
    pub async fn release_mail(&self, release: MailRelease<'_>) -> Result<()> {
        let MailRelease { account, now, event } = release;
        let mut transaction = self.transaction();
        let held = transaction
            .update(&key::Key::held_mail(account))
            .update_expression("SET released_at = :now")
            .expression_attribute_values(":now", text(now.to_string()));
        transaction.push_update(held)?;
        for key in deliveries::account_keys(account, now) {
            let forgotten = transaction
                .update(&key)
                .update_expression("SET #ttl = :ttl, bounced = :none, complained = :none")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":ttl", number(deliveries::days_kept_until(now)))
                .expression_attribute_values(":none", number(0));
            transaction.push_update(forgotten)?;
        }
        transaction.record(event)?;
        transaction.commit().await
    }

    /// Adds the one mail with the links of several profiles that a request for links expands to.
    /// Does nothing if it exists.
    pub async fn expand_links(&self, expansion: LinksExpansion<'_>) -> Result<()> {
        let LinksExpansion { mail, professionals, events } = expansion;
        let mut transaction = self.transaction();
        for (before, after) in professionals {
            transaction.replace_professional(before, after)?;
        }
        for event in events {
            transaction.record(event)?;
        }
        transaction.queue(mail, Box::new(|_| Error::Changed));
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }

    /// Adds one of the mails that another expands to. Does nothing if it exists.
    pub async fn expand_mail(&self, mail: &OutboxMail) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.queue(mail, Box::new(|_| Error::Changed));
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }
}

impl Transaction<'_> {
    /// Replaces a mail that must be as read, and counts it in or out of its account's held mail.
    /// One that counts others must not have counted another or been closed meanwhile.
    fn replace_mail(&mut self, before: &OutboxMail, after: &OutboxMail) -> Result<()> {
        self.counts(Metric::of_change(before, after));
        let state = serde_dynamo::to_attribute_value(before.delivery).map_err(Error::internal)?;
        let mut values = HashMap::from([(":delivery", state)]);
        let mut condition = if before.held.is_none() {
            "delivery = :delivery AND attribute_not_exists(held)".to_owned()
        } else {
            "delivery = :delivery AND attribute_exists(held)".to_owned()
        };
        if let MailContent::Notices { mails, is_closed, .. } = &before.content {
            condition.push_str(" AND content.mails = :mails AND content.is_closed = :closed");
            values.insert(":mails", number(mails));
            values.insert(":closed", AttributeValue::Bool(*is_closed));
        }
        self.replace_if(mail_item(after)?, &condition, values)?;
        match (before.held_for(), after.held_for()) {
            (None, Some(account)) => self.count_held(account, after, 1),
            (Some(account), None) => self.count_held(account, before, -1),
            _ => Ok(()),
        }
    }

    /// Adds `mails` to those that wait since the hour of `mail`'s hold.
    fn count_held(&mut self, account: AccountId, mail: &OutboxMail, mails: i8) -> Result<()> {
        let Some(hold) = mail.held else { return Ok(()) };
        let hour = hold.since.strftime("%Y-%m-%dT%H:00:00Z");
        let update = self
            .update(&key::Key::held_mail(account))
            .update_expression("ADD #since :mails")
            .expression_attribute_names("#since", format!("{}{hour}", key::HELD_SINCE))
            .expression_attribute_values(":mails", number(mails));
        self.push_update(update)
    }

    fn update(&self, key: &key::Key) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder().table_name(self.table()).set_key(Some(key.attributes()))
    }

    fn push_update(
        &mut self,
        update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
    ) -> Result<()> {
        let update = update.build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().update(update), conflict());
        Ok(())
    }
}

pub(super) fn mail_item(mail: &OutboxMail) -> Result<Item> {
    let mut item = item(&key::Key::mail(mail.id), key::of_mail(mail), mail)?;
    let expires_at = mail.created_at.as_second() + RETENTION_DAYS * 24 * 3600;
    item.insert("ttl".to_owned(), number(expires_at));
    Ok(item)
}
