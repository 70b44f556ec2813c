//! Takes an invitation back: its link is refused from then on, and the person cannot ask for another by themselves (requirement 19).

use portico::{
    App, Result,
    domain::{Deed, authorization::Action},
    http::{Request, Response, ok, views::ProfessionalView},
    store::ProfessionalChange,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}/invitation";

/// Revokes the newest invitation, also an expired one. Where none is open nothing changes, so that a retry is safe.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request
        .authorize(&app, request.account()?, Action::RevokeInvitation(request.professional()?))
        .await?;
    let before = access.professional()?;
    let mut after = before.clone();
    if let Some(invitation) = &mut after.invitation {
        invitation.revoke();
    }
    if after != *before {
        let activity =
            access.activity(&app, before.account, Deed::InvitationRevoked, Some(before))?;
        let change = ProfessionalChange {
            activity: Some(&activity),
            ..ProfessionalChange::new(before, &after)
        };
        app.store.change_professional(change).await?;
    }
    ok(&ProfessionalView::new(&access, &access.account.roles, &after))
}
