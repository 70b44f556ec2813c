//! Releases the mail of an account that is held back because too much of it bounced.

use portico::{
    App, Result,
    domain::{Event, authorization::Action},
    http::{Request, Response, ok, views::AccountView},
    store::{Lookup, MailRelease},
};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/mail/release";

/// Resets the account's count of bounces and complaints and releases its held mail, which
/// deliver-mail then sends within a quarter of an hour. Without held mail, or again within a
/// minute, nothing changes, so a retry is safe.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let account = request.account()?;
    let lookup = Lookup::default().held_mail(account);
    let (access, found) =
        request.authorize_with(&app, account, Action::ReleaseMail, lookup).await?;
    let mut held = found.held_mail;
    if held.can_be_released(access.now) {
        let event = Event::MailReleased { mails: held.mails };
        let event = access.audit_event(&app, account, event)?;
        let now = access.now;
        app.store.release_mail(MailRelease { account, now, event: &event }).await?;
        held.released_at = Some(now);
    }
    ok(&AccountView::new(&app, &access, &access.account).with_held_mail(&access, held))
}
