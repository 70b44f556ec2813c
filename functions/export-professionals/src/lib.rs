//! Exports an account's people, sorted by name, as CSV (RFC 4180; requirement 14) for spreadsheets
//! and for import-professionals.

use jiff::Timestamp;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{Professional, Role, authorization::Action, import::RecordKind, spreadsheet::record},
    http::{Request, Response, csv_part},
    store::Cursor,
};
use serde_json::Value;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals/export";

/// From this Excel detects UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Most people in one part.
const PEOPLE_A_PART: usize = 500;

/// The columns behind those that import-professionals reads.
const MORE_COLUMNS: [&str; 6] =
    ["billing_contact", "shipping_contact", "state", "invited_at", "linked_at", "last_sign_in"];

/// Takes `?after=`, where the previous part ended. Reads the caller's permission and the first
/// people at the same time.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let mut page = request.page(&[])?;
    if request.query("limit").or(request.query("search")).is_some() {
        return Err(Error::Malformed(
            "the query is not as expected: an export takes after and nothing else".to_owned(),
        ));
    }
    let first = page.after.is_none();
    page.limit = 100;
    let (access, part) = tokio::try_join!(
        request.authorize(&app, account, Action::ExportProfessionals),
        app.store.professionals(account, &page)
    )?;
    let (mut people, mut next) = (part.items, part.next);
    while people.len() < PEOPLE_A_PART
        && let Some(after) = next.as_deref().and_then(Cursor::parse)
    {
        page.after = Some(after);
        let more = app.store.professionals(account, &page).await?;
        people.extend(more.items);
        next = more.next;
    }
    let next =
        next.map(|after| format!("/api/accounts/{account}/professionals/export?after={after}"));
    csv_part("professionals.csv", first, format_csv(&access, &people, first)?, next.as_deref())
}

/// Formats the people as CSV. The first part has a header and a byte order mark.
fn format_csv(access: &Access, people: &[Professional], first: bool) -> Result<String> {
    let mut text = String::new();
    if first {
        text.push(BYTE_ORDER_MARK);
        text.push_str(&record(columns().chain(MORE_COLUMNS)));
    }
    for person in people {
        text.push_str(&record(cells(access, person)?));
    }
    Ok(text)
}

fn columns() -> impl Iterator<Item = &'static str> {
    RecordKind::Professionals.columns().map(|column| column.name.as_str())
}

fn cells(access: &Access, person: &Professional) -> Result<Vec<String>> {
    let details = serde_json::to_value(&person.details).map_err(Error::internal)?;
    let state =
        serde_json::to_value(person.state(access.now, access.today)).map_err(Error::internal)?;
    let roles = access.account.roles.of(person.id);
    let holds = |role| if roles.contains(&role) { "yes" } else { "no" }.to_owned();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let time = |time: Option<Timestamp>| time.map(seconds).unwrap_or_default();
    let imported = columns().map(|column| match column {
        "administrator" => holds(Role::Administrator),
        // The columns are named as the members of the profile.
        _ => text(&details[column]),
    });
    let more = [
        holds(Role::BillingContact),
        holds(Role::ShippingContact),
        text(&state),
        time(person.invitation.as_ref().map(|invitation| invitation.created_at)),
        time(person.linked.as_ref().map(|link| link.linked_at)),
        time(person.last_sign_in),
    ];
    Ok(imported.chain(more).collect())
}

/// Formats a time without the fraction of a second, which spreadsheets would take for text.
fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
