//! Turns off the notices of a mail for its recipient, with the one click of a mail program
//! (RFC 8058) or on the page that a person opens from the mail.
//!
//! Mail programs and their servers call it without a cookie and from anywhere. What proves that
//! they may is the secret that was sent with this mail, which can do nothing else.

use portico::{
    App, Result,
    domain::{
        Account, Actor, AuditEvent, Event, Frequency, OutboxMail, Professional, UnsubscribeToken,
        authorization::ActingAs,
    },
    http::{Request, Response, ok},
    store::{Lookup, ProfessionalChange},
    workflows::incomplete_link,
};
use serde_json::json;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/mail/unsubscribe";

/// Turns off the groups of the mail that can be. Answers the same whatever it finds, and does
/// nothing the second time. The body does not matter.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let token = request.query("token").and_then(UnsubscribeToken::parse);
    let token = token.ok_or_else(incomplete_link)?;
    let profile = token.profile;
    let lookup = Lookup::default()
        .mail(token.mail)
        .account(profile.account)
        .professional(profile.account, profile.professional);
    let found = app.store.look_up(lookup).await?;
    let mail = found.mails.first().filter(|mail| mail.recognizes(&token));
    if let (Some(mail), Some(account), Some(before)) =
        (mail, found.account(profile.account), found.professional(profile.professional))
        && mail.is_still_for(before)
    {
        turn_off(&app, &request, mail, account, before).await?;
    }
    ok(&json!({}))
}

async fn turn_off(
    app: &App,
    request: &Request,
    mail: &OutboxMail,
    account: &Account,
    before: &Professional,
) -> Result<()> {
    let mut after = before.clone();
    for group in mail.groups().into_iter().filter(|group| group.can_be_off(account.kind)) {
        after.mail_preferences.choose(group, Frequency::Never);
    }
    if after == *before {
        return Ok(());
    }
    let actor = Actor::system("The reader of an e-mail", ActingAs::Mailbox);
    let event = Event::MailPreferencesChanged { professional: before.into() };
    let event = AuditEvent {
        source: request.address().map(Into::into),
        ..app.audit_event(account.id, actor, event)?
    };
    let change =
        ProfessionalChange { event: Some(&event), ..ProfessionalChange::new(before, &after) };
    app.store.change_professional(change).await
}
