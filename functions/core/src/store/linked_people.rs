//! The identities that the people of an account have linked.

use serde::Deserialize;

use super::{Store, from_item, key, text};
use crate::{
    Result,
    domain::{AccountId, Identity, LinkedIdentity},
};

/// The part of a professional that is read.
#[derive(Deserialize)]
struct Person {
    linked: Option<LinkedIdentity>,
}

impl Store {
    /// Counts the linked people of an account whose identity, with its issuer, is as `is_counted`
    /// says. Reads all of the account's people, 1,000 at a time.
    pub async fn count_linked(
        &self,
        account: AccountId,
        is_counted: impl Fn(&Identity, &str) -> bool,
    ) -> Result<usize> {
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(key::account(account)))
            .expression_attribute_values(":prefix", text(key::PROFESSIONAL))
            .projection_expression("#linked")
            .expression_attribute_names("#linked", "linked")
            .consistent_read(true);
        let mut count = 0;
        for item in self.all_of(query).await? {
            let Person { linked } = from_item(item)?;
            let is_one = linked.is_some_and(|linked| is_counted(&linked.identity, &linked.issuer));
            count += usize::from(is_one);
        }
        Ok(count)
    }
}
