//! Lists the accounts that an identity is linked to, or those that a partner or the vendor manages.

use portico::{
    App, Error, Result,
    domain::{
        AccountId, AccountKind, ConfirmationState, PlanState, authorization::Action,
        parse_external_id,
    },
    http::{Request, Response, list, views::AccountSummary},
    store::{Lookup, Page},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts";

/// Without parameters, lists the identity's own accounts in pages, each by name. `?managed_by=A`
/// lists the accounts that A manages as partner or vendor, by name, in pages; `?external_id=N` the
/// one with the vendor's reference N, if there is one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    match (request.query("managed_by"), request.query("external_id")) {
        (Some(by), _) => {
            let by = AccountId::parse(by).ok_or(Error::NotFound("account"))?;
            Box::pin(managed(&app, &request, by)).await
        }
        (None, Some(number)) => numbered(&app, &request, number).await,
        (None, None) => own(&app, &request).await,
    }
}

/// Lists the identity's own accounts in two round trips: the links say which accounts to read. A
/// page holds only accounts that match the search, so it may be empty.
async fn own(app: &App, request: &Request) -> Result<Response> {
    let page = request.page(&[])?;
    let cookie = request.session_cookie()?;
    let (session, links) =
        app.store.session_and_links(&cookie.secret, &cookie.identity, &page).await?;
    cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    let ids: Vec<_> = links.items.iter().map(|link| link.account).collect();
    let mut accounts = app.store.accounts(&ids).await?;
    accounts.retain(|account| account.name.search_key().starts_with(&page.search));
    accounts.sort_by_cached_key(|account| account.name.search_key());
    let professional =
        |id| links.items.iter().find(|link| link.account == id).map(|link| link.professional);
    list(Page {
        items: accounts
            .iter()
            .map(|account| AccountSummary::new(app, account, professional(account.id)))
            .collect(),
        next: links.next,
    })
}

/// Lists managed accounts in two round trips: the index says which accounts to read. A page holds
/// only accounts that match the filter, so it may be empty. Those that the vendor's staff have to
/// confirm are in a list of their own.
async fn managed(app: &App, request: &Request, by: AccountId) -> Result<Response> {
    let page = request.page(&["managed_by", "kind", "plan_state", "confirmation"])?;
    let kind: Option<AccountKind> = choice(request, "kind", "customer, partner or vendor")?;
    let state: Option<PlanState> =
        choice(request, "plan_state", "current, ending, grace or lapsed")?;
    let confirmation: Option<ConfirmationState> =
        choice(request, "confirmation", "confirmed, unconfirmed or waiting")?;
    let is_listed_apart = by == AccountId::VENDOR
        && confirmation.is_some_and(|wanted| wanted != ConfirmationState::Confirmed);
    let found = async {
        if is_listed_apart {
            app.store.unconfirmed(&page).await
        } else {
            app.store.managed_by(by, &page).await
        }
    };
    let (_, found) = tokio::try_join!(request.authorize(app, by, Action::ListManaged), found)?;
    let mut accounts = app.store.accounts(&found.items).await?;
    accounts.retain(|account| kind.is_none_or(|kind| account.kind == kind));
    accounts
        .retain(|account| confirmation.is_none_or(|wanted| account.confirmation.state() == wanted));
    accounts.retain(|account| {
        state.is_none() || account.plan_state(app.now(), app.policy.grace_days) == state
    });
    list(Page {
        items: accounts.iter().map(|account| AccountSummary::new(app, account, None)).collect(),
        next: found.next,
    })
}

/// Parses a query parameter that is one of a few words.
fn choice<T: DeserializeOwned>(request: &Request, name: &str, words: &str) -> Result<Option<T>> {
    let read = |word: &str| serde_json::from_value(Value::from(word));
    let malformed =
        |_| Error::Malformed(format!("the query is not as expected: {name} must be {words}"));
    request.query(name).map(read).transpose().map_err(malformed)
}

/// Lists the account with an external id in two round trips: the claim on the id says which account
/// to read.
async fn numbered(app: &App, request: &Request, number: &str) -> Result<Response> {
    request.page(&["external_id"])?;
    let number = parse_external_id(number).map_err(|code| Error::invalid("external_id", code))?;
    let lookup = Lookup::default().external(AccountId::VENDOR, &number);
    let (_, found) =
        request.authorize_with(app, AccountId::VENDOR, Action::ListManaged, lookup).await?;
    let ids: Vec<_> = found.externals.iter().map(|(_, id)| *id).collect();
    let accounts = if ids.is_empty() { Vec::new() } else { app.store.accounts(&ids).await? };
    list(Page {
        items: accounts.iter().map(|account| AccountSummary::new(app, account, None)).collect(),
        next: None,
    })
}
