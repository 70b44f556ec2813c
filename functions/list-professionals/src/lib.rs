//! Lists the professionals of an account by name (requirement 7).

use portico::{
    App, Error, Result,
    domain::authority::Act,
    http::{Request, Response, list, views::ProfessionalView},
    store::{Order, PageRequest},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals";

/// Takes `?limit=`, `?after=`, `?search=`, a prefix of the name, and `?order=`. The right to see and the list are read at the same time.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let page = PageRequest { order: order(&request)?, ..request.page(&["order"])? };
    let (entry, people) = tokio::try_join!(request.enter(&app, account, Act::ListProfessionals), app.store.professionals(account, &page))?;
    list(people.map(|it| ProfessionalView::listed(&entry, &entry.account.roles, &it)))
}

fn order(request: &Request) -> Result<Order> {
    match request.query("order") {
        None | Some("ascending") => Ok(Order::Ascending),
        Some("descending") => Ok(Order::Descending),
        Some(_) => Err(Error::Malformed("the query is not as expected: order must be ascending or descending".to_owned())),
    }
}
