//! What becomes of a mail whose mailbox or account has had its share: it waits for the next hour or
//! day, or is counted in one mail that says how many there were of each kind. Nothing is dropped.

use jiff::Timestamp;
use portico::{
    App, Budget, Error, Result,
    domain::{
        Delivery, DigestPeriod, EmailAddress, HoldReason, MailClass, MailContent, MailId,
        OutboxMail, OverLimit, Professional, Window, secret::digest,
    },
    store::{Lookup, MailChange, MailMerge, ReadyMail},
};

use crate::reader::Reader;

/// Whether a mail may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// It was counted and may leave.
    Left,
    /// It was held or counted in another mail.
    UsedUp,
}

/// Counts `mail`, read as `before`, to `address` for its mailbox and its account, with what makes
/// its links work, or holds or merges it if one of them has had its share. A notice for `reader`
/// over a limit goes into the reader's digest of the hour.
pub(crate) async fn count(
    app: &App,
    before: &OutboxMail,
    mail: &OutboxMail,
    address: &EmailAddress,
    professionals: &[(Professional, Professional)],
    reader: Option<&Reader<'_>>,
) -> Result<Share> {
    let (class, now) = (mail.class(), app.now());
    let window = class.window();
    let mut after = mail.clone();
    if let MailContent::Notices { is_closed, .. } = &mut after.content {
        *is_closed = true;
    } else {
        after.counted_in = Some(window.name(now));
    }
    let (limits, after) = (&app.policy.limits, &after);
    match app.store.ready_mail(ReadyMail { before, after, professionals, limits, now }).await {
        Ok(()) => Ok(Share::Left),
        Err(Error::OverBudget(budget)) => {
            tracing::warn!(
                mail.class = class.name(),
                budget.of = ?budget,
                "mail is over its limit"
            );
            match reader.filter(|_| budget == Budget::Mailbox) {
                Some(reader) => gather(app, before, reader, DigestPeriod::Hour).await?,
                None => over_limit(app, before, address, budget, class, now).await?,
            }
            Ok(Share::UsedUp)
        }
        Err(error) => Err(error),
    }
}

async fn over_limit(
    app: &App,
    mail: &OutboxMail,
    address: &EmailAddress,
    budget: Budget,
    class: MailClass,
    now: Timestamp,
) -> Result<()> {
    let mailbox = digest(&[&address.mailbox()]);
    let end = class.window().end(now);
    match (budget, class.over_limit()) {
        (Budget::Account, _) => wait(app, mail, now, Window::Hour.end(now)).await,
        (Budget::Mailbox, OverLimit::Waits) => wait(app, mail, now, end).await,
        (Budget::Mailbox, OverLimit::StandsForOthers) => {
            stand_for_others(app, mail, &mailbox, now, end).await
        }
        (Budget::Mailbox, OverLimit::IsMerged) => {
            let id = mail.merged_id(&mailbox, class, end);
            let counting = Counting { id, leaves_at: end, now };
            merge(
                app,
                mail,
                counting,
                |content| content.count(&mail.content, None),
                || OutboxMail {
                    id,
                    professional: None,
                    content: MailContent::counted(&mail.content, mail.created_at),
                    created_at: now,
                    held: None,
                    counted_in: None,
                    ..mail.clone()
                },
            )
            .await
        }
    }
}

/// Adds `mail` to the digest of its reader.
pub(crate) async fn gather(
    app: &App,
    mail: &OutboxMail,
    reader: &Reader<'_>,
    period: DigestPeriod,
) -> Result<()> {
    let (now, home) = (app.now(), reader.home);
    let place = reader.digest(period, now);
    let counting = Counting { id: place.id, leaves_at: place.leaves_at, now };
    let add = |content: &mut MailContent| content.count(&mail.content, Some(home));
    merge(app, mail, counting, add, || place.begin(mail, home, now)).await
}

async fn wait(app: &App, mail: &OutboxMail, now: Timestamp, until: Timestamp) -> Result<()> {
    let held = mail.hold(HoldReason::Budget, now, until);
    app.store.change_mail(MailChange::new(mail, &held)).await
}

/// Lets the first mail wait that asks for the same as the further ones. These are not sent.
async fn stand_for_others(
    app: &App,
    mail: &OutboxMail,
    mailbox: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<()> {
    let held = mail.hold(HoldReason::Budget, now, until);
    match app.store.hold_for_mailbox(mailbox, mail, &held, until).await {
        Err(Error::Changed) => app.store.change_mail(MailChange::new(mail, &void(mail))).await,
        held => held,
    }
}

/// A mail that counts others.
struct Counting {
    id: MailId,
    leaves_at: Timestamp,
    now: Timestamp,
}

/// Counts `mail` in another, which `add` does. `begin` creates that one with `mail` as its first.
async fn merge(
    app: &App,
    mail: &OutboxMail,
    Counting { id, leaves_at, now }: Counting,
    add: impl FnOnce(&mut MailContent),
    begin: impl FnOnce() -> OutboxMail,
) -> Result<()> {
    let found = app.store.look_up(Lookup::default().mail(id)).await?;
    let counting_before = found.mails.first();
    let has_left = |counting: &&OutboxMail| {
        counting.delivery != Delivery::Queued
            || matches!(counting.content, MailContent::Notices { is_closed: true, .. })
    };
    if counting_before.is_some_and(|counting| has_left(&counting)) {
        // Its window has ended by another process's clock: this mail counts in the next one.
        return Err(Error::Unavailable("the mail that counts others has just left".into()));
    }
    let counting = if let Some(counting) = counting_before {
        let mut counting = counting.clone();
        add(&mut counting.content);
        counting
    } else {
        begin().hold(HoldReason::Budget, now, leaves_at)
    };
    let after = &void(mail);
    app.store
        .merge_mail(MailMerge { before: mail, after, counting_before, counting: &counting })
        .await
}

/// Returns the mail as not sent.
pub(crate) fn void(mail: &OutboxMail) -> OutboxMail {
    OutboxMail { delivery: Delivery::Void, ..mail.clone() }
}
