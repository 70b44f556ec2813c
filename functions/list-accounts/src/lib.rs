//! Lists the accounts an identity is linked with, or those that an account looks after.

use portico::{
    App, Error, Result,
    domain::{
        AccountId, AccountKind, PlanState, authorization::Action, parse_external_id, search_key,
    },
    http::{Request, Response, list, views::AccountSummary},
    store::{Lookup, Page},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts";

/// With `?managed_by=A`, lists the accounts A looks after as partner or vendor, by name, in pages; with `?external_id=N` the one that the
/// vendor knows by that number, if there is one; else the identity's own, all of them.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    match (request.query("managed_by"), request.query("external_id")) {
        (Some(by), _) => {
            managed(&app, &request, AccountId::parse(by).ok_or(Error::NotFound("account"))?).await
        }
        (None, Some(number)) => numbered(&app, &request, number).await,
        (None, None) => own(&app, &request).await,
    }
}

/// Two round trips: the links say which accounts to read.
async fn own(app: &App, request: &Request) -> Result<Response> {
    request.page(&[])?;
    let cookie = request.session_cookie()?;
    let (session, links) = app.store.session_and_links(&cookie.session, &cookie.identity).await?;
    cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    let ids: Vec<_> = links.iter().map(|it| it.account).collect();
    let mut accounts = app.store.accounts(&ids).await?;
    accounts.sort_by_cached_key(|it| search_key(it.name.as_str()));
    let professional = |id| links.iter().find(|it| it.account == id).map(|it| it.professional);
    list(Page {
        items: accounts
            .iter()
            .map(|it| AccountSummary::new(app, it, professional(it.id)))
            .collect(),
        next: None,
    })
}

/// Two round trips: the index says which accounts to read. A page holds those of its accounts that are asked for, which may be none.
async fn managed(app: &App, request: &Request, by: AccountId) -> Result<Response> {
    let page = request.page(&["managed_by", "kind", "plan_state"])?;
    let kind: Option<AccountKind> = choice(request, "kind", "customer, partner or vendor")?;
    let state: Option<PlanState> =
        choice(request, "plan_state", "current, ending, grace or lapsed")?;
    let (_, found) = tokio::try_join!(
        request.authorize(app, by, Action::ListManaged),
        app.store.managed_by(by, &page)
    )?;
    let mut accounts = app.store.accounts(&found.items).await?;
    accounts.retain(|it| kind.is_none_or(|kind| it.kind == kind));
    accounts
        .retain(|it| state.is_none() || it.plan_state(app.now(), app.policy.grace_days) == state);
    list(Page {
        items: accounts.iter().map(|it| AccountSummary::new(app, it, None)).collect(),
        next: found.next,
    })
}

/// Reads a query parameter that is one of a few words.
fn choice<T: DeserializeOwned>(request: &Request, name: &str, words: &str) -> Result<Option<T>> {
    let read = |word: &str| serde_json::from_value(Value::from(word));
    let malformed =
        |_| Error::Malformed(format!("the query is not as expected: {name} must be {words}"));
    request.query(name).map(read).transpose().map_err(malformed)
}

/// Two round trips: the claim on the number says which account to read.
async fn numbered(app: &App, request: &Request, number: &str) -> Result<Response> {
    request.page(&["external_id"])?;
    let number = parse_external_id(number).map_err(|code| Error::invalid("external_id", code))?;
    let lookup = Lookup::default().external(AccountId::VENDOR, &number);
    let (_, found) =
        request.authorize_with(app, AccountId::VENDOR, Action::ListManaged, lookup).await?;
    let ids: Vec<_> = found.externals.iter().map(|(_, id)| *id).collect();
    let accounts = if ids.is_empty() { Vec::new() } else { app.store.accounts(&ids).await? };
    list(Page {
        items: accounts.iter().map(|it| AccountSummary::new(app, it, None)).collect(),
        next: None,
    })
}
