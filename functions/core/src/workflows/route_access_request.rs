//! Routing requests for access: the same for a new request, for one passed on, and for one that
//! escalates.

use std::slice;

use crate::{
    App, Result,
    domain::{
        AccessRequest, AccessRequestId, AccessState, Account, AccountId, AccountName, Actor,
        AuditEvent, Decider, Escalation, Event, MailContent, OutboxMail, Professional,
        access_request::{Deciders, Step, account_for},
        authorization::ActingAs,
    },
    runtime::retry_on_conflict,
    store::{AccessRequestChange, Found, Lookup},
};

/// The most accounts in one read.
const MOST_READ: usize = 100;

/// A request and who can decide on it.
struct Context {
    request: AccessRequest,
    account: Account,
    deciders: Deciders,
}

/// Takes the next step for the request `id` in `account`, if one is due: moves it to its account,
/// asks the next deciders, or lets it expire. Returns whether there was a step.
///
/// Idempotent: every step changes the request's version.
pub async fn route_access_request(
    app: &App,
    account: AccountId,
    id: AccessRequestId,
) -> Result<bool> {
    retry_on_conflict("a request for access", || route_once(app, account, id)).await
}

async fn route_once(app: &App, account: AccountId, id: AccessRequestId) -> Result<bool> {
    let found = app.store.look_up(Lookup::default().access_request(account, id)).await?;
    let Some(before) = found.access_request(account, id).filter(|request| request.is_open()) else {
        return Ok(false);
    };
    let mut request = before.clone();
    // Only a new request moves by what was typed; staff have seen the others.
    if request.stage.is_none()
        && request.account == AccountId::VENDOR
        && request.version == 1
        && let Some(account) = account_named(app, &request.organisation).await?
    {
        request.move_to(account, app.today());
    }
    let Some(Context { mut request, account, deciders }) = context(app, request).await? else {
        return Ok(false);
    };
    let today = account.today(app.now());
    let asked_before = request.stage;
    let requester = request.requester();
    let (event, mails) = match request.next(deciders, today) {
        Step::Wait => return Ok(false),
        Step::Expire => {
            request.end(AccessState::Expired, None, None, app.now());
            (Event::AccessRequestExpired { requester }, Vec::new())
        }
        Step::Ask(stage) => {
            request.ask(stage, today, app.policy.escalation_days);
            let event = if asked_before.is_some() {
                Event::AccessRequestEscalated { requester, stage }
            } else {
                Event::AccessRequested { requester, stage }
            };
            (
                event,
                access_requested_mails(
                    app,
                    &request,
                    &account,
                    asked_before.filter(|decider| deciders.can_decide(*decider)),
                    stage,
                )?,
            )
        }
    };
    let event = audit_event(app, &request, event)?;
    let change = AccessRequestChange {
        mails: &mails,
        ..AccessRequestChange::new(before, &request, slice::from_ref(&event))
    };
    app.store.change_access_request(change).await?;
    Ok(true)
}

/// Returns the account that what a stranger typed leads to, if there is one.
async fn account_named(app: &App, organisation: &AccountName) -> Result<Option<AccountId>> {
    let numbered =
        app.store.look_up(Lookup::default().external(AccountId::VENDOR, organisation.as_str()));
    let (named, numbered) = tokio::try_join!(app.store.accounts_named(organisation), numbered)?;
    let numbered = numbered.externals.first().map(|(_, account)| *account);
    let ids: Vec<_> = numbered.into_iter().chain(named).collect();
    let mut candidates = Vec::new();
    for ids in ids.chunks(MOST_READ) {
        candidates.extend(app.store.accounts(ids).await?);
    }
    Ok(account_for(organisation, numbered, &candidates))
}

/// Reads the request's account and its deciders.
async fn context(app: &App, request: AccessRequest) -> Result<Option<Context>> {
    let found = app.store.look_up(Lookup::default().account(request.account)).await?;
    let Some(account) = found.account(request.account).cloned() else { return Ok(None) };
    let deciders = deciders(app, &account).await?;
    Ok(Some(Context { request, account, deciders }))
}

async fn deciders(app: &App, account: &Account) -> Result<Deciders> {
    // At the vendor's account the deciders are always staff.
    if account.id == AccountId::VENDOR {
        return Ok(Deciders::default());
    }
    let partner = match account.partner_id() {
        Some(partner) => app.store.accounts(&[partner]).await?.pop(),
        None => None,
    };
    let found = app
        .store
        .look_up(
            partner.iter().fold(administrators_of(Lookup::default(), account), administrators_of),
        )
        .await?;
    let (own, theirs) = (
        administrators(&found, account),
        partner.as_ref().map(|partner| (partner, administrators(&found, partner))),
    );
    let theirs = theirs.as_ref().map(|(partner, people)| (*partner, people.as_slice()));
    Ok(Deciders::of(account, &own, theirs, app.now(), app.policy.grace_days))
}

/// Creates the mails to the deciders, and to those before them who did not decide in time but still
/// can.
fn access_requested_mails(
    app: &App,
    request: &AccessRequest,
    account: &Account,
    late: Option<Decider>,
    stage: Decider,
) -> Result<Vec<OutboxMail>> {
    let escalation = if request.stage.is_some_and(|decider| decider > Decider::Administrators)
        && account.id != AccountId::VENDOR
    {
        Escalation::FromOthers
    } else {
        Escalation::First
    };
    let mut mails = vec![access_requested(app, request, account, stage, escalation)?];
    if let Some(late) = late {
        mails.push(access_requested(app, request, account, late, Escalation::Reminder)?);
    }
    Ok(mails)
}

fn access_requested(
    app: &App,
    request: &AccessRequest,
    account: &Account,
    stage: Decider,
    escalation: Escalation,
) -> Result<OutboxMail> {
    let content = MailContent::AccessRequested {
        request: request.id,
        account_name: (account.id != AccountId::VENDOR).then(|| account.name.to_string()),
        name: request.name.clone(),
        email: request.email.clone(),
        stage,
        escalation,
    };
    Ok(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? })
}

/// Creates the audit event of a step: by the requester for a new request, else by the schedule.
fn audit_event(app: &App, request: &AccessRequest, event: Event) -> Result<AuditEvent> {
    let actor = if matches!(event, Event::AccessRequested { .. }) {
        Actor {
            identity: Some(request.identity.key.clone()),
            ..Actor::system(request.name.as_str(), ActingAs::Own)
        }
    } else {
        Actor::system("The hourly schedule", ActingAs::Schedule)
    };
    app.audit_event(request.account, actor, event)
}

fn administrators_of(lookup: Lookup, account: &Account) -> Lookup {
    let people = account.roles.administrators.iter();
    people.fold(lookup, |lookup, id| lookup.professional(account.id, *id))
}

fn administrators<'a>(found: &'a Found, account: &Account) -> Vec<&'a Professional> {
    found.professionals.iter().filter(|person| person.account == account.id).collect()
}
