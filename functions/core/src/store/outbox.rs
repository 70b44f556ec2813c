//! The outbox: mails and their delivery counts.

use jiff::civil::Date;

use super::{Item, Store, classify_sdk_error, item, key, number, text, transaction::Transaction};
use crate::{
    Error, Result,
    domain::{AuditEvent, DeliveryCounts, MailId, OutboxMail, Professional},
    runtime::metrics::Metric,
};

/// Days a mail is kept.
const RETENTION_DAYS: i64 = 90;
/// Days the delivery counts of a day are kept.
const COUNTS_RETENTION_DAYS: i64 = 30;

/// A change of a mail, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct MailChange<'a> {
    /// The mail as read.
    pub before: &'a OutboxMail,
    /// The mail as changed.
    pub after: &'a OutboxMail,
    /// The professional that it is about, before and after, if that changes too.
    pub professional: Option<(&'a Professional, &'a Professional)>,
    /// The mail that the change causes.
    pub further_mail: Option<&'a OutboxMail>,
    /// The events of the change.
    pub events: &'a [AuditEvent],
}

/// A mail that another expands to, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct MailExpansion<'a> {
    /// The mail.
    pub mail: &'a OutboxMail,
    /// The professional before and after, if the mail contains the link of a new invitation.
    pub professional: Option<(&'a Professional, &'a Professional)>,
    /// The event of the new invitation.
    pub event: Option<&'a AuditEvent>,
}

impl<'a> MailChange<'a> {
    /// Creates a change of the mail alone.
    #[must_use]
    pub fn new(before: &'a OutboxMail, after: &'a OutboxMail) -> Self {
        Self { before, after, professional: None, further_mail: None, events: &[] }
    }
}

impl<'a> MailExpansion<'a> {
    /// Creates an expansion without a new invitation.
    #[must_use]
    pub fn new(mail: &'a OutboxMail) -> Self {
        Self { mail, professional: None, event: None }
    }
}

impl Transaction<'_> {
    /// Adds a new mail to the outbox.
    pub(super) fn put_mail(&mut self, mail: &OutboxMail) -> Result<()> {
        self.counts(Metric::of_new(mail));
        self.create(mail_item(mail)?, |_| Error::Conflict)
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
        let MailChange { before, after, professional, further_mail, events } = change;
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        if let Some((before, after)) = professional {
            transaction.replace_professional(before, after)?;
        }
        transaction.finish(further_mail, events)?;
        transaction.commit().await
    }

    /// Adds a mail's delivery to the counts of `day`. Not in a transaction: at most once is exact
    /// enough.
    pub async fn count_mail(&self, mail: MailId, day: Date, counts: DeliveryCounts) -> Result<()> {
        let key = key::Key::counts(day, mail.ulid().0 % key::COUNT_SHARDS);
        let midnight = day
            .at(0, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_err(Error::internal)?
            .timestamp()
            .as_second();
        let update =
            self.client.update_item().table_name(&*self.table).set_key(Some(key.attributes()));
        let update = update
            .update_expression(
                "SET #ttl = :ttl ADD sent :sent, bounced :bounced, complained :complained",
            )
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(
                ":ttl",
                number(midnight + COUNTS_RETENTION_DAYS * 24 * 3600),
            )
            .expression_attribute_values(":sent", number(counts.sent))
            .expression_attribute_values(":bounced", number(counts.bounced))
            .expression_attribute_values(":complained", number(counts.complained));
        update.send().await.map_err(classify_sdk_error)?;
        Ok(())
    }

    /// Returns up to 100 held mails of one of [`Store::HELD_SHARDS`] shards, oldest first, after
    /// `after`.
    pub async fn held_mails(&self, shard: u8, after: Option<MailId>) -> Result<Vec<MailId>> {
        let pk = key::held(shard.into());
        let start = after.map(|id| {
            let mut start = key::Key::mail(id).attributes();
            start.extend([
                (key::DUE.pk.to_owned(), text(&pk)),
                (key::DUE.sk.to_owned(), text(id.to_string())),
            ]);
            start
        });
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::DUE.name)
            .key_condition_expression("due_pk = :pk");
        let query = query
            .expression_attribute_values(":pk", text(&pk))
            .set_exclusive_start_key(start)
            .limit(100);
        let items = query.send().await.map_err(classify_sdk_error)?.items.unwrap_or_default();
        Ok(items.iter().filter_map(key::Key::of).filter_map(|key| key.mail_id()).collect())
    }

    /// Adds one of the mails that another expands to. Does nothing if it exists.
    pub async fn expand_mail(&self, expansion: MailExpansion<'_>) -> Result<()> {
        let MailExpansion { mail, professional, event } = expansion;
        let mut transaction = self.transaction();
        transaction.create(mail_item(mail)?, |_| Error::Changed)?;
        if let Some((before, after)) = professional {
            transaction.replace_professional(before, after)?;
        }
        if let Some(event) = event {
            transaction.record(event)?;
        }
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }
}

impl Transaction<'_> {
    fn replace_mail(&mut self, before: &OutboxMail, after: &OutboxMail) -> Result<()> {
        self.counts(Metric::of_change(before, after));
        let state = serde_dynamo::to_attribute_value(before.delivery).map_err(Error::internal)?;
        self.replace_if(mail_item(after)?, "delivery = :delivery", [(":delivery", state)].into())
    }
}

fn mail_item(mail: &OutboxMail) -> Result<Item> {
    let mut item = item(&key::Key::mail(mail.id), key::of_mail(mail), mail)?;
    let expires_at = mail.created_at.as_second() + RETENTION_DAYS * 24 * 3600;
    item.insert("ttl".to_owned(), number(expires_at));
    Ok(item)
}
