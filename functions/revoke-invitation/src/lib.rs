//! Takes an invitation back: its link is refused from then on, and the person cannot ask for another by themselves (requirement 19).

use portico::{
    App, Result,
    domain::{Deed, authority::Act},
    http::{Request, Response, ok, views::ProfessionalView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "DELETE /api/accounts/{account}/professionals/{professional}/invitation";

/// Revokes the newest invitation, also an expired one. Where none is open nothing changes, so that a retry is safe.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let entry = request
        .enter(&app, request.account()?, Act::RevokeInvitation(request.professional()?))
        .await?;
    let before = entry.professional()?;
    let mut after = before.clone();
    if let Some(invitation) = &mut after.invitation {
        invitation.revoke();
    }
    if after != *before {
        let activity =
            entry.activity(&app, before.account, Deed::InvitationRevoked, Some(before))?;
        app.store.change_professional(before, &after, None, &[], Some(&activity)).await?;
    }
    ok(&ProfessionalView::new(&entry, &entry.account.roles, &after))
}
