//! All items of the table, and the differences between two readings.

use std::collections::BTreeMap;

use crate::Portal;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{Timestamp, civil::Date};
use serde_json::Value;

/// Everything in the table at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    items: BTreeMap<(String, String), Value>,
}

impl Table {
    /// Reads every item, without the probe.
    pub async fn of(portal: &Portal) -> Self {
        let mut items = BTreeMap::new();
        let mut pages = portal
            .dynamodb
            .scan()
            .table_name(&portal.table)
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        while let Some(item) = pages.next().await {
            let item = plain(AttributeValue::M(item.expect("a page")));
            items.insert((text(&item, "pk"), text(&item, "sk")), item);
        }
        Self { items }
    }

    /// Lists the items whose keys have these prefixes, with the rest of each key.
    pub fn items(&self, pk: &str, sk: &str) -> Vec<(&str, &str, &Value)> {
        let strip =
            |((a, b), item)| Some((str::strip_prefix(a, pk)?, str::strip_prefix(b, sk)?, item));
        self.items
            .iter()
            .map(|((a, b), item)| ((a.as_str(), b.as_str()), item))
            .filter_map(strip)
            .collect()
    }

    /// Returns an item, `null` if there is none.
    pub fn item(&self, pk: &str, sk: &str) -> &Value {
        self.items.get(&(pk.to_owned(), sk.to_owned())).unwrap_or(&Value::Null)
    }

    /// Lists the keys of all items.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.items.keys().map(|(pk, sk)| (pk.as_str(), sk.as_str()))
    }

    /// Lists every item.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        self.items.iter().map(|((pk, sk), item)| (pk.as_str(), sk.as_str(), item))
    }

    /// Asserts that the table is as it was when this was read.
    pub async fn assert_unchanged(&self, portal: &Portal) {
        let after = Self::of(portal).await;
        let changed = self.items.iter().filter(|(key, item)| after.items.get(*key) != Some(*item));
        let added = after.items.keys().filter(|key| !self.items.contains_key(*key));
        let differing: Vec<_> = changed.map(|(key, _)| key).chain(added).collect();
        assert!(differing.is_empty(), "these items changed: {differing:?}");
    }

    /// Counts an account's events of one kind.
    pub fn count(&self, account: &str, kind: &str) -> usize {
        self.items(&format!("account#{account}"), "event#")
            .iter()
            .filter(|(_, _, item)| item["event"]["type"] == kind)
            .count()
    }

    /// Describes the changes since `before` in a form that does not differ from run to run: without
    /// identifiers, hashes, dates, times and numbers in front of an `@`, and without the counters
    /// of mails.
    pub fn changes_since(&self, before: &Self) -> Vec<String> {
        let of_interest = |(pk, _): &(String, String)| !pk.starts_with("counts#");
        let gone = before
            .items
            .iter()
            .filter(|(key, _)| of_interest(key))
            .filter(|(key, item)| self.items.get(*key) != Some(*item))
            .map(|(_, item)| format!("- {}", masked(item)));
        let come = self
            .items
            .iter()
            .filter(|(key, _)| of_interest(key))
            .filter(|(key, item)| before.items.get(*key) != Some(*item))
            .map(|(_, item)| format!("+ {}", masked(item)));
        let mut changes: Vec<_> = gone.chain(come).collect();
        changes.sort();
        changes
    }
}

fn plain(value: AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => text.into(),
        AttributeValue::N(number) => serde_json::from_str(&number).expect("a number"),
        AttributeValue::Bool(bool) => bool.into(),
        AttributeValue::Null(_) => Value::Null,
        AttributeValue::L(list) => list.into_iter().map(plain).collect(),
        AttributeValue::M(map) => {
            map.into_iter().map(|(name, value)| (name, plain(value))).collect()
        }
        AttributeValue::Ss(mut set) => {
            set.sort();
            set.into()
        }
        other => panic!("nothing stores {other:?}"),
    }
}

fn text(item: &Value, name: &str) -> String {
    item[name].as_str().expect("a text").to_owned()
}

fn masked(item: &Value) -> Value {
    match item {
        Value::String(text) => mask(text).into(),
        Value::Number(number) if number.as_i64().is_some_and(|number| number > 1_000_000_000) => {
            "TIME".into()
        }
        Value::Array(list) => list.iter().map(masked).collect(),
        Value::Object(map) => {
            let member = |(name, value): (&String, _)| {
                (mask(name), if name == "request" { "ID".into() } else { masked(value) })
            };
            map.iter().map(member).collect()
        }
        other => other.clone(),
    }
}

fn mask(text: &str) -> String {
    if text.parse::<Timestamp>().is_ok() {
        return "TIME".to_owned();
    }
    let word = |word: &str| match word.split_once('@') {
        Some((local, domain)) => {
            format!("{}@{domain}", local.trim_end_matches(|char: char| char.is_ascii_digit()))
        }
        None if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            "NUMBER".to_owned()
        }
        None if word.len() == 26
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) =>
        {
            "ID".to_owned()
        }
        None if word.len() == 43 => "HASH".to_owned(),
        None if word.parse::<Date>().is_ok() => "DATE".to_owned(),
        None if word.parse::<Timestamp>().is_ok() => "TIME".to_owned(),
        None => word.to_owned(),
    };
    text.split('#')
        .map(|part| part.split(", ").map(word).collect::<Vec<_>>().join(", "))
        .collect::<Vec<_>>()
        .join("#")
}
