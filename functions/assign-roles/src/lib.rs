//! Replaces the roles of an account (requirements 11, 12), and the permissions of the vendor's
//! staff (requirement 45).

use std::collections::{BTreeMap, BTreeSet};

use portico::{
    App, Error, Result,
    domain::{
        Account, AccountKind, Event, FieldErrorCode, FieldErrors, Holder, PersonRef, Professional,
        ProfessionalId, Roles, StaffChange, StaffPermission, StaffPermissions, WantedRoles,
        authorization::Action,
    },
    http::{Request, Response, ok, views::AccountView},
    store::{AccountChange, Lookup},
    workflows::roles_refused,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/roles";

/// DynamoDB reads 100 items at once, and writes or checks as many.
const MOST_READ: usize = 100;
/// The most people who get something in one change: each is checked as it is made.
const MOST_GAINING: usize = 90;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    administrators: Vec<String>,
    billing_contact: String,
    shipping_contact: String,
    /// On the vendor's account, what each of its staff may do; absent keeps it as it is.
    staff_permissions: Option<BTreeMap<String, BTreeSet<StaffPermission>>>,
    /// The account version that the page showed, so that no one else's change is overwritten.
    version: Option<u32>,
}

/// Replaces the roles. People who get a role must be on the list and have no last day. An
/// administrator who can get in must remain, if there was one. People who get permissions as staff
/// must be on the list.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let input = request.json::<Input>();
    // The people who get a role. Whether the caller may know them is decided before the body is.
    let named = input.iter().flat_map(Input::named).take(MOST_GAINING);
    let lookup = named.fold(Lookup::default(), |lookup, id| lookup.professional(account, id));
    let (mut access, found) =
        request.authorize_with(&app, account, Action::AssignRoles, lookup).await?;
    let input = input?;
    let before = &access.account;
    let wanted = input.parse(before)?;
    let mut people = found.professionals;
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
    read_changing(&app, before, &roles, &mut people).await?;
    let newcomers = eligible_newcomers(&before.roles, &roles, &people)?;
    let mut after = before.clone();
    after.roles = roles;
    let events = [
        roles_assigned(&before.roles, &after.roles, &people),
        staff_permissions_changed(&before.roles, &after.roles, &people),
    ];
    let events = events.into_iter().flatten();
    let events = events
        .map(|event| access.audit_event(&app, before.id, event))
        .collect::<Result<Vec<_>>>()?;
    let [event, further @ ..] = events.as_slice() else {
        return Err(Error::internal("roles change without an event"));
    };
    let change = AccountChange {
        people_as_read: &newcomers,
        further_event: further.first(),
        ..AccountChange::new(before, &after, event)
    };
    app.store.change_account(change).await?;
    // The response says what callers who gave up their own role may still do.
    after.version += 1;
    access.account = after;
    access.acting_as = access.require(Action::ViewAccount)?;
    ok(&AccountView::new(&app, &access, &access.account))
}

impl Input {
    /// Returns everyone who is to hold a role or permissions, holders of a role first.
    fn named(&self) -> impl Iterator<Item = ProfessionalId> {
        let parse = |text: &String| ProfessionalId::parse(text);
        let holders: BTreeSet<_> = [&self.billing_contact, &self.shipping_contact]
            .into_iter()
            .chain(&self.administrators)
            .filter_map(parse)
            .collect();
        let staff = self.staff_permissions.iter().flat_map(BTreeMap::keys).filter_map(parse);
        let staff: BTreeSet<_> = staff.filter(|id| !holders.contains(id)).collect();
        holders.into_iter().chain(staff)
    }

    fn parse(&self, account: &Account) -> Result<WantedRoles> {
        let mut errors = FieldErrors::default();
        let person = |text: &str| ProfessionalId::parse(text).ok_or(FieldErrorCode::Unknown);
        let administrators: BTreeSet<_> = self
            .administrators
            .iter()
            .filter_map(|text| errors.parse("administrators", person(text)))
            .collect();
        let billing_contact = errors.parse("billing_contact", person(&self.billing_contact));
        let shipping_contact = errors.parse("shipping_contact", person(&self.shipping_contact));
        let staff = self
            .staff_permissions
            .as_ref()
            .and_then(|given| errors.parse("staff_permissions", staff_permissions(given, account)));
        errors.into_result()?;
        let missing = || Error::internal("a missing value without a field error");
        Ok(WantedRoles {
            administrators,
            billing_contact: billing_contact.ok_or_else(missing)?,
            shipping_contact: shipping_contact.ok_or_else(missing)?,
            staff,
        })
    }
}

