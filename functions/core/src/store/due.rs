//! What is to be looked at on a day: the `due` index, a day of an agenda at a time.

use jiff::civil::Date;
use ulid::Ulid;

use super::{Item, Store, fault, item, key, text};
use crate::{
    Error, Result,
    domain::{AccountId, Mail, ProfessionalId, Review},
};

/// What is noted in the index for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agenda {
    /// Professionals, for the notice that their access is about to end.
    Ends,
    /// Accounts, for the question who still needs access.
    Reviews,
}

/// One thing to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The account it is about.
    pub account: AccountId,
    /// The professional, if it is about one.
    pub professional: Option<ProfessionalId>,
}

impl Agenda {
    /// Many things fall on the same few dates, so each date's are spread over this many partitions.
    pub const SHARDS: u8 = 16;

    /// Returns the index attributes of what is noted for the day `on`.
    pub(super) fn attributes(self, on: Date, matter: Matter) -> Item {
        let shard = matter.id().0 % u128::from(Self::SHARDS);
        [(key::DUE.pk.to_owned(), text(self.partition(on, shard))), (key::DUE.sk.to_owned(), text(matter.id().to_string()))].into()
    }

    fn partition(self, on: Date, shard: u128) -> String {
        match self {
            Self::Ends => format!("end#{on}#{shard}"),
            Self::Reviews => format!("review#{on}#{shard}"),
        }
    }
}

impl Matter {
    fn id(self) -> Ulid {
        self.professional.map_or(self.account.ulid(), ProfessionalId::ulid)
    }

    fn key(self) -> key::Key {
        match self.professional {
            Some(professional) => key::Key::professional(self.account, professional),
            None => key::Key::review(self.account),
        }
    }
}

impl Store {
    /// Lists up to 100 things of one of an agenda's shards that are due on `day`, behind `after`.
    pub async fn matters(&self, agenda: Agenda, day: Date, shard: u8, after: Option<Matter>) -> Result<Vec<Matter>> {
        let start = after.map(|it| {
            let mut start = it.key().attributes();
            start.extend(agenda.attributes(day, it));
            start
        });
        let query = self.client.query().table_name(&*self.table).index_name(key::DUE.name).key_condition_expression("due_pk = :pk");
        let query = query.expression_attribute_values(":pk", text(agenda.partition(day, shard.into())));
        let items = query.set_exclusive_start_key(start).limit(100).send().await.map_err(fault)?.items.unwrap_or_default();
        let matter = |it: key::Key| Some(Matter { account: it.account_id()?, professional: it.professional_id() });
        Ok(items.iter().filter_map(key::Key::of).filter_map(matter).collect())
    }

    /// Replaces a review read as `before`, with the mail that asks if somebody is to be asked.
    pub async fn review(&self, before: &Review, after: &Review, mail: Option<&Mail>) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace(review_item(after)?, before.version)?;
        transaction.finish(mail, &[])?;
        transaction.commit().await
    }
}

/// Spells a review as an item.
pub(super) fn review_item(review: &Review) -> Result<Item, Error> {
    let matter = Matter { account: review.account, professional: None };
    item(&key::Key::review(review.account), Agenda::Reviews.attributes(review.due_on, matter), review)
}
