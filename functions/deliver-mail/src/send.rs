//! Sends one mail to one recipient.

use portico::{
    App, Result,
    domain::{
        AccessState, Delivery, InvitationToken, MailContent, OutboxMail, Professional,
        ProfileToken, Recipient, Secret,
    },
    mail,
    store::{Lookup, MailChange, ProfessionalChange},
    workflows::{
        invite::invitation_expires_at,
        record_delivery::{count_delivery, record_delivery},
    },
};

use crate::mailer::{Mailer, Sent};

/// Generates the secret, stores its hash, sends the mail and records the outcome.
///
/// Fails with [`portico::Error::Conflict`] when the professional was changed meanwhile.
pub(crate) async fn send(
    app: &App,
    mailer: &Mailer,
    mail: &OutboxMail,
    recipient: &Recipient,
) -> Result<()> {
    // An invitation that was held back is valid for as long as any other.
    let renewed = if mail.held_at.is_some() { Some(renew_expiry(app, mail)?) } else { None };
    let mail = renewed.as_ref().unwrap_or(mail);
    let (before, open) = read_subject(app, mail).await?;
    let prepared = if open { prepare(app, mail, before.as_ref())? } else { None };
    let Some(Prepared { link, after }) = prepared else {
        let void = OutboxMail { delivery: Delivery::Void, ..mail.clone() };
        return app.store.change_mail(MailChange::new(mail, &void)).await;
    };
    if let (Some(before), Some(after)) = (&before, &after) {
        app.store.change_professional(ProfessionalChange::new(before, after)).await?;
    }
    let own = mail.professional.is_none() || mail.professional == recipient.professional;
    let message = mail::render(&mail.content, recipient, own, link.as_deref(), &app.policy)?;
    let (reached, message) = match mailer.send(mail, message).await? {
        Sent::Accepted(message) => (Delivery::Sent, message),
        Sent::Rejected(reason) => {
            tracing::warn!(mail.id = %mail.id, mail.rejected = reason, "mail rejected");
            (Delivery::Failed, String::new())
        }
    };
    let steps = record_delivery(app, mail, reached, &message).await?;
    count_delivery(app, mail, &steps, false).await;
    tracing::info!(mail.id = %mail.id, mail.steps = ?steps, "mail handed to the mail service");
    Ok(())
}

/// Returns `mail` with an invitation that expires as if it had been created now.
fn renew_expiry(app: &App, mail: &OutboxMail) -> Result<OutboxMail> {
    Ok(OutboxMail {
        content: mail.content.clone().with_expiry(invitation_expires_at(app, app.now())?),
        ..mail.clone()
    })
}

/// What the mail needs before it can be rendered.
struct Prepared {
    /// The link's path, on the English page.
    link: Option<String>,
    /// The professional with the hash of the link's secret, where the link has one.
    after: Option<Professional>,
}

impl Prepared {
    /// A mail without a link.
    const PLAIN: Self = Self { link: None, after: None };

    /// Returns a mail that links to a page of the portal.
    fn page(link: String) -> Self {
        Self { link: Some(link), after: None }
    }

    /// Returns a mail that links to a page of the account it is about.
    fn account_page(page: &str, mail: &OutboxMail) -> Option<Self> {
        mail.account.map(|account| Self::page(format!("{page}?account={account}")))
    }

    /// Returns a mail that links to a professional's profile.
    fn profile(professional: &Professional) -> Self {
        let Professional { account, id, .. } = professional;
        Self::page(format!("/people/profile/?account={account}&professional={id}"))
    }

    /// Returns a mail whose link holds a secret, which `after` knows the hash of.
    fn secret(link: String, after: Professional) -> Self {
        Self { link: Some(link), after: Some(after) }
    }
}

/// Reads the professional that the mail is about, and whether its request for access, if it has
/// one, is still open.
async fn read_subject(app: &App, mail: &OutboxMail) -> Result<(Option<Professional>, bool)> {
    let Some(account) = mail.account else { return Ok((None, true)) };
    let (professional, request) = (mail.professional, mail.content.access_request());
    let lookup =
        professional.iter().fold(Lookup::default(), |lookup, id| lookup.professional(account, *id));
    let lookup = request.iter().fold(lookup, |lookup, id| lookup.access_request(account, *id));
    let found = app.store.look_up(lookup).await?;
    let open = request.is_none_or(|id| {
        found.access_request(account, id).is_some_and(|request| request.state == AccessState::Open)
    });
    Ok((professional.and_then(|id| found.professional(id).cloned()), open))
}

