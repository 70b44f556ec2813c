//! Views: the JSON that the API returns, the same for all functions. Absent values are `null`.

mod access_requests;
mod sessions;
mod sign_in_policy;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use strum::VariantArray as _;

use crate::{
    App,
    auth::Access,
    domain::{
        Account, AccountId, AccountKind, Actor, Appointment, AppointmentId, AuditEvent,
        AuditEventId, ConfirmationState, Contact, EmailAddress, Event, Frequency, HeldMail,
        Identity, Licence, NoticeGroup, PartnerCard, PartnerGrant, PartnerPlan, PartnerPlans,
        Personal, PlanState, Professional, ProfessionalId, ProfessionalState, Reason, Role, Roles,
        StaffPermission, StaffPermissions, ZoneName,
        authorization::{ActingAs, Action},
    },
};

pub use access_requests::{AccessRequestView, OwnRequestView};
pub use sessions::{SessionView, SignInEventView};
use sign_in_policy::SignInPolicyView;

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct List<T> {
    /// The items.
    pub items: Vec<T>,
    /// The `after` parameter of the next page.
    pub next: Option<String>,
}

/// An identity, as people recognise it.
#[derive(Debug, Serialize)]
pub struct IdentityView {
    name: String,
    email: Option<String>,
    provider: String,
}

/// A plan with its present state.
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
    confirmation: ConfirmationState,
    roles: Vec<Role>,
    professional: Option<ProfessionalId>,
}

/// The partner that looks after an account.
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
    /// The administrators who can sign in.
    active_administrators: Vec<ProfessionalId>,
    has_linked: bool,
    confirmation: ConfirmationState,
    /// The plans that the caller's partner may give, empty if its new customers wait.
    partner_plans: Option<Vec<PartnerPlan>>,
    appointment: Option<AppointmentView>,
    sign_in_policy: Option<SignInPolicyView>,
    held_mail: Option<HeldMailView>,
    version: u32,
    you: You,
}

/// Mail of an account that is held back because of bounces.
#[derive(Debug, Serialize)]
pub struct HeldMailView {
    mails: u32,
    since: Option<Timestamp>,
    /// When staff last released what waited.
    released_at: Option<Timestamp>,
}

/// The holders of each role.
#[derive(Debug, Serialize)]
pub struct RolesView {
    administrators: Vec<ProfessionalId>,
    billing_contact: Option<ProfessionalId>,
    shipping_contact: Option<ProfessionalId>,
    /// Only of the vendor's account: what its staff were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    staff_permissions: Option<StaffPermissions>,
}

/// An appointment that needs a second person's approval.
#[derive(Debug, Serialize)]
pub struct AppointmentView {
    appointment: AppointmentId,
    professional: Option<ProfessionalId>,
    name: Option<String>,
    /// The corrected address of the professional.
    email: Option<EmailAddress>,
    in_place_of: Vec<String>,
    reason: Option<Reason>,
    by: ActorView,
    at: Timestamp,
    /// Whether the caller requested it.
    yours: bool,
}

/// The caller's relationship to an account.
#[derive(Debug, Serialize)]
pub struct You {
    r#as: &'static str,
    professional: Option<ProfessionalId>,
    allowed_actions: Vec<&'static str>,
}

/// A professional.
#[expect(clippy::option_option, reason = "the last sign-in is absent or null")]
#[derive(Debug, Serialize)]
pub struct ProfessionalView {
    professional: ProfessionalId,
    account: AccountId,
    name: String,
    email: String,
    pending_email: Option<PendingEmailView>,
    title: Option<String>,
    phone: Option<String>,
    language: String,
    ends_on: Option<Date>,
    roles: Vec<Role>,
    state: ProfessionalState,
    invitation: Option<InvitationView>,
    identity: Option<LinkedView>,
    /// Absent for callers who may not see it, `null` if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sign_in: Option<Option<Timestamp>>,
    /// Only of the vendor's professionals: what they may do on other accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    staff_permissions: Option<Vec<StaffPermission>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    you: Option<ProfessionalYou>,
}

/// How often a person gets the notices of a group, and what else they can choose.
#[derive(Debug, Serialize)]
pub struct MailPreferenceView {
    notices: NoticeGroup,
    frequency: Frequency,
    choices: &'static [Frequency],
}

/// The caller's relationship to a professional.
#[derive(Debug, Serialize)]
pub struct ProfessionalYou {
    #[serde(rename = "self")]
    oneself: bool,
    allowed_actions: Vec<&'static str>,
    /// For the person alone.
    mail_preferences: Option<Vec<MailPreferenceView>>,
}

#[derive(Debug, Serialize)]
struct InvitationView {
    state: ProfessionalState,
    created_at: Timestamp,
    expires_at: Timestamp,
}

