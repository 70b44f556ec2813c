//! Changing the address on record: pending for one's own until the new mailbox is proved, with a
//! notice to the earlier one.

use crate::{
    App, Result,
    domain::{
        Account, EmailAddress, MailContent, OutboxMail, PendingEmail, Professional, Recipient,
    },
    workflows::invite::invitation_expires_at,
};

/// Returns the pending address after a person has typed `email` as their own; `None` if that is the
/// one on record, which cancels a pending change.
pub fn pending_email(
    app: &App,
    professional: &Professional,
    email: EmailAddress,
) -> Result<Option<PendingEmail>> {
    if professional.details.email == email {
        return Ok(None);
    }
    let requested_at = app.now();
    let expires_at = invitation_expires_at(app, requested_at)?;
    Ok(Some(PendingEmail { email, requested_at, expires_at, secret: None }))
}

/// Returns the mail with the link that proves the pending address of `professional`, if there is
/// one.
pub fn confirmation(
    app: &App,
    account: &Account,
    professional: &Professional,
) -> Result<Option<OutboxMail>> {
    let Some(pending) = &professional.pending_email else { return Ok(None) };
    let content = MailContent::ConfirmEmail {
        account_name: account.name.to_string(),
        requested_at: pending.requested_at,
        expires_at: pending.expires_at,
    };
    let recipient = Recipient { email: pending.email.clone(), ..Recipient::of(professional) };
    app.outbox_mail(content, Some(professional), Some(recipient)).map(Some)
}

/// Returns the notice to the previous address, if an identity is linked: the reader of the new
/// address can take the profile over. `by` is who changed it; `None` for the profile's owner.
pub fn previous_address_notice(
    app: &App,
    account: &Account,
    before: &Professional,
    after: &Professional,
    by: Option<String>,
) -> Result<Option<OutboxMail>> {
    if before.details.email == after.details.email || before.linked.is_none() {
        return Ok(None);
    }
    let content = MailContent::AddressChanged {
        account_name: account.name.to_string(),
        by,
        changed_at: app.now(),
    };
    let recipient = Recipient { professional: None, ..Recipient::of(before) };
    app.outbox_mail(content, Some(before), Some(recipient)).map(Some)
}
