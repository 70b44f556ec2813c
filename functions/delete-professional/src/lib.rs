//! Deletes a professional, whose access ends with the next request (requirement 11). The deletion
//! can be undone for a few minutes.

use portico::{
    App, Error, Result,
    domain::{
        DeletedProfessional, Event, FieldErrorCode, Holder, ProfessionalId, authorization::Action,
    },
    http::{Request, Response, no_content},
    store::{Lookup, ProfessionalRemoval},
    workflows::roles_refused,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}";

/// Takes `?hand_over_to=`, the successor in the roles that must always have a holder.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let account = request.account()?;
    let named = request.query("hand_over_to");
    let successor = named.and_then(ProfessionalId::parse).filter(|successor| *successor != id);
    let lookup = successor
        .iter()
        .fold(Lookup::default(), |lookup, successor| lookup.professional(account, *successor));
    let (access, found) =
        request.authorize_with(&app, account, Action::DeleteProfessional(id), lookup).await?;
    let successor = successor.and_then(|id| found.professional(id));
    if named.is_some() && successor.is_none_or(|person| person.details.ends_on.is_some()) {
        return Err(ineligible());
    }
    let before = &access.account;
    let mut after = before.clone();
    match before.roles.without(id, successor.map(Holder::from)) {
        Err(error) => return Err(roles_refused(&app, before, &[id], error, "hand_over_to").await),
        Ok(roles) => after.roles = roles,
    }
    access.check_administrator_change(&after.roles)?;
    let professional = access.professional()?;
    let successor =
        successor.filter(|person| after.roles.of(person.id) != before.roles.of(person.id));
    let event = Event::ProfessionalDeleted {
        professional: professional.into(),
        handed_over_to: successor.map(Into::into),
    };
    let event = access.audit_event(&app, before.id, event)?;
    let deleted = DeletedProfessional::new(professional, &before.roles, access.now);
    let removal = ProfessionalRemoval {
        account: (before, &after),
        deleted: &deleted,
        successor,
        event: &event,
    };
    app.store.remove_professional(removal).await?;
    no_content()
}

fn ineligible() -> Error {
    Error::invalid("hand_over_to", FieldErrorCode::IneligibleSuccessor)
}
