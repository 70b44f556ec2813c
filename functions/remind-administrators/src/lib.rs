//! Keeps lists of people short (requirement 13): has it told that somebody's access is about to end, and asks administrators from time to
//! time who still needs access.
//!
//! Access does not wait for it: an end date ends it by itself. What is due is read from an index, so its cost grows with that.

use portico::{
    App, Result,
    domain::{AccessReport, Account, MailContent, OutboxMail},
    lambda::{self, Deadline, config::Config, schedule::process_due_items},
    store::{DueItem, DueKind, Lookup, ProfessionalChange},
};
use serde_json::{Value, json};

/// The names under which it remembers how far it has come.
const ENDS: &str = "remind-administrators-ends";
const REVIEWS: &str = "remind-administrators-reviews";

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Answers how many ends were told of and how many accounts' administrators were asked: `{"ends": 2, "reviews": 1}`.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let (teller, asker) = (app.clone(), app.clone());
    let ends = Box::pin(process_due_items(&app, ENDS, DueKind::Ends, deadline, move |it| {
        tell_of_end(teller.clone(), it)
    }))
    .await;
    // One agenda's fault does not keep the other waiting.
    let reviews =
        Box::pin(process_due_items(&app, REVIEWS, DueKind::Reviews, deadline, move |it| {
            ask(asker.clone(), it)
        }))
        .await?;
    let ((ends, up_to), (reviews, through)) = (ends?, reviews);
    tracing::info!(ends.told = ends, reviews.asked = reviews, "administrators reminded");
    let (through, finished) =
        (up_to.through.min(through.through), up_to.finished && through.finished);
    Ok(json!({ "ends": ends, "reviews": reviews, "through": through, "finished": finished }))
}

/// Has the nearing end of somebody's access told, and takes it off the agenda, so that it is told once. The index may lag, so what the
/// professional says decides.
async fn tell_of_end(app: App, item: DueItem) -> Result<bool> {
    let Some(id) = item.professional else { return Ok(false) };
    let found = app
        .store
        .look_up(Lookup::default().account(item.account).professional(item.account, id))
        .await?;
    let (Some(account), Some(before)) = (found.account(item.account), found.professional(id))
    else {
        return Ok(false);
    };
    if before.end_notice_on.is_none_or(|it| app.today() < it) {
        return Ok(false);
    }
    let mut after = before.clone();
    after.end_notice_on = None;
    let ends_on =
        before.details.ends_on.filter(|_| !before.details.has_ended(account.today(app.now())));
    let notice = ends_on.map(|ends_on| {
        let content = MailContent::AccessEnding {
            account_name: account.name.to_string(),
            professional_name: before.details.name.to_string(),
            ends_on,
        };
        app.outbox_mail(content, Some(before), None)
    });
    let notice = notice.transpose()?;
    let change =
        ProfessionalChange { mails: notice.as_slice(), ..ProfessionalChange::new(before, &after) };
    app.store.change_professional(change).await?;
    Ok(notice.is_some())
}

/// Asks the administrators who still needs access, if there is anybody to ask about, and notes when to look again.
async fn ask(app: App, item: DueItem) -> Result<bool> {
    let found =
        app.store.look_up(Lookup::default().account(item.account).review(item.account)).await?;
    let (Some(account), Some(before)) = (found.account(item.account), &found.review) else {
        return Ok(false);
    };
    let today = app.today();
    if today < before.due_on {
        return Ok(false);
    }
    let months = app.policy.review_months;
    let wanted = months > 0
        && !account.is_lapsed(app.now(), app.policy.grace_days)
        && has_somebody(&app, account).await?;
    let question = if wanted {
        let content = MailContent::ReviewAccess { account_name: account.name.to_string(), months };
        Some(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? })
    } else {
        None
    };
    app.store.review(before, &before.next(today, months), question.as_ref()).await?;
    Ok(question.is_some())
}

/// Tells whether there is somebody to ask about: reads the list until it finds one.
async fn has_somebody(app: &App, account: &Account) -> Result<bool> {
    let (now, today) = (app.now(), account.today(app.now()));
    let reports = [AccessReport::NeverLinked, AccessReport::Inactive(app.policy.review_months)];
    let mut after = None;
    loop {
        let page = app.store.people(account.id, after).await?;
        if page.items.iter().any(|person| reports.iter().any(|it| it.includes(person, now, today)))
        {
            return Ok(true);
        }
        after = page.items.last().map(|it| it.id);
        if page.next.is_none() {
            return Ok(false);
        }
    }
}
