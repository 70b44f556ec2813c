//! Exports an account's people, sorted by name, as CSV (RFC 4180; requirement 14) for spreadsheets
//! and for import-professionals.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use jiff::Timestamp;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{Professional, Role, authorization::Action, import::RecordKind},
    http::{Request, Response, csv_part},
    store::Cursor,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "GET /api/accounts/{account}/professionals/export";

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

/// Formats the people as CSV. The first part has a header, and a byte order mark from which Excel
/// detects UTF-8.
fn format_csv(access: &Access, people: &[Professional], first: bool) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .has_headers(false)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let columns = || RecordKind::Professionals.columns().map(|column| column.name.as_str());
    if first {
        writer.write_record(columns().chain(MORE_COLUMNS)).map_err(Error::internal)?;
    }
    for person in people {
        let details = serde_json::to_value(&person.details).map_err(Error::internal)?;
        let roles = access.account.roles.of(person.id);
        let holds = |role| if roles.contains(&role) { "yes" } else { "no" };
        let imported = columns().map(|column| match column {
            "administrator" => holds(Role::Administrator).into(),
            // The columns are named as the members of the profile.
            _ => cell(details[column].as_str().unwrap_or_default()),
        });
        let more = (
            holds(Role::BillingContact),
            holds(Role::ShippingContact),
            person.state(access.now, access.today),
            person.invitation.as_ref().map(|invitation| seconds(invitation.created_at)),
            person.linked.as_ref().map(|link| seconds(link.linked_at)),
            person.last_sign_in.map(seconds),
        );
        let row = (imported.collect::<Vec<_>>(), more);
        writer.serialize(row).map_err(Error::internal)?;
    }
    let text =
        String::from_utf8(writer.into_inner().map_err(|error| Error::internal(error.to_string()))?)
            .map_err(Error::internal)?;
    Ok(if first { format!("\u{feff}{text}") } else { text })
}

/// Formats a time without the fraction of a second, which spreadsheets would take for text.
fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Formats a cell. An apostrophe in front keeps spreadsheets from running it as a formula (OWASP,
/// CSV injection).
fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
