//! What is told of a plan as it comes to its end: each stage once in a plan's period (requirement 31).

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::{Account, Plan, PlanState};

/// How near its end a plan is when those concerned are told of it, the first first.
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
    /// Every stage, the first first.
    pub const ALL: [Self; 6] =
        [Self::Days60, Self::Days30, Self::Days14, Self::Days2, Self::LastDay, Self::Lapsed];

    /// Returns the day from which `plan` is at this stage; none if that would be before its first day, when there is nothing to end yet.
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
        Some(plan.ends_on.saturating_sub(days_before.days())).filter(|it| *it >= plan.starts_on)
    }

    /// Returns the last stage that `plan` has come to on `day`.
    fn reached(plan: &Plan, day: Date, grace_days: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .rev()
            .find(|it| it.day(plan, grace_days).is_some_and(|begins_on| begins_on <= day))
    }
}

impl Account {
    /// Gives the account this plan from now on; `today` is its own day. Its notices begin anew if the last day is another than before.
    ///
    /// Stages whose day has passed are left out: whoever is given a plan of ten days needs no notice that it ends within 14. Only who loses
    /// access by it is told.
    pub fn renew(&mut self, plan: Option<Plan>, today: Date, grace_days: u8) {
        let ends_on = |plan: &Option<Plan>| plan.as_ref().map(|it| it.ends_on);
        let had_access =
            self.plan.as_ref().is_some_and(|it| it.state(today, grace_days) != PlanState::Lapsed);
        if ends_on(&self.plan) != ends_on(&plan) {
            let passed = plan
                .as_ref()
                .and_then(|it| NoticeStage::reached(it, today.saturating_sub(1.day()), grace_days));
            self.noticed = if had_access { passed.min(Some(NoticeStage::LastDay)) } else { passed };
        }
        self.plan = plan;
        self.due_on = self.next_due(grace_days).map(|it| it.max(today));
    }

    /// Moves on to the stage that the plan has come to on the account's own day `today`, and returns it if it is to be told.
    ///
    /// Only the last one is, however many have passed since it was looked at. What is told was never told before in the plan's period.
    pub fn notice(&mut self, today: Date, grace_days: u8) -> Option<NoticeStage> {
        let reached = self.plan.as_ref().and_then(|it| NoticeStage::reached(it, today, grace_days));
        let told = reached.filter(|_| reached > self.noticed);
        self.noticed = self.noticed.max(told);
        self.due_on = self.next_due(grace_days);
        told
    }

