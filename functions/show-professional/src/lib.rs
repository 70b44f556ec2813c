//! Shows a professional.

use portico::{
    App, Result,
    domain::authority::Act,
    http::{Request, Response, ok, views::ProfessionalView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals/{professional}";

/// Answers the professional and what the caller may do with it.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let entry = request
        .enter(&app, request.account()?, Act::ViewProfessional(request.professional()?))
        .await?;
    ok(&ProfessionalView::new(&entry, &entry.account.roles, entry.professional()?))
}
