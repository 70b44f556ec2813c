//! Notifies administrators, billing contact and partner of a plan that is ending, and flags the
//! plan once it has lapsed (requirements 29, 31).
//!
//! Access does not depend on this schedule: it ends by the plan's dates. The schedule reads due
//! accounts from an index, so its cost grows with the accounts due and not with all accounts. The
//! transaction that queues a notice records it on the account, so no notice is sent twice, however
//! late or often the schedule runs and wherever it is killed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jiff::civil::Date;
use portico::{
    App, Error, Result,
    domain::{
        Account, AccountId, Actor, Audience, Event, MailContent, NoticeStage, Plan,
        authorization::ActingAs,
    },
    lambda::{
        self, Deadline,
        config::Config,
        schedule::{self, Outcome},
    },
    runtime::retry_on_conflict,
    store::{AccountChange, DueItem, DueKind},
};
use serde_json::{Value, json};

/// The name under which the schedule's progress is stored.
pub const NAME: &str = "flag-lapsed-plans";

/// How many accounts were notified, by stage.
type Counts = Mutex<BTreeMap<NoticeStage, u32>>;

/// Builds the function from the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Processes the due plans. Returns how many were flagged, how many accounts were notified by
/// stage, the last day that is complete, and whether the run finished in time: `{"flagged": 2,
/// "noticed": {"14-days": 7, "lapsed": 2}, "through": "2027-01-01", "finished": true}`.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let counts = Arc::<Counts>::default();
    let (page_app, page_counts) = (app.clone(), counts.clone());
    let process = move |day, items| process_page(page_app.clone(), page_counts.clone(), day, items);
    let report =
        Box::pin(schedule::process_due(&app, NAME, DueKind::Plans, deadline, process)).await;
    let noticed = counts.lock().map_err(|_| Error::internal("a run has panicked"))?.clone();
    let flagged = noticed.get(&NoticeStage::Lapsed).copied().unwrap_or_default();
    tracing::info!(plans.flagged = flagged, plans.noticed = ?noticed, "due plans processed");
    let report = report?;
    Ok(json!({
        "flagged": flagged,
        "noticed": noticed,
        "through": report.through,
        "finished": report.finished,
    }))
}

/// Processes a page of accounts. They are read together; if one of them cannot be read, each is
/// read on its own.
async fn process_page(
    app: App,
    counts: Arc<Counts>,
    day: Date,
    items: Vec<DueItem>,
) -> Result<Outcome> {
    let ids: Vec<_> = items.iter().map(|item| item.account).collect();
    let accounts = match app.store.accounts(&ids).await {
        Err(Error::Internal(_)) => Vec::new(),
        accounts => accounts?,
    };
    let mut accounts: BTreeMap<_, _> =
        accounts.into_iter().map(|account| (account.id, account)).collect();
    let items = ids.into_iter().map(|id| (id, accounts.remove(&id))).collect();
    lambda::schedule::process_each(items, move |(id, account)| {
        Box::pin(process_account(app.clone(), counts.clone(), day, id, account))
    })
    .await
}

/// Processes one account, and reads it again after a conflict.
async fn process_account(
    app: App,
    counts: Arc<Counts>,
    day: Date,
    id: AccountId,
    mut account: Option<Account>,
) -> Result<Outcome> {
    let (app, counts) = (&app, &counts);
    let due_on = retry_on_conflict("an account", || {
        let known = account.take();
        async move {
            let account = match known {
                Some(account) => Some(account),
                None => app.store.accounts(&[id]).await?.pop(),
            };
            match account {
                Some(account) => send_due_notice(app, counts, &account).await,
                None => Ok(None),
            }
        }
    })
    .await?;
    // The index may lag, so the account's own day decides.
    Ok(if due_on == Some(day) { Outcome::StillDue } else { Outcome::Done })
}

/// Sends the notice of the stage that the account's plan has reached, if any, and returns the day
/// it is due next.
async fn send_due_notice(app: &App, counts: &Counts, before: &Account) -> Result<Option<Date>> {
    let mut after = before.clone();
    let today = before.today(app.now());
    let grace_days = app.policy.grace_days;
    let stage = after.advance_notice(today, grace_days);
    let (Some(stage), Some(plan)) = (stage, &before.plan) else {
        if after.due_on != before.due_on {
            // The grace period was changed since the day was computed.
            app.store.replace_unrecorded(before, &after).await?;
        }
        return Ok(after.due_on);
    };
    let (content, event) = says(stage, before, plan, grace_days, today);
    let mut mail = app.outbox_mail(content, None, None)?;
    mail.account = Some(before.id);
    let actor = Actor::system("The schedule", ActingAs::Schedule);
    let event = app.audit_event(before.id, actor, event)?;
    let change = AccountChange { mails: &[mail], ..AccountChange::new(before, &after, &event) };
    app.store.change_account(change).await?;
    let mut counts = counts.lock().map_err(|_| Error::internal("a run has panicked"))?;
    *counts.entry(stage).or_default() += 1;
    Ok(after.due_on)
}

/// Returns the mail and the audit event of a stage.
fn says(
    stage: NoticeStage,
    account: &Account,
    plan: &Plan,
    grace_days: u8,
    today: Date,
) -> (MailContent, Event) {
    let (account_name, plan_name, partner, audience) =
        (account.name.to_string(), plan.name.to_string(), account.partner.clone(), Audience::Own);
    let lapses_on = plan.lapses_on(grace_days);
    if stage == NoticeStage::Lapsed {
        let content = MailContent::PlanLapsed {
            account_name,
            plan_name,
            since: lapses_on,
            partner,
            audience,
        };
        return (content, Event::PlanLapsed { plan: plan.into(), since: lapses_on });
    }
    let days_left = (plan.ends_on - today).get_days();
    let content = MailContent::PlanEnding {
        account_name,
        plan_name,
        ends_on: plan.ends_on,
        days_left,
        lapses_on,
        partner,
        audience,
    };
    (content, Event::PlanEnding { plan: plan.into() })
}
