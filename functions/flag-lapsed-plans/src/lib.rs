//! Flags the plans that have lapsed and has it told to administrators and billing contact (requirements 29, 31).
//!
//! Access does not wait for it: that is judged by the dates themselves. It reads what is due from an index, day by day since it last
//! ran, so that its cost grows with the accounts due and a schedule that was late or ran twice makes no difference.

use jiff::{ToSpan, civil::Date};
use portico::{
    App, Error, Result,
    config::Config,
    domain::{Account, Activity, Actor, Deed, Letter, PlanState, authority::Capacity},
    lambda,
    store::Due,
};
use serde_json::{Value, json};

/// The name under which it remembers how far it has come.
const NAME: &str = "flag-lapsed-plans";
/// How far back the first run looks, in days.
const FIRST_LOOK: i32 = 35;
/// The index spreads each day over this many partitions.
const SHARDS: u8 = 16;

/// Makes the function of the configuration.
pub fn connect(config: &Config) -> Result<lambda::Function> {
    Ok(lambda::event(config.app(), handle))
}

/// Answers how many plans were flagged: `{"flagged": 2, "through": "2027-01-01"}`. What the event says does not matter.
pub async fn handle(app: App, _event: Value) -> Result<Value> {
    let today = app.today();
    let mut day = app.store.schedule(NAME).await?.unwrap_or_else(|| today - FIRST_LOOK.days()).min(today);
    let mut flagged = 0_u32;
    while day <= today {
        for shard in 0..SHARDS {
            flagged += flag_due(&app, day, shard).await?;
        }
        app.store.schedule_done(NAME, day).await?;
        day = day.tomorrow().map_err(Error::internal)?;
    }
    tracing::info!(plans.flagged = flagged, "lapsed plans flagged");
    Ok(json!({ "flagged": flagged, "through": today }))
}

/// One account that cannot be flagged does not keep the others waiting; the day is then looked at again by the next run.
async fn flag_due(app: &App, day: Date, shard: u8) -> Result<u32> {
    let mut flagged = 0;
    let mut failed = Ok(());
    let mut after = None;
    loop {
        let due = app.store.due(day, shard, after).await?;
        let Some(last) = due.last() else { return failed.map(|()| flagged) };
        after = Some(last.account);
        for Due { account, .. } in due {
            match flag(app, account).await {
                Ok(done) => flagged += u32::from(done),
                Err(error) => failed = Err(error),
            }
        }
    }
}

/// Flags one account, again from its first read when it was changed meanwhile.
async fn flag(app: &App, id: portico::domain::AccountId) -> Result<bool> {
    for _ in 0..5 {
        let Some(account) = app.store.accounts(&[id]).await?.pop() else { return Ok(false) };
        match flag_account(app, &account, account.today(app.now())).await {
            Err(Error::Stale) => {}
            done => return done,
        }
    }
    Err(Error::Unavailable("an account kept changing".into()))
}

/// The index may lag, so what the account itself says decides; flagging takes it out of the index, so that it happens once.
async fn flag_account(app: &App, before: &Account, today: Date) -> Result<bool> {
    let Some(plan) = before.plan.as_ref().filter(|_| before.due_on.is_some_and(|it| it <= today)) else { return Ok(false) };
    let grace_days = app.policy.grace_days;
    let mut after = before.clone();
    if plan.state(today, grace_days) != PlanState::Lapsed || today < plan.starts_on {
        after.due_on = Some(plan.lapses_on(grace_days).max(today + 1.day()));
        if after.due_on == before.due_on {
            return Ok(false);
        }
    } else {
        after.due_on = None;
        after.lapsed_on = Some(plan.lapses_on(grace_days));
    }
    let Some(since) = after.lapsed_on.filter(|_| after.due_on.is_none()) else {
        // The days of grace were changed since the date was set.
        app.store.reschedule(before, &after).await?;
        return Ok(false);
    };
    let letter =
        Letter::PlanLapsed { account_name: before.name.to_string(), plan_name: plan.name.to_string(), since, partner: before.partner.clone() };
    let mut mail = app.mail(letter, None, None)?;
    mail.account = Some(before.id);
    let actor = Actor::system("The daily schedule", Capacity::Schedule);
    let facts = [("plan".to_owned(), plan.name.to_string()), ("since".to_owned(), since.to_string())].into();
    let activity = Activity { facts, ..app.activity(before.id, actor, Deed::PlanLapsed)? };
    app.store.change_account(before, &after, &[], &[mail], &activity).await?;
    Ok(true)
}
