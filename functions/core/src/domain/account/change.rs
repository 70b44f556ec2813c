//! What may be changed of an account, and what each change brings with it: the same whoever changes it, by whatever path.

use jiff::civil::Date;

use super::{Account, Contact, Kind, Licence, PartnerCard};
use crate::domain::{AccountName, Plan};

/// What is to be changed of an account; what is `None` stays as it is.
#[expect(clippy::option_option, reason = "that a partner is taken away differs from that it stays")]
#[derive(Clone, Debug, Default)]
pub struct AccountChanges {
    /// The new name.
    pub name: Option<AccountName>,
    /// How it is reached from now on.
    pub contact: Option<Contact>,
    /// The new plan.
    pub plan: Option<Plan>,
    /// The new partner of record; `Some(None)` is none.
    pub partner: Option<Option<PartnerCard>>,
    /// The products it may use from now on.
    pub licences: Option<Vec<Licence>>,
}

impl Account {
    /// Returns the account with `changes` on its day `today`, and with what follows from them:
    ///
    /// - A new plan is not flagged as lapsed, and the schedule looks at it when it is over, with `grace_days` of access after it.
    /// - A partner that customers see otherwise from now on is marked, until every customer has the new card.
    #[must_use]
    pub fn with(&self, changes: AccountChanges, today: Date, grace_days: u8) -> Self {
        let mut after = self.clone();
        after.name = changes.name.unwrap_or(after.name);
        after.contact = changes.contact.unwrap_or(after.contact);
        after.licences = changes.licences.unwrap_or(after.licences);
        after.partner = changes.partner.unwrap_or(after.partner);
        if let Some(plan) = changes.plan.filter(|it| Some(it) != self.plan.as_ref()) {
            after.due_on = Some(plan.lapses_on(grace_days).max(today));
            after.lapsed_on = None;
            after.plan = Some(plan);
        }
        after.card_changed |= self.kind == Kind::Partner && self.card() != after.card();
        after
    }

    /// Names what people have changed between `before` and this, for the activity list; empty if nothing.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<&'static str> {
        let fields = [
            ("name", self.name != before.name),
            ("contact", self.contact != before.contact),
            ("plan", self.plan != before.plan),
            ("partner", self.partner_id() != before.partner_id()),
            ("licences", self.licences != before.licences),
        ];
        fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
    }

    /// Returns the partner of record, if there is one.
    #[must_use]
    pub fn partner_id(&self) -> Option<super::AccountId> {
        self.partner.as_ref().map(|it| it.account)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::{AccountId, Roles};

    fn account(kind: Kind) -> Account {
        Account {
            id: AccountId::VENDOR,
            name: AccountName::parse("Example").expect("a name"),
            kind,
            external_id: None,
            contact: Contact::default(),
            partner: None,
            plan: Some(Plan::parse("Support", "2025-01-01", "2025-12-31").expect("a plan")),
            licences: Vec::new(),
            roles: Roles::default(),
            due_on: None,
            lapsed_on: Some(date(2026, 1, 1)),
            card_changed: false,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn a_renewal_is_due_when_it_is_over_and_no_longer_lapsed() {
        let before = account(Kind::Customer);
        let plan = Plan::parse("Support", "2026-01-01", "2026-12-31").expect("a plan");
        let after = before.with(AccountChanges { plan: Some(plan), ..AccountChanges::default() }, date(2026, 11, 22), 7);
        assert_eq!((after.due_on, after.lapsed_on), (Some(date(2027, 1, 8)), None));
        assert_eq!(after.changed_since(&before), ["plan"]);
    }

    #[test]
    fn a_plan_that_is_over_already_is_looked_at_today() {
        let plan = Plan::parse("Support", "2024-01-01", "2024-12-31").expect("a plan");
        let changes = AccountChanges { plan: Some(plan), ..AccountChanges::default() };
        assert_eq!(account(Kind::Customer).with(changes, date(2026, 11, 22), 0).due_on, Some(date(2026, 11, 22)));
    }

    #[test]
    fn the_same_plan_again_changes_nothing() {
        let before = account(Kind::Customer);
        let changes = AccountChanges { plan: before.plan.clone(), name: Some(before.name.clone()), ..AccountChanges::default() };
        assert_eq!(before.with(changes, date(2026, 11, 22), 0), before, "a lapse is told once");
    }

    #[test]
    fn a_partner_whose_card_reads_otherwise_is_marked_and_a_customer_is_not() {
        let renamed = || AccountChanges { name: AccountName::parse("Renamed").ok(), ..AccountChanges::default() };
        assert!(account(Kind::Partner).with(renamed(), date(2026, 11, 22), 0).card_changed);
        assert!(!account(Kind::Customer).with(renamed(), date(2026, 11, 22), 0).card_changed);
        let licences = AccountChanges { licences: Some(Vec::new()), ..AccountChanges::default() };
        assert!(!account(Kind::Partner).with(licences, date(2026, 11, 22), 0).card_changed, "nothing that a customer sees");
    }
}
