//! Copies a partner's contact card to its customers, for each job in the table's stream
//! (requirement 26).
//!
//! Each customer has a copy, which saves its pages a read. A partner may have thousands of
//! customers, so their copies follow a little later. The stream invokes this function only after a
//! delay that is longer than any request, so that the list includes customers who got this partner,
//! with its old card, in the meantime. An interrupted job starts again at its current page;
//! customers who have the new card already are read and not written.

use portico::{
    App, Error, Result,
    domain::{Account, AccountId},
    lambda,
    lambda::{
        config::Config,
        stream::{self, Change},
    },
    runtime::{concurrently, retry_on_conflict},
    store::{CardCopying, Cursor, Lookup, Order, PageRequest},
};
use serde_json::Value;

use ulid::Ulid;

/// Customers on a page. With the partner itself they fill one read of 100 items.
const PAGE: i32 = 99;
/// Pages that one invocation processes before it queues the rest for the next.
const PAGES: usize = 10;
/// Customers that are written at the same time.
const CONCURRENT_WRITES: usize = 10;

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Runs the jobs of a stream event. Returns the first record that failed, from which the stream
/// then retries; a job that is repeated changes nothing. One that fails for a reason of its own
/// keeps none behind it from running.
pub async fn handle(app: App, event: Value) -> Result<Value> {
    let mut failed = None;
    for change in stream::changes(event)? {
        let Some(copying) = copying(&change) else { continue };
        let Err(error) = copy(&app, &copying).await else { continue };
        error.log();
        let first = failed.get_or_insert(change);
        if matches!(error, Error::Unavailable(_)) {
            return Ok(stream::batch_response(Some(first)));
        }
    }
    Ok(stream::batch_response(failed.as_ref()))
}

fn copying(change: &Change) -> Option<CardCopying> {
    let partner = AccountId::parse(change.text("pk")?.strip_prefix("card#")?)?;
    let after = change.text("after").and_then(Cursor::parse);
    Some(CardCopying { id: Ulid::from_string(change.text("sk")?).ok()?, partner, after })
}

/// Processes up to [`PAGES`] pages and queues the rest for the next invocation.
async fn copy(app: &App, copying: &CardCopying) -> Result<()> {
    let mut page = PageRequest {
        limit: PAGE,
        after: copying.after.clone(),
        search: String::new(),
        order: Order::default(),
    };
    let mut copied = 0;
    for _ in 0..PAGES {
        let found = app.store.managed_by(copying.partner, &page).await?;
        copied += copy_to(app, copying.partner, &found.items).await?;
        page.after = found.rest();
        if page.after.is_none() {
            break;
        }
    }
    tracing::info!(
        partner.id = %copying.partner,
        cards.copied = copied,
        cards.remaining = page.after.is_some(),
        "contact cards copied"
    );
    match page.after {
        Some(after) => app.store.put_copying(&copying.rest(after)).await,
        None => Ok(()),
    }
}

/// Copies the card to these customers, a few at a time, and returns how many had another one. Fails
/// after all have been tried.
async fn copy_to(app: &App, partner: AccountId, customers: &[AccountId]) -> Result<u32> {
    let lookup = customers
        .iter()
        .fold(Lookup::default().account(partner), |lookup, customer| lookup.account(*customer));
    let found = app.store.look_up(lookup).await?;
    let Some(card) = found.account(partner) else { return Ok(0) };
    let differing: Vec<_> = found
        .accounts
        .iter()
        .filter(|account| differs(account, card))
        .map(|account| account.id)
        .collect();
    let writes = differing.into_iter().map(|customer| {
        let app = app.clone();
        Box::pin(async move { copy_to_one(&app, partner, customer).await })
    });
    let mut copied = 0;
    let mut failed = None;
    for outcome in concurrently(CONCURRENT_WRITES, writes).await? {
        match outcome {
            Ok(()) => copied += 1,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(copied), Err)
}

/// Copies the card, unless the customer has another partner by now.
async fn copy_to_one(app: &App, partner: AccountId, customer: AccountId) -> Result<()> {
    retry_on_conflict("a customer", || async {
        let found = app.store.look_up(Lookup::default().account(partner).account(customer)).await?;
        let Some((partner, customer)) = found.account(partner).zip(found.account(customer)) else {
            return Ok(());
        };
        if !differs(customer, partner) {
            return Ok(());
        }
        app.store.copy_card(customer, partner).await
    })
    .await
}

/// Checks whether `customer` is a customer of `partner` and has another card than the partner's.
fn differs(customer: &Account, partner: &Account) -> bool {
    customer
        .partner
        .as_ref()
        .is_some_and(|card| card.account == partner.id && *card != partner.card())
}
