//! Queues an invitation mail, which voids the older link (requirement 19). For their own profile,
//! people get a link to switch to another identity (requirement 21).

use portico::{
    App, Result,
    domain::{Event, authorization::Action},
    http::{Request, Response, ok, views::ProfessionalView},
    store::ProfessionalChange,
    workflows::{
        change_profile::{FirstRead, change_profile},
        invite::send_invitation,
    },
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/professionals/{professional}/invitation";

/// Queues the invitation mail and returns the professional. Of several requests at the same time,
/// one sends.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let first = FirstRead::default();
    change_profile(|| send(&app, &request, &first)).await
}

async fn send(app: &App, request: &Request, first: &FirstRead) -> Result<Response> {
    let access = request
        .authorize(app, request.account()?, Action::SendInvitation(request.professional()?))
        .await?;
    let before = access.professional()?;
    first.check_invitation(before)?;
    let mut after = before.clone();
    let mail = send_invitation(app, &access, &mut after)?;
    let event = Event::InvitationRequested { professional: before.into() };
    let event = access.audit_event(app, before.account, event)?;
    let change = ProfessionalChange {
        mails: &[mail],
        event: Some(&event),
        ..ProfessionalChange::new(before, &after)
    };
    app.store.change_professional(change).await?;
    ok(&ProfessionalView::new(&access, &access.account.roles, &after))
}
