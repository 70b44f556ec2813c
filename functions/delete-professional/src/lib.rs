//! Takes a professional off the list; the person's access ends with the next request (requirement 11). For a few minutes it can be undone.

use portico::{
    App, Error, Result,
    domain::{Deed, Deleted, Flaw, ProfessionalId, authority::Act},
    http::{Request, Response, no_content},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}";

/// Takes `?hand_over_to=`: who takes over the roles that cannot be without a holder, in the same step.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let entry = request.enter(&app, request.account()?, Act::DeleteProfessional(id)).await?;
    let successor = match request.query("hand_over_to") {
        None => None,
        Some(text) => {
            Some(ProfessionalId::parse(text).filter(|it| *it != id).ok_or_else(ineligible)?)
        }
    };
    let before = &entry.account;
    let mut after = before.clone();
    match before.roles.without(id, successor) {
        Err(required) => return Err(entry.role_required(&app, id, required).await),
        Ok(roles) => after.roles = roles,
    }
    entry.keep_administrators(&before.roles, &after.roles)?;
    let professional = entry.professional()?;
    let mut activity =
        entry.activity(&app, before.id, Deed::ProfessionalDeleted, Some(professional))?;
    let heir = successor.filter(|it| after.roles.of(*it) != before.roles.of(*it));
    if let Some(heir) = heir {
        activity.facts.insert("handed_over_to".to_owned(), heir.to_string());
    }
    let deleted = Deleted::new(professional, before.roles.is_administrator(id), entry.now);
    match app.store.remove_professional(before, &after, &deleted, heir, &activity).await {
        Err(Error::Ineligible) => Err(ineligible()),
        removed => removed.and_then(|()| no_content()),
    }
}

fn ineligible() -> Error {
    Error::invalid("hand_over_to", Flaw::IneligibleSuccessor)
}
