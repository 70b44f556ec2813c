//! Updates a professional's profile and, on request, invites the person (requirement 10).

use portico::{
    App, Result,
    auth::Access,
    domain::{
        Event, MailContent, OutboxMail, Professional, Recipient,
        authorization::{ActingAs, Action},
    },
    http::{
        Request, Response,
        inputs::{PersonChanges, WithPerson},
        ok,
        views::ProfessionalView,
    },
    store::ProfessionalChange,
    workflows::{invite::send_invitation, role_required},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PATCH /api/accounts/{account}/professionals/{professional}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    send_invitation: bool,
}

/// Updates the profile and queues the invitation, which goes to the new address. A new address
/// voids an invitation that was sent to the old one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let access =
        request.authorize(&app, request.account()?, Action::UpdateProfessional(id)).await?;
    let WithPerson::<PersonChanges, Input> { person, own: input } = request.json()?;
    if person.changes_end_date() {
        access.require(Action::SetEndDate(id))?;
    }
    let before = access.professional()?;
    let mut after = before.clone();
    after.details = person.apply(&before.details, access.today)?;
    access.check_address_change(before, &after)?;

    if before.details.ends_on != after.details.ends_on {
        after.schedule_end_notice(access.now);
    }
    let ends = after.details.ends_on.is_some() && before.details.ends_on != after.details.ends_on;
    let held = access.account.roles.held_by(id);
    if ends && !held.roles.is_empty() {
        return Err(role_required(&app, &access.account, &[id], held).await);
    }
    if before.details.email != after.details.email
        && let Some(invitation) = &mut after.invitation
    {
        invitation.revoke();
    }
    let mut mails = Vec::new();
    if input.send_invitation {
        mails.push(send_invitation(&app, &access, &mut after)?);
    }
    if after == *before {
        return ok(&ProfessionalView::new(&access, &access.account.roles, before));
    }
    mails.extend(previous_address_notice(&app, &access, before, &after)?);
    let event = Event::ProfessionalUpdated {
        professional: (&after).into(),
        changed: after.details.changed_since(&before.details),
        invited: input.send_invitation,
    };
    let event = access.audit_event(&app, before.account, event)?;
    let account = ends.then_some((&access.account, &access.account));
    let change = ProfessionalChange {
        account,
        mails: &mails,
        event: Some(&event),
        ..ProfessionalChange::new(before, &after)
    };
    match app.store.change_professional(change).await {
        Err(error) => Err(app.store.name_duplicate(before.account, error).await),
        Ok(()) => ok(&ProfessionalView::new(&access, &access.account.roles, &after)),
    }
}

/// Returns the notice to the previous address, if an identity is linked: whoever reads the new
/// address can take the profile over.
fn previous_address_notice(
    app: &App,
    access: &Access,
    before: &Professional,
    after: &Professional,
) -> Result<Option<OutboxMail>> {
    if before.details.email == after.details.email || before.linked.is_none() {
        return Ok(None);
    }
    let by = (access.acting_as != ActingAs::Own).then(|| access.name());
    let content = MailContent::AddressChanged {
        account_name: access.account.name.to_string(),
        by,
        changed_at: app.now(),
    };
    app.outbox_mail(
        content,
        Some(before),
        Some(Recipient { professional: None, ..Recipient::of(before) }),
    )
    .map(Some)
}
