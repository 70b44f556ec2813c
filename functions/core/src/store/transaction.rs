//! Transactions, with the error for each failed condition.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, CancellationReason, ConditionCheck, Delete, Put,
        ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
    },
};
use serde::Serialize;

use super::{
    Item, Store, classify_sdk_error, item, key::Key, limits::MailOrigin, number, outbox::mail_item,
    text,
};
use crate::{
    Error, Result,
    domain::{AccountId, AuditEvent, OutboxMail},
    runtime::metrics::Metric,
};

/// Returns the error for a failed condition from the item that failed it.
pub(super) type OnFailure = Box<dyn FnOnce(Option<Item>) -> Error + Send>;

/// Writes that are committed together or not at all.
///
/// Most conditions check the version that was read. Their failure is [`Error::Conflict`], after
/// which the handler runs again.
pub(super) struct Transaction<'a> {
    store: &'a Store,
    writes: Vec<TransactWriteItem>,
    on_failure: Vec<OnFailure>,
    metrics: Vec<Metric>,
    /// New mails, with what their existence means.
    mails: Vec<(OutboxMail, OnFailure)>,
    /// The account for which the recorded act was done.
    acting_for: Option<AccountId>,
}

impl Store {
    /// Begins a transaction of at most 100 writes (an AWS limit).
    pub(super) fn transaction(&self) -> Transaction<'_> {
        Transaction {
            store: self,
            writes: Vec::new(),
            on_failure: Vec::new(),
            metrics: Vec::new(),
            mails: Vec::new(),
            acting_for: None,
        }
    }
}

impl Transaction<'_> {
    /// Puts an item that another item's version guards.
    pub(super) fn put(&mut self, key: &Key, entity: &impl Serialize) -> Result<()> {
        self.put_item(item(key, Item::new(), entity)?)
    }

    /// Puts an item as [`Self::put`] does.
    pub(super) fn put_item(&mut self, item: Item) -> Result<()> {
        let put = self.new_put(item).build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().put(put), conflict());
        Ok(())
    }

    /// Puts an item that must not exist; `on_failure` returns the error if it does.
    pub(super) fn create(
        &mut self,
        item: Item,
        on_failure: impl FnOnce(Option<Item>) -> Error + Send + 'static,
    ) -> Result<()> {
        let put = self
            .new_put(item)
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().put(put), Box::new(on_failure));
        Ok(())
    }

    /// Replaces an item that must be at `version`.
    pub(super) fn replace(&mut self, item: Item, version: u32) -> Result<()> {
        self.replace_if(item, "version = :version", [(":version", number(version))].into())
    }

    /// Replaces an item that must meet `condition`.
    pub(super) fn replace_if(
        &mut self,
        item: Item,
        condition: &str,
        values: HashMap<&str, AttributeValue>,
    ) -> Result<()> {
        let mut put = self.new_put(item).condition_expression(condition);
        for (name, value) in values {
            put = put.expression_attribute_values(name, value);
        }
        let put = put.build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().put(put), conflict());
        Ok(())
    }

    /// Deletes an item that must be at `version`.
    pub(super) fn remove(&mut self, key: &Key, version: u32) -> Result<()> {
        let delete = self
            .new_delete(key)
            .condition_expression("version = :version")
            .expression_attribute_values(":version", number(version));
        self.push(
            TransactWriteItem::builder().delete(delete.build().map_err(Error::internal)?),
            conflict(),
        );
        Ok(())
    }

    /// Deletes an item that must exist; `on_failure` returns the error if it does not.
    pub(super) fn delete_existing(&mut self, key: &Key, on_failure: OnFailure) -> Result<()> {
        let delete = self.new_delete(key).condition_expression("attribute_exists(pk)");
        self.push(
            TransactWriteItem::builder().delete(delete.build().map_err(Error::internal)?),
            on_failure,
        );
        Ok(())
    }

    /// Checks that an item does not exist; `on_failure` returns the error if it does.
    pub(super) fn check_absent(
        &mut self,
        key: &Key,
        on_failure: impl FnOnce(Option<Item>) -> Error + Send + 'static,
    ) -> Result<()> {
        let check = ConditionCheck::builder()
            .table_name(&*self.store.table)
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().condition_check(check), Box::new(on_failure));
        Ok(())
    }

    /// Deletes an item that another item's version guards.
    pub(super) fn delete(&mut self, key: &Key) -> Result<()> {
        let delete = self.new_delete(key).build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().delete(delete), conflict());
        Ok(())
    }

    /// Checks that an item is at `version`.
    pub(super) fn check_version(&mut self, key: &Key, version: u32) -> Result<()> {
        self.check(key, "version = :version", [(":version", number(version))].into(), conflict())
    }

    /// Checks that an item meets `condition`.
    pub(super) fn check(
        &mut self,
        key: &Key,
        condition: &str,
        values: HashMap<&str, AttributeValue>,
        on_failure: OnFailure,
    ) -> Result<()> {
        let mut check = ConditionCheck::builder()
            .table_name(&*self.store.table)
            .set_key(Some(key.attributes()))
            .condition_expression(condition);
        for (name, value) in values {
            check = check.expression_attribute_values(name, value);
        }
        self.push(
            TransactWriteItem::builder().condition_check(check.build().map_err(Error::internal)?),
            on_failure,
        );
        Ok(())
    }

    /// Adds `count` to the number of items that `key` counts; `on_failure` returns the error if the
    /// number would exceed `at_most`.
    pub(super) fn add_up(
        &mut self,
        key: &Key,
        count: i32,
        at_most: Option<u32>,
        on_failure: OnFailure,
    ) -> Result<()> {
        let mut update = Update::builder()
            .table_name(&*self.store.table)
            .set_key(Some(key.attributes()))
            .update_expression("ADD #count :count")
            .expression_attribute_names("#count", "count")
            .expression_attribute_values(":count", number(count));
        if let Some(at_most) = at_most {
            update = update
                .condition_expression("attribute_not_exists(#count) OR #count < :at_most")
                .expression_attribute_values(":at_most", number(at_most));
        }
        let update = update.build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().update(update), on_failure);
        Ok(())
    }

    /// Counts `metrics` once the transaction is committed.
    pub(super) fn counts(&mut self, metrics: impl IntoIterator<Item = Metric>) {
        self.metrics.extend(metrics);
    }

    /// Adds a new mail to the outbox; `on_failure` returns the error if it exists. The only way
    /// into the outbox: every mail is counted for its caller and says who caused it.
    pub(super) fn queue(&mut self, mail: &OutboxMail, on_failure: OnFailure) {
        self.counts(Metric::of_new(mail));
        self.mails.push((mail.clone(), on_failure));
    }

    /// Notes for which account the act of `event` was done: the actor's own.
    pub(super) fn note_actor(&mut self, event: &AuditEvent) {
        self.acting_for.get_or_insert(event.actor.home.unwrap_or(event.account));
    }

    /// Checks whether there is nothing to commit.
    pub(super) fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.mails.is_empty()
    }

    /// Returns the table's name.
    pub(super) fn table(&self) -> &str {
        &self.store.table
    }

    /// Commits. Retries by the SDK carry the same client token, so that the writes happen only
    /// once.
    pub(super) async fn commit(mut self) -> Result<()> {
        self.put_mails()?;
        let sent = self
            .store
            .client
            .transact_write_items()
            .set_transact_items(Some(self.writes))
            .send()
            .await;
        let Err(error) = sent else {
            self.metrics.into_iter().for_each(|metric| self.store.metrics.count(metric));
            return Ok(());
        };
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                let reasons = cancelled.cancellation_reasons().to_vec();
                let cause = cancellation_error(reasons, self.on_failure);
                Err(cause.unwrap_or_else(|| classify_sdk_error(error)))
            }
            _ => Err(classify_sdk_error(error)),
        }
    }

    /// Puts the new mails with their cause, and counts them for the caller. The count comes last,
    /// because other errors help the caller more.
    fn put_mails(&mut self) -> Result<()> {
        let (mails, origin) = (std::mem::take(&mut self.mails), self.store.origin.clone());
        let count = match &*origin {
            MailOrigin::Caller(caller) if !mails.is_empty() => {
                let count = caller.count(mails.iter().map(|(mail, _)| mail), self.acting_for);
                Some((count, caller.refusal()))
            }
            _ => None,
        };
        for (mail, on_failure) in mails {
            let cause = origin.cause_of(&mail, self.acting_for);
            self.create(mail_item(&OutboxMail { cause, ..mail })?, on_failure)?;
        }
        match count {
            Some((count, refusal)) => self.count(count, refusal),
            None => Ok(()),
        }
    }

    fn new_put(&self, item: Item) -> aws_sdk_dynamodb::types::builders::PutBuilder {
        Put::builder()
            .table_name(&*self.store.table)
            .set_item(Some(item))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    fn new_delete(&self, key: &Key) -> aws_sdk_dynamodb::types::builders::DeleteBuilder {
        Delete::builder().table_name(&*self.store.table).set_key(Some(key.attributes()))
    }

    pub(super) fn push(
        &mut self,
        write: aws_sdk_dynamodb::types::builders::TransactWriteItemBuilder,
        on_failure: OnFailure,
    ) {
        self.writes.push(write.build());
        self.on_failure.push(on_failure);
    }
}

