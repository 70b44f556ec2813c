//! Renews the pending invitations of an account (requirement 14).

use jiff::Timestamp;
use portico::{
    App, Error, Result,
    auth::Access,
    domain::{Event, FieldErrorCode, Professional, ProfessionalId, authorization::Action},
    http::{Request, Response, ok},
    store::InvitationRenewal,
    workflows::invite::invite,
};
use serde::Deserialize;
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/invitations";

/// A transaction takes 100 items: three for each invitation, and one that counts the caller's
/// mails. A page takes fewer than fit, so that an invitation may come to need one more.
const MOST_MAILS: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Invitations created since are not renewed, so that a call whose response was lost can be
    /// repeated.
    before: String,
    /// The `next` of the previous response.
    after: Option<ProfessionalId>,
}

/// Processes a page of people. Returns how many got a new invitation, and where the next page
/// starts until `next` is `null`.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, request.account()?, Action::Invite).await?;
    let input: Input = request.json()?;
    let before =
        past_time(&input.before, access.now).map_err(|code| Error::invalid("before", code))?;
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
        app.store.renew_invitations(&renewals).await?;
    }
    ok(&json!({ "sent": renewals.len(), "next": next }))
}

/// Checks whether the newest invitation is older than `before` and not accepted, whether or not it
/// was delivered.
fn is_awaiting_answer(professional: &Professional, before: Timestamp, access: &Access) -> bool {
    professional.invitation.as_ref().is_some_and(|invitation| invitation.created_at < before)
        && professional.state(access.now, access.today).is_awaiting_answer()
}

fn renew(app: &App, access: &Access, before: Professional) -> Result<InvitationRenewal> {
    let mut after = before.clone();
    let mail = invite(app, Some(access), &access.account, &mut after)?;
    let event = Event::InvitationRequested { professional: (&before).into() };
    let event = access.audit_event(app, before.account, event)?;
    Ok(InvitationRenewal { before, after, mail, event })
}

/// Parses a time that is not in the future: with a later one, a repeated call would mail everybody
/// again.
fn past_time(text: &str, now: Timestamp) -> Result<Timestamp, FieldErrorCode> {
    let time: Timestamp = text.parse().map_err(|_| FieldErrorCode::Time)?;
    if time <= now { Ok(time) } else { Err(FieldErrorCode::Future) }
}