/// An address that the person has typed and not proved yet.
#[derive(Debug, Serialize)]
struct PendingEmailView {
    email: EmailAddress,
    requested_at: Timestamp,
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
    fn from(identity: &Identity) -> Self {
        Self {
            name: identity.name.clone(),
            email: identity.email.clone(),
            provider: identity.provider.clone(),
        }
    }
}

impl PlanView {
    fn new(account: &Account, app: &App) -> Option<Self> {
        let plan = account.current_plan()?;
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
    /// Creates the view of an account for `professional`, or for the partner or vendor that looks
    /// after it.
    #[must_use]
    pub fn new(app: &App, account: &Account, professional: Option<ProfessionalId>) -> Self {
        Self {
            account: account.id,
            name: account.name.to_string(),
            kind: account.kind,
            plan: PlanView::new(account, app),
            partner: account.partner.as_ref().map(|partner| PartnerName {
                account: partner.account,
                name: partner.name.clone(),
            }),
            grant: account.partner.is_some().then_some(account.grant),
            confirmation: account.confirmation.state(),
            roles: professional.map(|id| account.roles.of(id)).unwrap_or_default(),
            professional,
        }
    }
}

impl AccountView {
    /// Creates the view of an account for a caller with `access`.
    #[must_use]
    pub fn new(app: &App, access: &Access, account: &Account) -> Self {
        let actions = [
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
            Action::ConfirmAccount,
            Action::WithdrawAccount,
            Action::NarrowGrant,
            Action::ChangeGrant,
            Action::ChangeSignInPolicy,
            Action::LiftSignInPolicy,
            Action::AppointAdministrator,
            Action::DecideAppointment,
            Action::DecideAccessRequest,
            Action::ReleaseMail,
        ];
        let own = access
            .relationship
            .link()
            .filter(|link| link.account == account.id)
            .map(|link| link.professional);
        // Each sees only the number of their own system.
        let number = match access.acting_as {
            ActingAs::Staff | ActingAs::Operator => account.external_id_by(None),
            ActingAs::Partner => access
                .relationship
                .link()
                .and_then(|link| account.external_id_by(Some(link.account))),
            _ => None,
        };
        Self {
            account: account.id,
            name: account.name.to_string(),
            kind: account.kind,
            external_id: number.cloned(),
            contact: account.contact.clone(),
            plan: PlanView::new(account, app),
            partner: account.partner.clone(),
            grant: account.partner.is_some().then_some(account.grant),
            time_zone: account.time_zone.clone(),
            licences: account.licences.clone(),
            roles: RolesView::new(account),
            active_administrators: account.roles.active.iter().copied().collect(),
            has_linked: account.has_linked,
            confirmation: account.confirmation.state(),
            partner_plans: None,
            appointment: account
                .appointment
                .as_ref()
                .filter(|appointment| {
                    appointment.is_pending() && access.allows(Action::ListActivity)
                })
                .map(|appointment| AppointmentView::new(appointment, access)),
            sign_in_policy: access
                .allows(Action::ListActivity)
                .then(|| SignInPolicyView::new(&account.sign_in_policy, access)),
            held_mail: None,
            version: account.version,
            you: You {
                r#as: label(access.acting_as),
                professional: own,
                allowed_actions: permitted(access, &actions),
            },
        }
    }
}

impl AccountView {
    /// Returns the view with the plans that the caller may give, for a partner's people who may
    /// create customers or correct this one.
    #[must_use]
    pub fn with_partner_plans(self, access: &Access, plans: &PartnerPlans) -> Self {
        let is_partner = access.acting_as == ActingAs::Partner
            || self.kind == AccountKind::Partner && self.you.professional.is_some();
        let gives = [Action::CreateAccount(AccountKind::Customer), Action::UpdateAccount];
        let is_shown = is_partner && gives.into_iter().any(|action| access.allows(action));
        Self { partner_plans: is_shown.then(|| plans.list().to_vec()), ..self }
    }

    /// Returns the view with the number of linked people whom the new limit on linking would not
    /// let link.
    #[must_use]
    pub fn with_people_outside(mut self, outside: Option<usize>) -> Self {
        if let Some(policy) = &mut self.sign_in_policy {
            policy.outside = outside;
        }
        self
    }

