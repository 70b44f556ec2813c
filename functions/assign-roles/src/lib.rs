//! Gives and takes the roles of an account (requirements 11, 12).

use std::collections::BTreeSet;

use portico::{
    App, Error, Result,
    domain::{
        Deed, FieldErrorCode, FieldErrors, ProfessionalId, Role, Roles, authorization::Action,
    },
    http::{Request, Response, ok, views::AccountView},
    store::AccountChange,
    workflows::role_required,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/roles";

/// A transaction has room for 100 checks; an account with more administrators has none.
const MOST_ADMINISTRATORS: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    administrators: Vec<String>,
    billing_contact: String,
    shipping_contact: String,
    /// The account's version that the page showed; with it, nobody else's change is overwritten unseen.
    version: Option<u32>,
}

/// Replaces the roles. Whoever gets one must be on the list and have no end date.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut access = request.authorize(&app, request.account()?, Action::AssignRoles).await?;
    let input: Input = request.json()?;
    let before = &access.account;
    let roles = input.parse()?;
    if roles.administrators.is_empty() {
        let last = before
            .roles
            .administrators
            .first()
            .copied()
            .unwrap_or_else(|| ProfessionalId::from(before.id.ulid()));
        return Err(role_required(&app, &access.account, last, vec![Role::Administrator]).await);
    }
    // Before the version is looked at, so that a retry of what was done is told so.
    if roles == before.roles {
        return ok(&AccountView::new(&app, &access, before));
    }
    if input.version.is_some_and(|it| it != before.version) {
        return Err(Error::Changed);
    }
    access.check_administrator_change(&before.roles, &roles)?;
    let newcomers: Vec<_> = roles.holders().difference(&before.roles.holders()).copied().collect();
    let mut after = before.clone();
    after.roles = roles;
    let mut activity = access.activity(&app, before.id, Deed::RolesAssigned, None)?;
    for (field, given) in [
        ("administrators", names(&after.roles.administrators)),
        ("billing_contact", one(after.roles.billing_contact)),
        ("shipping_contact", one(after.roles.shipping_contact)),
    ] {
        activity.facts.insert(field.to_owned(), given);
    }
    let change =
        AccountChange { new_holders: &newcomers, ..AccountChange::new(before, &after, &activity) };
    match app.store.change_account(change).await {
        Err(Error::Ineligible) => Err(Error::Invalid(ineligible(&after.roles, &newcomers))),
        Err(error) => Err(error),
        Ok(()) => {
            // Whoever steps down is told what they may still do.
            after.version += 1;
            access.account = after;
            access.acting_as = access.require(Action::ViewAccount)?;
            ok(&AccountView::new(&app, &access, &access.account))
        }
    }
}

impl Input {
    fn parse(&self) -> Result<Roles> {
        let mut errors = FieldErrors::default();
        let person = |text: &str| ProfessionalId::parse(text).ok_or(FieldErrorCode::Unknown);
        let administrators: BTreeSet<_> = self
            .administrators
            .iter()
            .filter_map(|it| errors.parse("administrators", person(it)))
            .collect();
        if administrators.len() > MOST_ADMINISTRATORS {
            errors.add("administrators", FieldErrorCode::TooMany(MOST_ADMINISTRATORS));
        }
        let billing_contact = errors.parse("billing_contact", person(&self.billing_contact));
        let shipping_contact = errors.parse("shipping_contact", person(&self.shipping_contact));
        errors.into_result()?;
        Ok(Roles { administrators, billing_contact, shipping_contact })
    }
}

/// Names the fields that somebody new appears in: one of them is not eligible.
fn ineligible(roles: &Roles, newcomers: &[ProfessionalId]) -> FieldErrors {
    let new = |id: &ProfessionalId| newcomers.contains(id);
    let fields = [
        ("administrators", roles.administrators.iter().any(new)),
        ("billing_contact", roles.billing_contact.as_ref().is_some_and(new)),
        ("shipping_contact", roles.shipping_contact.as_ref().is_some_and(new)),
    ];
    let mut errors = FieldErrors::default();
    for (field, _) in fields.into_iter().filter(|(_, named)| *named) {
        errors.add(field, FieldErrorCode::Ineligible);
    }
    errors
}

fn names(people: &BTreeSet<ProfessionalId>) -> String {
    people.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn one(person: Option<ProfessionalId>) -> String {
    person.map(|it| it.to_string()).unwrap_or_default()
}
