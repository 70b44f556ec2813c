//! Sends one mail to one recipient.

use portico::{
    App, Result,
    domain::{
        AccessState, Delivery, DisputeToken, InvitationToken, Letter, Mail, Professional, Recipient,
    },
    mail,
    secret::Secret,
    store::Lookup,
};

use crate::mailer::{Mailer, Sent};

/// Draws the secret, stores its hash, sends, and notes what came of it.
///
/// Fails with [`portico::Error::Stale`] when the professional changed meanwhile.
pub(crate) async fn send(
    app: &App,
    mailer: &Mailer,
    letter: &Mail,
    recipient: &Recipient,
) -> Result<()> {
    // A link that was held back is good for as long as one that was not.
    let renewed = if letter.held_at.is_some() { Some(renewed(app, letter)?) } else { None };
    let letter = renewed.as_ref().unwrap_or(letter);
    let (before, open) = about(app, letter).await?;
    let ready = if open { prepare(app, letter, before.as_ref())? } else { None };
    let Some(Ready { link, after }) = ready else {
        let void = Mail { delivery: Delivery::Void, ..letter.clone() };
        return app.store.advance_mail(letter, &void, None, None, &[]).await;
    };
    if let (Some(before), Some(after)) = (&before, &after) {
        app.store.change_professional(before, after, None, &[], None).await?;
    }
    let own = letter.professional.is_none() || letter.professional == recipient.professional;
    let message = mail::write(&letter.letter, recipient, own, link.as_deref(), &app.policy)?;
    let sent = mailer.send(letter, message).await?;

    let (reached, message) = match sent {
        Sent::Taken(message) => (Delivery::Sent, message),
        Sent::Refused(why) => {
            tracing::warn!(mail.id = %letter.id, mail.refused = why, "a mail was refused");
            (Delivery::Failed, String::new())
        }
    };
    let steps = app.note_delivery(letter, reached, &message).await?;
    app.count_delivery(letter, &steps, false).await;
    tracing::info!(mail.id = %letter.id, mail.steps = ?steps, "a mail was handed over");
    Ok(())
}

fn renewed(app: &App, letter: &Mail) -> Result<Mail> {
    Ok(Mail {
        letter: letter.letter.clone().good_until(app.invitation_ends(app.now())?),
        ..letter.clone()
    })
}

/// What is ready to leave: the path of the link's page in English, and the professional with the secret's hash.
struct Ready {
    link: Option<String>,
    after: Option<Professional>,
}

/// Reads the professional that a mail is about, and whether the request for access that it is about is still to be decided on.
async fn about(app: &App, letter: &Mail) -> Result<(Option<Professional>, bool)> {
    let Some(account) = letter.account else { return Ok((None, true)) };
    let (professional, request) = (letter.professional, letter.letter.access_request());
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
fn prepare(app: &App, letter: &Mail, before: Option<&Professional>) -> Result<Option<Ready>> {
    let told = letter.recipient.as_ref().and_then(|it| it.professional);
    match (&letter.letter, before) {
        (
            Letter::Invitation { invitation: id, expires_at, .. }
            | Letter::MyLink { invitation: id, expires_at, .. },
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
            let secret = Secret::draw()?;
            invitation.secret = Some(secret.hash());
            let token = InvitationToken {
                account: before.account,
                professional: before.id,
                invitation: *id,
                secret,
            };
            Ok(Some(Ready { link: Some(format!("/link/#{}", token.expose())), after: Some(after) }))
        }
        (Letter::Linked { linked_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let Some(linked) = after.linked.as_mut().filter(|it| it.linked_at == *linked_at) else {
                return Ok(None);
            };
            let secret = Secret::draw()?;
            linked.notices.insert(secret.hash(), told.unwrap_or(before.id));
            let token = DisputeToken { account: before.account, professional: before.id, secret };
            Ok(Some(Ready {
                link: Some(format!("/not-me/#{}", token.expose())),
                after: Some(after),
            }))
        }
        (Letter::Returned { invitation: id, .. }, Some(about)) => {
            let is_newest =
                about.invitation.as_ref().is_some_and(|it| it.id == *id && it.outcome.is_none());
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok(is_newest.then_some(Ready { link: Some(link), after: None }))
        }
        (Letter::PartnerChanged { .. }, _) => Ok(page_of("/account/", letter)),
        (Letter::GrantChanged { .. }, _) => Ok(page_of("/customers/", letter)),
        (Letter::AccessRequested { request, .. }, _) => {
            let link = letter
                .account
                .map(|it| format!("/access-requests/?account={it}&request={request}"));
            Ok(Some(Ready { link, after: None }))
        }
        (Letter::AccessEnding { ends_on, .. }, Some(about)) => {
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok((about.details.ends_on == Some(*ends_on))
                .then_some(Ready { link: Some(link), after: None }))
        }
        (Letter::PlanEnding { .. } | Letter::PlanLapsed { .. }, _) => {
            let link = letter.account.map(|it| format!("/account/?account={it}"));
            Ok(Some(Ready { link, after: None }))
        }
        (Letter::ReviewAccess { .. }, _) => Ok(letter.account.map(|account| Ready {
            link: Some(format!("/people/review/?account={account}")),
            after: None,
        })),
        (Letter::LinkDisputed { .. }, Some(about)) => {
            let link =
                format!("/people/profile/?account={}&professional={}", about.account, about.id);
            Ok(Some(Ready { link: Some(link).filter(|_| told != Some(about.id)), after: None }))
        }
        (
            Letter::IdentitySwitched { .. }
            | Letter::AddressChanged { .. }
            | Letter::AdministratorChanged { .. },
            _,
        ) => Ok(Some(Ready { link: None, after: None })),
        (Letter::AppointmentRequested { about, .. }, _) => {
            Ok(Some(Ready { link: Some(format!("/account/?account={about}")), after: None }))
        }
        (
            Letter::Invitation { .. }
            | Letter::Returned { .. }
            | Letter::MyLink { .. }
            | Letter::Linked { .. }
            | Letter::LinkDisputed { .. }
            | Letter::AccessEnding { .. }
            | Letter::RequestedLinks { .. }
            | Letter::RoutedAccess { .. },
            _,
        ) => Ok(None),
    }
}

/// Links a page of the account that the mail is about.
fn page_of(page: &str, letter: &Mail) -> Option<Ready> {
    let account = letter.account?;
    Some(Ready { link: Some(format!("{page}?account={account}")), after: None })
}
