//! Who calls, and what they may do: read anew for every request, in one round trip.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::{Request, Source};
use crate::{
    App, Candidate, Error, Policy, Result,
    domain::{
        Account, AccountId, Activity, Actor, Deed, Identity, IdentityKey, Professional,
        ProfessionalId, Role, Roles, Session, Target,
        authority::{self, Act, Capacity, Standing},
    },
    secret::{Secret, SecretHash},
    store::{Found, Lookup, Order, PageRequest},
};

/// The name of the session's cookie. Browsers accept the prefix from this host only, over TLS only, for every path.
pub const SESSION_COOKIE: &str = "__Host-session";

/// What people read as the name of whoever invokes a function directly.
pub const OPERATOR: &str = "The portal's operator";

/// What the session's cookie holds: `SECRET.K`, where K names the identity, so that its links can be read together with the session.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The session's identifier.
    pub session: SecretHash,
    /// The identity the cookie claims; believed only once the session says the same.
    pub identity: IdentityKey,
}

/// Somebody who was let in to do one act on one account.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The account.
    pub account: Account,
    /// How they stand to it.
    pub standing: Standing,
    /// As what they act.
    pub capacity: Capacity,
    /// The identity signed in; `None` for an operator.
    pub identity: Option<Identity>,
    /// The time of the request.
    pub now: Timestamp,
    /// The date of the request, where the account is.
    pub today: Date,
    policy: Arc<Policy>,
    pub(crate) source: Option<String>,
    professional: Option<Professional>,
}

impl Signed {
    /// Reads the session's cookie.
    #[must_use]
    pub fn read(request: &Request) -> Option<Self> {
        let (secret, identity) = request.cookie(SESSION_COOKIE)?.split_once('.')?;
        Some(Self {
            session: Secret::parse(secret)?.hash(),
            identity: IdentityKey::parse(identity)?,
        })
    }

    /// Returns the session found, if it is the one the cookie speaks of and has not ended.
    #[must_use]
    pub fn session(&self, found: Option<Session>, now: Timestamp) -> Option<Session> {
        found.filter(|it| it.identity.key == self.identity && now < it.expires_at)
    }
}

impl Request {
    /// Reads the session's cookie or fails with 401.
    pub fn signed(&self) -> Result<Signed> {
        Signed::read(self).ok_or(Error::NotSignedIn)
    }

    /// Lets the caller in to do `act` on `account`, or says why not.
    ///
    /// Reads session, link, account and the professional the act is on in one round trip; whoever is not linked to the account, or not
    /// allowed by that link, pays a second one to be looked up as partner or staff.
    pub async fn enter(&self, app: &App, id: AccountId, act: Act) -> Result<Entry> {
        self.enter_reading(app, id, act, Lookup::default()).await.map(|(entry, _)| entry)
    }

    /// Does the same and brings what else `lookup` names, read in the first round trip.
    pub async fn enter_reading(
        &self,
        app: &App,
        id: AccountId,
        act: Act,
        lookup: Lookup,
    ) -> Result<(Entry, Found)> {
        let lookup = lookup.account(id);
        let lookup =
            act.professional().into_iter().fold(lookup, |lookup, it| lookup.professional(id, it));
        let Source::Web { .. } = self.source() else {
            let found = app.store.look_up(lookup).await?;
            let entry = self.admit(app, &found, id, act, Standing::Operator, None)?;
            return Ok((entry, found));
        };
        let signed = self.signed()?;
        let found =
            app.store.look_up(lookup.session(&signed.session).link(&signed.identity, id)).await?;
        let session = signed.session(found.session.clone(), app.now()).ok_or(Error::NotSignedIn)?;
        let own = found.link(id).cloned().map(Standing::Linked);
        if let Some(own) = &own {
            let entry =
                self.admit(app, &found, id, act, own.clone(), Some(session.identity.clone()));
            if !matches!(
                entry,
                Err(Error::AccessEnded { .. } | Error::Forbidden(_) | Error::PlanLapsed(_))
            ) {
                return Ok((entry?, found));
            }
        }
        let standing =
            foreign(app, &found, id, &signed.identity).await?.or(own).unwrap_or(Standing::Stranger);
        let entry = self.admit(app, &found, id, act, standing, Some(session.identity))?;
        Ok((entry, found))
    }

    fn admit(
        &self,
        app: &App,
        found: &Found,
        id: AccountId,
        act: Act,
        standing: Standing,
        identity: Option<Identity>,
    ) -> Result<Entry> {
        let account = found.account(id).cloned().ok_or(Error::NotFound("account"))?;
        let (now, policy) = (app.now(), Arc::clone(&app.policy));
        let capacity = authority::decide(&standing, act, &account, now, policy.grace_days)
            .map_err(|it| it.explain(&standing, &account, now, &policy))?;
        let today = account.today(now);
        let professional = act.professional().and_then(|it| found.professional(it).cloned());
        if act.professional().is_some() && professional.is_none() {
            return Err(Error::NotFound("professional"));
        }
        Ok(Entry {
            account,
            standing,
            capacity,
            identity,
            now,
            today,
            policy,
            source: self.address(),
            professional,
        })
    }
}

