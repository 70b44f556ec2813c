//! Replaces the roles of an account (requirements 11, 12).

use std::collections::BTreeSet;

use portico::{
    App, Error, Result,
    domain::{
        Account, Event, FieldErrorCode, FieldErrors, PersonRef, Professional, ProfessionalId, Role,
        Roles, authorization::Action,
    },
    http::{Request, Response, ok, views::AccountView},
    store::{AccountChange, Lookup},
    workflows::role_required,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/roles";

/// A transaction takes 100 items, so an account cannot have many more administrators than this.
const MOST_ADMINISTRATORS: usize = 50;

/// DynamoDB reads 100 items at once.
const MOST_READ: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    administrators: Vec<String>,
    billing_contact: String,
    shipping_contact: String,
    /// The account version that the page showed, so that no one else's change is overwritten.
    version: Option<u32>,
}

/// Replaces the roles. People who get a role must be on the list and have no last day.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let input = request.json::<Input>();
    // Names for the event. Whether the caller may know them is decided before the body is.
    let named = input.iter().flat_map(Input::named).take(MOST_READ - 10);
    let lookup = named.fold(Lookup::default(), |lookup, id| lookup.professional(account, id));
    let (mut access, found) =
        request.authorize_with(&app, account, Action::AssignRoles, lookup).await?;
    let input = input?;
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
    // Before the version check, so that a retry of a completed change succeeds.
    if roles == before.roles {
        return ok(&AccountView::new(&app, &access, before));
    }
    if input.version.is_some_and(|version| version != before.version) {
        return Err(Error::Changed);
    }
    access.check_administrator_change(&before.roles, &roles)?;
    let newcomers: Vec<_> = roles.holders().difference(&before.roles.holders()).copied().collect();
    let mut after = before.clone();
    after.roles = roles;
    let event = roles_assigned(&app, before, &after.roles, found.professionals).await?;
    let event = access.audit_event(&app, before.id, event)?;
    let change =
        AccountChange { new_holders: &newcomers, ..AccountChange::new(before, &after, &event) };
    match app.store.change_account(change).await {
        Err(Error::Ineligible) => Err(Error::Invalid(ineligible(&after.roles, &newcomers))),
        Err(error) => Err(error),
        Ok(()) => {
            // The response says what callers who gave up their own role may still do.
            after.version += 1;
            access.account = after;
            access.acting_as = access.require(Action::ViewAccount)?;
            ok(&AccountView::new(&app, &access, &access.account))
        }
    }
}

impl Input {
    /// Returns everyone who is to hold a role.
    fn named(&self) -> BTreeSet<ProfessionalId> {
        let contacts = [&self.billing_contact, &self.shipping_contact];
        self.administrators
            .iter()
            .chain(contacts)
            .filter_map(|text| ProfessionalId::parse(text))
            .collect()
    }

    fn parse(&self) -> Result<Roles> {
        let mut errors = FieldErrors::default();
        let person = |text: &str| ProfessionalId::parse(text).ok_or(FieldErrorCode::Unknown);
        let administrators: BTreeSet<_> = self
            .administrators
            .iter()
            .filter_map(|text| errors.parse("administrators", person(text)))
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

/// Creates the event, with the names of everyone who gains or loses a role. Leaves out newcomers
/// who do not exist: the transaction fails on them.
async fn roles_assigned(
    app: &App,
    before: &Account,
    after: &Roles,
    mut people: Vec<Professional>,
) -> Result<Event> {
    let Roles { administrators, billing_contact, shipping_contact } = &before.roles;
    let added: Vec<_> = after.administrators.difference(administrators).copied().collect();
    let removed: Vec<_> = administrators.difference(&after.administrators).copied().collect();
    let billing_contact = after.billing_contact.filter(|id| Some(*id) != *billing_contact);
    let shipping_contact = after.shipping_contact.filter(|id| Some(*id) != *shipping_contact);
    // Administrators who lose the role and hold no other are not named in the request.
    let unread: Vec<_> = removed
        .iter()
        .copied()
        .filter(|id| people.iter().all(|professional| professional.id != *id))
        .collect();
    for ids in unread.chunks(MOST_READ) {
        let lookup =
            ids.iter().fold(Lookup::default(), |lookup, id| lookup.professional(before.id, *id));
        people.extend(app.store.look_up(lookup).await?.professionals);
    }
    let person = |id: ProfessionalId| {
        people.iter().find(|professional| professional.id == id).map(PersonRef::from)
    };
    Ok(Event::RolesAssigned {
        administrators_added: added.into_iter().filter_map(person).collect(),
        administrators_removed: removed.into_iter().filter_map(person).collect(),
        billing_contact: billing_contact.and_then(person),
        shipping_contact: shipping_contact.and_then(person),
    })
}

/// Returns an error for each field that names a new person: one of them is not eligible.
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
