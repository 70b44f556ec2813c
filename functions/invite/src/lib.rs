//! Adds a professional to an account and invites them (requirements 8, 9).

use std::slice;

use jiff::civil::Date;
use portico::{
    App, Error, Result,
    domain::{
        Account, Details, Event, FieldErrorCode, FieldErrors, Holder, Professional, Roles,
        authorization::Action,
    },
    http::{
        Request, Response, created,
        inputs::{PersonInput, WithPerson},
        views::ProfessionalView,
    },
    store::Addition,
    workflows::{invite::invite, too_many_administrators},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    administrator: bool,
    #[serde(default = "portico::http::inputs::yes")]
    send_invitation: bool,
}

/// Stores the profile and, unless `send_invitation` is false, queues the invitation mail. The first
/// professional of an account gets every role.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::Invite).await?;
    let WithPerson::<PersonInput, Input> { person, own: input } = request.json()?;
    let before = &access.account;
    let first = before.roles.is_empty();
    let details = parse(&person, first || input.administrator, access.today)?;

    let mut professional = Professional::new(app.new_id()?, before.id, details, access.now);
    let mut after = before.clone();
    if first {
        after.roles = Roles::sole_holder(professional.id);
    } else if input.administrator {
        after.roles = before
            .roles
            .with_administrator(Holder::from(&professional))
            .ok_or_else(|| too_many_administrators("administrator"))?;
    }
    access.check_administrator_change(&after.roles)?;
    let mail = if input.send_invitation {
        Some(invite(&app, Some(&access), before, &mut professional)?)
    } else {
        None
    };
    let event = Event::ProfessionalAdded {
        professional: (&professional).into(),
        invited: input.send_invitation,
        imported: false,
    };
    let event = access.audit_event(&app, before.id, event)?;
    let account: Option<(&Account, &Account)> =
        (before.roles != after.roles).then_some((before, &after));
    let addition = Addition { professional, mail, event };
    match app.store.add_professionals(account, slice::from_ref(&addition)).await {
        Err(error) => Err(app.store.name_duplicate(before.id, error).await),
        Ok(()) => created(&ProfessionalView::new(&access, &after.roles, &addition.professional)),
    }
}

/// Parses the profile. People who hold a role cannot have a last day.
fn parse(person: &PersonInput, holds_role: bool, today: Date) -> Result<Details> {
    let mut errors = FieldErrors::default();
    let details = person.parse("", today, &mut errors);
    if person.ends_on.is_some() && holds_role {
        errors.add("ends_on", FieldErrorCode::RoleHeld);
    }
    errors.into_result()?;
    details.ok_or_else(|| Error::internal("a missing value without a field error"))
}
