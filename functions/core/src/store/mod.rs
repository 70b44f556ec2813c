//! The DynamoDB table: one method for each access pattern, one transaction for writes that belong
//! together.

mod access_requests;
mod accounts;
mod audit;
mod deliveries;
mod due;
mod key;
mod limits;
mod linked_people;
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

pub use access_requests::{AccessRequestChange, ApprovedAccess};
pub use accounts::{AccountChange, AccountRemoval, NewAccount};
pub use due::{DueCursor, DueItem, DueKind, DuePage, Progress};
pub use lookup::{Found, Lookup};
pub use outbox::{LinksExpansion, MailChange, MailMerge, MailRelease, ReadyMail};
pub use page::{Cursor, Order, Page, PageRequest};
pub use partner_cards::CardCopying;
pub use professionals::{
    Addition, InvitationRenewal, ProfessionalChange, ProfessionalRemoval, Restoration,
};
pub use sessions::{ClaimOutcome, EndedSessions, SignInClaim};

/// The table.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: Arc<str>,
    origin: Arc<limits::MailOrigin>,
    /// Counts what was done.
    pub metrics: Metrics,
}

type Item = HashMap<String, AttributeValue>;

impl Store {
    /// Creates a store on `table`.
    pub fn new(client: Client, table: impl Into<Arc<str>>) -> Self {
        Self { client, table: table.into(), origin: Arc::default(), metrics: Metrics::default() }
    }

    /// Returns the store with `metrics` instead of those in memory.
    #[must_use]
    pub fn counted_by(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }
}

/// Creates an item from its key, index attributes and entity.
fn item(key: &key::Key, indexes: Item, entity: &impl Serialize) -> Result<Item> {
    let mut item: Item = serde_dynamo::to_item(entity).map_err(Error::internal)?;
    item.extend(key.attributes());
    item.extend(indexes);
    Ok(item)
}

/// Parses an entity from its item.
fn from_item<T: DeserializeOwned>(item: Item) -> Result<T> {
    serde_dynamo::from_item(item).map_err(Error::internal)
}

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

fn number(value: impl Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// Returns the error for a failed call without conditions. The SDK has already retried where it
/// may.
fn classify_sdk_error<E>(error: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match &error {
        SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => {
            Error::Unavailable(error.into())
        }
        SdkError::ServiceError(context) => {
            let is_client_error = context.raw().status().is_client_error();
            match context.err().code() {
                Some("TransactionConflictException" | "TransactionInProgressException") => {
                    Error::Conflict
                }
                Some(
                    "ProvisionedThroughputExceededException"
                    | "ThrottlingException"
                    | "RequestLimitExceeded",
                ) => Error::Unavailable(error.into()),
                _ if is_client_error => Error::internal(error),
                _ => Error::Unavailable(error.into()),
            }
        }
        _ => Error::internal(error),
    }
}
