//! Decides on a request for access: approves it, which invites, declines it with a reason, or passes it on (requirement 23).

use portico::{
    App, Error, Result,
    domain::{
        AccessRequest, AccessState, Account, AccountId, Activity, Deed, Faults, Flaw, Letter, Mail,
        Professional, Reason, Roles,
        authority::{Act, Capacity},
    },
    http::{Entry, Request, Response, Source, ok, views::AccessRequestView},
    store::{Admission, Lookup},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/access-requests/{request}/decision";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    decision: Decision,
    account: Option<AccountId>,
    reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Approve,
    Decline,
    PassOn,
}

/// Decides, in one transaction with all that comes of it. The same decision again is told the same.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed out is told before the body is looked at.
    if let Source::Web { .. } = request.source() {
        request.signed()?;
    }
    let (account, id) = (request.account()?, request.access_request()?);
    let input: Input = request.json()?;
    let lookup = Lookup::default().access_request(account, id);
    let lookup =
        input.account.iter().fold(lookup, |lookup, it| lookup.account(*it).access_request(*it, id));
    let (entry, found) =
        request.enter_reading(&app, account, Act::DecideAccessRequest, lookup).await?;
    let (reason, to) = input.parse()?;
    let passed_on = to.filter(|it| *it != account).and_then(|it| found.access_request(it, id));
    if let Some(done) = passed_on.filter(|_| may_pass_on(&entry)) {
        return ok(&AccessRequestView::new(&entry, done, None));
    }
    let before = found.access_request(account, id).ok_or(Error::NotFound("request for access"))?;
    let after = match (input.decision, before.state) {
        (Decision::Approve, AccessState::Open) => approve(&app, &entry, before).await?,
        (Decision::Decline, AccessState::Open) => decline(&app, &entry, before, reason).await?,
        (Decision::PassOn, AccessState::Open) => {
            pass_on(&app, &entry, before, to.and_then(|it| found.account(it))).await?
        }
        (Decision::Approve, AccessState::Approved) | (Decision::Decline, AccessState::Declined) => {
            before.clone()
        }
        _ => return Err(Error::Changed),
    };
    ok(&AccessRequestView::new(&entry, &after, None))
}

/// Adds the person to the account's list and has them invited, or invites whoever has the address there. The way in is always the mailed link:
/// whoever typed somebody else's address has gained nothing.
async fn approve(app: &App, entry: &Entry, before: &AccessRequest) -> Result<AccessRequest> {
    if before.account == AccountId::VENDOR {
        return Err(Error::Forbidden(
            "pass the request on to the account it is for; the vendor's own people are added on its list",
        ));
    }
    entry.allow(Act::Invite)?;
    let after = ended(entry, before, AccessState::Approved, None);
    let mut professional =
        Professional::new(app.new_id()?, before.account, before.details(), entry.now);
    let mail = app.invite(Some(entry), &entry.account, &mut professional)?;
    let account = &entry.account;
    let first = account
        .roles
        .is_empty()
        .then(|| Account { roles: Roles::of_first(professional.id), ..account.clone() });
    let added = Activity {
        facts: [("invited".to_owned(), "yes".to_owned())].into(),
        ..entry.activity(app, account.id, Deed::ProfessionalAdded, Some(&professional))?
    };
    let activities = [activity(app, entry, &after, Deed::AccessRequestApproved)?, added];
    let admission = Admission::Added {
        account: first.as_ref().map(|it| (account, it)),
        professional: &professional,
    };
    let limits = entry.invitation_limits(app, [&mail]);
    match app
        .store
        .limited_by(limits)
        .change_access_request(before, &after, admission, &[mail], &activities)
        .await
    {
        Err(Error::DuplicateEmail { professional, .. }) => {
            let found =
                app.store.look_up(Lookup::default().professional(account.id, professional)).await?;
            let professional = found.professional(professional).ok_or(Error::Stale)?;
            approve_known(app, entry, before, professional).await
        }
        done => done.map(|()| after),
    }
}

