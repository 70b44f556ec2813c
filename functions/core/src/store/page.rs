//! Lists, page by page.

use aws_sdk_dynamodb::{
    operation::query::builders::QueryFluentBuilder,
    types::{AttributeValue, Select},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;

use super::{
    Item, Store, classify_sdk_error, from_item,
    key::{Index, Key},
    text,
};
use crate::Result;

/// The most items of one call that reads a whole list of small items. DynamoDB reads 1 MB at once.
const AT_ONCE: i32 = 1000;

/// A request for a page.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The most items, 1 to 100.
    pub limit: i32,
    /// Where the previous page ended.
    pub after: Option<Cursor>,
    /// The search key with which names must begin; empty for all.
    pub search: String,
    /// The order of a list by name.
    pub order: Order,
}

/// The order of a list by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// From A to Z.
    #[default]
    Ascending,
    /// From Z to A.
    Descending,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page, formatted for the caller; `None` on the last one.
    pub next: Option<String>,
}

/// A position in a list: the sort key of the last item. It names no partition, so a forged one
/// gives no access to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub(super) String);

impl Cursor {
    /// Parses the `next` of a page.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let key = String::from_utf8(bytes).ok()?;
        (!key.is_empty() && key.len() <= 1024).then_some(Self(key))
    }

    pub(super) fn format(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// Returns the part after the last `#`.
    pub(super) fn last_part(&self) -> &str {
        self.0.rsplit('#').next().unwrap_or_default()
    }
}

impl PageRequest {
    /// Returns a request for the first `limit` items, 1 to 100.
    #[must_use]
    pub fn first(limit: i32) -> Self {
        Self { limit, after: None, search: String::new(), order: Order::default() }
    }

    /// Returns the position among sort keys that begin with `prefix`. DynamoDB refuses others,
    /// which a forged cursor may name.
    pub(super) fn place(&self, prefix: &str) -> Option<&Cursor> {
        self.after.as_ref().filter(|cursor| cursor.0.starts_with(prefix))
    }
}

impl Store {
    /// Reads a page of the partition `pk` of an index by name. `start` returns the table's key for
    /// the last part of a cursor.
    pub(super) async fn by_name(
        &self,
        index: Index,
        pk: String,
        page: &PageRequest,
        start: impl FnOnce(&str) -> Option<Key>,
    ) -> Result<Page<Item>> {
        let start = page.place(&page.search).and_then(|cursor| {
            let mut start = start(cursor.last_part())?.attributes();
            start
                .extend([(index.pk.to_owned(), text(&pk)), (index.sk.to_owned(), text(&cursor.0))]);
            Some(start)
        });
        // DynamoDB refuses an empty prefix.
        let (condition, prefix) = if page.search.is_empty() {
            (format!("{} = :pk", index.pk), None)
        } else {
            (
                format!("{} = :pk AND begins_with({}, :prefix)", index.pk, index.sk),
                Some((":prefix".to_owned(), text(&page.search))),
            )
        };
        let values = [(":pk".to_owned(), text(pk))].into_iter().chain(prefix).collect();
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(index.name)
            .key_condition_expression(condition);
        let query = query
            .set_expression_attribute_values(Some(values))
            .set_exclusive_start_key(start)
            .limit(page.limit);
        let query = query.scan_index_forward(page.order == Order::Ascending);
        let answer = query.send().await.map_err(classify_sdk_error)?;
        let last = answer
            .last_evaluated_key
            .as_ref()
            .and_then(|key| key.get(index.sk))
            .and_then(|name: &AttributeValue| name.as_s().ok());
        Ok(Page {
            items: answer.items.unwrap_or_default(),
            next: last.map(|name| Cursor(name.clone()).format()),
        })
    }

    /// Reads a page of the items in the partition `pk` whose sort keys begin with `prefix`, newest
    /// first. Ignores `search` and `order`.
    pub(super) async fn newest<T: DeserializeOwned>(
        &self,
        pk: String,
        prefix: &str,
        page: &PageRequest,
    ) -> Result<Page<T>> {
        self.by_key(pk, prefix, page, Order::Descending).await
    }

    /// Reads a page as [`Self::newest`] does, oldest first.
    pub(super) async fn in_order<T: DeserializeOwned>(
        &self,
        pk: String,
        prefix: &str,
        page: &PageRequest,
    ) -> Result<Page<T>> {
        self.by_key(pk, prefix, page, Order::Ascending).await
    }

    async fn by_key<T: DeserializeOwned>(
        &self,
        pk: String,
        prefix: &str,
        page: &PageRequest,
        order: Order,
    ) -> Result<Page<T>> {
        let start = page
            .place(prefix)
            .map(|cursor| Key { pk: pk.clone(), sk: cursor.0.clone() }.attributes());
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)");
        let query = query
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":prefix", text(prefix));
        let query = query
            .scan_index_forward(order == Order::Ascending)
            .consistent_read(true)
            .set_exclusive_start_key(start)
            .limit(page.limit);
        let answer = query.send().await.map_err(classify_sdk_error)?;
        let last = answer.last_evaluated_key.as_ref().and_then(Key::of);
        let next = last.map(|key| Cursor(key.sk).format());
        Ok(Page {
            items: answer
                .items
                .unwrap_or_default()
                .into_iter()
                .map(from_item)
                .collect::<Result<_>>()?,
            next,
        })
    }

    /// Reads all items of `query`, page after page: one call for up to [`AT_ONCE`].
    pub(super) async fn all_of(&self, query: QueryFluentBuilder) -> Result<Vec<Item>> {
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let part = query.clone().limit(AT_ONCE).set_exclusive_start_key(start);
            let answer = part.send().await.map_err(classify_sdk_error)?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }

    /// Counts the items of `query`, page after page: one call for up to [`AT_ONCE`].
    pub(super) async fn count_of(&self, query: QueryFluentBuilder) -> Result<usize> {
        let query = query.select(Select::Count);
        let (mut count, mut start) = (0, None);
        loop {
            let part = query.clone().limit(AT_ONCE).set_exclusive_start_key(start);
            let answer = part.send().await.map_err(classify_sdk_error)?;
            count += usize::try_from(answer.count).unwrap_or_default();
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(count);
            }
        }
    }
}

impl<T> Page<T> {
    /// Returns the page with every item changed by `change`.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}
