//! Noting how far a mail has come: the same for whoever learns of it, deliver-mail from the mail service's answer and record-delivery from
//! its reports.

use crate::{
    App, Result,
    domain::{
        Account, AccountId, Actor, Delivery, DeliveryCounts, Inviter, MailContent, OutboxMail,
        Professional, Recipient,
        authorization::{ActingAs, Action, Relationship, decide},
    },
    runtime::retry_on_conflict,
    store::{Found, Lookup},
};

/// Notes that `mail` has come as far as `to`, unless it is known to have come farther; returns the steps that are newly known, in order.
///
/// The state of the mail, that of its invitation if it is still the newest, what the activity list says, and the alert to whoever sent an
/// invitation that came back are one transaction. `message` is the mail service's own name for the message. It does not fail with
/// [`Error::Conflict`], upon which a mail that has left would be sent again.
pub async fn record_delivery(
    app: &App,
    mail: &OutboxMail,
    to: Delivery,
    message: &str,
) -> Result<Vec<Delivery>> {
    retry_on_conflict("what a mail was sent for", || record_once(app, mail, to, message)).await
}

/// Counts what [`App::record_delivery`] has told of `mail`, towards the vendor's good name as a sender; `is_hard` says that, if it came back, it
/// was because there is no such mailbox. What is noted is noted, counted or not, so it does not fail.
pub async fn count_delivery(app: &App, mail: &OutboxMail, steps: &[Delivery], is_hard: bool) {
    let counts = DeliveryCounts::of_steps(steps, is_hard);
    if counts != DeliveryCounts::default()
        && let Err(error) = app.store.count_mail(mail.id, app.today(), counts).await
    {
        error.log();
    }
}

async fn record_once(
    app: &App,
    mail: &OutboxMail,
    to: Delivery,
    message: &str,
) -> Result<Vec<Delivery>> {
    let inviter = mail.content.invited_by().filter(|_| to == Delivery::Bounced);
    let found = app.store.look_up(concerned(mail, inviter)).await?;
    let Some(before) = found.mails.first() else { return Ok(Vec::new()) };
    let steps = before.delivery.steps(to);
    if steps.is_empty() {
        return Ok(steps);
    }
    let mut after = OutboxMail { delivery: before.delivery.join(to), ..before.clone() };
    if to != Delivery::Failed {
        after.message.get_or_insert_with(|| message.to_owned());
    }
    let professional = before.professional.and_then(|it| found.professional(it));
    let moved = professional.and_then(|it| with_delivery(it, &after));
    let alert = match (inviter, professional) {
        (Some(inviter), Some(professional)) => alert(app, before, inviter, professional, &found)?,
        _ => None,
    };
    let mut events = Vec::new();
    for event in steps.iter().filter_map(|step| before.event(*step)) {
        let Some(account) = before.account else { continue };
        let actor = Actor::system("The mail service", ActingAs::Schedule);
        events.push(app.audit_event(account, actor, event)?);
    }
    app.store
        .advance_mail(before, &after, professional.zip(moved.as_ref()), alert.as_ref(), &events)
        .await?;
    Ok(steps)
}

/// Makes the mail that tells whoever sent an invitation that it came back (requirement 22), for as long as there is something they can do:
/// nobody has sent another, taken it back or followed it, and they may still send one.
fn alert(
    app: &App,
    returned: &OutboxMail,
    inviter: Inviter,
    professional: &Professional,
    found: &Found,
) -> Result<Option<OutboxMail>> {
    let is_open = professional
        .invitation
        .as_ref()
        .is_some_and(|it| Some(it.id) == returned.content.invitation() && it.outcome.is_none());
    let Some((account, home, profile)) =
        inviting(inviter, professional.account, found).filter(|_| is_open)
    else {
        return Ok(None);
    };
    let act = Action::SendInvitation(professional.id);
    let relationship = Relationship::of(profile, home, account);
    let (Some(invitation), Some(to)) = (returned.content.invitation(), &returned.recipient) else {
        return Ok(None);
    };
    if decide(&relationship, act, account, app.now(), app.policy.grace_days).is_err() {
        return Ok(None);
    }
    let content = MailContent::InvitationBounced {
        invitation,
        account_name: account.name.to_string(),
        professional_name: professional.details.name.to_string(),
        email: to.email.clone(),
    };
    // Whoever belongs to the partner or the vendor has no profile in the account, whose activity list would lead to it.
    let own = Some(profile.id).filter(|_| profile.account == professional.account);
    let recipient = Recipient { professional: own, ..Recipient::of(profile) };
    let alert = app.outbox_mail(content, Some(professional), Some(recipient))?;
    Ok(Some(OutboxMail { id: returned.derived_id(profile.id), ..alert }))
}

/// Names what has to be known to note anything of a mail, and to tell `inviter` of it.
fn concerned(mail: &OutboxMail, inviter: Option<Inviter>) -> Lookup {
    let mut lookup = Lookup::default().mail(mail.id);
    if let (Some(account), Some(professional)) = (mail.account, mail.professional) {
        lookup = lookup.professional(account, professional);
        if let Some(inviter) = inviter {
            lookup = lookup
                .account(account)
                .account(inviter.account)
                .professional(inviter.account, inviter.professional);
        }
    }
    lookup
}

/// Finds the account invited to, and the inviter's own account and profile there.
fn inviting(
    inviter: Inviter,
    account: AccountId,
    found: &Found,
) -> Option<(&Account, &Account, &Professional)> {
    Some((
        found.account(account)?,
        found.account(inviter.account)?,
        found.professional(inviter.professional)?,
    ))
}

/// Returns the professional with the mail's state on its invitation, if that is still the newest.
fn with_delivery(professional: &Professional, mail: &OutboxMail) -> Option<Professional> {
    let mut moved = professional.clone();
    moved.invitation.as_mut().filter(|it| mail.content.invitation() == Some(it.id))?.delivery =
        mail.delivery;
    Some(moved)
}
