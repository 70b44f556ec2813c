//! What the API answers, spelt once for all functions. Absent values are `null`.

mod access_requests;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    App,
    auth::Access,
    domain::{
        Account, AccountId, AccountKind, Actor, Appointment, AppointmentId, AuditEvent,
        AuditEventId, Contact, Event, Identity, Licence, PartnerCard, PartnerGrant, Personal,
        PlanState, Professional, ProfessionalId, ProfessionalState, Reason, Role, Roles, ZoneName,
        authorization::{ActingAs, Action},
    },
};

pub use access_requests::{AccessRequestView, OwnRequestView};

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct List<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to pass as `after` for the next page.
    pub next: Option<String>,
}

/// An identity, for people to recognise.
#[derive(Debug, Serialize)]
pub struct IdentityView {
    name: String,
    email: Option<String>,
    provider: String,
}

/// A plan with its state today.
#[derive(Debug, Serialize)]
pub struct PlanView {
    name: String,
    starts_on: Date,
    ends_on: Date,
    state: PlanState,
}

/// An account in a list.
#[derive(Debug, Serialize)]
pub struct AccountSummary {
    account: AccountId,
    name: String,
    kind: AccountKind,
    plan: Option<PlanView>,
    partner: Option<PartnerName>,
    grant: Option<PartnerGrant>,
    roles: Vec<Role>,
    professional: Option<ProfessionalId>,
}