/// Finds how an identity stands to an account through another one: as the vendor's staff, else as its partner of record.
///
/// It reads as much for an account that does not exist, so that not even the time taken tells which do.
async fn foreign(
    app: &App,
    found: &Found,
    id: AccountId,
    identity: &IdentityKey,
) -> Result<Option<Standing>> {
    let partner = found.account(id).and_then(|it| it.partner.as_ref()).map(|it| it.account);
    let lookup = Lookup::default().link(identity, AccountId::VENDOR).account(AccountId::VENDOR);
    let lookup = partner.iter().fold(lookup, |lookup, it| lookup.link(identity, *it).account(*it));
    let found = app.store.look_up(lookup).await?;
    let staff = found
        .link(AccountId::VENDOR)
        .zip(found.account(AccountId::VENDOR))
        .filter(|_| id != AccountId::VENDOR);
    if let Some((link, vendor)) = staff {
        return Ok(Some(Standing::Staff { link: link.clone(), vendor: Box::new(vendor.clone()) }));
    }
    let partner = partner.and_then(|it| Some((found.link(it)?, found.account(it)?)));
    Ok(partner.map(|(link, partner)| Standing::Partner {
        link: link.clone(),
        partner: Box::new(partner.clone()),
    }))
}

impl Entry {
    /// Asks whether a further act is allowed, without reading anything.
    pub fn allow(&self, act: Act) -> Result<Capacity> {
        self.decide(act)
            .map_err(|it| it.explain(&self.standing, &self.account, self.now, &self.policy))
    }

    /// Tells whether a further act is allowed.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.decide(act).is_ok()
    }

    /// Returns the professional the act is on; [`Request::enter`] has made sure that it is there.
    pub fn professional(&self) -> Result<&Professional> {
        self.professional.as_ref().ok_or(Error::NotFound("professional"))
    }

    /// Returns the name to show for whoever acts.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.standing.link(), &self.identity) {
            (Some(link), _) => link.name.to_string(),
            (None, Some(identity)) => identity.name.clone(),
            (None, None) => OPERATOR.to_owned(),
        }
    }

    /// Makes the activity item of what is done in `account`, which is mostly the one entered.
    pub fn activity(
        &self,
        app: &App,
        account: AccountId,
        act: Deed,
        target: Option<&Professional>,
    ) -> Result<Activity> {
        Ok(Activity {
            target: target.map(Target::of),
            source: self.source.clone(),
            ..app.activity(account, self.actor(account), act)?
        })
    }

    /// Describes whoever acts, in `account`.
    #[must_use]
    pub fn actor(&self, account: AccountId) -> Actor {
        let home = self.home().filter(|it| it.id != account);
        Actor {
            name: self.name(),
            capacity: self.capacity,
            identity: self.identity.as_ref().map(|it| it.key.clone()),
            professional: self.standing.link().map(|it| it.professional),
            home: home.map(|it| it.id),
            home_name: home.map(|it| it.name.to_string()),
        }
    }

    /// Returns the account whose professional acts; `None` for an operator.
    fn home(&self) -> Option<&Account> {
        match &self.standing {
            Standing::Linked(_) => Some(&self.account),
            Standing::Partner { partner, .. } => Some(partner),
            Standing::Staff { vendor, .. } => Some(vendor),
            Standing::Operator | Standing::Stranger => None,
        }
    }

    /// Makes sure that partner and staff change who is administrator by appointing, which the account's people are told of and which a second
    /// person may have to approve (requirement 24), and that whoever takes the role from somebody may appoint. An account without people has
    /// nobody to be told.
    pub fn keep_administrators(&self, before: &Roles, after: &Roles) -> Result<()> {
        if before.is_empty() || !matches!(self.capacity, Capacity::Partner | Capacity::Staff) {
            return Ok(());
        }
        if !after.administrators.is_subset(&before.administrators) {
            return Err(Error::Forbidden(
                "only the account's own administrators give the role this way; appoint an administrator instead",
            ));
        }
        if before.administrators.is_subset(&after.administrators) {
            Ok(())
        } else {
            self.allow(Act::AppointAdministrator).map(drop)
        }
    }

    /// Makes sure that partner and staff do not become administrator by way of an administrator's mailbox: the address of one who is linked they
    /// leave alone, and that of another they change where they may appoint (requirement 24).
    pub fn keep_address(&self, before: &Professional, after: &Professional) -> Result<()> {
        let outside = matches!(self.capacity, Capacity::Partner | Capacity::Staff);
        if !outside
            || before.details.email == after.details.email
            || !self.account.roles.is_administrator(before.id)
        {
            return Ok(());
        }
        if before.linked.is_some() {
            return Err(Error::Forbidden(
                "only the account's own people change an administrator's address; appoint an administrator instead",
            ));
        }
        self.allow(Act::AppointAdministrator).map(drop)
    }

    /// Makes the error of `roles` that would be without a holder if `leaving` left, with everyone who could take over (requirement 11).
    pub async fn role_required(
        &self,
        app: &App,
        leaving: ProfessionalId,
        roles: Vec<Role>,
    ) -> Error {
        let everyone =
            PageRequest { limit: 100, after: None, search: String::new(), order: Order::default() };
        let listed = app.store.professionals(self.account.id, &everyone).await;
        let eligible = |it: Professional| {
            let stays = it.id != leaving && it.details.ends_on.is_none() && it.held.is_none();
            stays.then(|| Candidate { professional: it.id, name: it.details.name.to_string() })
        };
        match listed {
            Ok(page) => Error::RoleRequired {
                roles,
                eligible: page.items.into_iter().filter_map(eligible).collect(),
            },
            Err(error) => error,
        }
    }

    fn decide(&self, act: Act) -> Result<Capacity, authority::Refusal> {
        authority::decide(&self.standing, act, &self.account, self.now, self.policy.grace_days)
    }
}
