//! The rules, pure: no clock, no randomness, no I/O. Names nothing of the crate but itself.
//!
//! | module | what it holds |
//! |---|---|
//! | [`account`] | organisations: plan, roles, notices, permissions, reviews, appointments |
//! | [`person`] | professionals: profile, invitation, link, hold, identity, session, language |
//! | [`access_request`] | requests for access and who decides on them |
//! | [`authorization`] | who may do what, and why not |
//! | [`audit`] | what is on record about what happened, and who did it |
//! | [`mail`] | what mails say, the outbox, the mail budget, preferences, the sender's reputation |
//! | [`import`] | CSV files: their columns, and what a cell means |
//! | [`spreadsheet`] | CSV files for spreadsheets |
//! | [`text`] | names and other typed text |
//! | [`field_error`] | what may be wrong with a field, reported all at once |
//! | [`id`], [`secret`], [`origin_key`] | identifiers, secrets and their hashes |
//! | [`limits`], [`partner_plans`] | limits of mails, plans that partners give |
//! | [`policy`] | the vendor's settings |

pub mod access_request;
pub mod account;
pub mod audit;
pub mod authorization;
pub mod field_error;
pub mod id;
pub mod import;
pub mod limits;
pub mod mail;
pub mod origin_key;
pub mod partner_plans;
pub mod person;
pub mod policy;
pub mod secret;
pub mod spreadsheet;
pub mod text;

pub use access_request::{AccessRequest, AccessState, Decider, OwnRequest, OwnRequests};
pub(crate) use account::is_guid;
pub use account::{
    AccessReport, AccessReview, Account, AccountChanges, AccountField, AccountKind, Appointee,
    Appointment, AppointmentRequest, Candidate, Confirmation, ConfirmationState, Contact, Creator,
    FactorsFor, Holder, Licence, Linking, LinkingKind, NoticeStage, PartnerCard, PartnerGrant,
    Plan, PlanLapsed, PlanState, PolicyLift, RequiredRoles, Role, Roles, RolesError, SignInPolicy,
    StaffPermission, StaffPermissions, WantedRoles, ZoneName, parse_date, parse_external_id,
};
pub use audit::{
    AccountRef, Actor, AuditEvent, Event, IdentityRef, PersonRef, Personal, PlanRef, Requester,
    StaffChange,
};
pub use field_error::{FieldError, FieldErrorCode, FieldErrors};
pub use id::{
    AccessRequestId, AccountId, AppointmentId, AuditEventId, InvitationId, MailId, ProfessionalId,
    SessionId, SignInEventId,
};
pub use limits::{Limit, Limits, network};
pub use mail::{
    Audience, Breaker, CountedKind, Delivery, DeliveryCounts, DigestEntry, DigestPeriod,
    DigestPlace, Escalation, Frequency, HeldMail, HoldReason, Inviter, MailCause, MailClass,
    MailContent, MailHold, MailKind, MailPreferences, MailRules, NoticeGroup, OutboxMail,
    OverLimit, ProfileLink, ProfileRef, Recipient, Recipients, UnsubscribeToken, Window,
};
pub use origin_key::{OriginKeyHash, OriginKeys};
pub use partner_plans::{PartnerPlan, PartnerPlans};
pub(crate) use person::languages;
pub use person::{
    Authentication, DeletedProfessional, Details, EmailAddress, Hold, Identity, IdentityKey,
    Invitation, InvitationOutcome, InvitationToken, Language, Link, LinkDecision, LinkError,
    LinkedIdentity, PendingEmail, Professional, ProfessionalField, ProfessionalState, ProfileToken,
    ProviderLogout, Session, SessionEnd, SignIn, SignInAsks, SignInEvent, SignInEventKind,
    SignInProblem, SignInRefusal, return_path,
};
pub use policy::Policy;
pub use secret::{Secret, SecretHash};
pub use text::{
    AccountName, JobTitle, LanguageTag, PersonName, PhoneNumber, PlanName, ProductName, Reason,
    Remark, displayed, search_key,
};