/// Parses the permissions of the vendor's staff. People without any need not be named.
fn staff_permissions(
    given: &BTreeMap<String, BTreeSet<StaffPermission>>,
    account: &Account,
) -> Result<StaffPermissions, FieldErrorCode> {
    if account.kind != AccountKind::Vendor {
        return Err(FieldErrorCode::StaffOfVendor);
    }
    let given = given.iter().filter(|(_, permissions)| !permissions.is_empty());
    let person = |text: &str| ProfessionalId::parse(text).ok_or(FieldErrorCode::Unknown);
    let staff: StaffPermissions = given
        .map(|(id, permissions)| Ok((person(id)?, permissions.clone())))
        .collect::<Result<_, _>>()?;
    if staff.len() > Roles::MAX_STAFF {
        return Err(FieldErrorCode::TooMany(Roles::MAX_STAFF));
    }
    Ok(staff)
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

/// Returns the people who get a role or a permission, or an error for each field that names one who
/// cannot.
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
    let changes = before.staff_changes(after);
    let gaining = changes.into_iter().filter(|(_, (given, _))| !given.is_empty());
    let gaining: BTreeSet<_> = gaining.map(|(id, _)| id).collect();
    if !gaining.iter().all(|id| people.iter().any(|person| person.id == *id)) {
        errors.add("staff_permissions", FieldErrorCode::Unknown);
    }
    let everyone = newcomers.union(&gaining);
    if everyone.clone().count() > MOST_GAINING {
        let room = MOST_GAINING.saturating_sub(newcomers.len());
        errors.add("staff_permissions", FieldErrorCode::TooMany(room));
    }
    errors.into_result()?;
    Ok(everyone.filter_map(|id| people.iter().find(|person| person.id == *id)).collect())
}

/// Adds everyone to `people` who gains or loses a role or a permission and was not read yet, such
/// as an administrator who keeps no role.
async fn read_changing(
    app: &App,
    before: &Account,
    after: &Roles,
    people: &mut Vec<Professional>,
) -> Result<()> {
    let removed = before.roles.administrators.difference(&after.administrators).copied();
    let staff = before.roles.staff_changes(after).into_keys();
    let unread: BTreeSet<_> =
        removed.chain(staff).filter(|id| people.iter().all(|person| person.id != *id)).collect();
    let unread: Vec<_> = unread.into_iter().collect();
    for ids in unread.chunks(MOST_READ) {
        let lookup =
            ids.iter().fold(Lookup::default(), |lookup, id| lookup.professional(before.id, *id));
        people.extend(app.store.look_up(lookup).await?.professionals);
    }
    Ok(())
}

/// Creates the event about roles that differ, with the names of everyone who gains or loses one.
fn roles_assigned(before: &Roles, after: &Roles, people: &[Professional]) -> Option<Event> {
    if *before == (Roles { staff: before.staff.clone(), ..after.clone() }) {
        return None;
    }
    let Roles { administrators, billing_contact, shipping_contact, .. } = before;
    let added = after.administrators.difference(administrators).copied();
    let removed = administrators.difference(&after.administrators).copied();
    let billing_contact = after.billing_contact.filter(|id| Some(*id) != *billing_contact);
    let shipping_contact = after.shipping_contact.filter(|id| Some(*id) != *shipping_contact);
    Some(Event::RolesAssigned {
        administrators_added: added.filter_map(|id| person(people, id)).collect(),
        administrators_removed: removed.filter_map(|id| person(people, id)).collect(),
        billing_contact: billing_contact.and_then(|id| person(people, id)),
        shipping_contact: shipping_contact.and_then(|id| person(people, id)),
    })
}

/// Creates the event about permissions of staff that differ.
fn staff_permissions_changed(
    before: &Roles,
    after: &Roles,
    people: &[Professional],
) -> Option<Event> {
    let changes = before.staff_changes(after).into_iter();
    let people: Vec<_> = changes
        .filter_map(|(id, (given, taken))| {
            Some(StaffChange { professional: person(people, id)?, given, taken })
        })
        .collect();
    (!people.is_empty()).then_some(Event::StaffPermissionsChanged { people })
}

fn person(people: &[Professional], id: ProfessionalId) -> Option<PersonRef> {
    people.iter().find(|person| person.id == id).map(PersonRef::from)
}
