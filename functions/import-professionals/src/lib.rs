//! Adds many professionals at once and has them invited (requirement 14).
//!
//! Importing only adds: whoever has an address already stays as they are, so that the same rows twice change nothing.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        AccountId, Deed, Details, EmailAddress, FieldError, FieldErrorCode, FieldErrors,
        Professional, ProfessionalId, Roles, authorization::Action,
    },
    http::{Request, Response, inputs::PersonInput, ok},
    store::{Addition, Lookup},
    workflows::invite::invite,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/import";

/// A row that is added is four writes and is counted for its address, and a transaction has room for 100, with three for the account and who
/// asks. Less than fits, so that a row may take one more.
const MOST_ROWS: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    dry_run: bool,
    #[serde(default = "portico::http::inputs::yes")]
    send_invitations: bool,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    email: String,
    title: Option<String>,
    phone: Option<String>,
    language: Option<String>,
    ends_on: Option<String>,
    #[serde(default)]
    administrator: bool,
}

/// What the values of a row are, or everything that is wrong with them.
type Parsed = std::result::Result<Details, Vec<FieldError>>;

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

/// Answers what became of each row, in their order. All that are added are one transaction; a dry run stops before it.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::Invite).await?;
    let input: Input = request.json()?;
    if !(1..=MOST_ROWS).contains(&input.rows.len()) {
        return Err(Error::invalid("rows", FieldErrorCode::Rows(MOST_ROWS)));
    }
    let before = &access.account;
    let parsed = parse(&input.rows, before.roles.is_empty(), access.today);
    let holders = holders(&app, before.id, &parsed).await?;

    let mut after = before.clone();
    let (mut additions, mut results) = (Vec::new(), Vec::new());
    for (row, parsed) in input.rows.iter().zip(parsed) {
        results.push(match parsed {
            Err(errors) => Outcome::Invalid { errors },
            Ok(details) => match holders.get(&details.email) {
                Some(holder) => Outcome::Exists {
                    professional: holder.id,
                    name: holder.details.name.to_string(),
                },
                None if input.dry_run => Outcome::Added { professional: None },
                None => {
                    let addition = add(&app, &access, details, input.send_invitations)?;
                    let Professional { id, details, .. } = &addition.professional;
                    if after.roles.is_empty() && details.ends_on.is_none() {
                        after.roles = Roles::sole_holder(*id);
                    } else if row.administrator {
                        after.roles.administrators.insert(*id);
                    }
                    let professional = Some(*id);
                    additions.push(addition);
                    Outcome::Added { professional }
                }
            },
        });
    }
    access.check_administrator_change(&before.roles, &after.roles)?;
    if !additions.is_empty() {
        let account = (before.roles != after.roles).then_some((before, &after));
        let limits =
            access.invitation_limits(&app, additions.iter().filter_map(|it| it.mail.as_ref()));
        match app.store.limited_by(limits).add_professionals(account, &additions).await {
            // Somebody else has added one of them in the meantime, who is found there on the next try.
            Err(Error::DuplicateEmail { .. }) => return Err(Error::Conflict),
            added => added?,
        }
    }
    ok(&json!({ "results": results }))
}

/// Takes the values of every row. In an account that is `empty` the first one who stays takes every role, so there has to be one.
fn parse(rows: &[Row], empty: bool, today: Date) -> Vec<Parsed> {
    let mut seen = HashSet::new();
    let mut parsed: Vec<_> = rows.iter().map(|row| row.parse(&mut seen, today)).collect();
    if empty && !parsed.iter().flatten().any(|it| it.ends_on.is_none()) {
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

/// Finds who has one of the addresses.
async fn holders(
    app: &App,
    account: AccountId,
    rows: &[Parsed],
) -> Result<HashMap<EmailAddress, Professional>> {
    let wanted = rows
        .iter()
        .flatten()
        .fold(Lookup::default(), |lookup, it| lookup.email(account, &it.email));
    let claims = app.store.look_up(wanted).await?.claims;
    let wanted =
        claims.iter().fold(Lookup::default(), |lookup, (_, id)| lookup.professional(account, *id));
    let people = app.store.look_up(wanted).await?;
    let holder = |(email, id): (EmailAddress, ProfessionalId)| {
        // Who is gone or has another address by now was changed between the two reads.
        let holder = people
            .professional(id)
            .filter(|it| it.details.email == email)
            .ok_or(Error::Conflict)?;
        Ok((email, holder.clone()))
    };
    claims.into_iter().map(holder).collect()
}

fn add(app: &App, access: &Access, details: Details, send_invitation: bool) -> Result<Addition> {
    let mut professional = Professional::new(app.new_id()?, access.account.id, details, access.now);
    let mail = if send_invitation {
        Some(invite(&app, Some(access), &access.account, &mut professional)?)
    } else {
        None
    };
    let mut activity =
        access.activity(app, access.account.id, Deed::ProfessionalAdded, Some(&professional))?;
    activity.facts.insert("imported".to_owned(), "yes".to_owned());
    activity
        .facts
        .insert("invited".to_owned(), if send_invitation { "yes" } else { "no" }.to_owned());
    Ok(Addition { professional, mail, activity })
}

impl Row {
    /// Takes the values, given the addresses `seen` in the rows above, faulty ones included.
    fn parse(&self, seen: &mut HashSet<EmailAddress>, today: Date) -> Parsed {
        let typed = PersonInput {
            prefix: "",
            name: &self.name,
            email: &self.email,
            title: self.title.as_deref(),
            phone: self.phone.as_deref(),
            language: self.language.as_deref(),
            ends_on: self.ends_on.as_deref(),
        };
        let mut errors = FieldErrors::default();
        let details = typed.parse(today, &mut errors);
        if EmailAddress::parse(&self.email).is_ok_and(|it| !seen.insert(it)) {
            errors.add("email", FieldErrorCode::Repeated);
        }
        if self.ends_on.is_some() && self.administrator {
            errors.add("ends_on", FieldErrorCode::RoleHeld);
        }
        match (errors.into_result(), details) {
            (Ok(()), Some(details)) => Ok(details),
            (Err(errors), _) => Err(errors.into_vec()),
            (Ok(()), None) => unreachable!("a missing value is an error"),
        }
    }
}
