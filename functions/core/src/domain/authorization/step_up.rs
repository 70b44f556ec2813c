//! What a session lacks for an action that is allowed (requirement 42). In the manner of RFC 9470.

use jiff::Timestamp;

use super::{Action, Relationship};
use crate::domain::{Account, Authentication, Link};

/// What another sign-in has to bring. At least one of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepUp {
    /// A proof of who they are that is fresh ([`Authentication::is_fresh`]).
    pub fresh: bool,
    /// Several factors, as the provider asserts them.
    pub factors: bool,
}

impl StepUp {
    /// Returns what a session with `authentication` lacks for `action` on `account`; `None` if
    /// nothing.
    ///
    /// Actions that move authority take a fresh proof. Several factors are needed where the policy
    /// of the account that the person belongs to says so. Partner and staff follow that of their
    /// own account: a customer knows neither their roles nor their providers.
    #[must_use]
    pub fn needed(
        authentication: &Authentication,
        relationship: &Relationship,
        action: Action,
        account: &Account,
        now: Timestamp,
    ) -> Option<Self> {
        let factors = relationship.needs_factors(account) && !authentication.several_factors;
        Self::of(action.moves_authority() && !authentication.is_fresh(now), factors)
    }

    /// Returns the need for these; `None` if neither is needed.
    #[must_use]
    pub fn of(fresh: bool, factors: bool) -> Option<Self> {
        (fresh || factors).then_some(Self { fresh, factors })
    }
}

impl Relationship {
    /// Checks whether the person must sign in with several factors to act on `account`.
    fn needs_factors(&self, account: &Account) -> bool {
        let by_home = |home: &Account, link: &Link| {
            home.sign_in_policy.needs_factors(home.roles.is_administrator(link.professional))
        };
        match self {
            Self::Linked(link) => by_home(account, link),
            Self::Partner { link, partner } => by_home(partner, link),
            Self::Staff { link, vendor } => by_home(vendor, link),
            Self::Operator | Self::Stranger => false,
        }
    }
}
