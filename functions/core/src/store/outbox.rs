//! The outbox.

use jiff::civil::Date;

use super::{Item, Store, fault, item, key, number, text, transaction::Transaction};
use crate::{
    Error, Result,
    domain::{AuditEvent, DeliveryCounts, MailId, OutboxMail, Professional},
    runtime::metrics::Metric,
};

/// Days a mail stays in the table.
const DAYS_KEPT: i64 = 90;
/// Days that what became of a day's mails stays in the table.
const TALLY_DAYS_KEPT: i64 = 30;

impl Transaction<'_> {
    /// Puts a new mail into the outbox.
    pub(super) fn put_mail(&mut self, mail: &OutboxMail) -> Result<()> {
        self.counts(Metric::of_new(mail));
        self.create(mail_item(mail)?, |_| Error::Conflict)
    }
}

impl Store {
    /// How many shards the mails held back are in.
    pub const HELD_SHARDS: u8 = 4;

    /// Moves a mail from `before` to `after`, with what that means for the professional it is about and for the activity list, and with a
    /// further mail if it calls for one.
    ///
    /// Fails with [`Error::Conflict`] when the mail or the professional has changed since it was read, or the further mail is there already.
    pub async fn advance_mail(
        &self,
        before: &OutboxMail,
        after: &OutboxMail,
        professional: Option<(&Professional, &Professional)>,
        further: Option<&OutboxMail>,
        events: &[AuditEvent],
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        if let Some((before, after)) = professional {
            transaction.replace_professional(before, after)?;
        }
        transaction.finish(further, events)?;
        transaction.commit().await
    }

    /// Counts what became of a mail, in the tally of `day`. No transaction: it is counted at most once, and a mail more or less does not matter.
    pub async fn count_mail(&self, mail: MailId, day: Date, counts: DeliveryCounts) -> Result<()> {
        let key = key::Key::counts(day, mail.ulid().0 % key::TALLY_SHARDS);
        let ends = day
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
            .expression_attribute_values(":ttl", number(ends + TALLY_DAYS_KEPT * 24 * 3600))
            .expression_attribute_values(":sent", number(counts.sent))
            .expression_attribute_values(":bounced", number(counts.bounced))
            .expression_attribute_values(":complained", number(counts.complained));
        update.send().await.map_err(fault)?;
        Ok(())
    }

    /// Lists up to 100 of the mails that are held back in one of [`Store::HELD_SHARDS`] shards, the oldest first, behind `after`.
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
        let items = query.send().await.map_err(fault)?.items.unwrap_or_default();
        Ok(items.iter().filter_map(key::Key::of).filter_map(|it| it.mail_id()).collect())
    }

    /// Puts one mail of several into the outbox, with the professional's new invitation if it holds a link; does nothing when it is there.
    pub async fn expand_mail(
        &self,
        mail: &OutboxMail,
        professional: Option<(&Professional, &Professional)>,
        event: Option<&AuditEvent>,
    ) -> Result<()> {
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
    item.insert("ttl".to_owned(), number(mail.created_at.as_second() + DAYS_KEPT * 24 * 3600));
    Ok(item)
}
