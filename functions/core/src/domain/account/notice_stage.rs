//! Notices before a plan ends: each stage once in a plan's period (requirement 31).

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{Account, AccountKind, Plan, PlanState};

/// How close a plan is to its end, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoticeStage {
    /// 60 days before the last day.
    #[serde(rename = "60-days")]
    Days60,
    /// 30 days before the last day.
    #[serde(rename = "30-days")]
    Days30,
    /// 14 days before the last day.
    #[serde(rename = "14-days")]
    Days14,
    /// 2 days before the last day.
    #[serde(rename = "2-days")]
    Days2,
    /// The last day itself.
    #[serde(rename = "last-day")]
    LastDay,
    /// The first day without access, after the days of grace.
    #[serde(rename = "lapsed")]
    Lapsed,
}

impl NoticeStage {
    /// All stages in order of time.
    pub const ALL: [Self; 6] =
        [Self::Days60, Self::Days30, Self::Days14, Self::Days2, Self::LastDay, Self::Lapsed];

    /// Returns the day on which `plan` enters this stage; `None` before the plan's first day.
    #[must_use]
    pub fn day(self, plan: &Plan, grace_days: u8) -> Option<Date> {
        let days_before = match self {
            Self::Days60 => 60,
            Self::Days30 => 30,
            Self::Days14 => 14,
            Self::Days2 => 2,
            Self::LastDay => 0,
            Self::Lapsed => return Some(plan.lapses_on(grace_days)),
        };
        Some(plan.ends_on.saturating_sub(days_before.days())).filter(|day| *day >= plan.starts_on)
    }

    /// Returns the latest stage that `plan` has entered by `day`.
    fn latest(plan: &Plan, day: Date, grace_days: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .rev()
            .find(|stage| stage.day(plan, grace_days).is_some_and(|begins_on| begins_on <= day))
    }
}

impl Account {
    /// Sets the account's plan on `today`, a day in its time zone. A plan with another last day
    /// starts its notices again.
    ///
    /// The vendor has no plan, whatever is given.
    ///
    /// Stages that have passed are skipped: a plan set for ten days sends no notice that it ends
    /// within 14. The lapse is announced only if the change takes access away.
    pub fn set_plan(&mut self, plan: Option<Plan>, today: Date, grace_days: u8) {
        let plan = plan.filter(|_| self.kind != AccountKind::Vendor);
        let ends_on = |plan: &Option<Plan>| plan.as_ref().map(|plan| plan.ends_on);
        let had_access = self
            .plan
            .as_ref()
            .is_some_and(|plan| plan.state(today, grace_days) != PlanState::Lapsed);
        if ends_on(&self.plan) != ends_on(&plan) {
            let passed = plan.as_ref().and_then(|plan| {
                NoticeStage::latest(plan, today.saturating_sub(1.day()), grace_days)
            });
            self.noticed = if had_access { passed.min(Some(NoticeStage::LastDay)) } else { passed };
        }
        self.plan = plan;
        self.due_on = self.next_due(grace_days).map(|day| day.max(today));
    }

    /// Advances to the plan's stage on `today`, a day in the account's time zone, and returns it if
    /// its notice is due.
    ///
    /// If several stages have passed since the last call, only the latest is due. No stage is due
    /// twice in a plan's period.
    pub fn advance_notice(&mut self, today: Date, grace_days: u8) -> Option<NoticeStage> {
        let latest =
            self.current_plan().and_then(|plan| NoticeStage::latest(plan, today, grace_days));
        let due = latest.filter(|_| latest > self.noticed);
        self.noticed = self.noticed.max(due);
        self.due_on = self.next_due(grace_days);
        due
    }

