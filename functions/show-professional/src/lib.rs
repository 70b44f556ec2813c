//! Shows a professional.

use portico::{
    App, Result,
    domain::authorization::Action,
    http::{Request, Response, ok, views::ProfessionalView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals/{professional}";

/// Returns the professional and what the caller may do with it.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request
        .authorize(&app, request.account()?, Action::ViewProfessional(request.professional()?))
        .await?;
    ok(&ProfessionalView::new(&access, &access.account.roles, access.professional()?))
}