/// Invites `known`, who has the address already, unless the identity that asks is the one linked: then there is nothing to invite to.
async fn approve_known(
    app: &App,
    entry: &Entry,
    before: &AccessRequest,
    known: &Professional,
) -> Result<AccessRequest> {
    let after = ended(entry, before, AccessState::Approved, None);
    let approved = activity(app, entry, &after, Deed::AccessRequestApproved)?;
    if known.is_linked_to(&before.identity.key) && !known.details.has_ended(entry.today) {
        app.store.change_access_request(before, &after, Admission::None, &[], &[approved]).await?;
        return Ok(after);
    }
    let mut invited = known.clone();
    let mail = app.send_invitation(entry, &mut invited)?;
    let activities =
        [approved, entry.activity(app, before.account, Deed::InvitationRequested, Some(known))?];
    let limits = entry.invitation_limits(app, [&mail]);
    let admission = Admission::Invited { before: known, after: &invited };
    app.store
        .limited_by(limits)
        .change_access_request(before, &after, admission, &[mail], &activities)
        .await?;
    Ok(after)
}

async fn decline(
    app: &App,
    entry: &Entry,
    before: &AccessRequest,
    reason: Option<Reason>,
) -> Result<AccessRequest> {
    let after = ended(entry, before, AccessState::Declined, reason);
    let activities = [activity(app, entry, &after, Deed::AccessRequestDeclined)?];
    app.store.change_access_request(before, &after, Admission::None, &[], &activities).await?;
    Ok(after)
}

/// Lays the request into the account that staff know it is for, where its administrators are asked first.
async fn pass_on(
    app: &App,
    entry: &Entry,
    before: &AccessRequest,
    to: Option<&Account>,
) -> Result<AccessRequest> {
    if !may_pass_on(entry) {
        return Err(Error::Forbidden("only the vendor's staff may pass a request on"));
    }
    let to = to
        .filter(|it| it.id != before.account)
        .ok_or_else(|| Error::invalid("account", Flaw::NoAccountForAccess))?;
    let mut after = before.clone();
    after.move_to(to.id, app.today());
    let mail = Mail {
        account: Some(to.id),
        ..app.mail(Letter::RoutedAccess { request: before.id }, None, None)?
    };
    // Each account's list tells what happened in it; only the vendor's says where the request went.
    let mut passed = activity(app, entry, before, Deed::AccessRequestPassedOn)?;
    if before.account == AccountId::VENDOR {
        passed.facts.insert("to".to_owned(), to.name.to_string());
    }
    app.store.change_access_request(before, &after, Admission::None, &[mail], &[passed]).await?;
    Ok(after)
}

fn may_pass_on(entry: &Entry) -> bool {
    matches!(entry.capacity, Capacity::Staff | Capacity::Operator)
}

fn ended(
    entry: &Entry,
    before: &AccessRequest,
    state: AccessState,
    reason: Option<Reason>,
) -> AccessRequest {
    let mut after = before.clone();
    after.end(state, reason, Some(entry.name()), entry.now);
    after
}

fn activity(app: &App, entry: &Entry, request: &AccessRequest, deed: Deed) -> Result<Activity> {
    Ok(Activity { facts: request.facts(), ..entry.activity(app, request.account, deed, None)? })
}

impl Input {
    /// A reason belongs to declining, and an account to passing on.
    fn parse(&self) -> Result<(Option<Reason>, Option<AccountId>)> {
        let mut faults = Faults::default();
        let reason = faults.take_optional("reason", self.reason.as_deref(), |it| {
            Reason::parse(&it.replace(['\r', '\n', '\t'], " "))
        });
        match self.decision {
            Decision::Decline if self.reason.is_none() => faults.add("reason", Flaw::Empty),
            Decision::Approve | Decision::PassOn if self.reason.is_some() => {
                faults.add("reason", Flaw::NotAskedFor)
            }
            _ => {}
        }
        match self.decision {
            Decision::PassOn if self.account.is_none() => {
                faults.add("account", Flaw::NoAccountForAccess)
            }
            Decision::Approve | Decision::Decline if self.account.is_some() => {
                faults.add("account", Flaw::NotAskedFor)
            }
            _ => {}
        }
        faults.none()?;
        Ok((reason, self.account))
    }
}
