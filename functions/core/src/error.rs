//! Why a request failed, without HTTP and without AWS; see [`crate::http::problem()`] for what the caller sees.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::{AccountId, Fault, Flaw, PartnerCard, ProfessionalId, Role};

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
    #[error("{}", faults(.0))]
    Invalid(Vec<Fault>),
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
    Link(#[from] LinkFault),
    /// Asked too often.
    #[error("too many requests; try again in {0} seconds")]
    TooManyRequests(u32),
    /// Asked too often, where to say so would tell something about an address. It ends in the store, which does as if it had not been.
    #[error("asked too often")]
    Silenced,
    /// What was read has changed before it could be written: the handler is run again from its first read.
    #[error("changed while it was read")]
    Stale,
    /// A service we call is throttled or down. Its cause is logged, never sent.
    #[error("the service is busy; try again in a few seconds")]
    Unavailable(#[source] Cause),
    /// A fault of ours. Its cause is logged, never sent.
    #[error("something went wrong on our side; nothing was changed")]
    Internal(#[source] Cause),
}

/// What lies under a fault.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What a person whose access lapsed is told (requirement 30).
#[derive(Clone, Debug, Serialize)]
pub struct PlanLapsed {
    /// The first day without access.
    pub since: Date,
    /// The plan's first day, if that is still to come.
    pub begins_on: Option<Date>,
    /// The plan's name.
    pub plan: String,
    /// Whom to ask.
    pub partner: Option<PartnerCard>,
    /// Whom to ask when the partner does not answer.
    pub access_mailbox: Option<String>,
    /// Whether the person may still see the plan and the people, as an administrator does.
    pub administrator: bool,
}

/// Somebody who could take over a role.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Who.
    pub professional: ProfessionalId,
    /// Their name.
    pub name: String,
}

/// Why a mailed link cannot be used (requirement 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Too old.
    #[error("this link has expired; ask for a fresh one")]
    Expired,
    /// A newer link was mailed, or this is no link of ours.
    #[error("a newer link has replaced this one; use the newest mail or ask for a fresh link")]
    Superseded,
    /// Taken back by an administrator.
    #[error("this invitation was withdrawn; ask an administrator of the account")]
    Revoked,
    /// The profile is gone, or held after "this was not me".
    #[error(
        "the profile this link was for is no longer open to linking; ask an administrator of the account"
    )]
    Deleted,
    /// Another identity has used it.
    #[error(
        "this link has been used with another identity; sign in with that one or ask for a fresh link"
    )]
    Used,
    /// The identity has another profile in the account.
    #[error(
        "the identity you are signed in with is linked to another profile of this account; sign in with another identity"
    )]
    WrongIdentity,
    /// A "this was not me" link that no longer has a link to end.
    #[error("this notice is no longer current; nothing was changed")]
    DisputeExpired,
}

impl fmt::Display for PlanLapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let helper = self.partner.as_ref().map_or("the vendor", |it| &it.name);
        match self.begins_on {
            Some(day) => write!(
                f,
                "the service plan {} begins on {day}; ask {helper} if that is not right",
                self.plan
            ),
            None => write!(
                f,
                "the service plan {} has lapsed, so there is no access since {}; ask {helper} to renew it",
                self.plan, self.since
            ),
        }
    }
}

impl Error {
    /// Says that one field is faulty.
    #[must_use]
    pub fn invalid(field: &str, flaw: Flaw) -> Self {
        Self::Invalid(vec![Fault { field: field.to_owned(), flaw }])
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

fn faults(faults: &[Fault]) -> String {
    let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}

fn required(roles: &[Role]) -> String {
    let roles: Vec<_> = roles.iter().map(|it| it.label()).collect();
    format!(
        "this person is the account's {}, and the account cannot be left without; give that to somebody else first",
        roles.join(" and ")
    )
}
