//! Shows an account: name, plan, partner, roles, and what the caller may do there.

use portico::{
    App, Result,
    domain::authority::Act,
    http::{Request, Response, ok, views::AccountView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}";

/// Answers the account.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let entry = request.enter(&app, request.account()?, Act::ViewAccount).await?;
    ok(&AccountView::new(&app, &entry, &entry.account))
}
