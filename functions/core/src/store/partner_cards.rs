//! Updates of partner cards. Each customer has a copy of its partner's card, and a partner may have
//! thousands of customers.

use ulid::Ulid;

use super::{Cursor, Item, Page, Store, key, number, text, transaction::Transaction};
use crate::{
    Error, Result,
    domain::{Account, AccountId, id::derive_ulid},
};

/// Days an update is kept.
const RETENTION_DAYS: i64 = 7;

/// An update of the customers' copies after a partner's card changed.
///
/// Committed with its cause. The table's stream sends it to copy-partner-card, one partner's
/// updates in order.
#[derive(Clone, Debug)]
pub struct CardCopying {
    /// Its identifier; sorts by time.
    pub id: Ulid,
    /// The partner with the new card.
    pub partner: AccountId,
    /// The customer to continue after; `None` at the beginning.
    pub after: Option<Cursor>,
}

impl CardCopying {
    /// Returns the update that continues after the customer at `after`. A retry derives the same
    /// id, so that none exists twice.
    #[must_use]
    pub fn rest(&self, after: Cursor) -> Self {
        Self {
            id: derive_ulid(self.id, &[&after.format()]),
            partner: self.partner,
            after: Some(after),
        }
    }
}

impl Transaction<'_> {
    pub(super) fn put_copying(&mut self, copying: &CardCopying) -> Result<()> {
        self.create(copying_item(copying)?, |_| Error::Changed)
    }
}

impl Store {
    /// Adds an update, unless it exists.
    pub async fn put_copying(&self, copying: &CardCopying) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.put_copying(copying)?;
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }

    /// Replaces a customer's copy of its partner's card.
    ///
    /// Fails with [`Error::Conflict`] when the customer has changed since it was read.
    pub async fn copy_card(&self, customer: &Account, partner: &Account) -> Result<()> {
        let after = Account { partner: Some(partner.card()), ..customer.clone() };
        self.replace_unrecorded(customer, &after).await
    }
}

fn copying_item(copying: &CardCopying) -> Result<Item> {
    let mut item = key::Key::copying(copying.partner, copying.id).attributes();
    if let Some(after) = &copying.after {
        item.insert("after".to_owned(), text(after.format()));
    }
    let seconds = i64::try_from(copying.id.timestamp_ms() / 1000).map_err(Error::internal)?;
    item.insert("ttl".to_owned(), number(seconds + RETENTION_DAYS * 24 * 3600));
    Ok(item)
}

impl<T> Page<T> {
    /// Returns the cursor of the next page.
    #[must_use]
    pub fn rest(&self) -> Option<Cursor> {
        self.next.as_deref().and_then(Cursor::parse)
    }
}
