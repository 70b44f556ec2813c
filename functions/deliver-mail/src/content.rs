//! Sends one mail to one recipient.

use portico::{
    App, Result,
    domain::{
        AccessState, Delivery, DisputeToken, InvitationToken, MailContent, OutboxMail,
        Professional, Recipient, Secret,
    },
    mail,
    store::{Lookup, MailChange, ProfessionalChange},
    workflows::{
        invite::invitation_expires_at,
        record_delivery::{count_delivery, record_delivery},
    },
};

use crate::mailer::{Mailer, Sent};

/// Draws the secret, stores its hash, sends, and notes what came of it.
///
/// Fails with [`portico::Error::Conflict`] when the professional changed meanwhile.
pub(crate) async fn send(
    app: &App,
    mailer: &Mailer,
    content: &OutboxMail,
    recipient: &Recipient,
) -> Result<()> {
    // A link that was held back is good for as long as one that was not.
    let renewed = if content.held_at.is_some() { Some(renewed(app, content)?) } else { None };
    let content = renewed.as_ref().unwrap_or(content);
    let (before, open) = about(app, content).await?;
    let ready = if open { prepare(app, content, before.as_ref())? } else { None };
    let Some(Ready { link, after }) = ready else {
        let void = OutboxMail { delivery: Delivery::Void, ..content.clone() };
        return app.store.change_mail(MailChange::new(content, &void)).await;
    };
    if let (Some(before), Some(after)) = (&before, &after) {
        app.store.change_professional(ProfessionalChange::new(before, after)).await?;
    }
    let own = content.professional.is_none() || content.professional == recipient.professional;
    let message = mail::render(&content.content, recipient, own, link.as_deref(), &app.policy)?;
    let sent = mailer.send(content, message).await?;

    let (reached, message) = match sent {
        Sent::Taken(message) => (Delivery::Sent, message),
        Sent::Refused(why) => {
            tracing::warn!(mail.id = %content.id, mail.refused = why, "a mail was refused");
            (Delivery::Failed, String::new())
        }
    };
    let steps = record_delivery(app, content, reached, &message).await?;
    count_delivery(app, content, &steps, false).await;
    tracing::info!(mail.id = %content.id, mail.steps = ?steps, "a mail was handed over");
    Ok(())
}

fn renewed(app: &App, content: &OutboxMail) -> Result<OutboxMail> {
    Ok(OutboxMail {
        content: content.content.clone().with_expiry(invitation_expires_at(app, app.now())?),
        ..content.clone()
    })
}

/// What is ready to leave: the path of the link's page in English, and the professional with the secret's hash.
struct Ready {
    link: Option<String>,
    after: Option<Professional>,
}

/// Reads the professional that a mail is about, and whether the request for access that it is about is still to be decided on.
async fn about(app: &App, content: &OutboxMail) -> Result<(Option<Professional>, bool)> {
    let Some(account) = content.account else { return Ok((None, true)) };
    let (professional, request) = (content.professional, content.content.access_request());
    let lookup =
        professional.iter().fold(Lookup::default(), |lookup, it| lookup.professional(account, *it));
    let lookup = request.iter().fold(lookup, |lookup, it| lookup.access_request(account, *it));
    let found = app.store.look_up(lookup).await?;
    let open = request.is_none_or(|it| {
        found.access_request(account, it).is_some_and(|it| it.state == AccessState::Open)
    });
    Ok((professional.and_then(|it| found.professional(it).cloned()), open))
}

/// Draws the secret of a mail that has a link. Returns `None` when the mail has been overtaken: its invitation superseded, revoked or
/// used, its link ended, its professional deleted.
fn prepare(
    app: &App,
    content: &OutboxMail,
    before: Option<&Professional>,
) -> Result<Option<Ready>> {
    let told = content.recipient.as_ref().and_then(|it| it.professional);
    match (&content.content, before) {
        (
            MailContent::Invitation { invitation: id, expires_at, .. }
            | MailContent::MyLink { invitation: id, expires_at, .. },
            Some(before),
        ) => {
            let mut after = before.clone();
            let Some(invitation) = after.invitation.as_mut().filter(|it| it.id == *id) else {
                return Ok(None);
            };
            invitation.expires_at = *expires_at;
            if !invitation.is_live(app.now()) {
                return Ok(None);
            }
            let secret = Secret::generate()?;
            invitation.secret = Some(secret.hash());
            let token = InvitationToken {
                account: before.account,
                professional: before.id,
                invitation: *id,
                secret,
            };
            Ok(Some(Ready { link: Some(format!("/link/#{}", token.expose())), after: Some(after) }))
        }
        (MailContent::Linked { linked_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let Some(linked) = after.linked.as_mut().filter(|it| it.linked_at == *linked_at) else {
                return Ok(None);
            };
            let secret = Secret::generate()?;
            linked.notices.insert(secret.hash(), told.unwrap_or(before.id));
            let token = DisputeToken { account: before.account, professional: before.id, secret };
            Ok(Some(Ready {
                link: Some(format!("/not-me/#{}", token.expose())),
                after: Some(after),
            }))
        }
        (MailContent::InvitationBounced { invitation: id, .. }, Some(about)) => {
            let is_newest =
                about.invitation.as_ref().is_some_and(|it| it.id == *id && it.outcome.is_none());
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok(is_newest.then_some(Ready { link: Some(link), after: None }))
        }
        (MailContent::PartnerChanged { .. }, _) => Ok(page_of("/account/", content)),
        (MailContent::GrantChanged { .. }, _) => Ok(page_of("/customers/", content)),
        (MailContent::AccessRequested { request, .. }, _) => {
            let link = content
                .account
                .map(|it| format!("/access-requests/?account={it}&request={request}"));
            Ok(Some(Ready { link, after: None }))
        }
        (MailContent::AccessEnding { ends_on, .. }, Some(about)) => {
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok((about.details.ends_on == Some(*ends_on))
                .then_some(Ready { link: Some(link), after: None }))
        }
        (MailContent::PlanEnding { .. } | MailContent::PlanLapsed { .. }, _) => {
            let link = content.account.map(|it| format!("/account/?account={it}"));
            Ok(Some(Ready { link, after: None }))
        }
        (MailContent::ReviewAccess { .. }, _) => Ok(content.account.map(|account| Ready {
            link: Some(format!("/people/review/?account={account}")),
            after: None,
        })),
        (MailContent::LinkDisputed { .. }, Some(about)) => {
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok(Some(Ready { link: Some(link).filter(|_| told != Some(about.id)), after: None }))
        }
        (
            MailContent::IdentitySwitched { .. }
            | MailContent::AddressChanged { .. }
            | MailContent::AdministratorChanged { .. },
            _,
        ) => Ok(Some(Ready { link: None, after: None })),
        (MailContent::AppointmentRequested { about, .. }, _) => {
            Ok(Some(Ready { link: Some(format!("/account/?account={about}")), after: None }))
        }
        (
            MailContent::Invitation { .. }
            | MailContent::InvitationBounced { .. }
            | MailContent::MyLink { .. }
            | MailContent::Linked { .. }
            | MailContent::LinkDisputed { .. }
            | MailContent::AccessEnding { .. }
            | MailContent::RequestedLinks { .. }
            | MailContent::RoutedAccess { .. },
            _,
        ) => Ok(None),
    }
}

/// Links a page of the account that the mail is about.
fn page_of(page: &str, content: &OutboxMail) -> Option<Ready> {
    let account = content.account?;
    Some(Ready { link: Some(format!("{page}?account={account}")), after: None })
}
