//! What becomes of a mail whose mailbox or account has had its share: it waits for the next hour or
//! day, or is counted in one mail that says how many there were of each kind. Nothing is dropped.

use jiff::Timestamp;
use portico::{
    App, Budget, Error, Result,
    domain::{
        CountedKind, Delivery, EmailAddress, HoldReason, MailClass, MailContent, OutboxMail,
        OverLimit, Professional, Window, secret::digest,
    },
    store::{Lookup, MailChange, MailMerge, ReadyMail},
};

/// Marks a mail that counts others. It is not counted itself, so that it is never counted in
/// another.
const COUNTS_OTHERS: &str = "counts others";

/// Whether a mail may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// It was counted and may leave.
    Left,
    /// It was held or counted in another mail.
    UsedUp,
}

/// Counts `mail`, read as `before`, to `address` for its mailbox and its account, with what makes
/// its links work, or holds or merges it if one of them has had its share.
pub(crate) async fn count(
    app: &App,
    before: &OutboxMail,
    mail: &OutboxMail,
    address: &EmailAddress,
    professionals: &[(Professional, Professional)],
) -> Result<Share> {
    let (class, now) = (mail.class(), app.now());
    let window = class.window();
    let after = match &mail.counted_in {
        Some(counted) if counted == COUNTS_OTHERS || *counted == window.name(now) => mail.clone(),
        _ => OutboxMail { counted_in: Some(window.name(now)), ..mail.clone() },
    };
    let (limits, after) = (&app.policy.limits, &after);
    match app.store.ready_mail(ReadyMail { before, after, professionals, limits, now }).await {
        Ok(()) => Ok(Share::Left),
        Err(Error::OverBudget(budget)) => {
            over_limit(app, before, address, budget, class, now).await?;
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
    tracing::warn!(mail.class = class.name(), budget.of = ?budget, "mail is over its limit");
    let mailbox = digest(&[&address.mailbox()]);
    match (budget, class.over_limit()) {
        (Budget::Account, _) => wait(app, mail, now, Window::Hour.end(now)).await,
        (Budget::Mailbox, OverLimit::Waits) => wait(app, mail, now, class.window().end(now)).await,
        (Budget::Mailbox, OverLimit::StandsForOthers) => {
            stand_for_others(app, mail, &mailbox, now, class.window().end(now)).await
        }
        (Budget::Mailbox, OverLimit::IsMerged) => {
            merge(app, mail, &mailbox, class, now, class.window().end(now)).await
        }
    }
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

/// Counts `mail` in the one for its mailbox and account that leaves at `end`.
async fn merge(
    app: &App,
    mail: &OutboxMail,
    mailbox: &str,
    class: MailClass,
    now: Timestamp,
    end: Timestamp,
) -> Result<()> {
    let id = mail.merged_id(mailbox, class, end);
    let found = app.store.look_up(Lookup::default().mail(id)).await?;
    let counting_before = found.mails.first();
    if counting_before.is_some_and(|counting| counting.delivery != Delivery::Queued) {
        // Its window has ended by another process's clock: this mail counts in the next one.
        return Err(Error::Unavailable("the mail that counts others has just left".into()));
    }
    let counting = if let Some(counting) = counting_before {
        OutboxMail { content: one_more(counting, mail), ..counting.clone() }
    } else {
        let first = OutboxMail {
            id,
            professional: None,
            content: first_of(mail, class),
            created_at: now,
            held: None,
            counted_in: Some(COUNTS_OTHERS.to_owned()),
            ..mail.clone()
        };
        first.hold(HoldReason::Budget, now, end)
    };
    let after = &void(mail);
    app.store
        .merge_mail(MailMerge { before: mail, after, counting_before, counting: &counting })
        .await
}

fn first_of(mail: &OutboxMail, class: MailClass) -> MailContent {
    MailContent::Notices {
        account_name: mail.content.account_name().map(str::to_owned),
        counts: vec![CountedKind { mail: mail.content.kind(), times: 1 }],
        mails: 1,
        is_security: class == MailClass::Security,
        since: mail.created_at,
    }
}

/// Returns the content of `counting` with one mail more.
fn one_more(counting: &OutboxMail, mail: &OutboxMail) -> MailContent {
    let mut content = counting.content.clone();
    if let MailContent::Notices { counts, mails, .. } = &mut content {
        let kind = mail.content.kind();
        *mails += 1;
        match counts.iter_mut().find(|counted| counted.mail == kind) {
            Some(counted) => counted.times += 1,
            None => counts.push(CountedKind { mail: kind, times: 1 }),
        }
        counts.sort_by_key(|counted| counted.mail);
    }
    content
}

/// Returns the mail as not sent.
pub(crate) fn void(mail: &OutboxMail) -> OutboxMail {
    OutboxMail { delivery: Delivery::Void, ..mail.clone() }
}
