//! Has an invitation mailed; the older link is void from then on (requirement 19). Oneself: a link to switch identity (requirement 21).

use portico::{
    App, Result,
    domain::{Deed, authority::Act},
    http::{Request, Response, ok, views::ProfessionalView},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/{professional}/invitation";

/// Puts the invitation's mail into the outbox and answers the professional.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let entry = request
        .enter(&app, request.account()?, Act::SendInvitation(request.professional()?))
        .await?;
    let before = entry.professional()?;
    let mut after = before.clone();
    let mail = app.send_invitation(&entry, &mut after)?;
    let activity = entry.activity(&app, before.account, Deed::InvitationRequested, Some(before))?;
    let limits = entry.invitation_limits(&app, [&mail]);
    app.store
        .limited_by(limits)
        .change_professional(before, &after, None, &[mail], Some(&activity))
        .await?;
    ok(&ProfessionalView::new(&entry, &entry.account.roles, &after))
}
