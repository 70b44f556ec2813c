//! Why a request failed, without HTTP and without AWS; see [`crate::http::problem()`] for what the caller sees.

use crate::domain::{
    AccountId, Candidate, FieldErrorCode, FieldErrors, LinkError, PlanLapsed, ProfessionalId, Role,
};
use jiff::civil::Date;

/// The result of anything a handler calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The body or the query is not of the form that is asked for.
    #[error("{0}")]
    Malformed(String),
    /// The body is larger than 64 KiB.
    #[error("the body is larger than 64 KiB; send less")]
    TooLarge,
    /// Values that cannot be accepted, every one of them.
    #[error("{0}")]
    Invalid(#[from] FieldErrors),
    /// Nobody is signed in.
    #[error("sign in first")]
    NotSignedIn,
    /// A change that another site asked for in the person's name.
    #[error("this change did not come from the portal's own pages; open the portal and try there")]
    CrossSite,
    /// Signed in, without the right.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The person's end date has passed.
    #[error("your access ended after {since}; ask an administrator of the account")]
    AccessEnded {
        /// The last day of access.
        since: Date,
    },
    /// The account's plan has lapsed.
    #[error("{0}")]
    PlanLapsed(Box<PlanLapsed>),
    /// There is no such thing, or the caller may not know of it.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// Somebody in the account has that e-mail already.
    #[error("{name} already has this e-mail address in this account; edit that profile instead")]
    DuplicateEmail {
        /// Who has it.
        professional: ProfessionalId,
        /// Their name.
        name: String,
    },
    /// An account with that external id exists.
    #[error("an account with this external id exists already")]
    AccountExists {
        /// Which.
        account: AccountId,
    },
    /// A contact role or the last administrator would go.
    #[error("{}", required(.roles))]
    RoleRequired {
        /// The roles that would be without a holder.
        roles: Vec<Role>,
        /// Who could take them over.
        eligible: Vec<Candidate>,
    },
    /// Somebody named for a role is not on the list or has an end date. Handlers say in which field.
    #[error("must be on the account's list and have no end date")]
    Ineligible,
    /// What the caller saw has been changed by somebody else.
    #[error("somebody else changed this in the meantime; reload and try again")]
    Changed,
    /// A mailed link that cannot be used.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// Asked too often.
    #[error("too many requests; try again in {0} seconds")]
    TooManyRequests(u32),
    /// Asked too often, where to say so would tell something about an address. It ends in the store, which does as if it had not been.
    #[error("asked too often")]
    SilentlyLimited,
    /// What was read has changed before it could be written: the handler is run again from its first read.
    #[error("changed while it was read")]
    Conflict,
    /// A service we call is throttled or down. Its cause is logged, never sent.
    #[error("the service is busy; try again in a few seconds")]
    Unavailable(#[source] Cause),
    /// A fault of ours. Its cause is logged, never sent.
    #[error("something went wrong on our side; nothing was changed")]
    Internal(#[source] Cause),
}

/// What lies under a fault.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl From<PlanLapsed> for Error {
    fn from(lapsed: PlanLapsed) -> Self {
        Self::PlanLapsed(Box::new(lapsed))
    }
}

impl Error {
    /// Says that one field is faulty.
    #[must_use]
    pub fn invalid(field: &str, code: FieldErrorCode) -> Self {
        Self::Invalid(FieldErrors::of(field, code))
    }

    /// Wraps a fault of ours.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Logs what the caller is not told, once, at the edge.
    pub fn log(&self) {
        use std::error::Error as _;
        match self {
            Self::Unavailable(_) => {
                tracing::warn!(error.cause = ?self.source(), "a service was not available")
            }
            Self::Internal(_) => tracing::error!(error.cause = ?self.source(), "request failed"),
            _ => {}
        }
    }
}

fn required(roles: &[Role]) -> String {
    let roles: Vec<_> = roles.iter().map(|it| it.label()).collect();
    format!(
        "this person is the account's {}, and the account cannot be left without; give that to somebody else first",
        roles.join(" and ")
    )
}
