//! Views of requests for access: for their askers, and for their deciders.

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

/// A request as its asker sees it, without its decider and account.
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

/// A request as its deciders see it.
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

/// Facts that help to decide on an open request.
#[derive(Debug, Serialize)]
struct Checks {
    /// The domain of the address.
    domain: String,
    /// Whether the address of somebody with a role in the account has this domain.
    domain_known: bool,
    /// A domain of theirs that this one imitates.
    resembles: Option<String>,
    /// The professional who has the address already.
    professional: Option<Holder>,
    /// The roles that the person would get.
    roles: Vec<Role>,
}

#[derive(Debug, Serialize)]
struct Holder {
    professional: ProfessionalId,
    name: String,
    state: ProfessionalState,
    /// Whether the asker's identity is linked to this professional.
    same_identity: bool,
}

impl From<&OwnRequest> for OwnRequestView {
    fn from(request: &OwnRequest) -> Self {
        Self {
            request: request.id,
            organisation: request.organisation.to_string(),
            name: request.name.to_string(),
            email: request.email.to_string(),
            state: request.state,
            reason: request.reason.as_ref().map(ToString::to_string),
            asked_at: request.asked_at,
            ended_at: request.ended_at,
        }
    }
}

impl AccessRequestView {
    /// Creates the view for a caller with `access`. For an open request, `known` holds the
    /// professionals with roles in the account, and the one who has the address, with the claim.
    #[must_use]
    pub fn new(access: &Access, request: &AccessRequest, known: Option<&Found>) -> Self {
        let is_open = request.state == AccessState::Open;
        Self {
            request: request.id,
            account: request.account,
            organisation: request.organisation.to_string(),
            name: request.name.to_string(),
            email: request.email.to_string(),
            title: request.title.as_ref().map(ToString::to_string),
            phone: request.phone.as_ref().map(ToString::to_string),
            language: request.language.to_string(),
            message: request.message.as_ref().map(ToString::to_string),
            identity: (&request.identity).into(),
            state: request.state,
            stage: request.stage,
            due_on: is_open.then_some(request.due_on),
            asked_at: request.asked_at,
            ended_at: request.ended_at,
            reason: request.reason.as_ref().map(ToString::to_string),
            decided_by: request.decided_by.clone(),
            checks: known
                .filter(|_| is_open && request.account != AccountId::VENDOR)
                .map(|known| Checks::new(access, request, known)),
        }
    }
}

impl Checks {
    fn new(access: &Access, request: &AccessRequest, known: &Found) -> Self {
        let domain = request.email.domain().to_owned();
        let holders = access.account.roles.holders();
        let domains: Vec<_> = known
            .professionals
            .iter()
            .filter(|person| holders.contains(&person.id))
            .map(|person| person.details.email.domain())
            .collect();
        let claimed = known
            .claims
            .iter()
            .find(|(email, _)| *email == request.email)
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
            professional: claimed.map(|professional| Holder::new(access, request, professional)),
            roles: if claimed.is_some() { Vec::new() } else { roles },
            domain,
        }
    }
}

impl Holder {
    fn new(access: &Access, request: &AccessRequest, professional: &Professional) -> Self {
        Self {
            professional: professional.id,
            name: professional.details.name.to_string(),
            state: professional.state(access.now, access.today),
            same_identity: professional.is_linked_to(&request.identity.key),
        }
    }
}
