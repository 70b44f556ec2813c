//! Refusing a change of roles, and who could take a required role over (requirement 11).

use crate::{
    App, Error, Result,
    domain::{
        Account, Candidate, FieldErrorCode, ProfessionalId, RequiredRoles, Roles, RolesError,
    },
    store::{Cursor, Order, PageRequest},
};

/// The most people to offer. A search by name finds the others.
const MOST_CANDIDATES: usize = 100;
/// The most pages of 100 people to look through.
const MOST_PAGES: usize = 20;

/// Returns the error for a change of `account` by which `leaving` lose a role. `field` names who
/// would become administrator.
pub async fn roles_refused(
    app: &App,
    account: &Account,
    leaving: &[ProfessionalId],
    error: RolesError,
    field: &str,
) -> Error {
    match error {
        RolesError::Required(required) => role_required(app, account, leaving, required).await,
        RolesError::TooManyAdministrators => too_many_administrators(field),
    }
}

/// Returns the error that `leaving` cannot leave `account`, with the people who could take their
/// roles over.
pub async fn role_required(
    app: &App,
    account: &Account,
    leaving: &[ProfessionalId],
    required: RequiredRoles,
) -> Error {
    match candidates(app, account, leaving, &required).await {
        Ok((eligible, has_more)) => Error::RoleRequired { required, eligible, has_more },
        Err(error) => error,
    }
}

/// Returns the error of the field `field`, which names an administrator too many.
#[must_use]
pub fn too_many_administrators(field: &str) -> Error {
    Error::invalid(field, FieldErrorCode::TooManyAdministrators(Roles::MAX_ADMINISTRATORS))
}

/// Returns the first people by name who may take `required` over, and whether there may be more.
async fn candidates(
    app: &App,
    account: &Account,
    leaving: &[ProfessionalId],
    required: &RequiredRoles,
) -> Result<(Vec<Candidate>, bool)> {
    let (mut eligible, mut after) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page =
            PageRequest { limit: 100, after, search: String::new(), order: Order::default() };
        let people = app.store.professionals(account.id, &page).await?;
        let found = people
            .items
            .iter()
            .filter(|person| !leaving.contains(&person.id) && required.may_pass_to(person));
        eligible.extend(found.map(Candidate::from));
        if eligible.len() > MOST_CANDIDATES {
            eligible.truncate(MOST_CANDIDATES);
            return Ok((eligible, true));
        }
        after = people.next.as_deref().and_then(Cursor::parse);
        if after.is_none() {
            return Ok((eligible, false));
        }
    }
    Ok((eligible, true))
}