/// Prepares the mail's link and generates its secret, if it has one.
///
/// Returns `None` for a mail that is out of date: its invitation was superseded, revoked or used,
/// its link has ended, or its professional was deleted.
fn prepare(
    app: &App,
    mail: &OutboxMail,
    before: Option<&Professional>,
) -> Result<Option<Prepared>> {
    let recipient = mail.recipient.as_ref().and_then(|recipient| recipient.professional);
    match (&mail.content, before) {
        (
            MailContent::Invitation { invitation: id, expires_at, .. }
            | MailContent::MyLink { invitation: id, expires_at, .. },
            Some(before),
        ) => {
            let mut after = before.clone();
            let newest = after.invitation.as_mut().filter(|invitation| invitation.id == *id);
            let Some(invitation) = newest else { return Ok(None) };
            invitation.expires_at = *expires_at;
            if !invitation.is_live(app.now()) {
                return Ok(None);
            }
            let secret = Secret::generate()?;
            invitation.set_secret(secret.hash());
            let token = InvitationToken {
                account: before.account,
                professional: before.id,
                invitation: *id,
                secret,
            };
            Ok(Some(Prepared::secret(format!("/link/#{}", token.expose()), after)))
        }
        (MailContent::Linked { linked_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let current = after.linked.as_mut().filter(|link| link.linked_at == *linked_at);
            let Some(linked) = current else { return Ok(None) };
            let secret = Secret::generate()?;
            linked.notices.insert(secret.hash(), recipient.unwrap_or(before.id));
            let token = ProfileToken { account: before.account, professional: before.id, secret };
            Ok(Some(Prepared::secret(format!("/not-me/#{}", token.expose()), after)))
        }
        (MailContent::ConfirmEmail { requested_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let newest = after
                .pending_email
                .as_mut()
                .filter(|pending| pending.requested_at == *requested_at)
                .filter(|pending| pending.is_live(app.now()));
            let Some(pending) = newest else { return Ok(None) };
            let secret = Secret::generate()?;
            pending.secret = Some(secret.hash());
            let token = ProfileToken { account: before.account, professional: before.id, secret };
            Ok(Some(Prepared::secret(format!("/confirm-email/#{}", token.expose()), after)))
        }
        (MailContent::InvitationBounced { invitation: id, .. }, Some(about)) => {
            let newest = about
                .invitation
                .as_ref()
                .is_some_and(|invitation| invitation.id == *id && invitation.outcome.is_none());
            Ok(newest.then(|| Prepared::profile(about)))
        }
        (MailContent::PartnerChanged { .. }, _) => Ok(Prepared::account_page("/account/", mail)),
        (MailContent::GrantChanged { .. }, _) => Ok(Prepared::account_page("/customers/", mail)),
        (MailContent::AccessRequested { request, .. }, _) => {
            let link = mail
                .account
                .map(|account| format!("/access-requests/?account={account}&request={request}"));
            Ok(Some(Prepared { link, after: None }))
        }
        (MailContent::AccessEnding { ends_on, .. }, Some(about)) => {
            Ok((about.details.ends_on == Some(*ends_on)).then(|| Prepared::profile(about)))
        }
        (MailContent::PlanEnding { .. } | MailContent::PlanLapsed { .. }, _) => {
            Ok(Some(Prepared::account_page("/account/", mail).unwrap_or(Prepared::PLAIN)))
        }
        (MailContent::ReviewAccess { .. }, _) => {
            Ok(Prepared::account_page("/people/review/", mail))
        }
        // The person whose link ended cannot open the profile.
        (MailContent::LinkDisputed { .. }, Some(about)) => {
            let own = recipient == Some(about.id);
            Ok(Some(if own { Prepared::PLAIN } else { Prepared::profile(about) }))
        }
        (
            MailContent::IdentitySwitched { .. }
            | MailContent::AddressChanged { .. }
            | MailContent::AdministratorChanged { .. },
            _,
        ) => Ok(Some(Prepared::PLAIN)),
        (MailContent::AppointmentRequested { about, .. }, _) => {
            Ok(Some(Prepared::page(format!("/account/?account={about}"))))
        }
        (
            MailContent::Invitation { .. }
            | MailContent::InvitationBounced { .. }
            | MailContent::MyLink { .. }
            | MailContent::ConfirmEmail { .. }
            | MailContent::Linked { .. }
            | MailContent::LinkDisputed { .. }
            | MailContent::AccessEnding { .. }
            | MailContent::RequestedLinks { .. }
            | MailContent::RoutedAccess { .. },
            _,
        ) => Ok(None),
    }
}
