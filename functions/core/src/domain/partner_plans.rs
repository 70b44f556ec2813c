//! The plans that the vendor lets partners give to customers that they create (requirement 45).

use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;

use crate::domain::{FieldErrorCode, FieldErrors, Plan, PlanName, search_key};

/// The plans, each with its longest term. None: what a partner creates waits for staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerPlans(Vec<PartnerPlan>);

/// A plan that partners may give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartnerPlan {
    /// The plan's name, in the vendor's spelling.
    pub name: PlanName,
    /// The longest term in months, 1 to 120.
    pub months: u16,
}

impl PartnerPlan {
    /// Returns the last day that a plan from `starts_on` may have, seen on `today`. The term of a
    /// plan that begins later counts from `today`, so that none is pushed into the future.
    fn latest_end(&self, starts_on: Date, today: Date) -> Date {
        let from = starts_on.min(today);
        from.saturating_add(i64::from(self.months).months()).saturating_sub(1.day())
    }
}

impl PartnerPlans {
    const MAX_MONTHS: u16 = 120;

    /// Parses a list such as `Standard=12, Premium=24`: names with their longest terms in months.
    ///
    /// # Errors
    /// A message that names the invalid part and the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut plans = Vec::<PartnerPlan>::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let plan = part.rsplit_once('=').and_then(|(name, months)| {
                let name = PlanName::parse(name).ok()?;
                let months = months.trim().parse().ok()?;
                let is_valid = (1..=Self::MAX_MONTHS).contains(&months)
                    && plans.iter().all(|plan| !is_named(plan, &name));
                is_valid.then_some(PartnerPlan { name, months })
            });
            let Some(plan) = plan else { return Err(invalid_setting(part)) };
            plans.push(plan);
        }
        Ok(Self(plans))
    }

    /// Checks whether what a partner creates waits for staff.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lists the plans in the order of the setting.
    #[must_use]
    pub fn list(&self) -> &[PartnerPlan] {
        &self.0
    }

    /// Checks on `today`, a day in the account's time zone, whether a partner may give `plan`.
    ///
    /// # Errors
    /// Another plan's name, or a last day beyond the longest term.
    pub fn check(&self, plan: &Plan, today: Date) -> Result<(), FieldErrors> {
        let Some(listed) = self.0.iter().find(|listed| is_named(listed, &plan.name)) else {
            return Err(FieldErrors::of("plan.name", FieldErrorCode::PlanNotOffered));
        };
        if plan.ends_on > listed.latest_end(plan.starts_on, today) {
            let code = FieldErrorCode::PlanTerm(listed.months.into());
            return Err(FieldErrors::of("plan.ends_on", code));
        }
        Ok(())
    }
}

fn is_named(plan: &PartnerPlan, name: &PlanName) -> bool {
    search_key(plan.name.as_str()) == search_key(name.as_str())
}

fn invalid_setting(part: &str) -> String {
    let months = PartnerPlans::MAX_MONTHS;
    format!(
        "{part} is not a plan; write NAME=MONTHS, separated by commas, each name once, with months \
         from 1 to {months}, such as Standard=12, Premium=24"
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn plans() -> PartnerPlans {
        PartnerPlans::parse("Standard=12, Premium Care = 24").expect("plans")
    }

    fn checked(name: &str, from: &str, to: &str) -> Result<(), String> {
        let plan = Plan::parse(name, from, to).expect("a plan");
        plans().check(&plan, TODAY).map_err(|errors| errors.to_string())
    }

    #[test]
    fn plans_have_names_with_spaces_and_terms_in_months() {
        let named: Vec<_> =
            plans().list().iter().map(|plan| (plan.name.to_string(), plan.months)).collect();
        assert_eq!(named, [("Standard".to_owned(), 12), ("Premium Care".to_owned(), 24)]);
        assert!(PartnerPlans::parse(" ").expect("none").is_empty());
    }

    #[test]
    fn an_invalid_list_is_refused_with_its_form() {
        for text in ["Standard", "Standard=0", "Standard=121", "=12", "Standard=year"] {
            let why = PartnerPlans::parse(text).expect_err("refused");
            assert!(why.starts_with(text) && why.contains("NAME=MONTHS"), "{why}");
        }
        assert!(PartnerPlans::parse("Standard=12, standard=24").is_err(), "twice");
    }

    #[test]
    fn only_listed_plans_may_be_given_whatever_their_case() {
        assert_eq!(checked("standard", "2026-11-22", "2027-11-21"), Ok(()));
        let why = checked("Gold", "2026-11-22", "2026-12-31").expect_err("refused");
        assert!(why.starts_with("plan.name"), "{why}");
    }

    #[test]
    fn the_longest_term_counts_from_the_first_day_and_never_from_a_later_one() {
        for (from, to, allowed) in [
            ("2026-11-22", "2027-11-21", true),
            ("2026-11-22", "2027-11-22", false),
            // Begun in the past.
            ("2026-06-01", "2027-05-31", true),
            ("2026-06-01", "2027-06-01", false),
            // Begins later.
            ("2027-01-01", "2027-11-21", true),
            ("2098-01-01", "2098-12-31", false),
            ("2026-11-22", "2099-12-31", false),
        ] {
            assert_eq!(checked("Standard", from, to).is_ok(), allowed, "{from} to {to}");
        }
        assert!(checked("Premium care", "2026-11-22", "2028-11-21").is_ok(), "its own term");
    }
}
