//! Tells administrators, billing contact and partner of a plan that comes to its end, and flags it once it has (requirements 29, 31).
//!
//! Access does not wait for it: that is judged by the dates themselves. It reads what is due from an index, so that its cost grows with the
//! accounts due and not with those held. What was told is noted on the account in the same transaction as the mail, so that nothing is told
//! twice, however often and late the schedule runs and wherever it is killed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jiff::civil::Date;
use portico::{
    App, Error, Result,
    domain::{
        Account, AccountId, Activity, Actor, Audience, Deed, MailContent, NoticeStage, Plan,
        authorization::ActingAs,
    },
    lambda::{
        self, Deadline,
        config::Config,
        schedule::{self, Outcome},
    },
    store::{AccountChange, DueItem, DueKind},
};
use serde_json::{Value, json};

/// The name under which it remembers how far it has come.
pub const NAME: &str = "flag-lapsed-plans";

/// How many accounts each stage was told of.
type Told = Mutex<BTreeMap<NoticeStage, u32>>;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::schedule(config.app(), handle))
}

/// Answers how many plans were flagged, how many accounts were told of each stage, the last day of which nothing is left, and whether the
/// time was enough: `{"flagged": 2, "noticed": {"14-days": 7, "lapsed": 2}, "through": "2027-01-01", "finished": true}`.
pub async fn handle(app: App, deadline: Deadline) -> Result<Value> {
    let told = Arc::<Told>::default();
    let (visitor, counted) = (app.clone(), told.clone());
    let visit = move |day, items| see_to(visitor.clone(), counted.clone(), day, items);
    let report = Box::pin(schedule::process_due(&app, NAME, DueKind::Plans, deadline, visit)).await;
    let noticed = told.lock().map_err(|_| Error::internal("a run has panicked"))?.clone();
    let flagged = noticed.get(&NoticeStage::Lapsed).copied().unwrap_or_default();
    tracing::info!(plans.flagged = flagged, plans.noticed = ?noticed, "plans looked at");
    let report = report?;
    Ok(
        json!({ "flagged": flagged, "noticed": noticed, "through": report.through, "finished": report.finished }),
    )
}

/// Sees to a page of accounts. They are read together; if one of them cannot be understood, each is read by itself.
async fn see_to(app: App, told: Arc<Told>, day: Date, items: Vec<DueItem>) -> Result<Outcome> {
    let ids: Vec<_> = items.iter().map(|it| it.account).collect();
    let accounts = match app.store.accounts(&ids).await {
        Err(Error::Internal(_)) => Vec::new(),
        accounts => accounts?,
    };
    let mut accounts: BTreeMap<_, _> = accounts.into_iter().map(|it| (it.id, it)).collect();
    let items = ids.into_iter().map(|id| (id, accounts.remove(&id))).collect();
    lambda::schedule::process_each(items, move |(id, account)| {
        Box::pin(see_to_one(app.clone(), told.clone(), day, id, account))
    })
    .await
}

/// Sees to one account, again from its first read when it was changed meanwhile.
async fn see_to_one(
    app: App,
    told: Arc<Told>,
    day: Date,
    id: AccountId,
    mut read: Option<Account>,
) -> Result<Outcome> {
    for _ in 0..5 {
        let account = match read.take() {
            Some(account) => Some(account),
            None => app.store.accounts(&[id]).await?.pop(),
        };
        let Some(account) = account else { return Ok(Outcome::Done) };
        match tell(&app, &told, &account).await {
            Err(Error::Conflict) => {}
            // The index may lag: whether it still has the account on that day is for the account to say.
            due_on => {
                return Ok(if due_on? == Some(day) { Outcome::StillDue } else { Outcome::Done });
            }
        }
    }
    Err(Error::Unavailable("an account kept changing".into()))
}

/// Tells of the stage that the account's plan has come to, if any, and returns the day it is due next.
async fn tell(app: &App, told: &Told, before: &Account) -> Result<Option<Date>> {
    let mut after = before.clone();
    let today = before.today(app.now());
    let grace_days = app.policy.grace_days;
    let stage = after.advance_notice(today, grace_days);
    let (Some(stage), Some(plan)) = (stage, &before.plan) else {
        if after.due_on != before.due_on {
            // The days of grace were changed since the day was worked out.
            app.store.replace_unrecorded(before, &after).await?;
        }
        return Ok(after.due_on);
    };
    let (content, act, facts) = says(stage, before, plan, grace_days, today);
    let mut mail = app.outbox_mail(content, None, None)?;
    mail.account = Some(before.id);
    let activity = Activity {
        facts,
        ..app.activity(before.id, Actor::system("The schedule", ActingAs::Schedule), act)?
    };
    let change = AccountChange { mails: &[mail], ..AccountChange::new(before, &after, &activity) };
    app.store.change_account(change).await?;
    *told.lock().map_err(|_| Error::internal("a run has panicked"))?.entry(stage).or_default() += 1;
    Ok(after.due_on)
}

/// What a stage is told with: the letter, what the activity list says, and with which facts.
fn says(
    stage: NoticeStage,
    account: &Account,
    plan: &Plan,
    grace_days: u8,
    today: Date,
) -> (MailContent, Deed, BTreeMap<String, String>) {
    let (account_name, plan_name, partner, audience) =
        (account.name.to_string(), plan.name.to_string(), account.partner.clone(), Audience::Own);
    let facts = |name: &str, day: Date| {
        [("plan".to_owned(), plan.name.to_string()), (name.to_owned(), day.to_string())].into()
    };
    let lapses_on = plan.lapses_on(grace_days);
    if stage == NoticeStage::Lapsed {
        let content = MailContent::PlanLapsed {
            account_name,
            plan_name,
            since: lapses_on,
            partner,
            audience,
        };
        return (content, Deed::PlanLapsed, facts("since", lapses_on));
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
    (content, Deed::PlanEnding, facts("until", plan.ends_on))
}
