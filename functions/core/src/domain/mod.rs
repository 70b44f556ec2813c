//! The rules, pure: no clock, no random numbers, no I/O. Those values are passed in.

mod account;
mod activity;
pub mod authority;
mod deleted;
mod email;
mod fault;
mod grant;
mod id;
mod identity;
mod invitation;
mod language;
mod outbox;
mod plan;
mod professional;
mod roles;
mod session;
mod text;
mod time_zone;

pub use account::{Account, AccountChanges, Contact, Kind, Licence, PartnerCard};
pub use activity::{Activity, Actor, Deed, Target};
pub use deleted::Deleted;
pub use email::EmailAddress;
pub use fault::{Fault, Faults, Flaw};
pub use grant::Grant;
pub use id::{AccountId, ActivityId, InvitationId, MailId, ProfessionalId};
pub use identity::{Identity, IdentityKey};
pub use invitation::{DisputeToken, Invitation, InvitationToken, Outcome};
pub use language::Language;
pub(crate) use language::languages;
pub use outbox::{Delivery, Inviter, Letter, Mail, Recipient};
pub use plan::{Plan, PlanState, date};
pub use professional::{Details, Held, Judgement, Link, LinkedIdentity, Professional, State};
pub use roles::{Role, Roles};
pub use session::{Session, SignIn, return_path};
pub use text::{AccountName, JobTitle, LanguageTag, PersonName, PhoneNumber, PlanName, ProductName, fold};
pub use time_zone::ZoneName;
