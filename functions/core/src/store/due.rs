//! Due items: what schedules process on a day. They are read from the `due` index alone, so that
//! the cost depends on what is due, not on what is stored.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::{Item, Store, classify_sdk_error, from_item, item, key, text};
use crate::{
    Error, Result,
    domain::{AccessRequestId, AccessReview, AccountId, OutboxMail, ProfessionalId, ZoneName},
};

/// A kind of due item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// Accounts, for the next notice of their plan.
    Plans,
    /// Professionals, for the notice that their access ends.
    Ends,
    /// Accounts, for the next access review.
    Reviews,
    /// Requests for access, for their escalation.
    AccessRequests,
}

/// An item that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// Its account.
    pub account: AccountId,
    /// Its professional, if it is about one.
    pub professional: Option<ProfessionalId>,
    /// Its request for access, if it is about one.
    pub access_request: Option<AccessRequestId>,
}

/// A page of due items.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// Up to 100 items.
    pub items: Vec<DueItem>,
    /// The cursor of the next page; `None` on the last one.
    pub next: Option<DueCursor>,
}

/// A position in the `due` index.
#[derive(Clone, Debug)]
pub struct DueCursor(pub(super) Item);

/// The progress of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The last complete day.
    pub through: Date,
    /// The days of grace with which the due days were computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_days: Option<u8>,
}

impl DueKind {
    /// Partitions of each date. Many items are due on the same few dates.
    pub const SHARDS: u8 = 16;

    /// Returns the index attributes of an item that is due on `on`, from that day's first moment in
    /// `zone`.
    pub(super) fn attributes(self, on: Date, zone: &ZoneName, item: DueItem) -> Item {
        let (partition, since) =
            (self.partition(on, item.id().0), key::by_second(zone.start_of_day(on)));
        [
            (key::DUE.pk.to_owned(), text(partition)),
            (key::DUE.sk.to_owned(), text(format!("{since}#{}", item.id()))),
        ]
        .into()
    }

    /// Returns the partition of a date; `shard` may be any number.
    fn partition(self, on: Date, shard: u128) -> String {
        let name = match self {
            Self::Plans => "due",
            Self::Ends => "end",
            Self::Reviews => "review",
            Self::AccessRequests => "access",
        };
        format!("{name}#{on}#{}", shard % u128::from(Self::SHARDS))
    }
}

impl DueItem {
    /// Returns the due item of an account as a whole.
    pub(super) fn of_account(account: AccountId) -> Self {
        Self { account, professional: None, access_request: None }
    }

    fn id(self) -> Ulid {
        let part = self
            .professional
            .map(ProfessionalId::ulid)
            .or(self.access_request.map(AccessRequestId::ulid));
        part.unwrap_or(self.account.ulid())
    }
}

impl Store {
    /// Returns up to 100 items of a partition of `day` that are due at the time `now` in their own
    /// time zones. Does not read others.
    pub async fn due(
        &self,
        kind: DueKind,
        day: Date,
        shard: u8,
        now: Timestamp,
        after: Option<DueCursor>,
    ) -> Result<DuePage> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::DUE.name)
            .key_condition_expression("due_pk = :pk AND due_sk <= :now")
            .expression_attribute_values(":pk", text(kind.partition(day, shard.into())))
            // Sorts after everything that begins with this second.
            .expression_attribute_values(":now", text(format!("{}~", key::by_second(now))))
            .set_exclusive_start_key(after.map(|cursor| cursor.0))
            .limit(100)
            .send()
            .await
            .map_err(classify_sdk_error)?;
        let item = |key: key::Key| {
            Some(DueItem {
                account: key.account_id()?,
                professional: key.professional_id(),
                access_request: key.access_request_id(),
            })
        };
        let items = answer
            .items
            .unwrap_or_default()
            .iter()
            .filter_map(key::Key::of)
            .filter_map(item)
            .collect();
        Ok(DuePage { items, next: answer.last_evaluated_key.map(DueCursor) })
    }

    /// Returns the progress of the schedule `name`, if it ever ran.
    pub async fn progress(&self, name: &str) -> Result<Option<Progress>> {
        let key = key::Key::schedule(name).attributes();
        let answer = self
            .client
            .get_item()
            .table_name(&*self.table)
            .set_key(Some(key))
            .consistent_read(true)
            .send()
            .await
            .map_err(classify_sdk_error)?;
        answer.item.map(from_item).transpose()
    }

    /// Writes the progress of the schedule `name`.
    pub async fn record_progress(&self, name: &str, progress: Progress) -> Result<()> {
        let item = item(&key::Key::schedule(name), Item::new(), &progress)?;
        self.client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(item))
            .send()
            .await
            .map_err(classify_sdk_error)?;
        Ok(())
    }

    /// Replaces a review read as `before`, with the mail to the administrators if there is one.
    pub async fn review(
        &self,
        before: &AccessReview,
        after: &AccessReview,
        mail: Option<&OutboxMail>,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace(review_item(after)?, before.version)?;
        transaction.finish(mail, &[])?;
        transaction.commit().await
    }
}

/// Creates the item of a review.
pub(super) fn review_item(review: &AccessReview) -> Result<Item, Error> {
    let due = DueItem::of_account(review.account);
    item(
        &key::Key::review(review.account),
        DueKind::Reviews.attributes(review.due_on, &ZoneName::default(), due),
        review,
    )
}
