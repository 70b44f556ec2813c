//! Sets how the people of an account must sign in and which identities they may link, or lifts that
//! (requirement 42).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, Event, FactorsFor, FieldErrorCode, FieldErrors, Linking, LinkingKind, MailContent,
        OutboxMail, PolicyLift, Reason, SignInPolicy,
        authorization::{ActingAs, Action, StepUp},
    },
    http::{Request, Response, accepted_with, ok, views::AccountView},
    store::AccountChange,
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PUT /api/accounts/{account}/sign-in-policy";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    factors: FactorsFor,
    linking: LinkingInput,
    /// Why staff or an operator lift the policy.
    reason: Option<String>,
    /// The account version that the page showed, so that no one else's change is overwritten.
    version: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkingInput {
    kind: LinkingKind,
    #[serde(default)]
    values: Vec<String>,
}

/// Sets the policy for administrators of the account, which they must satisfy themselves. For staff
/// and operators it lifts the whole policy; of staff, two people have to ask for it.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let mut access = request.authorize(&app, request.account()?, Action::LiftSignInPolicy).await?;
    let input: Input = request.json()?;
    if input.factors != FactorsFor::Nobody || input.linking.kind != LinkingKind::Any {
        access.require(Action::ChangeSignInPolicy)?;
    }
    let wanted = input.parse(&access)?;
    match access.acting_as {
        ActingAs::Staff | ActingAs::Operator => lift(&app, &mut access, wanted).await,
        _ => set(&app, &mut access, wanted).await,
    }
}

/// What the caller wants, parsed.
struct Wanted {
    policy: SignInPolicy,
    reason: Option<Reason>,
    version: Option<u32>,
}

/// Sets the policy as an administrator of the account, and forgets a request to lift it.
async fn set(app: &App, access: &mut Access, wanted: Wanted) -> Result<Response> {
    let (before, policy) = (&access.account, wanted.policy);
    // Before the version check, so that a retry of a completed change succeeds.
    if policy == before.sign_in_policy {
        return ok(&AccountView::new(app, access, before));
    }
    check_version(before, wanted.version)?;
    let limits = policy.linking != before.sign_in_policy.linking;
    check_own(access, &policy, limits)?;
    let outside = if limits && policy.linking.kind() != LinkingKind::Any {
        // Before the change, so that the answer of a completed one is not lost.
        let count = app
            .store
            .count_linked(before.id, |identity, issuer| !policy.linking.accepts(identity, issuer));
        Some(count.await?)
    } else {
        None
    };
    let event =
        Event::SignInPolicyChanged { factors: policy.factors, linking: policy.linking.clone() };
    store(app, access, policy, event, None).await?;
    ok(&AccountView::new(app, access, &access.account).with_people_outside(outside))
}

/// Checks that the caller satisfies the policy with the present session, so that nobody shuts
/// themselves out. `limits` says whether it changes the limit on linking: existing links stay, so
/// an administrator outside an older limit may change the rest.
fn check_own(access: &Access, policy: &SignInPolicy, limits: bool) -> Result<()> {
    let session = access.session.as_ref().ok_or(Error::NotSignedIn)?;
    if limits && !policy.linking.accepts(&session.identity, &session.issuer) {
        return Err(Error::NotSatisfiedYourself);
    }
    let lacks_factors = policy.needs_factors(true) && !session.authentication.several_factors;
    match StepUp::of(false, lacks_factors) {
        Some(needed) => Err(Error::step_up(needed, session)),
        None => Ok(()),
    }
}

/// Lifts the policy as an operator, or as the second of the staff. The first one's request is
/// stored. The account's administrators are notified of both.
async fn lift(app: &App, access: &mut Access, wanted: Wanted) -> Result<Response> {
    let before = access.account.clone();
    if before.sign_in_policy.is_lifted() {
        return ok(&AccountView::new(app, access, &before));
    }
    let first = before.sign_in_policy.open_lift(access.now);
    let actor = access.actor(before.id);
    if first.is_some_and(|first| first.by.is_same_person(&actor)) {
        return accepted_with(&AccountView::new(app, access, &before));
    }
    check_version(&before, wanted.version)?;
    if first.is_none() && access.acting_as == ActingAs::Staff {
        let Some(reason) = wanted.reason else {
            return Err(Error::invalid("reason", FieldErrorCode::Empty));
        };
        let asked = PolicyLift { by: actor, at: access.now, reason: reason.clone() };
        let policy = SignInPolicy { lift: Some(asked.into()), ..before.sign_in_policy.clone() };
        let notice = notice(access, None, Some(reason.clone()), true);
        let event = Event::SignInPolicyLiftRequested { reason: reason.into() };
        store(app, access, policy, event, Some(notice)).await?;
        return accepted_with(&AccountView::new(app, access, &access.account));
    }
    let reason = wanted.reason.or_else(|| first.map(|first| first.reason.clone()));
    let requested_by = first.map(|first| first.by.name.clone());
    let notice =
        notice(access, requested_by.as_ref().map(ToString::to_string), reason.clone(), false);
    let event = Event::SignInPolicyLifted { reason: reason.map(Into::into), requested_by };
    store(app, access, SignInPolicy::default(), event, Some(notice)).await?;
    ok(&AccountView::new(app, access, &access.account))
}

/// Creates the notice to the account's administrators.
fn notice(
    access: &Access,
    requested_by: Option<String>,
    reason: Option<Reason>,
    is_asked: bool,
) -> MailContent {
    MailContent::SignInPolicyLift {
        account_name: access.account.name.to_string(),
        by: access.name(),
        requested_by,
        reason,
        open_until: is_asked.then_some(access.now + PolicyLift::OPEN),
    }
}

/// Stores the policy with its event and notice.
async fn store(
    app: &App,
    access: &mut Access,
    policy: SignInPolicy,
    event: Event,
    notice: Option<MailContent>,
) -> Result<()> {
    let before = &access.account;
    let event = access.audit_event(app, before.id, event)?;
    let mail = match notice {
        Some(content) => {
            Some(OutboxMail { account: Some(before.id), ..app.outbox_mail(content, None, None)? })
        }
        None => None,
    };
    let mut after = Account { sign_in_policy: policy, ..before.clone() };
    let change =
        AccountChange { mails: mail.as_slice(), ..AccountChange::new(before, &after, &event) };
    app.store.change_account(change).await?;
    after.version += 1;
    access.account = after;
    Ok(())
}

fn check_version(account: &Account, version: Option<u32>) -> Result<()> {
    if version.is_some_and(|version| version != account.version) {
        return Err(Error::Changed);
    }
    Ok(())
}

impl Input {
    fn parse(&self, access: &Access) -> Result<Wanted> {
        let mut errors = FieldErrors::default();
        let linking = match Linking::parse(self.linking.kind, &self.linking.values) {
            Ok(linking) => linking,
            Err(more) => {
                errors.extend(more);
                Linking::default()
            }
        };
        let reason = errors.parse_optional("reason", self.reason.as_deref(), Reason::parse);
        if self.reason.is_some() && access.allows(Action::ChangeSignInPolicy) {
            errors.add("reason", FieldErrorCode::NotAskedFor);
        }
        errors.into_result()?;
        let policy = SignInPolicy { factors: self.factors, linking, lift: None };
        Ok(Wanted { policy, reason, version: self.version })
    }
}
