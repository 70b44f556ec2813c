//! Who can take over a required role (requirement 11).

use crate::{
    App, Error,
    domain::{Account, Candidate, Professional, ProfessionalId, Role},
    store::{Order, PageRequest},
};

/// Returns the error that `leaving` cannot leave `account` because of `roles`, with everyone who
/// could take them over.
pub async fn role_required(
    app: &App,
    account: &Account,
    leaving: ProfessionalId,
    roles: Vec<Role>,
) -> Error {
    let everyone =
        PageRequest { limit: 100, after: None, search: String::new(), order: Order::default() };
    let eligible = |person: Professional| {
        let stays =
            person.id != leaving && person.details.ends_on.is_none() && person.hold.is_none();
        stays.then(|| Candidate { professional: person.id, name: person.details.name.to_string() })
    };
    match app.store.professionals(account.id, &everyone).await {
        Ok(page) => Error::RoleRequired {
            roles,
            eligible: page.items.into_iter().filter_map(eligible).collect(),
        },
        Err(error) => error,
    }
}
