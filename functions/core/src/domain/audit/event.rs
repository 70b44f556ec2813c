//! Everything that the activity list can tell, with typed fields.
//!
//! `infra/openapi.yaml` describes each kind, and the site has an icon and words for each: a kind
//! that is missing there fails `tests/openapi` or the site's type check.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use super::{PersonRef, Personal};
use crate::domain::{
    Account, AccountField, AccountId, Decider, FactorsFor, Identity, Linking, MailKind,
    PartnerCard, PartnerGrant, Plan, PlanName, ProfessionalField, StaffPermission,
};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are named for what they are")]
pub enum Event {
    /// The account was created; `waiting` if nobody gets access before staff confirm it.
    AccountCreated { imported: bool, waiting: bool },
    /// Staff confirmed the account that a partner created or renamed, and invited its first
    /// professional if the partner wanted that.
    AccountConfirmed { invited: Option<PersonRef> },
    /// Staff declined the account that a partner created. Recorded in the partner's and the
    /// vendor's lists, because the account is gone.
    AccountDeclined { account: AccountRef, reason: Option<Personal> },
    /// The partner withdrew an account that waited for confirmation. Recorded like a refusal.
    AccountWithdrawn { account: AccountRef },
    /// Fields of the account were changed; the new plan and partner if they are among them.
    AccountUpdated {
        changed: Vec<AccountField>,
        plan: Option<PlanRef>,
        partner: Option<AccountRef>,
        imported: bool,
    },
    /// The partner of record may do more, less or nothing from now on.
    GrantChanged { partner: AccountRef, grant: PartnerGrant },
    /// An administrator of the account changed how its people must sign in.
    SignInPolicyChanged { factors: FactorsFor, linking: Linking },
    /// One of the vendor's staff asked to lift that; a second one is to ask too.
    SignInPolicyLiftRequested { reason: Personal },
    /// Staff or an operator lifted it; `requested_by` is who asked first, for staff.
    SignInPolicyLifted { reason: Option<Personal>, requested_by: Option<Personal> },
    /// A professional was added.
    ProfessionalAdded { professional: PersonRef, invited: bool, imported: bool },
    /// Fields of a profile were changed.
    ProfessionalUpdated { professional: PersonRef, changed: Vec<ProfessionalField>, invited: bool },
    /// A person asked for another address on record, which is pending until it is proved.
    EmailChangeRequested { professional: PersonRef },
    /// The person kept the address on record after all.
    EmailChangeCancelled { professional: PersonRef },
    /// The person chose how often to get which e-mails; what they chose is nobody else's business.
    MailPreferencesChanged { professional: PersonRef },
    /// A professional was deleted, and somebody took over their roles if that was necessary.
    ProfessionalDeleted { professional: PersonRef, handed_over_to: Option<PersonRef> },
    /// A deletion was undone; `linked` if the identity opens the profile again.
    ProfessionalRestored { professional: PersonRef, linked: bool },
    /// Roles were given and taken; the contacts only if they are others than before.
    RolesAssigned {
        administrators_added: Vec<PersonRef>,
        administrators_removed: Vec<PersonRef>,
        billing_contact: Option<PersonRef>,
        shipping_contact: Option<PersonRef>,
    },
    /// The vendor's staff were given permissions, or lost some.
    StaffPermissionsChanged { people: Vec<StaffChange> },
    /// The partner or staff changed who is administrator, or an administrator's address;
    /// `requested_by` if another person asked for it. `professional` is a new administrator.
    AdministratorAppointed {
        professional: Option<PersonRef>,
        in_place_of: Vec<PersonRef>,
        new_address_of: Option<PersonRef>,
        reason: Option<Personal>,
        requested_by: Option<Personal>,
    },
    /// The partner or staff asked for such a change.
    AppointmentRequested {
        professional: Option<PersonRef>,
        in_place_of: Vec<PersonRef>,
        new_address_of: Option<PersonRef>,
        reason: Option<Personal>,
    },
    /// A second person declined it.
    AppointmentDeclined {
        professional: Option<PersonRef>,
        in_place_of: Vec<PersonRef>,
        new_address_of: Option<PersonRef>,
        reason: Option<Personal>,
    },
    /// A professional was invited again, or asked for a link.
    InvitationRequested { professional: PersonRef },
    /// An invitation was revoked.
    InvitationRevoked { professional: PersonRef },
    /// An identity was linked with a profile that had none.
    IdentityLinked { professional: PersonRef, identity: IdentityRef },
    /// Another identity took the place of the linked one.
    IdentitySwitched { professional: PersonRef, identity: IdentityRef },
    /// Somebody reported a link as not theirs.
    LinkDisputed { professional: PersonRef },
    /// The plan is about to end.
    PlanEnding { plan: PlanRef },
    /// The plan has lapsed: `since` is the first day without access.
    PlanLapsed { plan: PlanRef, since: Date },
    /// Somebody asked for access, and `stage` was asked to decide.
    AccessRequested { requester: Requester, stage: Decider },
    /// Nobody decided in time, and `stage` was asked next.
    AccessRequestEscalated { requester: Requester, stage: Decider },
    /// Staff passed the request on to the account it is for. Only the vendor's list names it.
    AccessRequestPassedOn { requester: Requester, to: Option<AccountRef> },
    /// Somebody approved the request.
    AccessRequestApproved { requester: Requester },
    /// Somebody declined the request.
    AccessRequestDeclined { requester: Requester },
    /// The person who asked took the request back.
    AccessRequestWithdrawn { requester: Requester },
    /// Nobody decided on the request in time.
    AccessRequestExpired { requester: Requester },
    /// The mail service accepted a mail. Without `recipient` it went to nobody on the list.
    MailSent { mail: MailKind, recipient: Option<PersonRef> },
    /// The mail service refused a mail.
    MailFailed { mail: MailKind, recipient: Option<PersonRef> },
    /// A mail bounced.
    MailBounced { mail: MailKind, recipient: Option<PersonRef> },
    /// The recipient reported a mail as spam.
    MailComplained { mail: MailKind, recipient: Option<PersonRef> },
    /// Staff released the mails that were held back because of bounces.
    MailReleased { mails: u32 },
}

