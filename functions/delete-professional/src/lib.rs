//! Takes a professional off the list; the person's access ends with the next request (requirement 11). For a few minutes it can be undone.

use portico::{
    App, Error, Result,
    domain::{Deed, DeletedProfessional, FieldErrorCode, ProfessionalId, authorization::Action},
    http::{Request, Response, no_content},
    store::ProfessionalRemoval,
    workflows::role_required,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}";

/// Takes `?hand_over_to=`: who takes over the roles that cannot be without a holder, in the same step.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let access =
        request.authorize(&app, request.account()?, Action::DeleteProfessional(id)).await?;
    let successor = match request.query("hand_over_to") {
        None => None,
        Some(text) => {
            Some(ProfessionalId::parse(text).filter(|it| *it != id).ok_or_else(ineligible)?)
        }
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
    let successor = successor.filter(|it| after.roles.of(*it) != before.roles.of(*it));
    if let Some(successor) = successor {
        activity.facts.insert("handed_over_to".to_owned(), successor.to_string());
    }
    let deleted =
        DeletedProfessional::new(professional, before.roles.is_administrator(id), access.now);
    let removal = ProfessionalRemoval {
        account: (before, &after),
        deleted: &deleted,
        successor,
        activity: &activity,
    };
    match app.store.remove_professional(removal).await {
        Err(Error::Ineligible) => Err(ineligible()),
        removed => removed.and_then(|()| no_content()),
    }
}

fn ineligible() -> Error {
    Error::invalid("hand_over_to", FieldErrorCode::IneligibleSuccessor)
}
