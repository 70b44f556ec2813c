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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;
    use crate::domain::{
        AccountChanges, AccountKind, AccountName, EmailAddress, FactorsFor, IdentityKey,
        PersonName, Roles, SignInPolicy,
    };

    const ADMINISTRATOR: u128 = 1;
    const MEMBER: u128 = 2;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().expect("a time")
    }

    fn account(id: u128, kind: AccountKind, factors: FactorsFor) -> Account {
        let name = AccountName::parse("Example").expect("a name");
        let bare = Account::new(Ulid(id).into(), name, kind, AccountChanges::default(), now(), 0);
        Account {
            roles: Roles::sole_holder(Ulid(ADMINISTRATOR).into()),
            sign_in_policy: SignInPolicy { factors, ..SignInPolicy::default() },
            ..bare
        }
    }

    fn link(account: u128, who: u128) -> Link {
        Link {
            identity: IdentityKey::new("issuer", "subject"),
            account: Ulid(account).into(),
            professional: Ulid(who).into(),
            name: PersonName::parse("Ada").expect("a name"),
            email: EmailAddress::parse("ada@example.org").expect("an address"),
            ends_on: None,
        }
    }

    fn authentication(seconds_ago: i64, several_factors: bool) -> Authentication {
        let at = now() - SignedDuration::from_secs(seconds_ago);
        Authentication { at, is_stated: true, several_factors }
    }

    fn factors_for() -> impl Strategy<Value = FactorsFor> {
        prop_oneof![
            Just(FactorsFor::Nobody),
            Just(FactorsFor::Administrators),
            Just(FactorsFor::Everybody)
        ]
    }

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            Just(Action::ViewAccount),
            Just(Action::Invite),
            Just(Action::AssignRoles),
            Just(Action::ExportProfessionals),
            Just(Action::ChangeSignInPolicy),
        ]
    }

    #[test]
    fn a_proof_is_fresh_for_fifteen_minutes() {
        let customer = account(10, AccountKind::Customer, FactorsFor::Nobody);
        let linked = Relationship::Linked(link(10, ADMINISTRATOR));
        let needed = |action, seconds| {
            StepUp::needed(&authentication(seconds, false), &linked, action, &customer, now())
        };
        let fresh = StepUp { fresh: true, factors: false };
        assert_eq!(needed(Action::AssignRoles, 15 * 60), Some(fresh));
        assert_eq!(needed(Action::AssignRoles, 15 * 60 - 1), None);
        // The provider's clock may be ahead.
        assert_eq!(needed(Action::AssignRoles, -120), None);
        assert_eq!(needed(Action::ViewAccount, 86_400), None);
    }

    proptest! {
        /// Who acts from outside follows the policy of their own account alone, by their role
        /// there; nothing else makes up for what a policy asks, and nothing else asks.
        #[test]
        fn factors_are_needed_by_the_policy_of_ones_own_account(
            own in factors_for(),
            other in factors_for(),
            is_administrator: bool,
            several_factors: bool,
            seconds_ago in 0..3600_i64,
            action in action(),
            from in 0..4_u8,
        ) {
            let who = if is_administrator { ADMINISTRATOR } else { MEMBER };
            let home = |id, kind| Box::new(account(id, kind, own));
            let (relationship, on) = match from {
                0 => (Relationship::Linked(link(10, who)), own),
                1 => {
                    let partner = home(11, AccountKind::Partner);
                    (Relationship::Partner { link: link(11, who), partner }, other)
                }
                2 => {
                    let vendor = home(0, AccountKind::Vendor);
                    (Relationship::Staff { link: link(0, who), vendor }, other)
                }
                _ => (Relationship::Operator, other),
            };
            let account = account(10, AccountKind::Customer, on);
            let authentication = authentication(seconds_ago, several_factors);
            let needed =
                StepUp::needed(&authentication, &relationship, action, &account, now());
            let is_asked = from < 3
                && (own == FactorsFor::Everybody
                    || own == FactorsFor::Administrators && is_administrator);
            let factors = is_asked && !several_factors;
            let fresh = action.moves_authority() && seconds_ago >= 15 * 60;
            prop_assert_eq!(needed, StepUp::of(fresh, factors));
        }
    }
}
