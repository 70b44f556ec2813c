//! Recording deliveries: the same for deliver-mail, which gets the mail service's answer, and
//! record-delivery, which gets its reports.

use crate::{
    App, Result,
    domain::{
        Account, AccountId, Actor, Delivery, DeliveryCounts, Inviter, MailContent, OutboxMail,
        Professional, Recipient,
        authorization::{ActingAs, Action, Relationship, decide},
    },
    runtime::retry_on_conflict,
    store::{Found, Lookup, MailChange},
};

/// Records that `mail` reached the state `to`, and returns the states that it newly entered, in
/// order. An earlier state changes nothing.
///
/// Updates the mail, its invitation if that is still the newest, the activity list, and the notice
/// to the inviter of a bounced invitation in one transaction. `message` is the mail service's id of
/// the message. Never fails with [`crate::Error::Conflict`], after which a sent mail would be sent
/// again.
pub async fn record_delivery(
    app: &App,
    mail: &OutboxMail,
    to: Delivery,
    message: &str,
) -> Result<Vec<Delivery>> {
    retry_on_conflict("a mail's delivery", || record_once(app, mail, to, message)).await
}

/// Counts the states that [`record_delivery`] returned for `mail` towards the reputation of who
/// caused it, and the portal's. `is_hard` says that a bounce means the mailbox does not exist.
///
/// Only logs a failure: the delivery is recorded already.
pub async fn count_delivery(app: &App, mail: &OutboxMail, entered: &[Delivery], is_hard: bool) {
    let counts = DeliveryCounts::from_transitions(entered, is_hard);
    if counts != DeliveryCounts::default()
        && let Err(error) = app.store.count_delivery(mail, app.now(), counts).await
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
    let found = app.store.look_up(lookup_for(mail, inviter)).await?;
    let Some(before) = found.mails.first() else { return Ok(Vec::new()) };
    let entered = before.delivery.transitions_to(to);
    if entered.is_empty() {
        return Ok(entered);
    }
    let mut after = OutboxMail { delivery: before.delivery.merge(to), ..before.clone() };
    if to != Delivery::Failed {
        after.message.get_or_insert_with(|| message.to_owned());
    }
    let professional = before.professional.and_then(|id| found.professional(id));
    let professionals: Vec<_> =
        found.professionals.iter().filter_map(|person| with_delivery(person, &after)).collect();
    let alert = match (inviter, professional) {
        (Some(inviter), Some(professional)) => alert(app, before, inviter, professional, &found)?,
        _ => None,
    };
    let mut events = Vec::new();
    for (account, event) in entered.iter().flat_map(|delivery| before.events(*delivery)) {
        let actor = Actor::system("The mail service", ActingAs::Schedule);
        events.push(app.audit_event(account, actor, event)?);
    }
    let change = MailChange {
        professionals: &professionals,
        further_mail: alert.as_ref(),
        events: &events,
        ..MailChange::new(before, &after)
    };
    app.store.change_mail(change).await?;
    Ok(entered)
}

/// Creates the notice to the inviter that an invitation bounced (requirement 22), while there is
/// something they can do: the invitation is the newest and open, and they may still send one.
fn alert(
    app: &App,
    bounced: &OutboxMail,
    inviter: Inviter,
    professional: &Professional,
    found: &Found,
) -> Result<Option<OutboxMail>> {
    let is_open = professional.invitation.as_ref().is_some_and(|invitation| {
        Some(invitation.id) == bounced.content.invitation() && invitation.outcome.is_none()
    });
    let Some((account, home, profile)) =
        inviter_profile(inviter, professional.account, found).filter(|_| is_open)
    else {
        return Ok(None);
    };
    let action = Action::SendInvitation(professional.id);
    let relationship = Relationship::of(profile, home, account);
    let (Some(invitation), Some(to)) = (bounced.content.invitation(), &bounced.recipient) else {
        return Ok(None);
    };
    if decide(&relationship, action, account, app.now(), app.policy.grace_days).is_err() {
        return Ok(None);
    }
    let content = MailContent::InvitationBounced {
        invitation,
        account_name: account.name.to_string(),
        professional_name: professional.details.name.to_string(),
        email: to.email.clone(),
    };
    // Partner and staff have no profile in the account, so its activity list cannot link to one.
    let own_profile = Some(profile.id).filter(|_| profile.account == professional.account);
    let recipient = Recipient { professional: own_profile, ..Recipient::of(profile) };
    let alert = app.outbox_mail(content, Some(professional), Some(recipient))?;
    Ok(Some(OutboxMail { id: bounced.derived_id(profile.id), ..alert }))
}

/// Returns the lookup of everything that recording needs, and the notice to `inviter`.
fn lookup_for(mail: &OutboxMail, inviter: Option<Inviter>) -> Lookup {
    let links = mail.content.links().iter();
    let mut lookup = links.fold(Lookup::default().mail(mail.id), |lookup, link| {
        lookup.professional(link.account, link.professional)
    });
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

/// Returns the account, the inviter's own account, and the inviter's profile there.
fn inviter_profile(
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

/// Returns the professional before and with the mail's state on its invitation, if the mail
/// contains its newest one.
fn with_delivery(
    professional: &Professional,
    mail: &OutboxMail,
) -> Option<(Professional, Professional)> {
    let mut after = professional.clone();
    let newest = after.invitation.as_mut();
    newest
        .filter(|newest| mail.content.invitation_of(professional.id) == Some(newest.id))?
        .delivery = mail.delivery;
    Some((professional.clone(), after))
}