    /// Returns the view with the account's held mail, for callers who may release it.
    #[must_use]
    pub fn with_held_mail(self, access: &Access, held: HeldMail) -> Self {
        let is_shown = held.mails > 0 && access.allows(Action::ReleaseMail);
        let HeldMail { mails, since, released_at } = held;
        let view = HeldMailView { mails, since, released_at };
        Self { held_mail: is_shown.then_some(view), ..self }
    }
}

impl AppointmentView {
    fn new(appointment: &Appointment, access: &Access) -> Self {
        let appointee = appointment.request.appointee.as_ref();
        Self {
            appointment: appointment.id,
            professional: appointee.map(|appointee| appointee.id),
            name: appointee.map(|appointee| appointee.name.clone()),
            email: appointee.and_then(|appointee| appointee.email.clone()),
            in_place_of: appointment.request.leaving(),
            reason: appointment.request.reason.clone(),
            by: appointment.by.clone().into(),
            at: appointment.at,
            yours: appointment.is_requested_by(&access.actor(access.account.id)),
        }
    }
}

impl RolesView {
    fn new(account: &Account) -> Self {
        let roles = &account.roles;
        let is_vendor = account.kind == AccountKind::Vendor;
        Self {
            administrators: roles.administrators.iter().copied().collect(),
            billing_contact: roles.billing_contact,
            shipping_contact: roles.shipping_contact,
            staff_permissions: is_vendor.then(|| roles.staff.clone()),
        }
    }
}

impl ProfessionalView {
    /// Creates the view of a professional for a caller who may see the whole profile.
    #[must_use]
    pub fn new(access: &Access, roles: &Roles, professional: &Professional) -> Self {
        let actions = [
            Action::ViewProfessional(professional.id),
            Action::UpdateProfessional(professional.id),
            Action::SetEndDate(professional.id),
            Action::DeleteProfessional(professional.id),
            Action::SendInvitation(professional.id),
            Action::RevokeInvitation(professional.id),
        ];
        let oneself = access.relationship.link().is_some_and(|link| {
            link.account == professional.account && link.professional == professional.id
        });
        let preferences = || mail_preferences(&access.account, professional);
        Self {
            you: Some(ProfessionalYou {
                oneself,
                allowed_actions: permitted(access, &actions),
                mail_preferences: oneself.then(preferences),
            }),
            ..Self::listed(access, roles, professional)
        }
    }

    /// Creates the view of a professional in a list. Only callers who may see the whole profile see
    /// the linked identity, the last sign-in and an address that is not proved yet.
    #[must_use]
    pub fn listed(access: &Access, roles: &Roles, professional: &Professional) -> Self {
        let details = professional.details.clone();
        let is_visible = access.allows(Action::ViewProfessional(professional.id));
        let linked = professional.linked.as_ref().filter(|_| is_visible);
        let pending = professional.pending_email.as_ref().filter(|_| is_visible);
        let pending = pending.filter(|pending| pending.is_live(access.now));
        Self {
            professional: professional.id,
            account: professional.account,
            name: details.name.into(),
            email: details.email.into(),
            pending_email: pending.map(|pending| PendingEmailView {
                email: pending.email.clone(),
                requested_at: pending.requested_at,
                expires_at: pending.expires_at,
            }),
            title: details.title.map(Into::into),
            phone: details.phone.map(Into::into),
            language: details.language.into(),
            ends_on: details.ends_on,
            roles: roles.of(professional.id),
            state: professional.state(access.now, access.today),
            invitation: professional.invitation.as_ref().map(|invitation| InvitationView {
                state: ProfessionalState::of(invitation, access.now),
                created_at: invitation.created_at,
                expires_at: invitation.expires_at,
            }),
            identity: linked.map(|linked| LinkedView {
                identity: (&linked.identity).into(),
                linked_at: linked.linked_at,
            }),
            last_sign_in: is_visible.then_some(professional.last_sign_in),
            staff_permissions: (professional.account == AccountId::VENDOR)
                .then(|| roles.staff_permissions_of(professional.id)),
            you: None,
        }
    }
}

impl AuditEventView {
    /// Creates the view of an event for a caller with `access`. A partner, who is of another
    /// organisation, does not see network addresses.
    #[must_use]
    pub fn new(access: &Access, event: AuditEvent) -> Self {
        let AuditEvent { id, at, actor, event, source, .. } = event;
        let source = source.filter(|_| access.acting_as != ActingAs::Partner);
        Self { id, at, actor: actor.into(), event, source }
    }
}

impl From<Actor> for ActorView {
    fn from(actor: Actor) -> Self {
        Self { name: actor.name, r#as: actor.acting_as, home: actor.home_name }
    }
}

/// Returns the groups of notices that the professional gets in `account`.
fn mail_preferences(account: &Account, professional: &Professional) -> Vec<MailPreferenceView> {
    let groups = NoticeGroup::VARIANTS.iter().copied();
    groups
        .filter(|group| group.is_for(account, professional.id))
        .map(|group| MailPreferenceView {
            notices: group,
            frequency: professional.mail_preferences.of(group),
            choices: group.choices(account.kind),
        })
        .collect()
}

/// Returns the names of the actions that `access` allows.
fn permitted(access: &Access, actions: &[Action]) -> Vec<&'static str> {
    actions.iter().filter(|action| access.allows(**action)).map(|action| action.name()).collect()
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
