//! Shows an account: name, plan, partner, roles, and what the caller may do there.

use portico::{
    App, Result,
    domain::authorization::Action,
    http::{Request, Response, ok, views::AccountView},
    store::Lookup,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}";

/// Returns the account; for staff with its held mail, for a partner with the plans that it may
/// give.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let lookup = Lookup::default().held_mail(account);
    let (access, found) =
        request.authorize_with(&app, account, Action::ViewAccount, lookup).await?;
    let view = AccountView::new(&app, &access, &access.account)
        .with_partner_plans(&access, &app.policy.partner_plans);
    ok(&view.with_held_mail(&access, found.held_mail))
}
