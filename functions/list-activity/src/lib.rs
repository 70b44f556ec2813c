//! Lists the activity of an account, newest first (requirement 36).

use portico::{
    App, Error, Result,
    domain::authorization::Action,
    http::{Request, Response, list, views::AuditEventView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/activity";

/// Takes `?limit=` and `?after=`. Reads the caller's permission and the list at the same time.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let page = request.page(&[])?;
    if request.query("search").is_some() {
        return Err(Error::Malformed(
            "the query is not as expected: activity cannot be searched".to_owned(),
        ));
    }
    let (access, events) = tokio::try_join!(
        request.authorize(&app, account, Action::ListActivity),
        app.store.audit_events(account, &page)
    )?;
    list(events.map(|event| AuditEventView::new(&access, event)))
}
