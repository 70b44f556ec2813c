//! Decides on a request for access (requirement 23): approves it, which invites the person;
//! declines it with a reason; or passes it on to another account.

use std::slice;

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        AccessRequest, AccessState, Account, AccountId, AccountRef, Event, FieldErrorCode,
        FieldErrors, MailContent, OutboxMail, Professional, Reason, Roles,
        authorization::{ActingAs, Action},
    },
    http::{Request, Response, Source, ok, views::AccessRequestView},
    store::{AccessRequestChange, ApprovedAccess, Lookup},
    workflows::invite::{invite, send_invitation},
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

/// Decides in one transaction. The same decision a second time gets the same response.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed-out callers get 401 before the body is parsed.
    if let Source::Web { .. } = request.source() {
        request.session_cookie()?;
    }
    let (account, id) = (request.account()?, request.access_request()?);
    let input: Input = request.json()?;
    let lookup = Lookup::default().access_request(account, id);
    let lookup =
        input.account.iter().fold(lookup, |lookup, to| lookup.account(*to).access_request(*to, id));
    let (access, found) =
        request.authorize_with(&app, account, Action::DecideAccessRequest, lookup).await?;
    let (reason, to) = input.parse()?;
    let passed_on = to.filter(|to| *to != account).and_then(|to| found.access_request(to, id));
    if let Some(done) = passed_on.filter(|_| may_pass_on(&access)) {
        return ok(&AccessRequestView::new(&access, done, None));
    }
    let before = found.access_request(account, id).ok_or(Error::NotFound("request for access"))?;
    let after = match (input.decision, before.state) {
        (Decision::Approve, AccessState::Open) => approve(&app, &access, before).await?,
        (Decision::Decline, AccessState::Open) => decline(&app, &access, before, reason).await?,
        (Decision::PassOn, AccessState::Open) => {
            pass_on(&app, &access, before, to.and_then(|to| found.account(to))).await?
        }
        (Decision::Approve, AccessState::Approved) | (Decision::Decline, AccessState::Declined) => {
            before.clone()
        }
        _ => return Err(Error::Changed),
    };
    ok(&AccessRequestView::new(&access, &after, None))
}

/// Adds the person to the account's list and invites them, or invites the professional who has the
/// address there already. Only the mailed link gives access, so typing somebody else's address
/// gains nothing.
async fn approve(app: &App, access: &Access, before: &AccessRequest) -> Result<AccessRequest> {
    if before.account == AccountId::VENDOR {
        return Err(Error::Forbidden(
            "pass the request on to the account it is for; add the vendor's own people to its list",
        ));
    }
    access.require(Action::Invite)?;
    let after = ended(access, before, AccessState::Approved, None);
    let mut professional =
        Professional::new(app.new_id()?, before.account, before.details(), access.now);
    let mail = invite(app, Some(access), &access.account, &mut professional)?;
    let account = &access.account;
    let first = account
        .roles
        .is_empty()
        .then(|| Account { roles: Roles::sole_holder(professional.id), ..account.clone() });
    let approval = Event::AccessRequestApproved { requester: after.requester() };
    let addition = Event::ProfessionalAdded {
        professional: (&professional).into(),
        invited: true,
        imported: false,
    };
    let events = [
        access.audit_event(app, account.id, approval)?,
        access.audit_event(app, account.id, addition)?,
    ];
    let approved = ApprovedAccess::Added {
        account: first.as_ref().map(|after| (account, after)),
        professional: &professional,
    };
    let change = AccessRequestChange {
        approved,
        mails: &[mail],
        ..AccessRequestChange::new(before, &after, &events)
    };
    match app.store.change_access_request(change).await {
        Err(Error::DuplicateEmail { professional, .. }) => {
            let found =
                app.store.look_up(Lookup::default().professional(account.id, professional)).await?;
            let professional = found.professional(professional).ok_or(Error::Conflict)?;
            approve_known(app, access, before, professional).await
        }
        done => done.map(|()| after),
    }
}

