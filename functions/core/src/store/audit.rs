//! The event list of an account.

use super::{Page, PageRequest, Store, key, transaction::Transaction};
use crate::{
    Result,
    domain::{AccountId, AuditEvent},
    runtime::metrics::Metric,
};

impl Transaction<'_> {
    /// Adds an event to the event list.
    pub(super) fn record(&mut self, event: &AuditEvent) -> Result<()> {
        self.counts(Metric::of_event(&event.event));
        self.note_actor(event);
        self.put(&key::Key::audit_event(event.account, event.id), event)
    }
}

impl Store {
    /// Lists the events of an account, newest first.
    pub async fn audit_events(
        &self,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>> {
        self.newest(key::account(account), key::EVENT, page).await
    }
}
