//! Work on partners' cards: each customer holds a copy of its partner's, and a partner may have thousands of customers.

use ulid::Ulid;

use super::{Cursor, Item, Page, Store, key, number, text, transaction::Transaction};
use crate::{
    Error, Result,
    domain::{Account, AccountId, secret::digest},
};

/// Days the work stays in the table, done or given up.
const DAYS_KEPT: i64 = 7;

/// That the card of a partner reads otherwise, so that its customers' copies are to follow.
///
/// It commits with its cause. The table's stream brings it to copy-partner-card, all of one partner's in their order.
#[derive(Clone, Debug)]
pub struct CardCopying {
    /// Its identifier; sorts by time.
    pub id: Ulid,
    /// Whose card.
    pub partner: AccountId,
    /// Behind which customer to go on; absent at the beginning.
    pub after: Option<Cursor>,
}

impl CardCopying {
    /// Makes the work that is left behind the customer at `after`. It is always the same, so that a retry makes none twice.
    #[must_use]
    pub fn rest(&self, after: Cursor) -> Self {
        let digest = digest(&[&self.id.to_string(), &after.format()]);
        let random = digest
            .bytes()
            .fold(0_u128, |sum, byte| sum.wrapping_mul(131).wrapping_add(u128::from(byte)));
        Self {
            id: Ulid::from_parts(self.id.timestamp_ms(), random),
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
    /// Puts work into the table, unless it is there.
    pub async fn put_copying(&self, copying: &CardCopying) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.put_copying(copying)?;
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }

    /// Gives `customer` the card of its partner as it reads now, which nobody needs to be told.
    ///
    /// Fails with [`Error::Conflict`] when the customer has changed since it was read.
    pub async fn copy_card(&self, customer: &Account, partner: &Account) -> Result<()> {
        self.reschedule(customer, &Account { partner: Some(partner.card()), ..customer.clone() })
            .await
    }
}

fn copying_item(copying: &CardCopying) -> Result<Item> {
    let mut item = key::Key::copying(copying.partner, copying.id).attributes();
    if let Some(after) = &copying.after {
        item.insert("after".to_owned(), text(after.format()));
    }
    let seconds = i64::try_from(copying.id.timestamp_ms() / 1000).map_err(Error::internal)?;
    item.insert("ttl".to_owned(), number(seconds + DAYS_KEPT * 24 * 3600));
    Ok(item)
}

impl<T> Page<T> {
    /// Returns where the next page begins.
    #[must_use]
    pub fn rest(&self) -> Option<Cursor> {
        self.next.as_deref().and_then(Cursor::parse)
    }
}
