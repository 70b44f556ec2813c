//! Inviting a professional: creates an invitation, which voids the older one, and its mail.

use jiff::{SignedDuration, Timestamp};

use crate::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, EmailAddress, FieldErrorCode, Invitation, Inviter, Link, MailContent, OutboxMail,
        Professional, Recipient,
        authorization::{ActingAs, Action, Relationship},
    },
};

/// Gives `professional` the new invitation that the caller asks for: an invitation for another
/// person, or a link for the caller's own profile.
///
/// Fails when the caller is not authorized, or the professional's end date has passed.
pub fn send_invitation(
    app: &App,
    access: &Access,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    if professional.details.has_ended(access.today) {
        return Err(Error::invalid("ends_on", FieldErrorCode::Ended));
    }
    access.require(Action::SendInvitation(professional.id))?;
    match &access.relationship {
        // Administrators too: nobody invites themselves.
        Relationship::Linked(link) if link.professional == professional.id => {
            own_link(app, &access.account, professional)
        }
        _ => invite(app, Some(access), &access.account, professional),
    }
}

/// Gives `professional` a new invitation, which removes a hold, and returns its mail.
///
/// The mail names the caller, unless that is an operator or there is none.
pub fn invite(
    app: &App,
    access: Option<&Access>,
    account: &Account,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    let inviter = access.filter(|access| access.acting_as != ActingAs::Operator);
    let link = access.and_then(|access| access.relationship.link());
    let by = link.map(|link| {
        let Link { account, professional, email, .. } = link;
        (email.clone(), Inviter { account: *account, professional: *professional })
    });
    invitation(app, inviter.map(Access::name), by, account, professional)
}

/// Gives `professional` an invitation that names `inviter`, a professional of another account who
/// asked for it earlier, and returns its mail.
pub fn invite_for(
    app: &App,
    inviter: &Professional,
    account: &Account,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    let by = Inviter { account: inviter.account, professional: inviter.id };
    let by = (inviter.details.email.clone(), by);
    invitation(app, Some(inviter.details.name.to_string()), Some(by), account, professional)
}

fn invitation(
    app: &App,
    inviter: Option<String>,
    by: Option<(EmailAddress, Inviter)>,
    account: &Account,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    let invitation = new_invitation(app, professional)?;
    let (reply_to, invited_by) = by.unzip();
    let content = MailContent::Invitation {
        invitation: invitation.id,
        account_name: account.name.to_string(),
        inviter,
        reply_to,
        invited_by,
        expires_at: invitation.expires_at,
    };
    professional.hold = None;
    prepare_mail(app, content, invitation, professional)
}

/// Gives `professional` a new invitation because the person asked for a link, and returns its mail.
pub fn fresh_link(
    app: &App,
    account: &Account,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    let invitation = new_invitation(app, professional)?;
    let content = MailContent::MyLink {
        invitation: invitation.id,
        account_name: account.name.to_string(),
        expires_at: invitation.expires_at,
    };
    prepare_mail(app, content, invitation, professional)
}

/// Gives the caller's own profile a link. If their new address is not proved yet, the link goes
/// there, and accepting it proves the address: correcting one's address and switching to another
/// identity takes one mail.
fn own_link(app: &App, account: &Account, professional: &mut Professional) -> Result<OutboxMail> {
    let mail = fresh_link(app, account, professional)?;
    let pending = professional.pending_email.as_ref().filter(|pending| pending.is_live(app.now()));
    let (Some(pending), Some(invitation)) = (pending, &mut professional.invitation) else {
        return Ok(mail);
    };
    let email = pending.email.clone();
    invitation.proves = Some(email.clone());
    let recipient = mail.recipient.map(|recipient| Recipient { email, ..recipient });
    Ok(OutboxMail { recipient, ..mail })
}

/// Returns when the link of an invitation sent at the time `from` expires.
pub fn invitation_expires_at(app: &App, from: Timestamp) -> Result<Timestamp> {
    let lifetime = SignedDuration::from_hours(24 * i64::from(app.policy.invitation_days));
    from.saturating_add(lifetime).map_err(Error::internal)
}

fn new_invitation(app: &App, professional: &Professional) -> Result<Invitation> {
    let created_at = app.now();
    let expires_at = invitation_expires_at(app, created_at)?;
    let previous = professional.invitation.as_ref();
    Ok(Invitation::new(app.new_id()?, previous, created_at, expires_at))
}

fn prepare_mail(
    app: &App,
    content: MailContent,
    invitation: Invitation,
    professional: &mut Professional,
) -> Result<OutboxMail> {
    professional.invitation = Some(invitation);
    app.outbox_mail(content, Some(professional), Some(Recipient::of(professional)))
}
