//! Adds many professionals at once and has them invited (requirement 14).
//!
//! Importing only adds: a person whose address is in the account already stays unchanged, so the
//! same rows twice change nothing.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        AccountId, Details, EmailAddress, Event, FieldError, FieldErrorCode, FieldErrors, Holder,
        Professional, ProfessionalId, Roles,
        authorization::Action,
        import::{self, RecordKind},
    },
    http::{Request, Response, inputs::PersonInput, ok},
    store::{Addition, Lookup},
    workflows::invite::invite,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/import";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    dry_run: bool,
    #[serde(default = "portico::http::inputs::yes")]
    send_invitations: bool,
    #[serde(deserialize_with = "import::professional_rows")]
    rows: Vec<import::Row>,
}

/// A row whose values are valid.
struct Person {
    details: Details,
    administrator: bool,
}

/// A person, or everything that is wrong with the row.
type Parsed = std::result::Result<Person, Vec<FieldError>>;

/// What becomes of a row.
#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Outcome {
    /// The person is on the list from now on; a dry run names nobody.
    Added { professional: Option<ProfessionalId> },
    /// Somebody has the address; nothing is changed.
    Exists { professional: ProfessionalId, name: String },
    /// The row cannot be accepted. The others can.
    Invalid { errors: Vec<FieldError> },
}

/// Returns the outcome of each row, in their order. All that are added are one transaction; a dry
/// run stops before it.
///
/// An added row is four writes, and a transaction has room for 100, with two for the account and
/// who asks. A request takes fewer rows than fit, so that a row may come to need one more. A row
/// that makes an administrator too many is invalid.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::Invite).await?;
    let input: Input = request.json()?;
    let most_rows = RecordKind::Professionals.rows_per_request();
    if !(1..=most_rows).contains(&input.rows.len()) {
        return Err(Error::invalid("rows", FieldErrorCode::Rows(most_rows)));
    }
    let before = &access.account;
    let parsed = parse(&input.rows, before.roles.is_empty(), access.today);
    let holders = holders(&app, before.id, &parsed).await?;

    let mut after = before.clone();
    let (mut additions, mut results) = (Vec::new(), Vec::new());
    for parsed in parsed {
        let Person { details, administrator } = match parsed {
            Ok(person) => person,
            Err(errors) => {
                results.push(Outcome::Invalid { errors });
                continue;
            }
        };
        if let Some(holder) = holders.get(&details.email) {
            let name = holder.details.name.to_string();
            results.push(Outcome::Exists { professional: holder.id, name });
            continue;
        }
        let addition = add(&app, &access, details, input.send_invitations)?;
        match joined(&after.roles, &addition.professional, administrator) {
            Err(error) => results.push(Outcome::Invalid { errors: vec![error] }),
            Ok(roles) => {
                after.roles = roles;
                let added = Some(addition.professional.id).filter(|_| !input.dry_run);
                results.push(Outcome::Added { professional: added });
                additions.push(addition);
            }
        }
    }
    access.check_administrator_change(&after.roles)?;
    if !additions.is_empty() && !input.dry_run {
        let account = (before.roles != after.roles).then_some((before, &after));
        match app.store.add_professionals(account, &additions).await {
            // Somebody else added one of them in the meantime; the next try finds them.
            Err(Error::DuplicateEmail { .. }) => return Err(Error::Conflict),
            added => added?,
        }
    }
    ok(&json!({ "results": results }))
}

/// Returns the roles once `person` is on the list: the first who stays takes every role.
fn joined(roles: &Roles, person: &Professional, administrator: bool) -> Result<Roles, FieldError> {
    if roles.is_empty() && person.details.ends_on.is_none() {
        return Ok(Roles::sole_holder(person.id));
    }
    if !administrator {
        return Ok(roles.clone());
    }
    roles.with_administrator(Holder::from(person)).ok_or_else(|| FieldError {
        field: "administrator".to_owned(),
        code: FieldErrorCode::TooManyAdministrators(Roles::MAX_ADMINISTRATORS),
    })
}

/// Parses every row. In an account that is `empty` the first one who stays takes every role, so
/// there has to be one.
fn parse(rows: &[import::Row], empty: bool, today: Date) -> Vec<Parsed> {
    let mut seen = HashSet::new();
    let mut parsed: Vec<_> = rows.iter().map(|row| parse_row(row, &mut seen, today)).collect();
    if empty && !parsed.iter().flatten().any(|person| person.details.ends_on.is_none()) {
        for row in &mut parsed {
            if row.is_ok() {
                *row = Err(vec![FieldError {
                    field: "ends_on".to_owned(),
                    code: FieldErrorCode::RoleHeld,
                }]);
            }
        }
    }
    parsed
}

/// Parses a row, given the addresses `seen` in the rows above, those of invalid rows included.
fn parse_row(row: &import::Row, seen: &mut HashSet<EmailAddress>, today: Date) -> Parsed {
    let mut errors = FieldErrors::default();
    let details = PersonInput::of_row(row).parse("", today, &mut errors);
    let administrator = errors.parse("administrator", row.yes_no("administrator"));
    if EmailAddress::parse(row.text("email")).is_ok_and(|email| !seen.insert(email)) {
        errors.add("email", FieldErrorCode::Repeated);
    }
    if row.get("ends_on").is_some() && administrator == Some(true) {
        errors.add("ends_on", FieldErrorCode::RoleHeld);
    }
    match (errors.into_result(), details, administrator) {
        (Ok(()), Some(details), Some(administrator)) => Ok(Person { details, administrator }),
        (Err(errors), ..) => Err(errors.into_vec()),
        (Ok(()), ..) => unreachable!("a missing value is an error"),
    }
}

/// Finds who has one of the addresses.
async fn holders(
    app: &App,
    account: AccountId,
    rows: &[Parsed],
) -> Result<HashMap<EmailAddress, Professional>> {
    let wanted = rows
        .iter()
        .flatten()
        .fold(Lookup::default(), |lookup, person| lookup.email(account, &person.details.email));
    let claims = app.store.look_up(wanted).await?.claims;
    let wanted =
        claims.iter().fold(Lookup::default(), |lookup, (_, id)| lookup.professional(account, *id));
    let people = app.store.look_up(wanted).await?;
    let holder = |(email, id): (EmailAddress, ProfessionalId)| {
        // A person who is gone or has another address was changed between the two reads.
        let holder = people
            .professional(id)
            .filter(|holder| holder.details.email == email)
            .ok_or(Error::Conflict)?;
        Ok((email, holder.clone()))
    };
    claims.into_iter().map(holder).collect()
}

fn add(app: &App, access: &Access, details: Details, send_invitation: bool) -> Result<Addition> {
    let mut professional = Professional::new(app.new_id()?, access.account.id, details, access.now);
    let mail = if send_invitation {
        Some(invite(app, Some(access), &access.account, &mut professional)?)
    } else {
        None
    };
    let event = Event::ProfessionalAdded {
        professional: (&professional).into(),
        invited: send_invitation,
        imported: true,
    };
    let event = access.audit_event(app, access.account.id, event)?;
    Ok(Addition { professional, mail, event })
}