/// Invites `known`, who has the address already, unless the requesting identity is the one linked
/// to it: that person has access already.
async fn approve_known(
    app: &App,
    access: &Access,
    before: &AccessRequest,
    known: &Professional,
) -> Result<AccessRequest> {
    let after = ended(access, before, AccessState::Approved, None);
    let approved = Event::AccessRequestApproved { requester: after.requester() };
    let approved = access.audit_event(app, before.account, approved)?;
    if known.is_linked_to(&before.identity.key) && !known.details.has_ended(access.today) {
        let change = AccessRequestChange::new(before, &after, slice::from_ref(&approved));
        app.store.change_access_request(change).await?;
        return Ok(after);
    }
    let mut invited = known.clone();
    let mail = send_invitation(app, access, &mut invited)?;
    let invitation = Event::InvitationRequested { professional: known.into() };
    let events = [approved, access.audit_event(app, before.account, invitation)?];
    let approved = ApprovedAccess::Invited { before: known, after: &invited };
    let change = AccessRequestChange {
        approved,
        mails: &[mail],
        ..AccessRequestChange::new(before, &after, &events)
    };
    app.store.change_access_request(change).await?;
    Ok(after)
}

async fn decline(
    app: &App,
    access: &Access,
    before: &AccessRequest,
    reason: Option<Reason>,
) -> Result<AccessRequest> {
    let after = ended(access, before, AccessState::Declined, reason);
    let event = Event::AccessRequestDeclined { requester: after.requester() };
    let events = [access.audit_event(app, before.account, event)?];
    let change = AccessRequestChange::new(before, &after, &events);
    app.store.change_access_request(change).await?;
    Ok(after)
}

/// Moves the request to the account that staff name, whose administrators then decide first.
async fn pass_on(
    app: &App,
    access: &Access,
    before: &AccessRequest,
    to: Option<&Account>,
) -> Result<AccessRequest> {
    if !may_pass_on(access) {
        return Err(Error::Forbidden("only the vendor's staff may pass a request on"));
    }
    let to = to
        .filter(|account| account.id != before.account)
        // Staff confirm first what a partner has invented or renamed.
        .filter(|account| account.is_confirmed())
        .ok_or_else(|| Error::invalid("account", FieldErrorCode::NoAccountForAccess))?;
    let mut after = before.clone();
    after.move_to(to.id, app.today());
    let mail = OutboxMail {
        account: Some(to.id),
        ..app.outbox_mail(MailContent::RoutedAccess { request: before.id }, None, None)?
    };
    // Each account's list tells what happened in it; only the vendor's says where the request went.
    let named = (before.account == AccountId::VENDOR)
        .then(|| AccountRef { id: to.id, name: to.name.to_string() });
    let event = Event::AccessRequestPassedOn { requester: before.requester(), to: named };
    let event = access.audit_event(app, before.account, event)?;
    let change = AccessRequestChange {
        mails: &[mail],
        ..AccessRequestChange::new(before, &after, slice::from_ref(&event))
    };
    app.store.change_access_request(change).await?;
    Ok(after)
}

fn may_pass_on(access: &Access) -> bool {
    matches!(access.acting_as, ActingAs::Staff | ActingAs::Operator)
}

fn ended(
    access: &Access,
    before: &AccessRequest,
    state: AccessState,
    reason: Option<Reason>,
) -> AccessRequest {
    let mut after = before.clone();
    after.end(state, reason, Some(access.name()), access.now);
    after
}

impl Input {
    /// Parses the reason, which only declining takes, and the account, which only passing on takes.
    fn parse(&self) -> Result<(Option<Reason>, Option<AccountId>)> {
        let mut errors = FieldErrors::default();
        let reason = errors.parse_optional("reason", self.reason.as_deref(), |text| {
            Reason::parse(&text.replace(['\r', '\n', '\t'], " "))
        });
        match self.decision {
            Decision::Decline if self.reason.is_none() => {
                errors.add("reason", FieldErrorCode::Empty);
            }
            Decision::Approve | Decision::PassOn if self.reason.is_some() => {
                errors.add("reason", FieldErrorCode::NotAskedFor);
            }
            _ => {}
        }
        match self.decision {
            Decision::PassOn if self.account.is_none() => {
                errors.add("account", FieldErrorCode::NoAccountForAccess);
            }
            Decision::Approve | Decision::Decline if self.account.is_some() => {
                errors.add("account", FieldErrorCode::NotAskedFor);
            }
            _ => {}
        }
        errors.into_result()?;
        Ok((reason, self.account))
    }
}
