//! Lists the professionals of an account by name (requirement 7), or those who may no longer need
//! access (requirement 13).

use portico::{
    App, Error, Result,
    domain::{AccessReport, authorization::Action},
    http::{Request, Response, list, views::ProfessionalView},
    store::{Order, Page, PageRequest},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals";

/// Months without signing in after which people count as inactive, where access reviews are off.
const DEFAULT_INACTIVE_MONTHS: u8 = 6;

/// Takes `?limit=`, `?after=`, `?search=`, a prefix of the name, and `?order=`. Reads the caller's
/// permission and the list at the same time.
///
/// With `?report=` a page holds only the people in the report. It may be empty although `next`
/// leads to more. The report of inactive people is for callers who may see everybody's last
/// sign-in.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let page =
        PageRequest { order: order(&request)?, ..request.page(&["order", "report", "months"])? };
    let report = report(&app, &request)?;
    let (access, people) = tokio::try_join!(
        request.authorize(&app, account, Action::ListProfessionals),
        app.store.professionals(account, &page)
    )?;
    if let Some(AccessReport::Inactive(_)) = report {
        // It tells when each of them has last signed in.
        for person in &people.items {
            access.require(Action::ViewProfessional(person.id))?;
        }
    }
    let people = Page {
        items: people
            .items
            .into_iter()
            .filter(|person| {
                report.is_none_or(|report| report.includes(person, access.now, access.today))
            })
            .collect(),
        ..people
    };
    list(people.map(|person| ProfessionalView::listed(&access, &access.account.roles, &person)))
}

fn report(app: &App, request: &Request) -> Result<Option<AccessReport>> {
    let malformed =
        |reason: &str| Error::Malformed(format!("the query is not as expected: {reason}"));
    let months = match request.query("months") {
        None => None,
        Some(text) => {
            let months = text.parse().ok().filter(|months| (1..=36).contains(months));
            Some(months.ok_or_else(|| malformed("months must be a number from 1 to 36"))?)
        }
    };
    match (request.query("report"), months) {
        (Some("inactive"), months) => {
            let default = match app.policy.review_months {
                0 => DEFAULT_INACTIVE_MONTHS,
                months => months,
            };
            Ok(Some(AccessReport::Inactive(months.unwrap_or(default))))
        }
        (_, Some(_)) => Err(malformed("months needs report=inactive")),
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
