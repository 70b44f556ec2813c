//! Lists requests for access: one's own, or those to decide on in an account (requirement 23).

use portico::{
    App, Error, Result,
    domain::{AccessRequest, AccessRequestId, AccountId, authority::Act},
    http::{
        Entry, Request, Response, list,
        views::{AccessRequestView, OwnRequestView},
    },
    store::{Found, Lookup, Page},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/access-requests";

/// DynamoDB reads 100 items at once: the claims on the addresses of a page, and those who hold roles.
const MOST_LISTED: i32 = 50;
const MOST_HOLDERS: usize = 45;

/// With `?account=A`, lists those to decide on in A, the open ones first, in pages, or with `&request=R` that one alone; else one's own, all.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    if request.query("search").is_some() {
        return Err(Error::Malformed(
            "the query is not as expected: who asks cannot be searched by name".to_owned(),
        ));
    }
    let Some(account) = request.query("account") else { return own(&app, &request).await };
    let account = AccountId::parse(account).ok_or(Error::NotFound("account"))?;
    match request.query("request") {
        Some(id) => {
            one(
                &app,
                &request,
                account,
                AccessRequestId::parse(id).ok_or(Error::NotFound("request for access"))?,
            )
            .await
        }
        None => all(&app, &request, account).await,
    }
}

async fn own(app: &App, request: &Request) -> Result<Response> {
    request.page(&[])?;
    let signed = request.signed()?;
    let (session, own) =
        app.store.session_and_own_requests(&signed.session, &signed.identity).await?;
    signed.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    list(Page { items: own.requests.iter().map(OwnRequestView::from).collect(), next: None })
}

async fn all(app: &App, request: &Request, account: AccountId) -> Result<Response> {
    let mut page = request.page(&["account"])?;
    page.limit = page.limit.min(MOST_LISTED);
    let (entry, found) = tokio::try_join!(
        request.enter(app, account, Act::DecideAccessRequest),
        app.store.access_requests(account, &page)
    )?;
    let known = known(app, &entry, &found.items).await?;
    list(found.map(|it| AccessRequestView::new(&entry, &it, Some(&known))))
}

async fn one(
    app: &App,
    request: &Request,
    account: AccountId,
    id: AccessRequestId,
) -> Result<Response> {
    request.page(&["account", "request"])?;
    let lookup = Lookup::default().access_request(account, id);
    let (entry, found) =
        request.enter_reading(app, account, Act::DecideAccessRequest, lookup).await?;
    let asked =
        found.access_request(account, id).cloned().ok_or(Error::NotFound("request for access"))?;
    let known = known(app, &entry, std::slice::from_ref(&asked)).await?;
    list(Page { items: vec![AccessRequestView::new(&entry, &asked, Some(&known))], next: None })
}

/// Reads what speaks for and against the open ones: who holds a role, and who has one of the addresses.
async fn known(app: &App, entry: &Entry, requests: &[AccessRequest]) -> Result<Found> {
    let id = entry.account.id;
    let open: Vec<_> = requests.iter().filter(|it| it.is_open()).collect();
    if open.is_empty() || id == AccountId::VENDOR {
        return Ok(Found::default());
    }
    let lookup = entry
        .account
        .roles
        .holders()
        .into_iter()
        .take(MOST_HOLDERS)
        .fold(Lookup::default(), |lookup, it| lookup.professional(id, it));
    let mut known = app
        .store
        .look_up(open.iter().fold(lookup, |lookup, it| lookup.email(id, &it.email)))
        .await?;
    let claimed: Vec<_> = known
        .claims
        .iter()
        .map(|(_, it)| *it)
        .filter(|it| known.professional(*it).is_none())
        .collect();
    let more = app
        .store
        .look_up(
            claimed.into_iter().fold(Lookup::default(), |lookup, it| lookup.professional(id, it)),
        )
        .await?;
    known.professionals.extend(more.professionals);
    Ok(known)
}
