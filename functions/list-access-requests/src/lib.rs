//! Lists requests for access: one's own, or those to decide on in an account (requirement 23).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{AccessRequest, AccessRequestId, AccountId, authorization::Action},
    http::{
        Request, Response, list,
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
    let cookie = request.session_cookie()?;
    let (session, own) =
        app.store.session_and_own_requests(&cookie.session, &cookie.identity).await?;
    cookie.session(session, app.now()).ok_or(Error::NotSignedIn)?;
    list(Page { items: own.requests.iter().map(OwnRequestView::from).collect(), next: None })
}

async fn all(app: &App, request: &Request, account: AccountId) -> Result<Response> {
    let mut page = request.page(&["account"])?;
    page.limit = page.limit.min(MOST_LISTED);
    let (access, found) = tokio::try_join!(
        request.authorize(app, account, Action::DecideAccessRequest),
        app.store.access_requests(account, &page)
    )?;
    let known = known(app, &access, &found.items).await?;
    list(found.map(|it| AccessRequestView::new(&access, &it, Some(&known))))
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
    let asked =
        found.access_request(account, id).cloned().ok_or(Error::NotFound("request for access"))?;
    let known = known(app, &access, std::slice::from_ref(&asked)).await?;
    list(Page { items: vec![AccessRequestView::new(&access, &asked, Some(&known))], next: None })
}

/// Reads what speaks for and against the open ones: who holds a role, and who has one of the addresses.
async fn known(app: &App, access: &Access, requests: &[AccessRequest]) -> Result<Found> {
    let id = access.account.id;
    let open: Vec<_> = requests.iter().filter(|it| it.is_open()).collect();
    if open.is_empty() || id == AccountId::VENDOR {
        return Ok(Found::default());
    }
    let lookup = access
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
