//! What the API answers, spelt once for all functions. Absent values are `null`.

mod access_requests;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::Entry;
use crate::{
    App,
    domain::{
        Account, AccountId, Activity, Appointment, AppointmentId, Contact, Grant, Identity, Kind,
        Licence, PartnerCard, PlanState, Professional, ProfessionalId, Reason, Role, Roles, State,
        Target, ZoneName,
        authority::{Act, Capacity},
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
    kind: Kind,
    plan: Option<PlanView>,
    partner: Option<PartnerName>,
    grant: Option<Grant>,
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
    kind: Kind,
    external_id: Option<String>,
    contact: Contact,
    plan: Option<PlanView>,
    partner: Option<PartnerCard>,
    grant: Option<Grant>,
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
    state: State,
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
    state: State,
    created_at: Timestamp,
    expires_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct LinkedView {
    #[serde(flatten)]
    identity: IdentityView,
    linked_at: Timestamp,
}

/// Something that happened.
#[derive(Debug, Serialize)]
pub struct ActivityView {
    id: crate::domain::ActivityId,
    at: Timestamp,
    actor: ActorView,
    act: crate::domain::Deed,
    target: Option<Target>,
    facts: std::collections::BTreeMap<String, String>,
    source: Option<String>,
}

#[derive(Debug, Serialize)]
struct ActorView {
    name: String,
    r#as: Capacity,
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
    pub fn new(app: &App, entry: &Entry, account: &Account) -> Self {
        let acts = [
            Act::ViewAccount,
            Act::ListProfessionals,
            Act::ExportProfessionals,
            Act::Invite,
            Act::AssignRoles,
            Act::ListActivity,
            Act::ListManaged,
            Act::CreateAccount(Kind::Customer),
            Act::ImportAccounts,
            Act::UpdateAccount,
            Act::ChangeGrant,
            Act::AppointAdministrator,
            Act::DecideAppointment,
            Act::DecideAccessRequest,
        ];
        let own =
            entry.standing.link().filter(|it| it.account == account.id).map(|it| it.professional);
        // A number is for those whose system it is from.
        let number = match entry.capacity {
            Capacity::Staff | Capacity::Operator => account.number_of(None),
            Capacity::Partner => {
                entry.standing.link().and_then(|link| account.number_of(Some(link.account)))
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
                .filter(|it| it.is_waiting() && entry.may(Act::ListActivity))
                .map(|it| AppointmentView::new(it, entry)),
            version: account.version,
            you: You {
                r#as: label(entry.capacity),
                professional: own,
                may: permitted(entry, &acts),
            },
        }
    }
}

impl AppointmentView {
    fn new(it: &Appointment, entry: &Entry) -> Self {
        Self {
            appointment: it.id,
            professional: it.wish.professional,
            name: it.wish.name.clone(),
            in_place_of: it.wish.leaving(),
            reason: it.wish.reason.clone(),
            by: ActorView {
                name: it.by.name.clone(),
                r#as: it.by.capacity,
                home: it.by.home_name.clone(),
            },
            at: it.at,
            yours: it.is_asked_by(&entry.actor(entry.account.id)),
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
    pub fn new(entry: &Entry, roles: &Roles, it: &Professional) -> Self {
        let acts = [
            Act::ViewProfessional(it.id),
            Act::UpdateProfessional(it.id),
            Act::SetEndDate(it.id),
            Act::DeleteProfessional(it.id),
            Act::SendInvitation(it.id),
            Act::RevokeInvitation(it.id),
        ];
        let oneself = entry
            .standing
            .link()
            .is_some_and(|link| link.account == it.account && link.professional == it.id);
        Self {
            you: Some(ProfessionalYou { oneself, may: permitted(entry, &acts) }),
            ..Self::listed(entry, roles, it)
        }
    }

    /// Describes a professional in a list. Ordinary professionals do not see which identity a colleague has linked.
    #[must_use]
    pub fn listed(entry: &Entry, roles: &Roles, it: &Professional) -> Self {
        let details = it.details.clone();
        let seen = entry.may(Act::ViewProfessional(it.id));
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
            state: it.state(entry.now, entry.today),
            invitation: it.invitation.as_ref().map(|invitation| InvitationView {
                state: State::of(invitation, entry.now),
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

impl From<Activity> for ActivityView {
    fn from(it: Activity) -> Self {
        let actor =
            ActorView { name: it.actor.name, r#as: it.actor.capacity, home: it.actor.home_name };
        Self {
            id: it.id,
            at: it.at,
            actor,
            act: it.act,
            target: it.target,
            facts: it.facts,
            source: it.source,
        }
    }
}

fn permitted(entry: &Entry, acts: &[Act]) -> Vec<&'static str> {
    acts.iter().filter(|act| entry.may(**act)).map(|act| act.name()).collect()
}

fn label(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Administrator => "administrator",
        Capacity::Partner => "partner",
        Capacity::Staff => "staff",
        Capacity::Operator => "operator",
        Capacity::Oneself | Capacity::Schedule | Capacity::Mailbox => "professional",
    }
}
