//! Undoes a deletion within a few minutes: the person is on the list again, with the identity, the
//! administrator role and the permissions as staff they had.

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        DeletedProfessional, Event, FieldErrorCode, Holder, Professional, Roles,
        authorization::Action,
    },
    http::{Request, Response, created, views::ProfessionalView},
    store::{Lookup, Restoration},
    workflows::too_many_administrators,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/{professional}/restore";

/// Restores a deleted professional. An identity that has another profile in the account by now
/// keeps that one; contact roles that were handed over stay with the successor.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let (account, id) = (request.account()?, request.professional()?);
    let (access, found) = request
        .authorize_with(
            &app,
            account,
            Action::RestoreProfessional,
            Lookup::default().deleted(account, id),
        )
        .await?;
    let deleted = found
        .deleted
        .filter(|deleted| deleted.can_be_restored(access.now))
        .ok_or(Error::NotFound("professional"))?;
    match restore(&app, &access, &deleted, deleted.restored()).await {
        Err(Error::Link(_)) => {
            restore(&app, &access, &deleted, deleted.restored_without_link()).await
        }
        restored => restored,
    }
}

async fn restore(
    app: &App,
    access: &Access,
    deleted: &DeletedProfessional,
    professional: Professional,
) -> Result<Response> {
    let before = &access.account;
    let mut after = before.clone();
    if deleted.administrator {
        after.roles = with_administrator(access, &professional)?;
    }
    if !deleted.staff.is_empty() {
        after.roles.staff.insert(professional.id, deleted.staff.clone());
        if after.roles.staff.len() > Roles::MAX_STAFF {
            let code = FieldErrorCode::TooMany(Roles::MAX_STAFF);
            return Err(Error::invalid("staff_permissions", code));
        }
    }
    let event = Event::ProfessionalRestored {
        professional: (&professional).into(),
        linked: professional.linked.is_some(),
    };
    let event = access.audit_event(app, before.id, event)?;
    let account = (after != *before).then_some((before, &after));
    let restoration = Restoration { account, deleted, professional: &professional, event: &event };
    match app.store.restore_professional(restoration).await {
        Err(error) => Err(app.store.name_duplicate(before.id, error).await),
        Ok(()) => created(&ProfessionalView::new(access, &after.roles, &professional)),
    }
}

/// Returns the account's roles with `restored` as an administrator again.
fn with_administrator(access: &Access, restored: &Professional) -> Result<Roles> {
    let roles = access
        .account
        .roles
        .with_administrator(Holder::from(restored))
        .ok_or_else(|| too_many_administrators("administrator"))?;
    access.check_administrator_change(&roles)?;
    Ok(roles)
}
