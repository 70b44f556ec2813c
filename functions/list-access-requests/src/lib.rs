//! Lists requests for access: the caller's own, or those to decide on in an account (requirement
//! 23).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{AccessRequest, AccessRequestId, AccountId, Roles, authorization::Action},
    http::{
        Request, Response, list,
        views::{AccessRequestView, OwnRequestView},
    },
    store::{Found, Lookup, Page},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/access-requests";

/// The most requests on a page of those to decide on. DynamoDB reads 100 items at once: the claims
/// on a page's addresses, and the holders of roles, of whom there are at most 52.
const MOST_LISTED: i32 = 48;
const _: () = assert!(MOST_LISTED as usize + Roles::MAX_ADMINISTRATORS + 2 <= 100);

/// Without parameters, lists the caller's own requests in pages, open ones first. `?account=A`
/// lists the requests to decide on in A in pages, open ones first; with `&request=R` only that one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    if request.query("search").is_some() {
        return Err(Error::Malformed(
            "the query is not as expected: requests for access cannot be searched".to_owned(),
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
        None => Box::pin(all(&app, &request, account)).await,
    }
}

async fn own(app: &App, request: &Request) -> Result<Response> {
    let page = request.page(&[])?;
    let cookie = request.session_cookie()?;
    let (session, own, next) =
        app.store.session_and_own_requests(&cookie.secret, &cookie.identity, &page).await?;
    cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    list(Page { items: own.requests.iter().map(OwnRequestView::from).collect(), next })
}

async fn all(app: &App, request: &Request, account: AccountId) -> Result<Response> {
    let mut page = request.page(&["account"])?;
    page.limit = page.limit.min(MOST_LISTED);
    let (access, found) = tokio::try_join!(
        request.authorize(app, account, Action::DecideAccessRequest),
        app.store.access_requests(account, &page)
    )?;
    let known = known(app, &access, &found.items).await?;
    list(found.map(|access_request| AccessRequestView::new(&access, &access_request, Some(&known))))
}

async fn one(
    app: &App,
    request: &Request,
    account: AccountId,
    id: AccessRequestId,
) -> Result<Response> {
    request.page(&["account", "request"])?;
    let lookup = Lookup::default().access_request(account, id);
    let (access, found) =
        request.authorize_with(app, account, Action::DecideAccessRequest, lookup).await?;
    let one =
        found.access_request(account, id).cloned().ok_or(Error::NotFound("request for access"))?;
    let known = known(app, &access, std::slice::from_ref(&one)).await?;
    list(Page { items: vec![AccessRequestView::new(&access, &one, Some(&known))], next: None })
}

/// Reads the people who are relevant to the open requests: the role holders and those with one of
/// the addresses.
async fn known(app: &App, access: &Access, requests: &[AccessRequest]) -> Result<Found> {
    let id = access.account.id;
    let open: Vec<_> = requests.iter().filter(|request| request.is_open()).collect();
    if open.is_empty() || id == AccountId::VENDOR {
        return Ok(Found::default());
    }
    let lookup = access
        .account
        .roles
        .holders()
        .into_iter()
        .fold(Lookup::default(), |lookup, holder| lookup.professional(id, holder));
    let mut known = app
        .store
        .look_up(open.iter().fold(lookup, |lookup, request| lookup.email(id, &request.email)))
        .await?;
    let claimed: Vec<_> = known
        .claims
        .iter()
        .map(|(_, person)| *person)
        .filter(|person| known.professional(*person).is_none())
        .collect();
    let more = app
        .store
        .look_up(
            claimed
                .into_iter()
                .fold(Lookup::default(), |lookup, person| lookup.professional(id, person)),
        )
        .await?;
    known.professionals.extend(more.professionals);
    Ok(known)
}
