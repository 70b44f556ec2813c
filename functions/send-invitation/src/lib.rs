//! Has an invitation mailed; the older link is void from then on (requirement 19). Oneself: a link to switch identity (requirement 21).

use portico::{
    App, Result,
    domain::{Deed, authorization::Action},
    http::{Request, Response, ok, views::ProfessionalView},
    store::ProfessionalChange,
    workflows::invite::send_invitation,
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/{professional}/invitation";

/// Puts the invitation's mail into the outbox and answers the professional.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request
        .authorize(&app, request.account()?, Action::SendInvitation(request.professional()?))
        .await?;
    let before = access.professional()?;
    let mut after = before.clone();
    let mail = send_invitation(&app, &access, &mut after)?;
    let activity =
        access.activity(&app, before.account, Deed::InvitationRequested, Some(before))?;
    let limits = access.invitation_limits(&app, [&mail]);
    let change = ProfessionalChange {
        mails: &[mail],
        activity: Some(&activity),
        ..ProfessionalChange::new(before, &after)
    };
    app.store.limited_by(limits).change_professional(change).await?;
    ok(&ProfessionalView::new(&access, &access.account.roles, &after))
}
