//! Has new invitations mailed to everyone who has not accepted theirs (requirement 14).

use jiff::Timestamp;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{Deed, FieldErrorCode, Professional, ProfessionalId, authorization::Action},
    http::{Request, Response, ok},
    store::InvitationRenewal,
    workflows::invite::invite,
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/invitations";

/// A new invitation is three writes and is counted for its address, and a transaction has room for 100, with two for who asks.
const MOST_MAILS: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Invitations from then on are left alone, so that a try whose answer was lost can be made again.
    before: String,
    /// What the last answer gave as `next`.
    after: Option<ProfessionalId>,
}

/// Looks at a page of people; answers how many were sent a new invitation, and where to go on until `next` is `null`.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::Invite).await?;
    let input: Input = request.json()?;
    let before =
        moment(&input.before, access.now).map_err(|code| Error::invalid("before", code))?;
    let page = app.store.people(access.account.id, input.after).await?;

    let (mut renewals, mut next, mut seen) = (Vec::new(), page.next, None);
    for professional in page.items {
        let id = professional.id;
        if is_awaiting_answer(&professional, before, &access) {
            if renewals.len() == MOST_MAILS {
                next = seen;
                break;
            }
            renewals.push(renew(&app, &access, professional)?);
        }
        seen = Some(id.to_string());
    }
    if !renewals.is_empty() {
        let limits = access.invitation_limits(&app, renewals.iter().map(|it| &it.mail));
        app.store.limited_by(limits).renew_invitations(&renewals).await?;
    }
    ok(&json!({ "sent": renewals.len(), "next": next }))
}

/// Tells whether the newest invitation was asked for before that moment, was mailed or could not be, and has not been answered.
fn is_awaiting_answer(professional: &Professional, before: Timestamp, access: &Access) -> bool {
    professional.invitation.as_ref().is_some_and(|it| it.created_at < before)
        && professional.state(access.now, access.today).is_awaiting_answer()
}

fn renew(app: &App, access: &Access, before: Professional) -> Result<InvitationRenewal> {
    let mut after = before.clone();
    let mail = invite(&app, Some(access), &access.account, &mut after)?;
    let activity =
        access.activity(app, before.account, Deed::InvitationRequested, Some(&before))?;
    Ok(InvitationRenewal { before, after, mail, activity })
}

/// With a moment to come a second try would mail everybody once more.
fn moment(text: &str, now: Timestamp) -> Result<Timestamp, FieldErrorCode> {
    let moment: Timestamp = text.parse().map_err(|_| FieldErrorCode::Time)?;
    if moment <= now { Ok(moment) } else { Err(FieldErrorCode::Future) }
}
