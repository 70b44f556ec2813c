//! Service plans. Their state follows from the date and is never stored (requirement 29).

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{FieldErrorCode, FieldErrors, PlanName};

/// A service plan: gives an account's people access from its first to its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// For example Enhancement or Support.
    pub name: PlanName,
    /// The first day of access.
    pub starts_on: Date,
    /// The last day, before the days of grace.
    pub ends_on: Date,
}

/// A plan's state on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// More than 60 days remain.
    Current,
    /// At most 60 days remain.
    Ending,
    /// After the last day, within the days of grace.
    Grace,
    /// Expired, or not begun: no access.
    Lapsed,
}

impl Plan {
    /// A plan with at most this many days left is ending.
    pub const ENDING_DAYS: i32 = 60;

    /// Parses a plan as typed. Its last day must not be before its first.
    pub fn parse(name: &str, starts_on: &str, ends_on: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.parse("plan.name", PlanName::parse(name));
        let starts_on = errors.parse("plan.starts_on", parse_date(starts_on));
        let ends_on = errors.parse("plan.ends_on", parse_date(ends_on));
        if let (Some(first), Some(last)) = (starts_on, ends_on)
            && last < first
        {
            errors.add("plan.ends_on", FieldErrorCode::Order);
        }
        errors.into_result()?;
        let (Some(name), Some(starts_on), Some(ends_on)) = (name, starts_on, ends_on) else {
            unreachable!("a missing value is an error");
        };
        Ok(Self { name, starts_on, ends_on })
    }

    /// Returns the plan's state on `day`, with `grace_days` of access after the last day.
    #[must_use]
    pub fn state(&self, day: Date, grace_days: u8) -> PlanState {
        if day < self.starts_on || day >= self.lapses_on(grace_days) {
            PlanState::Lapsed
        } else if day > self.ends_on {
            PlanState::Grace
        } else if day.saturating_add(Self::ENDING_DAYS.days()) >= self.ends_on {
            PlanState::Ending
        } else {
            PlanState::Current
        }
    }

    /// Returns the first day without access after the plan's last day and `grace_days`.
    #[must_use]
    pub fn lapses_on(&self, grace_days: u8) -> Date {
        self.ends_on.saturating_add((i32::from(grace_days) + 1).days())
    }
}

/// Parses a date in the form `2027-01-31`.
pub fn parse_date(text: &str) -> Result<Date, FieldErrorCode> {
    let date: Date = text.parse().map_err(|_| FieldErrorCode::Date)?;
    if date.to_string() == text && (1900..=9000).contains(&date.year()) {
        Ok(date)
    } else {
        Err(FieldErrorCode::Date)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn plan() -> Plan {
        Plan::parse("Support", "2026-01-01", "2026-12-31").expect("a plan")
    }

    #[test]
    fn the_state_follows_from_the_date() {
        for (day, grace, state) in [
            (date(2025, 12, 31), 0, PlanState::Lapsed),
            (date(2026, 1, 1), 0, PlanState::Current),
            (date(2026, 10, 31), 0, PlanState::Current),
            (date(2026, 11, 1), 0, PlanState::Ending),
            (date(2026, 12, 31), 0, PlanState::Ending),
            (date(2027, 1, 1), 0, PlanState::Lapsed),
            (date(2027, 1, 1), 14, PlanState::Grace),
            (date(2027, 1, 14), 14, PlanState::Grace),
            (date(2027, 1, 15), 14, PlanState::Lapsed),
        ] {
            assert_eq!(plan().state(day, grace), state, "{day} with {grace} days of grace");
        }
    }

    #[test]
    fn all_errors_of_a_plan_are_reported() {
        let error = Plan::parse("", "2026-13-01", "tomorrow").expect_err("three errors");
        assert_eq!(
            error.to_string(),
            "plan.name must not be empty; \
             plan.starts_on must be a date such as 2027-01-31; \
             plan.ends_on must be a date such as 2027-01-31"
        );
        assert!(Plan::parse("Support", "2026-02-01", "2026-01-31").is_err());
    }

    proptest! {
        #[test]
        fn access_has_no_gaps(from in 0..2000_i32, to in 0..2000_i32, grace in 0..40_u8) {
            let plan = plan();
            let at = |days: i32| {
                plan.state(date(2024, 1, 1).saturating_add(days.days()), grace) != PlanState::Lapsed
            };
            let middle = from.midpoint(to);
            if at(from) && at(to) {
                prop_assert!(at(middle));
            }
        }
    }
}
