//! Deletes a professional, whose access ends with the next request (requirement 11). The deletion
//! can be undone for a few minutes.

use portico::{
    App, Error, Result,
    domain::{Deed, DeletedProfessional, FieldErrorCode, ProfessionalId, authorization::Action},
    http::{Request, Response, no_content},
    workflows::role_required,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}";

/// Takes `?hand_over_to=`, the successor in the roles that must always have a holder.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let access =
        request.authorize(&app, request.account()?, Action::DeleteProfessional(id)).await?;
    let successor = match request.query("hand_over_to") {
        None => None,
        Some(text) => Some(
            ProfessionalId::parse(text)
                .filter(|successor| *successor != id)
                .ok_or_else(ineligible)?,
        ),
    };
    let before = &access.account;
    let mut after = before.clone();
    match before.roles.without(id, successor) {
        Err(required) => return Err(role_required(&app, &access.account, id, required).await),
        Ok(roles) => after.roles = roles,
    }
    access.check_administrator_change(&before.roles, &after.roles)?;
    let professional = access.professional()?;
    let mut activity =
        access.activity(&app, before.id, Deed::ProfessionalDeleted, Some(professional))?;
    let successor =
        successor.filter(|successor| after.roles.of(*successor) != before.roles.of(*successor));
    if let Some(successor) = successor {
        activity.facts.insert("handed_over_to".to_owned(), successor.to_string());
    }
    let deleted =
        DeletedProfessional::new(professional, before.roles.is_administrator(id), access.now);
    match app.store.remove_professional(before, &after, &deleted, successor, &activity).await {
        Err(Error::Ineligible) => Err(ineligible()),
        removed => removed.and_then(|()| no_content()),
    }
}

fn ineligible() -> Error {
    Error::invalid("hand_over_to", FieldErrorCode::IneligibleSuccessor)
}