/// Another account by id, with its name at the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRef {
    /// The account.
    pub id: AccountId,
    /// The name at the time.
    pub name: String,
}

/// What one of the vendor's staff may do from now on, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffChange {
    /// The vendor's professional.
    pub professional: PersonRef,
    /// The permissions that they have now and did not have before.
    pub given: BTreeSet<StaffPermission>,
    /// The permissions that they had before.
    pub taken: BTreeSet<StaffPermission>,
}

/// A plan by name, with its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRef {
    /// The name.
    pub name: PlanName,
    /// The last day.
    pub ends_on: Date,
}

/// An identity in words: what people recognise it by, and who provides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRef {
    /// The e-mail address that the provider gave, else the name.
    pub name: Personal,
    /// The name of the identity provider.
    pub provider: String,
}

/// The person who asks for access, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The name.
    pub name: Personal,
    /// The e-mail address.
    pub email: Personal,
}

impl Event {
    /// Lists every personal text of the event.
    pub fn personal_mut(&mut self) -> Vec<&mut Personal> {
        match self {
            Self::AccountCreated { imported: _, waiting: _ }
            | Self::AccountWithdrawn { account: _ }
            | Self::AccountUpdated { changed: _, plan: _, partner: _, imported: _ }
            | Self::GrantChanged { partner: _, grant: _ }
            | Self::SignInPolicyChanged { factors: _, linking: _ }
            | Self::PlanEnding { plan: _ }
            | Self::PlanLapsed { plan: _, since: _ }
            | Self::MailReleased { mails: _ } => Vec::new(),
            Self::AccountConfirmed { invited } => names(invited),
            Self::AccountDeclined { account: _, reason } => reason.iter_mut().collect(),
            Self::SignInPolicyLiftRequested { reason } => vec![reason],
            Self::SignInPolicyLifted { reason, requested_by } => {
                reason.iter_mut().chain(requested_by).collect()
            }
            Self::ProfessionalAdded { professional, invited: _, imported: _ }
            | Self::ProfessionalUpdated { professional, changed: _, invited: _ }
            | Self::ProfessionalRestored { professional, linked: _ }
            | Self::EmailChangeRequested { professional }
            | Self::EmailChangeCancelled { professional }
            | Self::MailPreferencesChanged { professional }
            | Self::InvitationRequested { professional }
            | Self::InvitationRevoked { professional }
            | Self::LinkDisputed { professional } => vec![&mut professional.name],
            Self::ProfessionalDeleted { professional, handed_over_to } => {
                names([professional].into_iter().chain(handed_over_to))
            }
            Self::RolesAssigned {
                administrators_added,
                administrators_removed,
                billing_contact,
                shipping_contact,
            } => names(
                administrators_added
                    .iter_mut()
                    .chain(administrators_removed)
                    .chain(billing_contact)
                    .chain(shipping_contact),
            ),
            Self::StaffPermissionsChanged { people } => {
                names(people.iter_mut().map(|change| &mut change.professional))
            }
            Self::AdministratorAppointed {
                professional,
                in_place_of,
                new_address_of,
                reason,
                requested_by,
            } => {
                let people = professional.iter_mut().chain(in_place_of).chain(new_address_of);
                names(people).into_iter().chain(reason).chain(requested_by).collect()
            }
            Self::AppointmentRequested { professional, in_place_of, new_address_of, reason }
            | Self::AppointmentDeclined { professional, in_place_of, new_address_of, reason } => {
                let people = professional.iter_mut().chain(in_place_of).chain(new_address_of);
                names(people).into_iter().chain(reason).collect()
            }
            Self::IdentityLinked { professional, identity }
            | Self::IdentitySwitched { professional, identity } => {
                let IdentityRef { name, provider: _ } = identity;
                vec![&mut professional.name, name]
            }
            Self::AccessRequested { requester, stage: _ }
            | Self::AccessRequestEscalated { requester, stage: _ }
            | Self::AccessRequestPassedOn { requester, to: _ }
            | Self::AccessRequestApproved { requester }
            | Self::AccessRequestDeclined { requester }
            | Self::AccessRequestWithdrawn { requester }
            | Self::AccessRequestExpired { requester } => {
                let Requester { name, email } = requester;
                vec![name, email]
            }
            Self::MailSent { mail: _, recipient }
            | Self::MailFailed { mail: _, recipient }
            | Self::MailBounced { mail: _, recipient }
            | Self::MailComplained { mail: _, recipient } => names(recipient),
        }
    }
}

fn names<'a>(people: impl IntoIterator<Item = &'a mut PersonRef>) -> Vec<&'a mut Personal> {
    people.into_iter().map(|person| &mut person.name).collect()
}

impl From<&Account> for AccountRef {
    fn from(account: &Account) -> Self {
        Self { id: account.id, name: account.name.to_string() }
    }
}

impl From<&PartnerCard> for AccountRef {
    fn from(partner: &PartnerCard) -> Self {
        Self { id: partner.account, name: partner.name.clone() }
    }
}

impl From<&Plan> for PlanRef {
    fn from(plan: &Plan) -> Self {
        Self { name: plan.name.clone(), ends_on: plan.ends_on }
    }
}

impl From<&Identity> for IdentityRef {
    fn from(identity: &Identity) -> Self {
        let name = identity.email.as_ref().unwrap_or(&identity.name);
        Self { name: name.clone().into(), provider: identity.provider.clone() }
    }
}
