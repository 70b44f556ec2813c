//! The activity list of an account.

use super::{Page, PageRequest, Store, entity, fault, key, page::Cursor, text, transaction::Transaction};
use crate::{
    Result,
    domain::{AccountId, Activity},
    metric::Metric,
};

impl Transaction<'_> {
    /// Adds an activity item.
    pub(super) fn record(&mut self, activity: &Activity) -> Result<()> {
        self.tally(Metric::of_deed(activity.act));
        self.put(&key::Key::activity(activity.account, activity.id), activity)
    }
}

impl Store {
    /// Lists what happened in an account, newest first. `search` plays no part.
    pub async fn activity(&self, account: AccountId, page: &PageRequest) -> Result<Page<Activity>> {
        let pk = key::account(account);
        let start = page.place(key::ACTIVITY).map(|it| key::Key { pk: pk.clone(), sk: it.0.clone() }.attributes());
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":prefix", text(key::ACTIVITY))
            .scan_index_forward(false)
            .set_exclusive_start_key(start)
            .limit(page.limit)
            .send()
            .await
            .map_err(fault)?;
        let next = answer.last_evaluated_key.as_ref().and_then(key::Key::of).map(|it| Cursor(it.sk).spell());
        let items = answer.items.unwrap_or_default().into_iter().map(entity).collect::<Result<_>>()?;
        Ok(Page { items, next })
    }
}
