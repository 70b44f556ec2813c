//! What people are told while no plan gives access.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::domain::{Account, PartnerCard, Policy};

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

impl Account {
    /// Returns what its people are told while no plan gives access (requirement 30).
    #[must_use]
    pub fn lapse(&self, now: Timestamp, policy: &Policy, administrator: bool) -> PlanLapsed {
        let (today, created_on) = (self.today(now), self.today(self.created_at));
        let begins_on = self.plan.as_ref().map(|it| it.starts_on).filter(|it| today < *it);
        let since = match &self.plan {
            Some(plan) if begins_on.is_none() => plan.lapses_on(policy.grace_days),
            _ => created_on,
        };
        let plan = self.plan.as_ref().map_or_else(|| "none".to_owned(), |it| it.name.to_string());
        let (partner, access_mailbox) = (self.partner.clone(), policy.access_mailbox.clone());
        PlanLapsed { since, begins_on, plan, partner, access_mailbox, administrator }
    }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::{AccountChanges, AccountId, AccountKind, AccountName, Plan};

    /// Returns a customer with the plan Support, or with none.
    fn customer(plan: Option<(&str, &str)>) -> Account {
        let plan = plan.map(|(starts_on, ends_on)| {
            Plan::parse("Support", starts_on, ends_on).expect("a plan")
        });
        let changes = AccountChanges { plan: Some(plan), ..AccountChanges::default() };
        let name = AccountName::parse("Example").expect("a name");
        Account::new(AccountId::VENDOR, name, AccountKind::Customer, changes, now(), 0)
    }

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().expect("a time")
    }

    #[test]
    fn a_lapsed_plan_says_since_when_and_who_to_ask() {
        let policy = Policy {
            access_mailbox: Some("access@vendor.example".to_owned()),
            grace_days: 5,
            ..Policy::default()
        };
        let lapse = customer(Some(("2025-01-01", "2025-12-31"))).lapse(now(), &policy, false);
        assert_eq!((lapse.since, lapse.begins_on), (date(2026, 1, 6), None));
        assert_eq!((lapse.plan.as_str(), lapse.administrator), ("Support", false));
        assert_eq!(lapse.access_mailbox.as_deref(), Some("access@vendor.example"));
    }

    #[test]
    fn a_plan_that_has_not_begun_says_when_it_does() {
        let lapse =
            customer(Some(("2027-01-01", "2027-12-31"))).lapse(now(), &Policy::default(), false);
        assert_eq!(
            lapse.to_string(),
            "the service plan Support begins on 2027-01-01; ask the vendor if that is not right"
        );
    }
}
