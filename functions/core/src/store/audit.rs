//! The activity list of an account.

use super::{Page, PageRequest, Store, key, transaction::Transaction};
use crate::{
    Result,
    domain::{AccountId, Activity},
    runtime::metrics::Metric,
};

impl Transaction<'_> {
    /// Adds an activity item.
    pub(super) fn record(&mut self, activity: &Activity) -> Result<()> {
        self.counts(Metric::of_deed(activity.act));
        self.put(&key::Key::activity(activity.account, activity.id), activity)
    }
}

impl Store {
    /// Lists what happened in an account, newest first.
    pub async fn activity(&self, account: AccountId, page: &PageRequest) -> Result<Page<Activity>> {
        self.newest(key::account(account), key::ACTIVITY, page).await
    }
}
