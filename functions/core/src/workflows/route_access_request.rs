//! Finding out whom to ask about a request for access: the same when it comes in, when it is passed on and when its day has come.

use crate::{
    App, Result,
    domain::{
        AccessRequest, AccessRequestId, AccessState, Account, AccountId, AccountName, Actor,
        AuditEvent, Decider, EscalationNote, Event, MailContent, OutboxMail, Professional,
        access_request::{Deciders, Step},
        authorization::ActingAs,
    },
    runtime::retry_on_conflict,
    store::{ApprovedAccess, Found, Lookup},
};

/// DynamoDB reads 100 items at once; of more administrators than this the first are looked at.
const MOST_ADMINISTRATORS: usize = 40;

/// A request, and everybody who may be asked about it.
struct Context {
    request: AccessRequest,
    account: Account,
    deciders: Deciders,
}

/// Takes the request for access `id` in `account` one step on if it is time: has it laid into the account it is for, the next asked, or
/// has it expire. Returns whether there was anything to do.
///
/// Done once whoever does it and however often, for every step changes the request.
pub async fn route_access_request(
    app: &App,
    account: AccountId,
    id: AccessRequestId,
) -> Result<bool> {
    retry_on_conflict("a request for access", || route_once(app, account, id)).await
}

async fn route_once(app: &App, account: AccountId, id: AccessRequestId) -> Result<bool> {
    let found = app.store.look_up(Lookup::default().access_request(account, id)).await?;
    let Some(before) = found.access_request(account, id).filter(|it| it.is_open()) else {
        return Ok(false);
    };
    let mut request = before.clone();
    // Only what has just come in is laid into an account by what was typed: staff have looked at the rest.
    if request.stage.is_none()
        && request.account == AccountId::VENDOR
        && request.version == 1
        && let Some(account) = account_meant(app, &request.organisation).await?
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
                    asked_before.filter(|it| deciders.can(*it)),
                    stage,
                )?,
            )
        }
    };
    let event = audit_event(app, &request, event)?;
    app.store
        .change_access_request(before, &request, ApprovedAccess::None, &mails, &[event])
        .await?;
    Ok(true)
}

/// Finds the one account that was meant by what was typed: by its name, or by the number under which the vendor knows it.
async fn account_meant(app: &App, organisation: &AccountName) -> Result<Option<AccountId>> {
    let numbered =
        app.store.look_up(Lookup::default().external(AccountId::VENDOR, organisation.as_str()));
    let (named, numbered) = tokio::try_join!(app.store.accounts_named(organisation), numbered)?;
    let folded = organisation.search_key();
    let named = app
        .store
        .accounts(&named)
        .await?
        .into_iter()
        .filter(|it| it.name.search_key() == folded)
        .map(|it| it.id);
    let mut meant: Vec<_> =
        named.chain(numbered.externals.into_iter().map(|(_, account)| account)).collect();
    meant.sort_unstable();
    meant.dedup();
    Ok(if let [one] = meant[..] { Some(one) } else { None })
}

/// Reads what decides whom to ask.
async fn context(app: &App, request: AccessRequest) -> Result<Option<Context>> {
    let found = app.store.look_up(Lookup::default().account(request.account)).await?;
    let Some(account) = found.account(request.account).cloned() else { return Ok(None) };
    let deciders = deciders(app, &account).await?;
    Ok(Some(Context { request, account, deciders }))
}

async fn deciders(app: &App, account: &Account) -> Result<Deciders> {
    // All of the vendor's people are staff, who are asked in any case.
    if account.id == AccountId::VENDOR {
        return Ok(Deciders::default());
    }
    let partner = match account.partner.as_ref().map(|it| it.account) {
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
        partner.as_ref().map(|it| (it, administrators(&found, it))),
    );
    let theirs = theirs.as_ref().map(|(partner, people)| (*partner, people.as_slice()));
    Ok(Deciders::of(account, &own, theirs, app.now(), app.policy.grace_days))
}

/// Makes the mails to those who are asked, and to those who let their time pass but can still decide.
fn access_requested_mails(
    app: &App,
    request: &AccessRequest,
    account: &Account,
    late: Option<Decider>,
    stage: Decider,
) -> Result<Vec<OutboxMail>> {
    let waited = if request.stage.is_some_and(|it| it > Decider::Administrators)
        && account.id != AccountId::VENDOR
    {
        EscalationNote::Others
    } else {
        EscalationNote::Not
    };
    let mut mails = vec![access_requested(app, request, account, stage, waited)?];
    if let Some(late) = late {
        mails.push(access_requested(app, request, account, late, EscalationNote::Themselves)?);
    }
    Ok(mails)
}

fn access_requested(
    app: &App,
    request: &AccessRequest,
    account: &Account,
    stage: Decider,
    waited: EscalationNote,
) -> Result<OutboxMail> {
    let content = MailContent::AccessRequested {
        request: request.id,
        account_name: (account.id != AccountId::VENDOR).then(|| account.name.to_string()),
        name: request.name.clone(),
        email: request.email.clone(),
        stage,
        waited,
    };
    Ok(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? })
}

/// Creates the record of an event that nobody decided on: the requester caused it, or the schedule.
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
    let people = account.roles.administrators.iter().take(MOST_ADMINISTRATORS);
    people.fold(lookup, |lookup, it| lookup.professional(account.id, *it))
}

fn administrators<'a>(found: &'a Found, account: &Account) -> Vec<&'a Professional> {
    found.professionals.iter().filter(|it| it.account == account.id).collect()
}
