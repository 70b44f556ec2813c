//! Sends one mail to one recipient.

use std::time::Duration;

use portico::{
    App, Error, Result,
    domain::{Activity, Actor, Deed, Delivery, DisputeToken, InvitationToken, Letter, Mail, Professional, Recipient, Target, authority::Capacity},
    mail,
    secret::Secret,
    store::Lookup,
};

use crate::{
    ATTEMPTS,
    mailer::{Mailer, Sent},
};

/// Draws the secret, stores its hash, sends, and notes and returns what came of it.
///
/// Fails with [`portico::Error::Stale`] when the professional changed meanwhile.
pub(crate) async fn send(app: &App, mailer: &Mailer, letter: &Mail, recipient: &Recipient) -> Result<Delivery> {
    let before = professional(app, letter).await?;
    let Some(Ready { link, after }) = prepare(app, letter, before.as_ref())? else {
        let void = Mail { delivery: Delivery::Void, ..letter.clone() };
        app.store.advance_mail(letter, &void, None, None).await?;
        return Ok(void.delivery);
    };
    if let (Some(before), Some(after)) = (&before, &after) {
        app.store.change_professional(before, after, None, &[], None).await?;
    }
    let own = letter.professional.is_none() || letter.professional == recipient.professional;
    let message = mail::write(&letter.letter, recipient, own, link.as_deref(), &app.policy)?;
    let sent = mailer.send(letter, message).await?;

    let mut noted = letter.clone();
    noted.delivery = match sent {
        Sent::Taken(message) => {
            noted.message = Some(message);
            Delivery::Sent
        }
        Sent::Refused(why) => {
            tracing::warn!(mail.id = %letter.id, mail.refused = why, "a mail was refused");
            Delivery::Failed
        }
    };
    note(app, letter, &noted, recipient).await?;
    Ok(noted.delivery)
}

/// What is ready to leave: the path of the link's page in English, and the professional with the secret's hash.
struct Ready {
    link: Option<String>,
    after: Option<Professional>,
}

async fn professional(app: &App, letter: &Mail) -> Result<Option<Professional>> {
    let (Some(account), Some(id)) = (letter.account, letter.professional) else { return Ok(None) };
    let found = app.store.look_up(Lookup::default().professional(account, id)).await?;
    Ok(found.professional(id).cloned())
}

/// Draws the secret of a mail that has a link. Returns `None` when the mail has been overtaken: its invitation superseded, revoked or
/// used, its link ended, its professional deleted.
fn prepare(app: &App, letter: &Mail, before: Option<&Professional>) -> Result<Option<Ready>> {
    match (&letter.letter, before) {
        (Letter::Invitation { invitation: id, .. } | Letter::MyLink { invitation: id, .. }, Some(before)) => {
            let mut after = before.clone();
            let Some(invitation) = after.invitation.as_mut().filter(|it| it.id == *id && it.is_live(app.now())) else { return Ok(None) };
            let secret = Secret::draw()?;
            invitation.secret = Some(secret.hash());
            let token = InvitationToken { account: before.account, professional: before.id, invitation: *id, secret };
            Ok(Some(Ready { link: Some(format!("/link/#{}", token.expose())), after: Some(after) }))
        }
        (Letter::Linked { linked_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let Some(linked) = after.linked.as_mut().filter(|it| it.linked_at == *linked_at) else { return Ok(None) };
            let secret = Secret::draw()?;
            linked.disputes.insert(secret.hash());
            let token = DisputeToken { account: before.account, professional: before.id, secret };
            Ok(Some(Ready { link: Some(format!("/not-me/#{}", token.expose())), after: Some(after) }))
        }
        (Letter::IdentitySwitched { .. } | Letter::PlanLapsed { .. }, _) => Ok(Some(Ready { link: None, after: None })),
        (Letter::Invitation { .. } | Letter::MyLink { .. } | Letter::Linked { .. } | Letter::RequestedLinks { .. }, _) => Ok(None),
    }
}

/// Notes what came of sending, as often as it takes: the mail has left, and must not leave again because somebody else was writing.
///
/// So it does not fail with [`Error::Stale`], upon which the mail would be sent again at once.
async fn note(app: &App, before: &Mail, after: &Mail, recipient: &Recipient) -> Result<()> {
    for attempt in 0..ATTEMPTS {
        match note_once(app, before, after, recipient).await {
            Err(Error::Stale) => tokio::time::sleep(Duration::from_millis(5 << attempt)).await,
            noted => return noted,
        }
    }
    Err(Error::Unavailable("what a mail was sent for kept changing".into()))
}

/// Notes it on the mail, on its invitation if that is still the newest, and in the activity list.
async fn note_once(app: &App, before: &Mail, after: &Mail, recipient: &Recipient) -> Result<()> {
    let professional = professional(app, before).await?;
    let moved = professional.as_ref().and_then(|it| {
        let mut moved = it.clone();
        let invitation = moved.invitation.as_mut().filter(|it| before.letter.invitation() == Some(it.id))?;
        invitation.delivery = after.delivery;
        Some(moved)
    });
    let activity = match before.account {
        None => None,
        Some(account) => {
            let actor = Actor::system("The mail service", Capacity::Schedule);
            let act = if after.delivery == Delivery::Sent { Deed::MailSent } else { Deed::MailFailed };
            let target = recipient.professional.map(|professional| Target { professional, name: recipient.name.clone() });
            let facts = [("mail".to_owned(), before.letter.kind().to_owned())].into();
            Some(Activity { target, facts, ..app.activity(account, actor, act)? })
        }
    };
    let change = professional.as_ref().zip(moved.as_ref());
    app.store.advance_mail(before, after, change, activity.as_ref()).await
}
