//! Deliveries, bounces and complaints, counted for the portal by the hour, and for each account and
//! person that caused the mail by the day.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{Store, classify_sdk_error, from_item, key, number};
use crate::{
    Result,
    domain::{AccountId, DeliveryCounts, OutboxMail, Window},
};

/// How long the portal's counts are kept.
const HOURS_KEPT: i64 = 48;
/// How long an account's and a person's counts are kept.
const DAYS_KEPT: i64 = 30;

impl Store {
    /// Counts a mail's delivery: for the account and the person who caused it, and what exceeds
    /// neither's budget for the portal. Not in a transaction: at most once is exact enough.
    pub async fn count_delivery(
        &self,
        mail: &OutboxMail,
        now: Timestamp,
        counts: DeliveryCounts,
    ) -> Result<()> {
        let (today, ttl) = (day(now), days_kept_until(now));
        let account = mail.cause.account.map(|id| key::Key::account_deliveries(id, today));
        let actor = mail.cause.actor.as_deref().map(|who| key::Key::actor_deliveries(who, today));
        let (account, actor) = tokio::try_join!(
            self.add_if_known(account, ttl, counts),
            self.add_if_known(actor, ttl, counts)
        )?;
        let mut for_portal = counts;
        for of_cause in [account, actor].into_iter().flatten() {
            for_portal = of_cause.for_portal(for_portal);
        }
        let shard = u64::try_from(mail.id.ulid().0 % key::COUNT_SHARDS).unwrap_or_default();
        self.count_for_portal(shard, now, for_portal).await
    }

    /// Adds to one of the portal's counts of the hour; `shard` may be any number.
    pub async fn count_for_portal(
        &self,
        shard: u64,
        now: Timestamp,
        counts: DeliveryCounts,
    ) -> Result<()> {
        if counts == DeliveryCounts::default() {
            return Ok(());
        }
        let key = key::Key::deliveries(&hour(now), u128::from(shard) % key::COUNT_SHARDS);
        self.add(&key, expiry(now, HOURS_KEPT), counts).await.map(drop)
    }

    async fn add_if_known(
        &self,
        key: Option<key::Key>,
        ttl: i64,
        counts: DeliveryCounts,
    ) -> Result<Option<DeliveryCounts>> {
        match key {
            Some(key) => self.add(&key, ttl, counts).await.map(Some),
            None => Ok(None),
        }
    }

    /// Adds `counts` to an item and returns what it holds then.
    async fn add(
        &self,
        key: &key::Key,
        ttl: i64,
        counts: DeliveryCounts,
    ) -> Result<DeliveryCounts> {
        let answer = self
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(key.attributes()))
            .update_expression(
                "SET #ttl = :ttl ADD sent :sent, bounced :bounced, complained :complained",
            )
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":ttl", number(ttl))
            .expression_attribute_values(":sent", number(counts.sent))
            .expression_attribute_values(":bounced", number(counts.bounced))
            .expression_attribute_values(":complained", number(counts.complained))
            .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew)
            .send()
            .await
            .map_err(classify_sdk_error)?;
        from_item(answer.attributes.unwrap_or_default())
    }
}

/// Returns the keys of an account's counts that matter at the time `now`.
pub(super) fn account_keys(account: AccountId, now: Timestamp) -> impl Iterator<Item = key::Key> {
    DeliveryCounts::account_days(day(now)).map(move |on| key::Key::account_deliveries(account, on))
}

/// Returns the keys of the portal's counts that matter at the time `now`.
pub(super) fn portal_keys(now: Timestamp) -> impl Iterator<Item = key::Key> {
    (0..DeliveryCounts::PORTAL_HOURS).flat_map(move |ago| {
        let then = now.saturating_sub(SignedDuration::from_hours(ago.into())).unwrap_or(now);
        (0..key::COUNT_SHARDS).map(move |shard| key::Key::deliveries(&hour(then), shard))
    })
}

/// Returns when the counts of a day may be deleted, in seconds since 1970.
pub(super) fn days_kept_until(now: Timestamp) -> i64 {
    expiry(now, 24 * DAYS_KEPT)
}

/// Returns the date of `now` in UTC.
pub(super) fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

fn hour(now: Timestamp) -> String {
    Window::Hour.name(now)
}

/// Returns when an item may be deleted, in seconds since 1970.
fn expiry(now: Timestamp, hours: i64) -> i64 {
    now.as_second() + SignedDuration::from_hours(hours).as_secs()
}
