//! Who calls, and what they may do: read for every request, in one round trip.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::SessionCookie;
use crate::{
    App, Error, Result,
    domain::{
        Account, AccountId, Actor, AuditEvent, Event, IdentityKey, Policy, Professional,
        ProfessionalId, Session,
        authorization::{self, ActingAs, Action, Denial, Relationship, StepUp},
    },
    store::{Found, Lookup},
};

/// The name that people see for an operator, who invokes a function directly.
pub const OPERATOR: &str = "The portal's operator";

/// What a request brings to prove who calls.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Nothing: AWS IAM has let an operator invoke the function.
    Operator,
    /// What came over the web.
    Web {
        /// The session's cookie, if there is one.
        cookie: Option<SessionCookie>,
        /// The network address.
        source: String,
    },
}

/// Permission to do one action on one account, and who has it.
#[derive(Clone, Debug)]
pub struct Access {
    /// The account.
    pub account: Account,
    /// How the caller is related to it.
    pub relationship: Relationship,
    /// The role in which the caller acts.
    pub acting_as: ActingAs,
    /// The caller's session; `None` for an operator.
    pub session: Option<Session>,
    /// The time of the request.
    pub now: Timestamp,
    /// The date of the request in the account's time zone.
    pub today: Date,
    /// The network address of the request; `None` for an operator.
    pub source: Option<String>,
    policy: Arc<Policy>,
    professional: Option<Professional>,
}

/// Authorizes the caller for `action` on the account `id`, or fails with the reason.
///
/// Reads session, link, account and the action's professional in one round trip. If the caller has
/// no link to the account, or the link does not allow the action, a second one checks whether they
/// are partner or staff.
///
/// # Errors
/// [`Error::StepUpRequired`] only for what the caller may do otherwise, so that nobody signs in
/// again for a refusal.
pub async fn authorize(
    app: &App,
    credentials: &Credentials,
    id: AccountId,
    action: Action,
) -> Result<Access> {
    authorize_with(app, credentials, id, action, Lookup::default()).await.map(|(access, _)| access)
}

/// Authorizes as [`authorize`] does and reads the items of `lookup` in the same first round trip.
pub async fn authorize_with(
    app: &App,
    credentials: &Credentials,
    id: AccountId,
    action: Action,
    lookup: Lookup,
) -> Result<(Access, Found)> {
    let lookup = lookup.account(id);
    let lookup = match action.professional() {
        Some(professional) => lookup.professional(id, professional),
        None => lookup,
    };
    let Credentials::Web { cookie, source } = credentials else {
        let found = app.store.look_up(lookup).await?;
        let access = Attempt { app, found: &found, id, action, session: None, source: None }
            .decide(Relationship::Operator)?;
        return Ok((access, found));
    };
    let cookie = cookie.as_ref().ok_or(Error::NotSignedIn)?;
    let lookup = lookup.session(&cookie.identity, &cookie.secret).link(&cookie.identity, id);
    let found = app.store.look_up(lookup).await?;
    let session = cookie.session(found.session.clone(), app.now()).ok_or(Error::NotSignedIn)?;
    let attempt =
        Attempt { app, found: &found, id, action, session: Some(session), source: Some(source) };
    let own = found.link(id).cloned().map(Relationship::Linked);
    if let Some(own) = &own {
        let access = attempt.decide(own.clone());
        if !may_differ_for_others(&access) {
            return Ok((access?, found));
        }
    }
    // One of the account's own people may be its partner's or the vendor's as well.
    let outside = outside_relationship(app, &found, id, &cookie.identity).await?;
    let relationship = outside.or(own).unwrap_or(Relationship::Stranger);
    let access = attempt.decide(relationship)?;
    Ok((access, found))
}

/// Checks whether somebody with another relationship might get another answer.
fn may_differ_for_others(access: &Result<Access>) -> bool {
    matches!(access, Err(Error::AccessEnded { .. } | Error::Forbidden(_) | Error::PlanLapsed(_)))
}

/// What one request has read, before it is decided on.
struct Attempt<'a> {
    app: &'a App,
    found: &'a Found,
    id: AccountId,
    action: Action,
    session: Option<Session>,
    source: Option<&'a String>,
}

impl Attempt<'_> {
    fn decide(&self, relationship: Relationship) -> Result<Access> {
        let account = self.found.account(self.id).cloned().ok_or(Error::NotFound("account"))?;
        let (now, policy) = (self.app.now(), Arc::clone(&self.app.policy));
        let decision =
            authorization::decide(&relationship, self.action, &account, now, policy.grace_days);
        let acting_as =
            decision.map_err(|denial| explain(&denial, &relationship, &account, now, &policy))?;
        let id = self.action.professional();
        let professional = id.and_then(|id| self.found.professional(id).cloned());
        if id.is_some() && professional.is_none() {
            return Err(Error::NotFound("professional"));
        }
        let access = Access {
            today: account.today(now),
            account,
            relationship,
            acting_as,
            session: self.session.clone(),
            now,
            source: self.source.cloned(),
            policy,
            professional,
        };
        access.check_strength(self.action).map(|()| access)
    }
}

