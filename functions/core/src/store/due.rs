//! What schedules are to look at on a day: read from the `due` index alone, so that it costs by what is due and not by what is held.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::{Item, Store, entity, fault, item, key, text};
use crate::{
    Error, Result,
    domain::{AccessRequestId, AccessReview, AccountId, OutboxMail, ProfessionalId, ZoneName},
};

/// What is noted in the index for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// Accounts, for the next stage of their plan.
    Plans,
    /// Professionals, for the notice that their access is about to end.
    Ends,
    /// Accounts, for the question who still needs access.
    Reviews,
    /// Requests for access, for whoever is to be asked next.
    AccessRequests,
}

/// One thing to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// The account it is about.
    pub account: AccountId,
    /// The professional, if it is about one.
    pub professional: Option<ProfessionalId>,
    /// The request for access, if it is about one.
    pub access_request: Option<AccessRequestId>,
}

/// A page of what is due.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// Up to 100.
    pub items: Vec<DueItem>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<DueCursor>,
}

/// A place in the `due` index.
#[derive(Clone, Debug)]
pub struct DueCursor(Item);

/// How far a schedule has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The last day of which nothing is left.
    pub through: Date,
    /// The days of grace that its agenda was worked out with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_days: Option<u8>,
}

impl DueKind {
    /// Many things fall on the same few dates, so each date's are spread over this many partitions.
    pub const SHARDS: u8 = 16;

    /// Returns the index attributes of what is noted for the day `on`, from its first moment in the time zone `zone`.
    pub(super) fn attributes(self, on: Date, zone: &ZoneName, item: DueItem) -> Item {
        let (partition, since) = (self.partition(on, item.id().0), by_second(zone.begin_of(on)));
        [
            (key::DUE.pk.to_owned(), text(partition)),
            (key::DUE.sk.to_owned(), text(format!("{since}#{}", item.id()))),
        ]
        .into()
    }

    /// The shard may be any number.
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
    /// Makes the matter of an account as a whole.
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
    /// Lists up to 100 of what is noted for `day` in one partition of an agenda and is due at the time `now`, each in its own time zone. What
    /// is not due yet is not even read.
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
            // Behind everything that begins with this very second.
            .expression_attribute_values(":now", text(format!("{}~", by_second(now))))
            .set_exclusive_start_key(after.map(|it| it.0))
            .limit(100)
            .send()
            .await
            .map_err(fault)?;
        let item = |it: key::Key| {
            Some(DueItem {
                account: it.account_id()?,
                professional: it.professional_id(),
                access_request: it.access_request_id(),
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

    /// Returns how far the schedule `name` has come, if it ever ran.
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
            .map_err(fault)?;
        answer.item.map(entity).transpose()
    }

    /// Notes how far the schedule `name` has come.
    pub async fn record_progress(&self, name: &str, progress: Progress) -> Result<()> {
        let item = item(&key::Key::schedule(name), Item::new(), &progress)?;
        self.client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(item))
            .send()
            .await
            .map_err(fault)?;
        Ok(())
    }

    /// Replaces a review read as `before`, with the mail that asks if somebody is to be asked.
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

/// Spells a review as an item.
pub(super) fn review_item(review: &AccessReview) -> Result<Item, Error> {
    let due = DueItem::of_account(review.account);
    item(
        &key::Key::review(review.account),
        DueKind::Reviews.attributes(review.due_on, &ZoneName::default(), due),
        review,
    )
}

/// Spells a time so that times sort as their spellings do.
fn by_second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
