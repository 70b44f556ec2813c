//! Revokes an invitation: its link stops working, and the person cannot request another one
//! (requirement 19).

use portico::{
    App, Result,
    domain::{Event, authorization::Action},
    http::{Request, Response, ok, views::ProfessionalView},
    store::ProfessionalChange,
    workflows::change_profile::{FirstRead, change_profile},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}/invitation";

/// Revokes the newest invitation, even if it has expired. Without an open one nothing changes, so a
/// retry is safe.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let first = FirstRead::default();
    change_profile(|| revoke(&app, &request, &first)).await
}

async fn revoke(app: &App, request: &Request, first: &FirstRead) -> Result<Response> {
    let access = request
        .authorize(app, request.account()?, Action::RevokeInvitation(request.professional()?))
        .await?;
    let before = access.professional()?;
    first.check_invitation(before)?;
    let mut after = before.clone();
    if let Some(invitation) = &mut after.invitation {
        invitation.revoke();
    }
    if after != *before {
        let event = Event::InvitationRevoked { professional: before.into() };
        let event = access.audit_event(app, before.account, event)?;
        let change =
            ProfessionalChange { event: Some(&event), ..ProfessionalChange::new(before, &after) };
        app.store.change_professional(change).await?;
    }
    ok(&ProfessionalView::new(&access, &access.account.roles, &after))
}
