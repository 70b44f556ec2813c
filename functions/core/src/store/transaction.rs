//! A transaction and what the failure of each of its conditions means.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, CancellationReason, ConditionCheck, Delete, Put,
        ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
    },
};
use serde::Serialize;

use super::{Item, Store, fault, item, key::Key, number, text};
use crate::{Error, Result, runtime::metrics::Metric};

/// Makes an error of the item that a condition failed on.
type Meaning = Box<dyn FnOnce(Option<Item>) -> Error + Send>;

/// Writes that happen together or not at all.
///
/// Most conditions say "as I read it"; their failure is [`Error::Conflict`], upon which the handler reads and decides again.
pub(super) struct Transaction<'a> {
    store: &'a Store,
    writes: Vec<TransactWriteItem>,
    meanings: Vec<Meaning>,
    metrics: Vec<Metric>,
}

impl Store {
    /// Begins a transaction of at most 100 writes (an AWS limit).
    pub(super) fn transaction(&self) -> Transaction<'_> {
        Transaction { store: self, writes: Vec::new(), meanings: Vec::new(), metrics: Vec::new() }
    }
}

impl Transaction<'_> {
    /// Writes an item that is nobody else's.
    pub(super) fn put(&mut self, key: &Key, entity: &impl Serialize) -> Result<()> {
        self.put_item(item(key, Item::new(), entity)?)
    }

    /// Does the same with an item that is spelt already.
    pub(super) fn put_item(&mut self, item: Item) -> Result<()> {
        let put = self.new_put(item).build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().put(put), stale());
        Ok(())
    }

    /// Writes an item that must not exist yet; `meaning` makes the error of the one that does.
    pub(super) fn create(
        &mut self,
        item: Item,
        meaning: impl FnOnce(Option<Item>) -> Error + Send + 'static,
    ) -> Result<()> {
        let put = self
            .new_put(item)
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().put(put), Box::new(meaning));
        Ok(())
    }

    /// Overwrites an item that must still be at `version`.
    pub(super) fn replace(&mut self, item: Item, version: u32) -> Result<()> {
        self.replace_if(item, "version = :version", [(":version", number(version))].into())
    }

    /// Overwrites an item that must still meet `condition`.
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
        self.push(TransactWriteItem::builder().put(put.build().map_err(Error::internal)?), stale());
        Ok(())
    }

    /// Deletes an item that must still be at `version`.
    pub(super) fn remove(&mut self, key: &Key, version: u32) -> Result<()> {
        let delete = self
            .new_delete(key)
            .condition_expression("version = :version")
            .expression_attribute_values(":version", number(version));
        self.push(
            TransactWriteItem::builder().delete(delete.build().map_err(Error::internal)?),
            stale(),
        );
        Ok(())
    }

    /// Deletes an item that belongs to one whose version is checked.
    pub(super) fn delete(&mut self, key: &Key) -> Result<()> {
        let delete = self.new_delete(key).build().map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().delete(delete), stale());
        Ok(())
    }

    /// Demands that an item is still at `version`.
    pub(super) fn check_version(&mut self, key: &Key, version: u32) -> Result<()> {
        self.check(key, "version = :version", [(":version", number(version))].into(), stale())
    }

    /// Demands `condition` of an item.
    pub(super) fn check(
        &mut self,
        key: &Key,
        condition: &str,
        values: HashMap<&str, AttributeValue>,
        meaning: Meaning,
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
            meaning,
        );
        Ok(())
    }

    /// Has `metrics` counted if the transaction is committed.
    pub(super) fn counts(&mut self, metrics: impl IntoIterator<Item = Metric>) {
        self.metrics.extend(metrics);
    }

    /// Commits. A retry by the SDK carries the same client token, so that it cannot happen twice.
    pub(super) async fn commit(mut self) -> Result<()> {
        self.count()?;
        let sent = self
            .store
            .client
            .transact_write_items()
            .set_transact_items(Some(self.writes))
            .send()
            .await;
        let Err(error) = sent else {
            self.metrics.into_iter().for_each(|it| self.store.metrics.count(it));
            return Ok(());
        };
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                let reasons = cancelled.cancellation_reasons().to_vec();
                match why(reasons, self.meanings) {
                    Some(Error::SilentlyLimited) => Ok(()),
                    why => Err(why.unwrap_or_else(|| fault(error))),
                }
            }
            _ => Err(fault(error)),
        }
    }

    /// Adds the counters of the store's limits: behind all else, since what is wrong with a request is of more use to whoever sent it, and the
    /// silent ones last, so that those that are told of are.
    fn count(&mut self) -> Result<()> {
        let limits = self.store.limits.clone();
        let (silent, told): (Vec<_>, Vec<_>) = limits.iter().partition(|it| it.is_silent);
        for limit in told.into_iter().chain(silent) {
            // The first of an hour is always let in, so that more at once than may be are not kept out for ever.
            let room = i64::from(limit.at_most) - i64::from(limit.times);
            let update = Update::builder()
                .table_name(&*self.store.table)
                .set_key(Some(limit.key().attributes()))
                .update_expression("SET #ttl = :ttl ADD used :times")
                .condition_expression("attribute_not_exists(used) OR used <= :room")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":ttl", number(limit.hour.ttl()))
                .expression_attribute_values(":times", number(limit.times))
                .expression_attribute_values(":room", number(room));
            let reached = if limit.is_silent {
                Error::SilentlyLimited
            } else {
                Error::TooManyRequests(limit.hour.left())
            };
            self.push(
                TransactWriteItem::builder().update(update.build().map_err(Error::internal)?),
                means(reached),
            );
        }
        Ok(())
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

    fn push(
        &mut self,
        write: aws_sdk_dynamodb::types::builders::TransactWriteItemBuilder,
        meaning: Meaning,
    ) {
        self.writes.push(write.build());
        self.meanings.push(meaning);
    }
}

/// Failure means that what was read has changed.
pub(super) fn stale() -> Meaning {
    Box::new(|_| Error::Conflict)
}

/// Failure means `error`.
pub(super) fn means(error: Error) -> Meaning {
    Box::new(|_| error)
}

/// Finds why a transaction was cancelled: a version that moved on before a condition with a meaning of its own, since the latter was
/// decided on what has changed.
fn why(reasons: Vec<CancellationReason>, meanings: Vec<Meaning>) -> Option<Error> {
    let mut found = None;
    for (reason, meaning) in reasons.into_iter().zip(meanings) {
        match reason.code.as_deref() {
            Some("ConditionalCheckFailed") => match meaning(reason.item) {
                Error::Conflict => return Some(Error::Conflict),
                error => found = found.or(Some(error)),
            },
            Some("TransactionConflict") => return Some(Error::Conflict),
            Some("ThrottlingError" | "ProvisionedThroughputExceeded") => {
                return Some(Error::Unavailable("transaction throttled".into()));
            }
            _ => {}
        }
    }
    found
}

/// A claim on a name: which entity has it.
pub(super) fn claim(key: &Key, owner: &impl ToString) -> Item {
    let mut item = key.attributes();
    item.insert("owner".to_owned(), text(owner.to_string()));
    item
}

/// Returns who holds a claim.
pub(super) fn owner(claim: Option<Item>) -> Option<String> {
    claim?.remove("owner").and_then(|it| it.as_s().ok().cloned())
}
