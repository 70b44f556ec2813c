//! People: the profile of a professional, its invitation, its link to an identity, sessions.

mod deleted;
mod email;
mod hold;
mod identity;
mod invitation;
mod language;
mod professional;
mod session;

pub use deleted::DeletedProfessional;
pub use email::EmailAddress;
pub use hold::Hold;
pub use identity::{Identity, IdentityKey};
pub use invitation::{DisputeToken, Invitation, InvitationOutcome, InvitationToken, LinkError};
pub use language::Language;
pub(crate) use language::languages;
pub use professional::{
    Details, Link, LinkDecision, LinkedIdentity, Professional, ProfessionalField, ProfessionalState,
};
pub use session::{Session, SignIn, return_path};
