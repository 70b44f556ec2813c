//! Keeps lists of people short (requirement 13): sends notices of access that is about to end, and
//! regularly asks administrators to review who still needs access.
//!
//! Access does not depend on this schedule: it ends by its date. The schedule reads due items from
//! an index, so its cost grows only with what is due.

use portico::{
    App, Result,
    domain::{AccessReport, Account, MailContent, OutboxMail},
    lambda::{self, Deadline, config::Config, schedule::process_due_items},
    store::{DueItem, DueKind, Lookup, ProfessionalChange},
};
use serde_json::{Value, json};

/// The names under which the progress of each part is stored.
const ENDS: &str = "remind-administrators-ends";
const REVIEWS: &str = "remind-administrators-reviews";

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Processes both parts. Returns how many notices were sent and how many accounts' administrators
/// were asked: `{"ends": 2, "reviews": 1}`, with the run's progress.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let process_end = {
        let app = app.clone();
        move |item| send_end_notice(app.clone(), item)
    };
    let process_review = {
        let app = app.clone();
        move |item| request_review(app.clone(), item)
    };
    let ends = Box::pin(process_due_items(&app, ENDS, DueKind::Ends, deadline, process_end)).await;
    // An error in the first part must not delay the second.
    let (reviews, of_reviews) =
        Box::pin(process_due_items(&app, REVIEWS, DueKind::Reviews, deadline, process_review))
            .await?;
    let (ends, of_ends) = ends?;
    tracing::info!(notices.sent = ends, reviews.requested = reviews, "administrators reminded");
    Ok(json!({
        "ends": ends,
        "reviews": reviews,
        "through": of_ends.through.min(of_reviews.through),
        "finished": of_ends.finished && of_reviews.finished,
    }))
}

/// Sends the notice that somebody's access is about to end, and clears its due day, so that it is
/// sent once. The index may lag, so the professional's own day decides.
async fn send_end_notice(app: App, item: DueItem) -> Result<bool> {
    let Some(id) = item.professional else { return Ok(false) };
    let found = app
        .store
        .look_up(Lookup::default().account(item.account).professional(item.account, id))
        .await?;
    let (Some(account), Some(before)) = (found.account(item.account), found.professional(id))
    else {
        return Ok(false);
    };
    if before.end_notice_on.is_none_or(|day| app.today() < day) {
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

/// Asks the administrators to review access, if somebody is worth reviewing, and schedules the next
/// review.
async fn request_review(app: App, item: DueItem) -> Result<bool> {
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
    let is_needed = months > 0
        && !account.is_lapsed(app.now(), app.policy.grace_days)
        && has_people_to_review(&app, account).await?;
    let mail = if is_needed {
        let content = MailContent::ReviewAccess { account_name: account.name.to_string(), months };
        Some(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? })
    } else {
        None
    };
    app.store.review(before, &before.next(today, months), mail.as_ref()).await?;
    Ok(mail.is_some())
}

/// Checks whether somebody may no longer need access: reads the list up to the first such person.
async fn has_people_to_review(app: &App, account: &Account) -> Result<bool> {
    let (now, today) = (app.now(), account.today(app.now()));
    let reports = [AccessReport::NeverLinked, AccessReport::Inactive(app.policy.review_months)];
    let mut after = None;
    loop {
        let page = app.store.people(account.id, after).await?;
        if page
            .items
            .iter()
            .any(|person| reports.iter().any(|report| report.includes(person, now, today)))
        {
            return Ok(true);
        }
        after = page.items.last().map(|person| person.id);
        if page.next.is_none() {
            return Ok(false);
        }
    }
}