    /// Returns the day of the first stage that is still to be told.
    fn next_due(&self, grace_days: u8) -> Option<Date> {
        let plan = self.plan.as_ref()?;
        NoticeStage::ALL
            .into_iter()
            .filter(|it| Some(*it) > self.noticed)
            .find_map(|it| it.day(plan, grace_days))
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::domain::{
        AccountId, AccountKind, AccountName, Contact, PartnerGrant, Roles, ZoneName,
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
            appointment: None,
            due_on: None,
            noticed: None,
            external_by: None,
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

    /// An account that was given a plan for the year 2027 on 1 January.
    fn year() -> Account {
        let mut account = account();
        account.renew(Some(plan(date(2027, 1, 1), date(2027, 12, 31))), date(2027, 1, 1), 10);
        account
    }

    #[test]
    fn each_stage_is_told_on_its_day_and_once() {
        let mut account = year();
        let mut told = Vec::new();
        let mut day = date(2027, 1, 1);
        while day < date(2028, 6, 1) {
            let due = account.due_on.is_some_and(|it| it <= day);
            let stage = account.notice(day, 10);
            assert_eq!(stage.is_some(), due, "{day}: the day it is due is the day it is told");
            told.extend(stage.map(|it| (it, day)));
            assert_eq!(account.notice(day, 10), None, "{day}: told again");
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
        assert_eq!(told, NoticeStage::ALL.into_iter().zip(days).collect::<Vec<_>>());
        assert_eq!(account.due_on, None, "nothing is to come");
    }

    #[test]
    fn who_is_late_tells_the_last_stage_only() {
        let mut account = year();
        assert_eq!(account.notice(date(2027, 12, 30), 10), Some(NoticeStage::Days2));
        assert_eq!(account.notice(date(2028, 3, 1), 10), Some(NoticeStage::Lapsed));
        assert_eq!(account.notice(date(2027, 12, 31), 10), None, "the clock was set back");
    }

    #[test]
    fn a_renewal_begins_anew_and_leaves_out_what_has_passed() {
        let mut account = year();
        account.notice(date(2027, 12, 20), 0);
        account.renew(Some(plan(date(2027, 1, 1), date(2028, 12, 31))), date(2027, 12, 20), 0);
        assert_eq!((account.noticed, account.due_on), (None, Some(date(2028, 11, 1))));
        account.renew(Some(plan(date(2027, 1, 1), date(2028, 1, 10))), date(2027, 12, 20), 0);
        assert_eq!(
            (account.noticed, account.due_on),
            (Some(NoticeStage::Days30), Some(date(2027, 12, 27)))
        );
        account.renew(Some(plan(date(2027, 1, 1), date(2028, 1, 3))), date(2027, 12, 20), 0);
        assert_eq!(
            (account.noticed, account.due_on),
            (Some(NoticeStage::Days30), Some(date(2027, 12, 20))),
            "today's stage has not passed"
        );
    }

    #[test]
    fn the_same_period_under_another_name_is_told_of_once() {
        let mut account = year();
        assert_eq!(account.notice(date(2027, 12, 1), 0), Some(NoticeStage::Days30));
        account.renew(Some(plan(date(2027, 6, 1), date(2027, 12, 31))), date(2027, 12, 1), 0);
        assert_eq!(account.notice(date(2027, 12, 2), 0), None);
        assert_eq!(account.due_on, Some(date(2027, 12, 17)));
    }

    #[test]
    fn who_loses_access_by_a_shorter_plan_is_told_and_who_had_none_is_not() {
        let over = || Some(plan(date(2026, 1, 1), date(2026, 12, 31)));
        let today = date(2027, 6, 1);
        let mut account = year();
        account.renew(over(), today, 0);
        assert_eq!(account.due_on, Some(today));
        assert_eq!(account.notice(today, 0), Some(NoticeStage::Lapsed));
        let mut account = self::account();
        account.renew(over(), today, 0);
        assert_eq!((account.notice(today, 0), account.due_on), (None, None));
    }

    #[test]
    fn an_account_without_a_plan_has_nothing_to_be_told_of() {
        let mut account = year();
        account.renew(None, date(2027, 12, 1), 0);
        assert_eq!((account.notice(date(2028, 12, 1), 0), account.due_on), (None, None));
    }

    #[test]
    fn a_plan_that_has_not_begun_does_not_end() {
        let mut account = account();
        account.renew(Some(plan(date(2027, 3, 1), date(2027, 3, 20))), date(2027, 1, 1), 0);
        for day in [date(2027, 1, 19), date(2027, 2, 18), date(2027, 2, 28), date(2027, 3, 5)] {
            assert_eq!(account.notice(day, 0), None, "{day}");
        }
        assert_eq!(account.notice(date(2027, 3, 6), 0), Some(NoticeStage::Days14));
    }

    #[derive(Clone, Debug)]
    enum Event {
        /// The schedule runs on this day, which may be before the last one.
        Run(i32),
        /// The plan is renewed to this last day.
        Renew(i32),
        /// The configuration has so many days of grace from now on.
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
        fn no_stage_is_told_twice_in_a_period_whatever_happens(events in events()) {
            let at = |days: i32| date(2027, 1, 1).saturating_add(days.days());
            let (mut account, mut today, mut grace_days, mut told) = (account(), at(0), 0, Vec::new());
            for event in events {
                match event {
                    Event::Run(day) => {
                        today = at(day);
                        let stage = account.notice(today, grace_days);
                        if let Some(stage) = stage {
                            let plan = account.plan.clone().expect("a plan");
                            prop_assert!(stage.day(&plan, grace_days).is_some_and(|it| it <= today), "{:?} is not true yet", stage);
                            prop_assert!(stage == NoticeStage::Lapsed || plan.state(today, grace_days) != PlanState::Lapsed, "{:?} is true no more", stage);
                            prop_assert!(told.iter().all(|it| stage > *it), "{:?} after {:?}", stage, told);
                            told.push(stage);
                        }
                        prop_assert!(account.due_on.is_none_or(|it| it > today), "it would be looked at again at once");
                    }
                    Event::Renew(day) => {
                        let before = account.plan.as_ref().map(|it| it.ends_on);
                        account.renew(Some(plan(at(0), at(day))), today, grace_days);
                        prop_assert!(account.due_on.is_none_or(|it| it >= today), "it would never be looked at");
                        if before != Some(at(day)) {
                            told.clear();
                        }
                    }
                    Event::Grace(days) => grace_days = days,
                }
            }
        }

        #[test]
        fn who_is_looked_at_when_due_misses_nothing(ends in 1..200_i32, renewed in 0..200_i32, grace_days in 0..40_u8) {
            let at = |days: i32| date(2027, 1, 1).saturating_add(days.days());
            let mut account = account();
            let plan = plan(at(0), at(ends));
            account.renew(Some(plan.clone()), at(renewed), grace_days);
            let expected: Vec<_> =
                NoticeStage::ALL.into_iter().filter_map(|it| Some((it, it.day(&plan, grace_days)?))).filter(|(_, day)| *day >= at(renewed)).collect();
            let mut told = Vec::new();
            while let Some(day) = account.due_on {
                told.extend(account.notice(day, grace_days).map(|it| (it, day)));
            }
            prop_assert_eq!(told, expected);
        }
    }
}