/// Returns the relationship of an identity to an account through another account: as the vendor's
/// staff, or else as the partner of record.
///
/// Staff never act as the partner: with the permission to add a partner's people they could make
/// themselves some, and so give themselves what the partner may do.
///
/// Reads as much for an account that does not exist, so that timing does not reveal which accounts
/// do.
async fn outside_relationship(
    app: &App,
    found: &Found,
    id: AccountId,
    identity: &IdentityKey,
) -> Result<Option<Relationship>> {
    let partner = found.account(id).and_then(Account::partner_id);
    let lookup = Lookup::default().link(identity, AccountId::VENDOR).account(AccountId::VENDOR);
    let lookup = match partner {
        Some(partner) => lookup.link(identity, partner).account(partner),
        None => lookup,
    };
    let found = app.store.look_up(lookup).await?;
    let staff = found.link(AccountId::VENDOR).zip(found.account(AccountId::VENDOR));
    let staff = staff.filter(|_| id != AccountId::VENDOR).map(|(link, vendor)| {
        Relationship::Staff { link: link.clone(), vendor: Box::new(vendor.clone()) }
    });
    let partner = partner.and_then(|id| Some((found.link(id)?, found.account(id)?)));
    let partner = partner.map(|(link, partner)| Relationship::Partner {
        link: link.clone(),
        partner: Box::new(partner.clone()),
    });
    Ok(staff.or(partner))
}

/// Returns the error for a denial to a caller with `relationship` to `account`.
fn explain(
    denial: &Denial,
    relationship: &Relationship,
    account: &Account,
    now: Timestamp,
    policy: &Policy,
) -> Error {
    match denial {
        Denial::Unknown => Error::NotFound("account"),
        Denial::Forbidden(reason) => Error::Forbidden(reason),
        Denial::StaffPermission(permission) => Error::StaffPermissionMissing(*permission),
        Denial::Ended(since) => Error::AccessEnded { since: *since },
        Denial::Lapsed => {
            let lapsed = match relationship {
                Relationship::Partner { partner, .. } => partner,
                _ => account,
            };
            let administrator = relationship
                .link()
                .is_some_and(|link| lapsed.roles.is_administrator(link.professional));
            lapsed.plan_lapsed(now, policy, administrator).into()
        }
    }
}

impl Access {
    /// Requires permission for a further action, and the sign-in that it takes; reads nothing.
    pub fn require(&self, action: Action) -> Result<ActingAs> {
        let acting_as = self.permits(action)?;
        self.check_strength(action).map(|()| acting_as)
    }

    /// Requires permission for a further action, whatever sign-in it takes; reads nothing.
    pub(super) fn permits(&self, action: Action) -> Result<ActingAs> {
        self.decide(action).map_err(|denial| {
            explain(&denial, &self.relationship, &self.account, self.now, &self.policy)
        })
    }

    /// Checks that the session is fresh and strong enough for `action`. An operator has none and is
    /// not asked.
    fn check_strength(&self, action: Action) -> Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let (relationship, account) = (&self.relationship, &self.account);
        match StepUp::needed(&session.authentication, relationship, action, account, self.now) {
            Some(needed) => Err(Error::step_up(needed, session)),
            None => Ok(()),
        }
    }

    /// Checks that the session is fresh, for a change that moves authority only sometimes. An
    /// operator has none and is not asked.
    pub(super) fn check_fresh(&self) -> Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        match StepUp::of(!session.authentication.is_fresh(self.now), false) {
            Some(needed) => Err(Error::step_up(needed, session)),
            None => Ok(()),
        }
    }

    /// Checks whether a further action is allowed, whatever sign-in it takes, so that a page still
    /// offers it; reads nothing.
    #[must_use]
    pub fn allows(&self, action: Action) -> bool {
        self.decide(action).is_ok()
    }

    /// Returns the professional of the action. [`authorize`] has checked that it exists.
    pub fn professional(&self) -> Result<&Professional> {
        self.professional.as_ref().ok_or(Error::NotFound("professional"))
    }

    /// Checks whether the caller is the professional `id` of the account.
    #[must_use]
    pub fn is_own(&self, id: ProfessionalId) -> bool {
        matches!(&self.relationship, Relationship::Linked(link) if link.professional == id)
    }

    /// Returns the caller's name, as other people see it.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.relationship.link(), &self.session) {
            (Some(link), _) => link.name.to_string(),
            (None, Some(session)) => session.identity.name.clone(),
            (None, None) => OPERATOR.to_owned(),
        }
    }

    /// Creates the record of `event` in `account`, mostly the one authorized for.
    pub fn audit_event(&self, app: &App, account: AccountId, event: Event) -> Result<AuditEvent> {
        let source = self.source.clone().map(Into::into);
        Ok(AuditEvent { source, ..app.audit_event(account, self.actor(account), event)? })
    }

    /// Returns the caller as the actor of a change in `account`.
    #[must_use]
    pub fn actor(&self, account: AccountId) -> Actor {
        let home = self.home().filter(|home| home.id != account);
        Actor {
            name: self.name().into(),
            acting_as: self.acting_as,
            identity: self.session.as_ref().map(|session| session.identity.key.clone()),
            professional: self.relationship.link().map(|link| link.professional),
            home: home.map(|home| home.id),
            home_name: home.map(|home| home.name.to_string()),
        }
    }

    /// Returns the account whose professional acts; `None` for an operator.
    fn home(&self) -> Option<&Account> {
        match &self.relationship {
            Relationship::Linked(_) => Some(&self.account),
            Relationship::Partner { partner, .. } => Some(partner),
            Relationship::Staff { vendor, .. } => Some(vendor),
            Relationship::Operator | Relationship::Stranger => None,
        }
    }

    fn decide(&self, action: Action) -> Result<ActingAs, Denial> {
        let (account, grace_days) = (&self.account, self.policy.grace_days);
        authorization::decide(&self.relationship, action, account, self.now, grace_days)
    }
}
