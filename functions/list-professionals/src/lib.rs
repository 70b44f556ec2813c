//! Lists the professionals of an account by name (requirement 7).

use portico::{
    App, Result,
    domain::authority::Act,
    http::{Request, Response, list, views::ProfessionalView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals";

/// Takes `?limit=`, `?after=` and `?search=`, a prefix of the name. The right to see and the list are read at the same time.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let page = request.page(&[])?;
    let (entry, people) = tokio::try_join!(request.enter(&app, account, Act::ListProfessionals), app.store.professionals(account, &page))?;
    list(people.map(|it| ProfessionalView::listed(&entry, &entry.account.roles, &it)))
}
