//! The view of an account's sign-in policy.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    auth::Access,
    domain::{FactorsFor, Linking, Personal, PolicyLift, Reason, SignInPolicy},
};

/// How an account's people must sign in.
#[derive(Debug, Serialize)]
pub(super) struct SignInPolicyView {
    factors: FactorsFor,
    linking: Linking,
    lift: Option<PolicyLiftView>,
    /// The number of linked people outside a new limit on linking.
    pub(super) outside: Option<usize>,
}

/// A request to lift it.
#[derive(Debug, Serialize)]
struct PolicyLiftView {
    asked_by: Personal,
    asked_at: Timestamp,
    reason: Reason,
    /// Whether the caller asked.
    yours: bool,
}

impl SignInPolicyView {
    /// Creates the view of the policy of the account that `access` is on.
    pub(super) fn new(policy: &SignInPolicy, access: &Access) -> Self {
        let lift = policy.open_lift(access.now).cloned();
        Self {
            factors: policy.factors,
            linking: policy.linking.clone(),
            lift: lift.map(|lift| PolicyLiftView::new(lift, access)),
            outside: None,
        }
    }
}

impl PolicyLiftView {
    fn new(lift: PolicyLift, access: &Access) -> Self {
        let yours = lift.by.is_same_person(&access.actor(access.account.id));
        Self { asked_by: lift.by.name, asked_at: lift.at, reason: lift.reason, yours }
    }
}
