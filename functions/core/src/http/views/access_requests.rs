//! What the API answers about requests for access: to whoever asks, and to those who decide.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::IdentityView;
use crate::{
    auth::Access,
    domain::{
        AccessRequest, AccessRequestId, AccessState, AccountId, Decider, OwnRequest, Professional,
        ProfessionalId, ProfessionalState, Role, access_request::lookalike_domain,
    },
    store::Found,
};

/// A request as its asker sees it: never who decides, nor where it lies.
#[derive(Debug, Serialize)]
pub struct OwnRequestView {
    request: AccessRequestId,
    organisation: String,
    name: String,
    email: String,
    state: AccessState,
    reason: Option<String>,
    asked_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// A request as those who decide see it.
#[derive(Debug, Serialize)]
pub struct AccessRequestView {
    request: AccessRequestId,
    account: AccountId,
    organisation: String,
    name: String,
    email: String,
    title: Option<String>,
    phone: Option<String>,
    language: String,
    message: Option<String>,
    identity: IdentityView,
    state: AccessState,
    stage: Option<Decider>,
    due_on: Option<Date>,
    asked_at: Timestamp,
    ended_at: Option<Timestamp>,
    reason: Option<String>,
    decided_by: Option<String>,
    checks: Option<Checks>,
}

/// What speaks for and against a request that is open.
#[derive(Debug, Serialize)]
struct Checks {
    /// The address's domain.
    domain: String,
    /// Whether somebody who holds a role in the account has an address there.
    domain_known: bool,
    /// A domain of theirs that it may have been chosen to be taken for.
    resembles: Option<String>,
    /// Who has the address in the account already.
    professional: Option<Holder>,
    /// The roles that whoever is approved would take.
    roles: Vec<Role>,
}

#[derive(Debug, Serialize)]
struct Holder {
    professional: ProfessionalId,
    name: String,
    state: ProfessionalState,
    /// Whether the identity that asks is the one linked.
    same_identity: bool,
}

impl From<&OwnRequest> for OwnRequestView {
    fn from(it: &OwnRequest) -> Self {
        Self {
            request: it.id,
            organisation: it.organisation.to_string(),
            name: it.name.to_string(),
            email: it.email.to_string(),
            state: it.state,
            reason: it.reason.as_ref().map(ToString::to_string),
            asked_at: it.asked_at,
            ended_at: it.ended_at,
        }
    }
}

impl AccessRequestView {
    /// Describes a request to whoever entered the account. `known` holds, for one that is open, the professionals who hold roles there, and
    /// whoever has the address with the claim on it.
    #[must_use]
    pub fn new(access: &Access, it: &AccessRequest, known: Option<&Found>) -> Self {
        let is_open = it.state == AccessState::Open;
        Self {
            request: it.id,
            account: it.account,
            organisation: it.organisation.to_string(),
            name: it.name.to_string(),
            email: it.email.to_string(),
            title: it.title.as_ref().map(ToString::to_string),
            phone: it.phone.as_ref().map(ToString::to_string),
            language: it.language.to_string(),
            message: it.message.as_ref().map(ToString::to_string),
            identity: (&it.identity).into(),
            state: it.state,
            stage: it.stage,
            due_on: is_open.then_some(it.due_on),
            asked_at: it.asked_at,
            ended_at: it.ended_at,
            reason: it.reason.as_ref().map(ToString::to_string),
            decided_by: it.decided_by.clone(),
            checks: known
                .filter(|_| is_open && it.account != AccountId::VENDOR)
                .map(|known| Checks::of(access, it, known)),
        }
    }
}

impl Checks {
    fn of(access: &Access, it: &AccessRequest, known: &Found) -> Self {
        let domain = it.email.domain().to_owned();
        let holders = access.account.roles.holders();
        let domains: Vec<_> = known
            .professionals
            .iter()
            .filter(|it| holders.contains(&it.id))
            .map(|it| it.details.email.domain())
            .collect();
        let claimed = known
            .claims
            .iter()
            .find(|(email, _)| *email == it.email)
            .and_then(|(_, id)| known.professional(*id));
        let roles = if holders.is_empty() {
            vec![Role::Administrator, Role::BillingContact, Role::ShippingContact]
        } else {
            Vec::new()
        };
        Self {
            domain_known: domains.contains(&domain.as_str()),
            resembles: if domains.contains(&domain.as_str()) {
                None
            } else {
                lookalike_domain(&domain, domains).map(str::to_owned)
            },
            professional: claimed.map(|professional| Holder::of(access, it, professional)),
            roles: if claimed.is_some() { Vec::new() } else { roles },
            domain,
        }
    }
}

impl Holder {
    fn of(access: &Access, request: &AccessRequest, it: &Professional) -> Self {
        Self {
            professional: it.id,
            name: it.details.name.to_string(),
            state: it.state(access.now, access.today),
            same_identity: it.is_linked_to(&request.identity.key),
        }
    }
}
