//! What schedules are to look at: read from the `due` index alone, so that it costs by what is due and not by what is held.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Item, Store, entity, fault, item, key, text};
use crate::{
    Result,
    domain::{AccountId, ProfessionalId},
};

/// A schedule's part of the `due` index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Accounts, on the day of their plan's next stage.
    Plans,
}

/// What is due: the key of the item that says so.
#[derive(Clone, Debug)]
pub struct Due {
    key: key::Key,
    /// The day it was to be looked at.
    pub on: Date,
}

/// A page of what is due.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// Up to 100.
    pub due: Vec<Due>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<DuePlace>,
}

/// A place in the `due` index.
#[derive(Clone, Debug)]
pub struct DuePlace(Item);

/// How far a schedule has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The last day of which nothing is left.
    pub through: Date,
    /// The days of grace that the days were worked out with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_days: Option<u8>,
}

impl Calendar {
    /// Plans end on the same few dates, so the index spreads each day over this many partitions, numbered from 0.
    pub const SHARDS: u8 = 16;
}

impl Due {
    /// Returns the account it is, or is in.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.key.account_id()
    }

    /// Returns the professional it is.
    #[must_use]
    pub fn professional(&self) -> Option<ProfessionalId> {
        self.key.professional_id()
    }
}

impl Store {
    /// Lists up to 100 of what stands for `day` in one partition of the index and is due at the time `now` in its own time zone. What is not
    /// due yet is not even read.
    pub async fn due(&self, calendar: Calendar, day: Date, shard: u8, now: Timestamp, after: Option<DuePlace>) -> Result<DuePage> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::DUE.name)
            .key_condition_expression("due_pk = :pk AND due_sk <= :now")
            .expression_attribute_values(":pk", text(key::due(calendar, day, shard.into())))
            // Behind everything that begins with this very second.
            .expression_attribute_values(":now", text(format!("{}~", key::due_by(now))))
            .set_exclusive_start_key(after.map(|it| it.0))
            .limit(100)
            .send()
            .await
            .map_err(fault)?;
        let keys = answer.items.unwrap_or_default().iter().filter_map(key::Key::of).collect::<Vec<_>>();
        let due = keys.into_iter().map(|key| Due { key, on: day }).collect();
        Ok(DuePage { due, next: answer.last_evaluated_key.map(DuePlace) })
    }

    /// Returns how far the schedule `name` has come, if it ever ran.
    pub async fn progress(&self, name: &str) -> Result<Option<Progress>> {
        let key = key::Key::schedule(name).attributes();
        let answer = self.client.get_item().table_name(&*self.table).set_key(Some(key)).consistent_read(true).send().await.map_err(fault)?;
        answer.item.map(entity).transpose()
    }

    /// Notes how far the schedule `name` has come.
    pub async fn note_progress(&self, name: &str, progress: Progress) -> Result<()> {
        let item = item(&key::Key::schedule(name), Item::new(), &progress)?;
        self.client.put_item().table_name(&*self.table).set_item(Some(item)).send().await.map_err(fault)?;
        Ok(())
    }
}
