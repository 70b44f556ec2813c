//! Copies of an account and one linked professional, for lists longer than anyone clicks together.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{Portal, Table};

type Item = HashMap<String, AttributeValue>;

impl Portal {
    /// Writes `count` copies of the account, with the professional in it and its link, straight
    /// into the table. Returns the ids of the accounts and the professionals.
    pub async fn copy_account(
        &self,
        account: &str,
        professional: &str,
        count: u32,
    ) -> Vec<(String, String)> {
        let table = Table::of(self).await;
        let belongs = |pk: &str, sk: &str, item: &str| {
            pk.starts_with("identity#") && sk == format!("link#{account}")
                || pk == format!("account#{account}")
                    && (["account", "managed"].contains(&sk)
                        || sk == format!("professional#{professional}")
                        || sk.starts_with("email#") && item.contains(professional))
        };
        let mut originals: Vec<Item> = Vec::new();
        for (pk, sk, item) in table.all() {
            if belongs(pk, sk, &item.to_string()) {
                let key = self.dynamodb.get_item().table_name(&self.table);
                let key = key.key("pk", AttributeValue::S(pk.to_owned()));
                let read = key.key("sk", AttributeValue::S(sk.to_owned())).send().await;
                originals.push(read.expect("read").item.expect("an item"));
            }
        }
        let mut copies = Vec::new();
        for number in 0..count {
            let copy = (format!("01{number:024}"), format!("02{number:024}"));
            for original in &originals {
                let item = original.iter().map(|(name, value)| {
                    let value = replaced(value, account, &copy.0);
                    (name.clone(), replaced(&value, professional, &copy.1))
                });
                let put = self.dynamodb.put_item().table_name(&self.table);
                put.set_item(Some(item.collect())).send().await.expect("written");
            }
            copies.push(copy);
        }
        copies
    }
}

/// Returns `value` with `new` in place of every `old`.
fn replaced(value: &AttributeValue, old: &str, new: &str) -> AttributeValue {
    match value {
        AttributeValue::S(text) => AttributeValue::S(text.replace(old, new)),
        AttributeValue::Ss(texts) => {
            AttributeValue::Ss(texts.iter().map(|text| text.replace(old, new)).collect())
        }
        AttributeValue::L(values) => {
            AttributeValue::L(values.iter().map(|value| replaced(value, old, new)).collect())
        }
        AttributeValue::M(members) => AttributeValue::M(
            members.iter().map(|(name, value)| (name.clone(), replaced(value, old, new))).collect(),
        ),
        other => other.clone(),
    }
}
