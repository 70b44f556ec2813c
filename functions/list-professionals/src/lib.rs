//! Lists the professionals of an account by name (requirement 7), or those of them who may no longer need access (requirement 13).

use portico::{
    App, Error, Result,
    domain::{AccessReport, authorization::Action},
    http::{Request, Response, list, views::ProfessionalView},
    store::{Order, Page, PageRequest},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals";

/// After how many months without signing in somebody counts as inactive, where administrators are never asked.
const USUAL_MONTHS: u8 = 6;

/// Takes `?limit=`, `?after=`, `?search=`, a prefix of the name, and `?order=`. The right to see and the list are read at the same time.
///
/// With `?report=` it answers those of the page whom the report names, which may be nobody, while `next` leads on.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let page =
        PageRequest { order: order(&request)?, ..request.page(&["order", "report", "months"])? };
    let report = report(&app, &request)?;
    let (access, people) = tokio::try_join!(
        request.authorize(&app, account, Action::ListProfessionals),
        app.store.professionals(account, &page)
    )?;
    let people = Page {
        items: people
            .items
            .into_iter()
            .filter(|it| report.is_none_or(|report| report.includes(it, access.now, access.today)))
            .collect(),
        ..people
    };
    list(people.map(|it| ProfessionalView::listed(&access, &access.account.roles, &it)))
}

fn report(app: &App, request: &Request) -> Result<Option<AccessReport>> {
    let malformed =
        |reason: &str| Error::Malformed(format!("the query is not as expected: {reason}"));
    let months = match request.query("months") {
        None => None,
        Some(text) => {
            let months = text.parse().ok().filter(|it| (1..=36).contains(it));
            Some(months.ok_or_else(|| malformed("months must be a number from 1 to 36"))?)
        }
    };
    match (request.query("report"), months) {
        (Some("inactive"), months) => {
            let usual =
                if app.policy.review_months == 0 { USUAL_MONTHS } else { app.policy.review_months };
            Ok(Some(AccessReport::Inactive(months.unwrap_or(usual))))
        }
        (_, Some(_)) => Err(malformed("months goes with report=inactive")),
        (None, None) => Ok(None),
        (Some("never_linked"), None) => Ok(Some(AccessReport::NeverLinked)),
        (Some("ending_soon"), None) => Ok(Some(AccessReport::EndingSoon)),
        (Some(_), None) => Err(malformed("report must be never_linked, inactive or ending_soon")),
    }
}

fn order(request: &Request) -> Result<Order> {
    match request.query("order") {
        None | Some("ascending") => Ok(Order::Ascending),
        Some("descending") => Ok(Order::Descending),
        Some(_) => Err(Error::Malformed(
            "the query is not as expected: order must be ascending or descending".to_owned(),
        )),
    }
}