/// Returns [`Error::Conflict`] for a failed condition: the data that was read has changed.
pub(super) fn conflict() -> OnFailure {
    Box::new(|_| Error::Conflict)
}

/// Returns `error` for a failed condition.
pub(super) fn fails_with(error: Error) -> OnFailure {
    Box::new(|_| error)
}

/// Returns why a transaction was cancelled. A conflict takes precedence over other errors, which
/// were decided on data that has changed.
fn cancellation_error(
    reasons: Vec<CancellationReason>,
    on_failure: Vec<OnFailure>,
) -> Option<Error> {
    let mut first = None;
    for (reason, on_failure) in reasons.into_iter().zip(on_failure) {
        match reason.code.as_deref() {
            Some("ConditionalCheckFailed") => match on_failure(reason.item) {
                Error::Conflict => return Some(Error::Conflict),
                error => first = first.or(Some(error)),
            },
            Some("TransactionConflict") => return Some(Error::Conflict),
            Some("ThrottlingError" | "ProvisionedThroughputExceeded") => {
                return Some(Error::Unavailable("transaction throttled".into()));
            }
            _ => {}
        }
    }
    first
}

/// Creates the item that claims a name for `owner`.
pub(super) fn claim(key: &Key, owner: &impl ToString) -> Item {
    let mut item = key.attributes();
    item.insert("owner".to_owned(), text(owner.to_string()));
    item
}

/// Returns the owner in a claim.
pub(super) fn owner(claim: Option<Item>) -> Option<String> {
    claim?.remove("owner").and_then(|owner| owner.as_s().ok().cloned())
}
