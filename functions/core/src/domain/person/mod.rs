//! People: the profile of a professional, its invitation, its link to an identity, sessions and the
//! sign-ins on record.

mod authentication;
mod deleted;
mod email;
mod hold;
mod identity;
mod invitation;
mod language;
mod pending_email;
mod professional;
mod provider_logout;
mod session;
mod sign_in;
mod sign_in_event;

pub use authentication::Authentication;
pub use deleted::DeletedProfessional;
pub use email::EmailAddress;
pub use hold::Hold;
pub use identity::{Identity, IdentityKey};
pub use invitation::{Invitation, InvitationOutcome, InvitationToken, LinkError, ProfileToken};
pub use language::Language;
pub(crate) use language::languages;
pub use pending_email::PendingEmail;
pub use professional::{
    Details, Link, LinkDecision, LinkedIdentity, Professional, ProfessionalField, ProfessionalState,
};
pub use provider_logout::ProviderLogout;
pub use session::{Session, return_path};
pub use sign_in::{SignIn, SignInAsks, SignInProblem};
pub use sign_in_event::{SessionEnd, SignInEvent, SignInEventKind, SignInRefusal};