/// Which partner looks after an account.
#[derive(Debug, Serialize)]
struct PartnerName {
    account: AccountId,
    name: String,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct AccountView {
    account: AccountId,
    name: String,
    kind: AccountKind,
    external_id: Option<String>,
    contact: Contact,
    plan: Option<PlanView>,
    partner: Option<PartnerCard>,
    grant: Option<PartnerGrant>,
    time_zone: ZoneName,
    licences: Vec<Licence>,
    roles: RolesView,
    appointment: Option<AppointmentView>,
    version: u32,
    you: You,
}

/// Who holds which role.
#[derive(Debug, Serialize)]
pub struct RolesView {
    administrators: Vec<ProfessionalId>,
    billing_contact: Option<ProfessionalId>,
    shipping_contact: Option<ProfessionalId>,
}

/// An appointment of an administrator that waits for a second person's approval.
#[derive(Debug, Serialize)]
pub struct AppointmentView {
    appointment: AppointmentId,
    professional: ProfessionalId,
    name: String,
    in_place_of: Vec<String>,
    reason: Option<Reason>,
    by: ActorView,
    at: Timestamp,
    /// Whether the caller asked for it.
    yours: bool,
}

/// How the caller stands to an account.
#[derive(Debug, Serialize)]
pub struct You {
    r#as: &'static str,
    professional: Option<ProfessionalId>,
    may: Vec<&'static str>,
}

/// A professional.
#[derive(Debug, Serialize)]
pub struct ProfessionalView {
    professional: ProfessionalId,
    account: AccountId,
    name: String,
    email: String,
    title: Option<String>,
    phone: Option<String>,
    language: String,
    ends_on: Option<Date>,
    roles: Vec<Role>,
    state: ProfessionalState,
    invitation: Option<InvitationView>,
    identity: Option<LinkedView>,
    last_sign_in: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    you: Option<ProfessionalYou>,
}

/// How the caller stands to a professional.
#[derive(Debug, Serialize)]
pub struct ProfessionalYou {
    #[serde(rename = "self")]
    oneself: bool,
    may: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct InvitationView {
    state: ProfessionalState,
    created_at: Timestamp,
    expires_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct LinkedView {
    #[serde(flatten)]
    identity: IdentityView,
    linked_at: Timestamp,
}

/// An event of the activity list.
#[derive(Debug, Serialize)]
pub struct AuditEventView {
    id: AuditEventId,
    at: Timestamp,
    actor: ActorView,
    event: Event,
    source: Option<Personal>,
}

#[derive(Debug, Serialize)]
struct ActorView {
    name: Personal,
    r#as: ActingAs,
    home: Option<String>,
}

impl From<&Identity> for IdentityView {
    fn from(it: &Identity) -> Self {
        Self { name: it.name.clone(), email: it.email.clone(), provider: it.provider.clone() }
    }
}

impl PlanView {
    fn of(account: &Account, app: &App) -> Option<Self> {
        let plan = account.plan.as_ref()?;
        let state = plan.state(account.today(app.now()), app.policy.grace_days);
        Some(Self {
            name: plan.name.to_string(),
            starts_on: plan.starts_on,
            ends_on: plan.ends_on,
            state,
        })
    }
}

impl AccountSummary {
    /// Describes an account as one of its professionals sees it, or, without one, as who looks after it does.
    #[must_use]
    pub fn new(app: &App, account: &Account, professional: Option<ProfessionalId>) -> Self {
        Self {
            account: account.id,
            name: account.name.to_string(),
            kind: account.kind,
            plan: PlanView::of(account, app),
            partner: account
                .partner
                .as_ref()
                .map(|it| PartnerName { account: it.account, name: it.name.clone() }),
            grant: account.partner.is_some().then_some(account.grant),
            roles: professional.map(|it| account.roles.of(it)).unwrap_or_default(),
            professional,
        }
    }
}

impl AccountView {
    /// Describes an account as whoever entered it sees it.
    #[must_use]
    pub fn new(app: &App, access: &Access, account: &Account) -> Self {
        let acts = [
            Action::ViewAccount,
            Action::ListProfessionals,
            Action::ExportProfessionals,
            Action::Invite,
            Action::AssignRoles,
            Action::ListActivity,
            Action::ListManaged,
            Action::CreateAccount(AccountKind::Customer),
            Action::ImportAccounts,
            Action::UpdateAccount,
            Action::ChangeGrant,
            Action::AppointAdministrator,
            Action::DecideAppointment,
            Action::DecideAccessRequest,
        ];
        let own = access
            .relationship
            .link()
            .filter(|it| it.account == account.id)
            .map(|it| it.professional);
        // A number is for those whose system it is from.
        let number = match access.acting_as {
            ActingAs::Staff | ActingAs::Operator => account.number_of(None),
            ActingAs::Partner => {
                access.relationship.link().and_then(|link| account.number_of(Some(link.account)))
            }
            _ => None,
        };
        Self {
            account: account.id,
            name: account.name.to_string(),
            kind: account.kind,
            external_id: number.cloned(),
            contact: account.contact.clone(),
            plan: PlanView::of(account, app),
            partner: account.partner.clone(),
            grant: account.partner.is_some().then_some(account.grant),
            time_zone: account.time_zone.clone(),
            licences: account.licences.clone(),
            roles: (&account.roles).into(),
            appointment: account
                .appointment
                .as_ref()
                .filter(|it| it.is_waiting() && access.allows(Action::ListActivity))
                .map(|it| AppointmentView::new(it, access)),
            version: account.version,
            you: You {
                r#as: label(access.acting_as),
                professional: own,
                may: permitted(access, &acts),
            },
        }
    }
}

impl AppointmentView {
    fn new(it: &Appointment, access: &Access) -> Self {
        Self {
            appointment: it.id,
            professional: it.request.professional,
            name: it.request.name.clone(),
            in_place_of: it.request.leaving(),
            reason: it.request.reason.clone(),
            by: it.by.clone().into(),
            at: it.at,
            yours: it.is_asked_by(&access.actor(access.account.id)),
        }
    }
}

impl From<&Roles> for RolesView {
    fn from(it: &Roles) -> Self {
        Self {
            administrators: it.administrators.iter().copied().collect(),
            billing_contact: it.billing_contact,
            shipping_contact: it.shipping_contact,
        }
    }
}

impl ProfessionalView {
    /// Describes a professional to whoever entered the account and may see all of it.
    #[must_use]
    pub fn new(access: &Access, roles: &Roles, it: &Professional) -> Self {
        let acts = [
            Action::ViewProfessional(it.id),
            Action::UpdateProfessional(it.id),
            Action::SetEndDate(it.id),
            Action::DeleteProfessional(it.id),
            Action::SendInvitation(it.id),
            Action::RevokeInvitation(it.id),
        ];
        let oneself = access
            .relationship
            .link()
            .is_some_and(|link| link.account == it.account && link.professional == it.id);
        Self {
            you: Some(ProfessionalYou { oneself, may: permitted(access, &acts) }),
            ..Self::listed(access, roles, it)
        }
    }

    /// Describes a professional in a list. Ordinary professionals do not see which identity a colleague has linked.
    #[must_use]
    pub fn listed(access: &Access, roles: &Roles, it: &Professional) -> Self {
        let details = it.details.clone();
        let seen = access.allows(Action::ViewProfessional(it.id));
        let linked = it.linked.as_ref().filter(|_| seen);
        Self {
            professional: it.id,
            account: it.account,
            name: details.name.into(),
            email: details.email.into(),
            title: details.title.map(Into::into),
            phone: details.phone.map(Into::into),
            language: details.language.into(),
            ends_on: details.ends_on,
            roles: roles.of(it.id),
            state: it.state(access.now, access.today),
            invitation: it.invitation.as_ref().map(|invitation| InvitationView {
                state: ProfessionalState::of(invitation, access.now),
                created_at: invitation.created_at,
                expires_at: invitation.expires_at,
            }),
            identity: linked
                .map(|it| LinkedView { identity: (&it.identity).into(), linked_at: it.linked_at }),
            last_sign_in: it.last_sign_in,
            you: None,
        }
    }
}

impl From<AuditEvent> for AuditEventView {
    fn from(AuditEvent { id, at, actor, event, source, .. }: AuditEvent) -> Self {
        Self { id, at, actor: actor.into(), event, source }
    }
}

impl From<Actor> for ActorView {
    fn from(actor: Actor) -> Self {
        Self { name: actor.name, r#as: actor.acting_as, home: actor.home_name }
    }
}

fn permitted(access: &Access, acts: &[Action]) -> Vec<&'static str> {
    acts.iter().filter(|act| access.allows(**act)).map(|act| act.name()).collect()
}

fn label(acting_as: ActingAs) -> &'static str {
    match acting_as {
        ActingAs::Administrator => "administrator",
        ActingAs::Partner => "partner",
        ActingAs::Staff => "staff",
        ActingAs::Operator => "operator",
        ActingAs::Own | ActingAs::Schedule | ActingAs::Mailbox => "professional",
    }
}
