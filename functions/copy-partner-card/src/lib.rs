//! Copies a partner's card to its customers, as work on it enters the table's stream (requirement 26).
//!
//! A customer's own copy spares its pages a read; a partner may have thousands of customers, so they follow a little later. The stream waits
//! longer before it calls than any request takes, so that a customer who got this partner meanwhile, with the card as it was, is in the list.
//! Whatever is cut short is done again from its page on, and what is copied already is only read.

use portico::{
    App, Result,
    domain::{Account, AccountId},
    lambda,
    lambda::{
        config::Config,
        stream::{self, Change},
    },
    runtime::retry_on_conflict,
    store::{CardCopying, Cursor, Lookup, Order, PageRequest},
};
use serde_json::Value;
use tokio::task::JoinSet;
use ulid::Ulid;

/// Customers on a page: with the partner itself as many as DynamoDB reads at once.
const PAGE: i32 = 99;
/// Pages that one invocation works off before it leaves the rest to another one.
const PAGES: usize = 10;
/// Customers that are written at the same time.
const AT_ONCE: usize = 10;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Does the work of a stream event; answers which record failed, for the stream to send it and those behind it again.
pub async fn handle(app: App, event: Value) -> Result<Value> {
    for change in stream::changes(event)? {
        let Some(copying) = copying(&change) else { continue };
        if let Err(error) = copy(&app, &copying).await {
            error.log();
            return Ok(stream::batch_response(Some(&change)));
        }
    }
    Ok(stream::batch_response(None))
}

fn copying(change: &Change) -> Option<CardCopying> {
    let partner = AccountId::parse(change.text("pk")?.strip_prefix("card#")?)?;
    let after = change.text("after").and_then(Cursor::parse);
    Some(CardCopying { id: Ulid::from_string(change.text("sk")?).ok()?, partner, after })
}

/// Works off some pages and leaves the rest to the next invocation.
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
    tracing::info!(partner.id = %copying.partner, cards.copied = copied, cards.left = page.after.is_some(), "cards copied");
    match page.after {
        Some(after) => app.store.put_copying(&copying.rest(after)).await,
        None => Ok(()),
    }
}

/// Gives these customers the card, a few at a time; answers how many had another. The first failure is told when the others are done.
async fn copy_to(app: &App, partner: AccountId, customers: &[AccountId]) -> Result<u32> {
    let lookup =
        customers.iter().fold(Lookup::default().account(partner), |lookup, it| lookup.account(*it));
    let found = app.store.look_up(lookup).await?;
    let Some(card) = found.account(partner) else { return Ok(0) };
    let differing: Vec<_> =
        found.accounts.iter().filter(|it| differs(it, card)).map(|it| it.id).collect();
    let (mut copied, mut failed) = (0, Ok(()));
    for some in differing.chunks(AT_ONCE) {
        let mut under_way = JoinSet::new();
        for customer in some.iter().copied() {
            let app = app.clone();
            under_way.spawn(async move { copy_to_one(&app, partner, customer).await });
        }
        for done in under_way.join_all().await {
            match done {
                Ok(()) => copied += 1,
                Err(error) => failed = Err(error),
            }
        }
    }
    failed.map(|()| copied)
}

/// A customer that has another partner by now keeps that one's card.
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

/// Tells whether it is a customer of `partner` with another card than the partner's.
fn differs(customer: &Account, partner: &Account) -> bool {
    customer.partner.as_ref().is_some_and(|it| it.account == partner.id && *it != partner.card())
}
