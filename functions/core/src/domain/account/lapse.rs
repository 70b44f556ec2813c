//! The notice to people whose account's plan gives no access.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::domain::{Account, PartnerCard, Policy};

/// What a person without access learns about the plan (requirement 30).
#[derive(Clone, Debug, Serialize)]
pub struct PlanLapsed {
    /// The first day without access.
    pub since: Date,
    /// The plan's first day, if it is in the future.
    pub begins_on: Option<Date>,
    /// The plan's name.
    pub plan: String,
    /// The partner of record, who can renew the plan.
    pub partner: Option<PartnerCard>,
    /// The vendor's access mailbox, if the partner does not help.
    pub access_mailbox: Option<String>,
    /// Whether the person may still see the plan and the people, as administrators may.
    pub administrator: bool,
}

impl Account {
    /// Returns what the account's people learn while the plan gives no access (requirement 30).
    #[must_use]
    pub fn plan_lapsed(&self, now: Timestamp, policy: &Policy, administrator: bool) -> PlanLapsed {
        let (today, created_on) = (self.today(now), self.today(self.created_at));
        let begins_on = self.plan.as_ref().map(|plan| plan.starts_on).filter(|day| today < *day);
        let since = match &self.plan {
            Some(plan) if begins_on.is_none() => plan.lapses_on(policy.grace_days),
            _ => created_on,
        };
        let plan =
            self.plan.as_ref().map_or_else(|| "none".to_owned(), |plan| plan.name.to_string());
        let (partner, access_mailbox) = (self.partner.clone(), policy.access_mailbox.clone());
        PlanLapsed { since, begins_on, plan, partner, access_mailbox, administrator }
    }
}

impl fmt::Display for PlanLapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let contact = self.partner.as_ref().map_or("the vendor", |partner| &partner.name);
        match self.begins_on {
            Some(day) => write!(
                f,
                "the service plan {} begins on {day}; ask {contact} if this is wrong",
                self.plan
            ),
            None => write!(
                f,
                "the service plan {} has expired, and there has been no access since {}; \
                 ask {contact} to renew it",
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
    fn a_lapsed_plan_names_the_day_and_the_contact() {
        let policy = Policy {
            access_mailbox: Some("access@vendor.example".to_owned()),
            grace_days: 5,
            ..Policy::default()
        };
        let lapsed =
            customer(Some(("2025-01-01", "2025-12-31"))).plan_lapsed(now(), &policy, false);
        assert_eq!((lapsed.since, lapsed.begins_on), (date(2026, 1, 6), None));
        assert_eq!((lapsed.plan.as_str(), lapsed.administrator), ("Support", false));
        assert_eq!(lapsed.access_mailbox.as_deref(), Some("access@vendor.example"));
    }

    #[test]
    fn a_future_plan_names_its_first_day() {
        let lapsed = customer(Some(("2027-01-01", "2027-12-31"))).plan_lapsed(
            now(),
            &Policy::default(),
            false,
        );
        assert_eq!(
            lapsed.to_string(),
            "the service plan Support begins on 2027-01-01; ask the vendor if this is wrong"
        );
    }
}
