//! Why a request failed, without HTTP and without AWS. [`crate::http::problem()`] is what the
//! caller sees.

use crate::domain::{
    Account, AccountId, Candidate, FieldErrorCode, FieldErrors, LinkError, Linking, PlanLapsed,
    ProfessionalId, RequiredRoles, Role, Session, StaffPermission, authorization::StepUp,
};
use jiff::civil::Date;

/// The result of everything a handler calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The body or query does not have the expected form.
    #[error("{0}")]
    Malformed(String),
    /// The body is larger than 64 KiB.
    #[error("the request body is larger than 64 KiB; send less")]
    TooLarge,
    /// Invalid values of fields, all of them.
    #[error("{0}")]
    Invalid(#[from] FieldErrors),
    /// Nobody is signed in.
    #[error("sign in first")]
    NotSignedIn,
    /// The caller may do it, but not with the present sign-in (requirement 42).
    #[error("{}", step_up_required(*.needed))]
    StepUpRequired {
        /// What another sign-in has to bring.
        needed: StepUp,
        /// The id of the provider of the present one.
        provider: String,
    },
    /// The request came around CloudFront, to API Gateway's own address.
    #[error("send requests to the portal's own address, where its pages are")]
    WrongAddress,
    /// A change that another site requested in the person's name.
    #[error("this change did not come from the portal's own pages; open the portal and try again")]
    CrossSite,
    /// Signed in, but without permission. Holds the reason.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A member of the vendor's staff without the permission for it.
    #[error(
        "you need the permission to {}; ask one of the vendor's administrators to give it to you",
        .0.purpose()
    )]
    StaffPermissionMissing(StaffPermission),
    /// The person's end date has passed.
    #[error("your access ended after {since}; ask an administrator of the account to extend it")]
    AccessEnded {
        /// The last day of access.
        since: Date,
    },
    /// The account's plan has lapsed.
    #[error("{0}")]
    PlanLapsed(Box<PlanLapsed>),
    /// It does not exist, or the caller may not know of it.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// A professional of the account already has the e-mail address.
    #[error("{name} already has this e-mail address in this account; edit that profile instead")]
    DuplicateEmail {
        /// The professional with the address.
        professional: ProfessionalId,
        /// That professional's name.
        name: String,
    },
    /// An account with the external id exists.
    #[error("an account with this external id already exists")]
    AccountExists {
        /// That account.
        account: AccountId,
    },
    /// As many of a partner's customers as may wait for confirmation do so already.
    #[error(
        "{most} of your new customers wait for the vendor's staff already; wait until they have \
         decided, or withdraw one",
        most = Account::MAX_WAITING
    )]
    TooManyWaiting,
    /// Partner or staff wanted to change an administrator, or an administrator's mailbox, without
    /// an appointment, though somebody of the account has linked (requirement 45).
    #[error(
        "only an appointment can change this account's administrators or their addresses from \
         outside; it notifies the account's people"
    )]
    AppointmentRequired,
    /// A contact role or the last administrator would have no holder, or no administrator could
    /// get in.
    #[error("{}", role_required(.required))]
    RoleRequired {
        /// The roles that somebody has to take over.
        required: RequiredRoles,
        /// People who could take them over.
        eligible: Vec<Candidate>,
        /// Whether there may be more people who could.
        has_more: bool,
    },
    /// What the caller saw has been changed by somebody else.
    #[error("somebody else changed this in the meantime; reload the page and try again")]
    Changed,
    /// While a request for the profile was carried out, others changed the same part of it. Holds
    /// what they changed: names of fields, or `invitation`; nothing if it just kept changing.
    #[error("somebody else changed this in the meantime; look at the profile and try again")]
    ProfileChanged(Vec<&'static str>),
    /// The caller's own identity is outside the limit on linking that they want to set.
    #[error(
        "your own sign-in is outside this limit; add it, or use a sign-in within the limit first"
    )]
    NotSatisfiedYourself,
    /// The account does not accept the identity.
    #[error("this account accepts only {0}; sign in with one of those")]
    LinkingLimited(Box<Linking>),
    /// A mailed link that cannot be used.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// The change would send more mail than its caller may cause in an hour. Holds the seconds
    /// until the hour ends.
    #[error(
        "this would send more e-mail than one person may within an hour; try again in {minutes}",
        minutes = in_minutes(*.0)
    )]
    TooManyRequests(u32),
    /// The mail's mailbox or account has had its share. The mail waits or is merged.
    #[error("the mail budget is used up")]
    OverBudget(Budget),
    /// The data changed between read and write. The handler runs again from its first read.
    #[error("the data changed between read and write")]
    Conflict,
    /// A service is throttled or down. Its cause is logged, never sent.
    #[error("the service is busy; try again in a few seconds")]
    Unavailable(#[source] Cause),
    /// A defect on our side. Its cause is logged, never sent.
    #[error("something went wrong on our side; nothing was changed")]
    Internal(#[source] Cause),
}

/// Whose share of mail is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// That of the mailbox that gets the mail.
    Mailbox,
    /// That of the account that causes it.
    Account,
}

/// The cause of an unavailable service or a defect.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl From<PlanLapsed> for Error {
    fn from(lapsed: PlanLapsed) -> Self {
        Self::PlanLapsed(Box::new(lapsed))
    }
}

impl Error {
    /// Returns the error for what takes another sign-in than that of `session`.
    #[must_use]
    pub fn step_up(needed: StepUp, session: &Session) -> Self {
        Self::StepUpRequired { needed, provider: session.provider.clone() }
    }

    /// Returns the error of one field.
    #[must_use]
    pub fn invalid(field: &str, code: FieldErrorCode) -> Self {
        Self::Invalid(FieldErrors::of(field, code))
    }

    /// Returns the error for a defect on our side.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Logs the cause that the caller does not see. Called once, at the edge.
    pub fn log(&self) {
        use std::error::Error as _;
        match self {
            Self::Unavailable(_) => {
                tracing::warn!(error.cause = ?self.source(), "a service was not available");
            }
            Self::Internal(_) => tracing::error!(error.cause = ?self.source(), "request failed"),
            _ => {}
        }
    }
}

fn step_up_required(needed: StepUp) -> &'static str {
    if needed.factors {
        "the account requires a sign-in with several factors; sign in again with them, then repeat it"
    } else {
        "this takes a sign-in of the last 15 minutes; sign in again, then repeat it"
    }
}

/// Formats seconds as minutes, rounded up.
fn in_minutes(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

fn role_required(RequiredRoles { roles, needs_active }: &RequiredRoles) -> String {
    if *needs_active && *roles == [Role::Administrator] {
        return "no other administrator could sign in; give the role to a person with an active \
                profile first"
            .to_owned();
    }
    let them = if roles.len() == 1 { "that role" } else { "those roles" };
    let roles: Vec<_> = roles.iter().map(|role| role.label()).collect();
    let whom = if *needs_active { "a person with an active profile" } else { "another person" };
    format!("this person is the account's {}; give {them} to {whom} first", roles.join(" and "))
}
