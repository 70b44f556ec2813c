//! Shows an account: name, plan, partner, roles, and what the caller may do there.

use portico::{
    App, Result,
    domain::authorization::Action,
    http::{Request, Response, ok, views::AccountView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}";

/// Returns the account.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::ViewAccount).await?;
    ok(&AccountView::new(&app, &access, &access.account))
}
