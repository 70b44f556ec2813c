//! The rules, pure: no clock, no random numbers, no I/O. Those values are passed in.

pub mod access_request;
mod account;
mod activity;
mod appointment;
pub mod authority;
mod deleted;
mod email;
mod fault;
mod grant;
mod id;
mod identity;
mod invitation;
mod language;
mod letter;
mod limits;
mod outbox;
mod plan;
mod professional;
mod reputation;
mod review;
mod roles;
mod session;
mod stage;
mod text;
mod time_zone;

pub use access_request::{AccessRequest, AccessState, Decider, OwnRequest, OwnRequests};
pub use account::{Account, AccountChanges, Contact, Kind, Licence, PartnerCard, external_id};
pub use activity::{Activity, Actor, Deed, Target};
pub use appointment::{Appointment, Wish};
pub use deleted::Deleted;
pub use email::EmailAddress;
pub use fault::{Fault, Faults, Flaw};
pub use grant::Grant;
pub use id::{
    AccessRequestId, AccountId, ActivityId, AppointmentId, InvitationId, MailId, ProfessionalId,
};
pub use identity::{Identity, IdentityKey};
pub use invitation::{DisputeToken, Invitation, InvitationToken, Outcome};
pub use language::Language;
pub(crate) use language::languages;
pub use letter::{Audience, Inviter, Letter, Waited};
pub use limits::{By, Limited, Limits};
pub use outbox::{Delivery, Mail, Recipient};
pub use plan::{Plan, PlanState, date};
pub use professional::{Details, Held, Judgement, Link, LinkedIdentity, Professional, State};
pub use reputation::{Breaker, Tally};
pub use review::{Report, Review};
pub use roles::{Role, Roles};
pub use session::{Session, SignIn, return_path};
pub use stage::Stage;
pub use text::{
    AccountName, JobTitle, LanguageTag, PersonName, PhoneNumber, PlanName, ProductName, Reason,
    Remark, fold,
};
pub use time_zone::ZoneName;
