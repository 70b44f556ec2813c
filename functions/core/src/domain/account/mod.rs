//! Accounts: organisations in the portal.

mod appointment;
mod change;
mod confirmation;
mod contact;
mod lapse;
mod licence;
mod notice_stage;
mod partner_grant;
mod plan;
mod review;
mod roles;
mod sign_in_policy;
mod staff_permission;
mod time_zone;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, AccountName, EmailAddress, FieldErrorCode, PhoneNumber, ProfessionalId,
};

pub use appointment::{Appointee, Appointment, AppointmentRequest};
pub use change::{AccountChanges, AccountField};
pub use confirmation::{Confirmation, ConfirmationState, Creator};
pub use contact::Contact;
pub use lapse::PlanLapsed;
pub use licence::Licence;
pub use notice_stage::NoticeStage;
pub use partner_grant::PartnerGrant;
pub use plan::{Plan, PlanState, parse_date};
pub use review::{AccessReport, AccessReview};
pub use roles::{Candidate, Holder, RequiredRoles, Role, Roles, RolesError, WantedRoles};
pub(crate) use sign_in_policy::is_guid;
pub use sign_in_policy::{FactorsFor, Linking, LinkingKind, PolicyLift, SignInPolicy};
pub use staff_permission::{StaffPermission, StaffPermissions};
pub use time_zone::ZoneName;

/// An organisation in the portal, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// Its name.
    pub name: AccountName,
    /// Customer, partner or vendor.
    pub kind: AccountKind,
    /// The customer number of the vendor or of the partner that created the account, 1 to 64
    /// printable ASCII characters. Unique for each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The partner whose number `external_id` is; `None` for the vendor's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_by: Option<AccountId>,
    /// A partner's contact details, shown to its customers.
    #[serde(default, skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// The partner of record, with what customers see of it (requirement 26).
    ///
    /// A copy, so that a page needs no second read. A change of the partner updates the copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerCard>,
    /// What the partner of record may do here.
    #[serde(default)]
    pub grant: PartnerGrant,
    /// The time zone in which the plan and end dates begin and end.
    #[serde(default)]
    pub time_zone: ZoneName,
    /// The service plan; every customer has one, the vendor none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// The licensed products, in the order given (requirement 32).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<Licence>,
    /// The holders of each role.
    #[serde(default)]
    pub roles: Roles,
    /// Whether any of its people has ever linked an identity. From then on partner and staff
    /// change administrators only by an appointment (requirement 45).
    #[serde(default)]
    pub has_linked: bool,
    /// How its people must sign in, and which identities they may link.
    #[serde(default, skip_serializing_if = "SignInPolicy::is_default")]
    pub sign_in_policy: SignInPolicy,
    /// The newest appointment that needed a second person's approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// The day of the plan's next [`NoticeStage`]; `None` when no notice remains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// The last stage of the current plan that was sent, or had passed when the plan was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<NoticeStage>,
    /// The partner's professional who created it; `None` if staff, an operator or an import did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Creator>,
    /// Whether staff have confirmed it under its present name.
    pub confirmation: Confirmation,
    /// When it was created.
    pub created_at: Timestamp,
    /// Version for optimistic locking.
    pub version: u32,
}

/// An organisation's relationship to the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Uses the vendor's products, on a service plan.
    Customer,
    /// Looks after customers.
    Partner,
    /// The operator itself; its linked professionals are staff.
    Vendor,
}

/// A partner as its customers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerCard {
    /// The partner's account.
    pub account: AccountId,
    /// The partner's name.
    pub name: String,
    /// The partner's shared mailbox.
    pub email: Option<EmailAddress>,
    /// The partner's telephone number.
    pub phone: Option<PhoneNumber>,
    /// The partner's web page.
    pub website: Option<String>,
}

impl Account {
    /// Returns the date in the account's time zone at the time `now`.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        self.time_zone.day(now)
    }

    /// Returns the plan's state at the time `now`; `None` for the vendor, and for a partner without
    /// a plan.
    #[must_use]
    pub fn plan_state(&self, now: Timestamp, grace_days: u8) -> Option<PlanState> {
        match (self.current_plan(), self.kind) {
            (Some(plan), _) => Some(plan.state(self.today(now), grace_days)),
            (None, AccountKind::Customer) => Some(PlanState::Lapsed),
            (None, AccountKind::Partner | AccountKind::Vendor) => None,
        }
    }

    /// Returns the plan that decides on access. The vendor has none, whatever is stored, so that it
    /// cannot lock itself out (requirement 45).
    #[must_use]
    pub fn current_plan(&self) -> Option<&Plan> {
        self.plan.as_ref().filter(|_| self.kind != AccountKind::Vendor)
    }

    /// Checks whether the plan gives the account's people no access at the time `now`.
    #[must_use]
    pub fn is_lapsed(&self, now: Timestamp, grace_days: u8) -> bool {
        self.plan_state(now, grace_days) == Some(PlanState::Lapsed)
    }

    /// Returns the account once `professional` is linked, or no longer is.
    #[must_use]
    pub fn with_access(&self, professional: ProfessionalId, is_active: bool) -> Self {
        Self {
            has_linked: self.has_linked || is_active,
            roles: self.roles.with_access(professional, is_active),
            ..self.clone()
        }
    }

    /// Returns the account's number at the partner `by`, or at the vendor for `None`.
    #[must_use]
    pub fn external_id_by(&self, by: Option<AccountId>) -> Option<&String> {
        self.external_id.as_ref().filter(|_| self.external_by == by)
    }

    /// Returns the partner as its customers see it.
    #[must_use]
    pub fn card(&self) -> PartnerCard {
        let Contact { email, phone, website } = self.contact.clone();
        PartnerCard { account: self.id, name: self.name.to_string(), email, phone, website }
    }
}

/// Parses an external system's number for an account: 1 to 64 printable ASCII characters without
/// spaces.
pub fn parse_external_id(text: &str) -> Result<String, FieldErrorCode> {
    const MAX_LENGTH: usize = 64;
    if text.is_empty() {
        return Err(FieldErrorCode::Empty);
    }
    let well_formed =
        (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if well_formed { Ok(text.to_owned()) } else { Err(FieldErrorCode::ExternalId(MAX_LENGTH)) }
}
