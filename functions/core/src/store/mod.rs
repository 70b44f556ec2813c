//! The single DynamoDB table: one method for each access pattern, one transaction for writes that belong together.

mod access_requests;
mod accounts;
mod audit;
mod due;
mod key;
mod limits;
mod lookup;
mod outbox;
mod page;
mod partner_cards;
mod professionals;
mod sessions;
mod transaction;

use std::{collections::HashMap, fmt::Display, sync::Arc};

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    types::AttributeValue,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result, runtime::metrics::Metrics};

pub use access_requests::ApprovedAccess;
pub use due::{DueCursor, DueItem, DueKind, DuePage, Progress};
pub use limits::{Hour, Limit};
pub use lookup::{Found, Lookup};
pub use page::{Cursor, Order, Page, PageRequest};
pub use partner_cards::CardCopying;
pub use professionals::{Addition, InvitationRenewal};

/// The table.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: Arc<str>,
    limits: Arc<[Limit]>,
    /// Where what was done is counted.
    pub metrics: Metrics,
}

type Item = HashMap<String, AttributeValue>;

impl Store {
    /// Uses `table` through `client`.
    pub fn new(client: Client, table: impl Into<Arc<str>>) -> Self {
        Self { client, table: table.into(), limits: Arc::default(), metrics: Metrics::default() }
    }

    /// Counts what is done in `metrics`, and no longer in memory.
    #[must_use]
    pub fn counted_by(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }
}

/// Spells `entity` as an item with its key and its index attributes.
fn item(key: &key::Key, indexes: Item, entity: &impl Serialize) -> Result<Item> {
    let mut item: Item = serde_dynamo::to_item(entity).map_err(Error::internal)?;
    item.extend(key.attributes());
    item.extend(indexes);
    Ok(item)
}

fn entity<T: DeserializeOwned>(item: Item) -> Result<T> {
    serde_dynamo::from_item(item).map_err(Error::internal)
}

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

fn number(value: impl Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// Says what a call's failure means where no condition was involved. The SDK has already retried what it may.
fn fault<E>(error: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match &error {
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => {
            Error::Unavailable(error.into())
        }
        SdkError::ServiceError(context) => {
            let ours = context.raw().status().is_client_error();
            match context.err().code() {
                Some("TransactionConflictException" | "TransactionInProgressException") => {
                    Error::Conflict
                }
                Some(
                    "ProvisionedThroughputExceededException"
                    | "ThrottlingException"
                    | "RequestLimitExceeded",
                ) => Error::Unavailable(error.into()),
                _ if ours => Error::internal(error),
                _ => Error::Unavailable(error.into()),
            }
        }
        _ => Error::internal(error),
    }
}
