//! Undoes a deletion for a few minutes: the person is on the list again, with the identity and the right they had.

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Deed, DeletedProfessional, Professional,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, created, views::ProfessionalView},
    store::{Lookup, Restoration},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/{professional}/restore";

/// Restores what was deleted. An identity that has another profile in the account by now stays there; roles that were handed over stay
/// where they are.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let (account, id) = (request.account()?, request.professional()?);
    let (access, found) = request
        .authorize_with(&app, account, Action::Invite, Lookup::default().deleted(account, id))
        .await?;
    let deleted = found
        .deleted
        .filter(|it| it.can_be_restored(access.now))
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
        // It only puts back what was there a few minutes ago, so nobody has to be told; but it takes the right to appoint.
        if matches!(access.acting_as, ActingAs::Partner | ActingAs::Staff) {
            access.require(Action::AppointAdministrator)?;
        }
        after.roles.administrators.insert(professional.id);
    }
    let mut activity =
        access.activity(app, before.id, Deed::ProfessionalRestored, Some(&professional))?;
    activity.facts.insert(
        "linked".to_owned(),
        if professional.linked.is_some() { "yes" } else { "no" }.to_owned(),
    );
    let account = deleted.administrator.then_some((before, &after));
    let restoration =
        Restoration { account, deleted, professional: &professional, activity: &activity };
    match app.store.restore_professional(restoration).await {
        Err(error) => Err(app.store.name_duplicate(before.id, error).await),
        Ok(()) => created(&ProfessionalView::new(access, &after.roles, &professional)),
    }
}