    /// Returns the day of the next stage whose notice was not sent.
    fn next_due(&self, grace_days: u8) -> Option<Date> {
        let plan = self.current_plan()?;
        NoticeStage::ALL
            .into_iter()
            .filter(|stage| Some(*stage) > self.noticed)
            .find_map(|stage| stage.day(plan, grace_days))
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::domain::{
        AccountId, AccountKind, AccountName, Confirmation, Contact, PartnerGrant, Roles,
        SignInPolicy, ZoneName,
    };

    fn account() -> Account {
        Account {
            id: AccountId::VENDOR,
            name: AccountName::parse("Example Customer").expect("a name"),
            kind: AccountKind::Customer,
            external_id: None,
            contact: Contact::default(),
            partner: None,
            grant: PartnerGrant::default(),
            time_zone: ZoneName::default(),
            plan: None,
            licences: vec![],
            roles: Roles::default(),
            has_linked: false,
            sign_in_policy: SignInPolicy::default(),
            appointment: None,
            due_on: None,
            noticed: None,
            external_by: None,
            created_by: None,
            confirmation: Confirmation::Confirmed { since: Timestamp::UNIX_EPOCH },
            created_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    fn plan(starts_on: Date, ends_on: Date) -> Plan {
        Plan {
            name: crate::domain::PlanName::parse("Support").expect("a name"),
            starts_on,
            ends_on,
        }
    }

    /// Returns an account with a plan for the year 2027, set on 1 January.
    fn year() -> Account {
        let mut account = account();
        account.set_plan(Some(plan(date(2027, 1, 1), date(2027, 12, 31))), date(2027, 1, 1), 10);
        account
    }

    #[test]
    fn each_stage_is_due_once_on_its_day() {
        let mut account = year();
        let mut sent = Vec::new();
        let mut day = date(2027, 1, 1);
        while day < date(2028, 6, 1) {
            let expected = account.due_on.is_some_and(|due_on| due_on <= day);
            let stage = account.advance_notice(day, 10);
            assert_eq!(stage.is_some(), expected, "{day}: `due_on` is the day of the notice");
            sent.extend(stage.map(|stage| (stage, day)));
            assert_eq!(account.advance_notice(day, 10), None, "{day}: sent again");
            day = day.tomorrow().expect("a day");
        }
        let days = [
            date(2027, 11, 1),
            date(2027, 12, 1),
            date(2027, 12, 17),
            date(2027, 12, 29),
            date(2027, 12, 31),
            date(2028, 1, 11),
        ];
        assert_eq!(sent, NoticeStage::ALL.into_iter().zip(days).collect::<Vec<_>>());
        assert_eq!(account.due_on, None, "no stage remains");
    }

    #[test]
    fn a_late_run_sends_only_the_latest_stage() {
        let mut account = year();
        assert_eq!(account.advance_notice(date(2027, 12, 30), 10), Some(NoticeStage::Days2));
        assert_eq!(account.advance_notice(date(2028, 3, 1), 10), Some(NoticeStage::Lapsed));
        assert_eq!(account.advance_notice(date(2027, 12, 31), 10), None, "the clock was set back");
    }

    #[test]
    fn a_renewal_starts_again_without_the_stages_that_have_passed() {
        let mut account = year();
        account.advance_notice(date(2027, 12, 20), 0);
        account.set_plan(Some(plan(date(2027, 1, 1), date(2028, 12, 31))), date(2027, 12, 20), 0);
        assert_eq!((account.noticed, account.due_on), (None, Some(date(2028, 11, 1))));
        account.set_plan(Some(plan(date(2027, 1, 1), date(2028, 1, 10))), date(2027, 12, 20), 0);
        assert_eq!(
            (account.noticed, account.due_on),
            (Some(NoticeStage::Days30), Some(date(2027, 12, 27)))
        );
        account.set_plan(Some(plan(date(2027, 1, 1), date(2028, 1, 3))), date(2027, 12, 20), 0);
        assert_eq!(
            (account.noticed, account.due_on),
            (Some(NoticeStage::Days30), Some(date(2027, 12, 20))),
            "today's stage has not passed"
        );
    }

    #[test]
    fn a_renamed_plan_sends_no_stage_again() {
        let mut account = year();
        assert_eq!(account.advance_notice(date(2027, 12, 1), 0), Some(NoticeStage::Days30));
        account.set_plan(Some(plan(date(2027, 6, 1), date(2027, 12, 31))), date(2027, 12, 1), 0);
        assert_eq!(account.advance_notice(date(2027, 12, 2), 0), None);
        assert_eq!(account.due_on, Some(date(2027, 12, 17)));
    }

    #[test]
    fn a_shortened_plan_announces_the_lapse_only_if_it_takes_access_away() {
        let expired = || Some(plan(date(2026, 1, 1), date(2026, 12, 31)));
        let today = date(2027, 6, 1);
        let mut account = year();
        account.set_plan(expired(), today, 0);
        assert_eq!(account.due_on, Some(today));
        assert_eq!(account.advance_notice(today, 0), Some(NoticeStage::Lapsed));
        let mut account = self::account();
        account.set_plan(expired(), today, 0);
        assert_eq!((account.advance_notice(today, 0), account.due_on), (None, None));
    }

    #[test]
    fn an_account_without_a_plan_has_no_notices() {
        let mut account = year();
        account.set_plan(None, date(2027, 12, 1), 0);
        assert_eq!((account.advance_notice(date(2028, 12, 1), 0), account.due_on), (None, None));
    }

    #[test]
    fn a_plan_that_has_not_begun_has_no_notices() {
        let mut account = account();
        account.set_plan(Some(plan(date(2027, 3, 1), date(2027, 3, 20))), date(2027, 1, 1), 0);
        for day in [date(2027, 1, 19), date(2027, 2, 18), date(2027, 2, 28), date(2027, 3, 5)] {
            assert_eq!(account.advance_notice(day, 0), None, "{day}");
        }
        assert_eq!(account.advance_notice(date(2027, 3, 6), 0), Some(NoticeStage::Days14));
    }

    #[derive(Clone, Debug)]
    enum Event {
        /// The schedule runs on this day, which may be before the previous run.
        Run(i32),
        /// The plan is renewed to this last day.
        Renew(i32),
        /// The configuration changes to this many days of grace.
        Grace(u8),
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            5 => (0..900_i32).prop_map(Event::Run),
            1 => select(vec![100, 101, 130, 200, 400, 765]).prop_map(Event::Renew),
            1 => (0..40_u8).prop_map(Event::Grace),
        ];
        prop::collection::vec(event, 1..60)
    }

    proptest! {
        #[test]
        fn no_stage_is_due_twice_in_a_period(events in events()) {
            let at = |days: i32| date(2027, 1, 1).saturating_add(days.days());
            let (mut account, mut today, mut grace_days) = (account(), at(0), 0);
            let mut sent = Vec::new();
            for event in events {
                match event {
                    Event::Run(day) => {
                        today = at(day);
                        if let Some(stage) = account.advance_notice(today, grace_days) {
                            let plan = account.plan.clone().expect("a plan");
                            let day = stage.day(&plan, grace_days);
                            prop_assert!(day.is_some_and(|day| day <= today), "{stage:?} early");
                            let state = plan.state(today, grace_days);
                            let late = stage != NoticeStage::Lapsed && state == PlanState::Lapsed;
                            prop_assert!(!late, "{stage:?} is too late");
                            let later = sent.iter().all(|before| stage > *before);
                            prop_assert!(later, "{stage:?} after {sent:?}");
                            sent.push(stage);
                        }
                        let due_later = account.due_on.is_none_or(|day| day > today);
                        prop_assert!(due_later, "the schedule would read it again at once");
                    }
                    Event::Renew(day) => {
                        let before = account.plan.as_ref().map(|plan| plan.ends_on);
                        account.set_plan(Some(plan(at(0), at(day))), today, grace_days);
                        let due_later = account.due_on.is_none_or(|day| day >= today);
                        prop_assert!(due_later, "the schedule would never read it");
                        if before != Some(at(day)) {
                            sent.clear();
                        }
                    }
                    Event::Grace(days) => grace_days = days,
                }
            }
        }

        #[test]
        fn runs_on_the_due_days_miss_no_stage(
            ends in 1..200_i32,
            renewed in 0..200_i32,
            grace_days in 0..40_u8,
        ) {
            let at = |days: i32| date(2027, 1, 1).saturating_add(days.days());
            let mut account = account();
            let plan = plan(at(0), at(ends));
            account.set_plan(Some(plan.clone()), at(renewed), grace_days);
            let expected: Vec<_> = NoticeStage::ALL
                .into_iter()
                .filter_map(|stage| Some((stage, stage.day(&plan, grace_days)?)))
                .filter(|(_, day)| *day >= at(renewed))
                .collect();
            let mut sent = Vec::new();
            while let Some(day) = account.due_on {
                sent.extend(account.advance_notice(day, grace_days).map(|stage| (stage, day)));
            }
            prop_assert_eq!(sent, expected);
        }
    }
}
