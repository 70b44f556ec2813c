//! Replaces the roles of an account (requirements 11, 12).

use std::collections::BTreeSet;

use portico::{
    App, Error, Result,
    domain::{
        Account, Event, FieldErrorCode, FieldErrors, Holder, PersonRef, Professional,
        ProfessionalId, Roles, WantedRoles, authorization::Action,
    },
    http::{Request, Response, ok, views::AccountView},
    store::{AccountChange, Lookup},
    workflows::roles_refused,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/roles";

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

/// Replaces the roles. People who get a role must be on the list and have no last day. An
/// administrator who can get in must remain, if there was one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let input = request.json::<Input>();
    // The people who get a role. Whether the caller may know them is decided before the body is.
    let named = input.iter().flat_map(Input::named).take(MOST_READ - 10);
    let lookup = named.fold(Lookup::default(), |lookup, id| lookup.professional(account, id));
    let (mut access, found) =
        request.authorize_with(&app, account, Action::AssignRoles, lookup).await?;
    let input = input?;
    let wanted = input.parse()?;
    let before = &access.account;
    let people = found.professionals;
    let (leaving, joining) = moving(&before.roles, &wanted, &people);
    let roles = match before.roles.assigned(wanted, &joining) {
        Ok(roles) => roles,
        Err(error) => {
            return Err(roles_refused(&app, before, &leaving, error, "administrators").await);
        }
    };
    // Before the version check, so that a retry of a completed change succeeds.
    if roles == before.roles {
        return ok(&AccountView::new(&app, &access, before));
    }
    if input.version.is_some_and(|version| version != before.version) {
        return Err(Error::Changed);
    }
    access.check_administrator_change(&roles)?;
    let newcomers = eligible_newcomers(&before.roles, &roles, &people)?;
    let mut after = before.clone();
    after.roles = roles;
    let event = roles_assigned(&app, before, &after.roles, &people).await?;
    let event = access.audit_event(&app, before.id, event)?;
    let change =
        AccountChange { people_as_read: &newcomers, ..AccountChange::new(before, &after, &event) };
    app.store.change_account(change).await?;
    // The response says what callers who gave up their own role may still do.
    after.version += 1;
    access.account = after;
    access.acting_as = access.require(Action::ViewAccount)?;
    ok(&AccountView::new(&app, &access, &access.account))
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

    fn parse(&self) -> Result<WantedRoles> {
        let mut errors = FieldErrors::default();
        let person = |text: &str| ProfessionalId::parse(text).ok_or(FieldErrorCode::Unknown);
        let administrators: BTreeSet<_> = self
            .administrators
            .iter()
            .filter_map(|text| errors.parse("administrators", person(text)))
            .collect();
        let billing_contact = errors.parse("billing_contact", person(&self.billing_contact));
        let shipping_contact = errors.parse("shipping_contact", person(&self.shipping_contact));
        errors.into_result()?;
        let missing = || Error::internal("a missing value without a field error");
        Ok(WantedRoles {
            administrators,
            billing_contact: billing_contact.ok_or_else(missing)?,
            shipping_contact: shipping_contact.ok_or_else(missing)?,
        })
    }
}

/// Returns who stops being administrator, and the people read who may become one.
fn moving(
    before: &Roles,
    wanted: &WantedRoles,
    people: &[Professional],
) -> (Vec<ProfessionalId>, Vec<Holder>) {
    let leaving = before.administrators.difference(&wanted.administrators).copied().collect();
    let others = people.iter().filter(|person| !before.is_administrator(person.id));
    (leaving, others.map(Holder::from).collect())
}

/// Returns the people who get a role, or an error for each field that names one who cannot.
fn eligible_newcomers<'a>(
    before: &Roles,
    after: &Roles,
    people: &'a [Professional],
) -> Result<Vec<&'a Professional>> {
    let newcomers = before.newcomers(after);
    let staying = |id: &ProfessionalId| {
        people.iter().find(|person| person.id == *id && person.details.ends_on.is_none())
    };
    let is_ineligible = |id: &ProfessionalId| newcomers.contains(id) && staying(id).is_none();
    let fields = [
        ("administrators", after.administrators.iter().any(is_ineligible)),
        ("billing_contact", after.billing_contact.as_ref().is_some_and(is_ineligible)),
        ("shipping_contact", after.shipping_contact.as_ref().is_some_and(is_ineligible)),
    ];
    let mut errors = FieldErrors::default();
    for (field, _) in fields.into_iter().filter(|(_, named)| *named) {
        errors.add(field, FieldErrorCode::Ineligible);
    }
    errors.into_result()?;
    Ok(newcomers.iter().filter_map(staying).collect())
}

/// Creates the event, with the names of everyone who gains or loses a role.
async fn roles_assigned(
    app: &App,
    before: &Account,
    after: &Roles,
    named: &[Professional],
) -> Result<Event> {
    let Roles { administrators, billing_contact, shipping_contact, .. } = &before.roles;
    let added: Vec<_> = after.administrators.difference(administrators).copied().collect();
    let removed: Vec<_> = administrators.difference(&after.administrators).copied().collect();
    let billing_contact = after.billing_contact.filter(|id| Some(*id) != *billing_contact);
    let shipping_contact = after.shipping_contact.filter(|id| Some(*id) != *shipping_contact);
    let mut people = named.to_vec();
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
