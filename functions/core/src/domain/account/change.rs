//! What may be changed of an account, and what each change brings with it: the same whoever changes it, by whatever path.

use jiff::Timestamp;

use super::{Account, Contact, Kind, Licence, PartnerCard};
use crate::domain::{AccountId, AccountName, Grant, Plan, Roles, ZoneName};

/// What is to be changed of an account; what is `None` stays as it is.
#[expect(clippy::option_option, reason = "that a partner is taken away differs from that it stays")]
#[derive(Clone, Debug, Default)]
pub struct AccountChanges {
    /// The new name.
    pub name: Option<AccountName>,
    /// How it is reached from now on.
    pub contact: Option<Contact>,
    /// Whose days count from now on.
    pub time_zone: Option<ZoneName>,
    /// The new plan.
    pub plan: Option<Plan>,
    /// The new partner of record; `Some(None)` is none.
    pub partner: Option<Option<PartnerCard>>,
    /// The products it may use from now on.
    pub licences: Option<Vec<Licence>>,
}

impl Account {
    /// Makes an account of nobody yet, with all that `changes` say of it, at the time `now`.
    #[must_use]
    pub fn new(id: AccountId, name: AccountName, kind: Kind, changes: AccountChanges, now: Timestamp, grace_days: u8) -> Self {
        let bare = Self {
            id,
            name,
            kind,
            external_id: None,
            contact: Contact::default(),
            partner: None,
            grant: Grant::default(),
            time_zone: ZoneName::default(),
            plan: None,
            licences: Vec::new(),
            roles: Roles::default(),
            appointment: None,
            due_on: None,
            noticed: None,
            card_changed: false,
            created_at: now,
            version: 1,
        };
        // Nobody has an older card of it.
        Self { card_changed: false, ..bare.with(changes, now, grace_days) }
    }

    /// Returns the account with `changes`, made at the time `now`, and with what follows from them:
    ///
    /// - A new plan is not flagged as lapsed, and those concerned are told anew as it comes to its end, see [`Account::renew`].
    /// - A new partner of record may do what a partner may by default.
    /// - A partner that customers see otherwise from now on is marked, until every customer has the new card.
    #[must_use]
    pub fn with(&self, changes: AccountChanges, now: Timestamp, grace_days: u8) -> Self {
        let mut after = self.clone();
        after.name = changes.name.unwrap_or(after.name);
        after.contact = changes.contact.unwrap_or(after.contact);
        after.licences = changes.licences.unwrap_or(after.licences);
        after.time_zone = changes.time_zone.unwrap_or(after.time_zone);
        after.partner = changes.partner.unwrap_or(after.partner);
        if after.partner_id() != self.partner_id() {
            after.grant = Grant::default();
        }
        if let Some(plan) = changes.plan.filter(|it| Some(it) != self.plan.as_ref()) {
            let today = after.today(now);
            after.renew(Some(plan), today, grace_days);
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
            ("time_zone", self.time_zone != before.time_zone),
            ("plan", self.plan != before.plan),
            ("partner", self.partner_id() != before.partner_id()),
            ("licences", self.licences != before.licences),
        ];
        fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
    }

    /// Returns the partner of record, if there is one.
    #[must_use]
    pub fn partner_id(&self) -> Option<AccountId> {
        self.partner.as_ref().map(|it| it.account)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::Stage;

    const GRACE_DAYS: u8 = 7;

    fn now() -> Timestamp {
        "2026-11-22T11:30:00Z".parse().expect("a time")
    }

    fn plan(first: &str, last: &str) -> AccountChanges {
        AccountChanges { plan: Plan::parse("Support", first, last).ok(), ..AccountChanges::default() }
    }

    /// An account whose plan was flagged as lapsed.
    fn account(kind: Kind) -> Account {
        let name = AccountName::parse("Example").expect("a name");
        let account = Account::new(AccountId::VENDOR, name, kind, plan("2025-01-01", "2025-12-31"), now(), GRACE_DAYS);
        Account { due_on: None, noticed: Some(Stage::Lapsed), ..account }
    }

    #[test]
    fn a_renewal_is_told_of_anew_and_no_longer_lapsed() {
        let before = account(Kind::Customer);
        let after = before.with(plan("2026-01-01", "2027-12-31"), now(), GRACE_DAYS);
        assert_eq!((after.due_on, after.noticed), (Some(date(2027, 11, 1)), None));
        assert_eq!(after.changed_since(&before), ["plan"]);
    }

    #[test]
    fn a_plan_that_ends_today_is_looked_at_today_where_the_account_is() {
        let mut changes = plan("2024-01-01", "2026-11-22");
        assert_eq!(account(Kind::Customer).with(changes.clone(), now(), 0).due_on, Some(date(2026, 11, 22)));
        changes.time_zone = ZoneName::parse("Pacific/Auckland").ok();
        // It is the next day already there.
        assert_eq!(account(Kind::Customer).with(changes, now(), 0).due_on, Some(date(2026, 11, 23)));
    }

    #[test]
    fn the_same_again_changes_nothing() {
        let before = account(Kind::Customer);
        let changes = AccountChanges { plan: before.plan.clone(), name: Some(before.name.clone()), ..AccountChanges::default() };
        assert_eq!(before.with(changes, now(), 0), before, "a lapse is told once");
    }

    #[test]
    fn a_grant_was_given_to_one_partner_and_not_to_the_next() {
        let card = |id: u128| PartnerCard { account: ulid::Ulid(id).into(), ..account(Kind::Partner).card() };
        let partner = |it: Option<PartnerCard>| AccountChanges { partner: Some(it), ..AccountChanges::default() };
        let narrowed = Account { grant: Grant::View, ..account(Kind::Customer).with(partner(Some(card(1))), now(), 0) };
        let renamed = PartnerCard { name: "Renamed".to_owned(), ..card(1) };
        assert_eq!(narrowed.with(partner(Some(renamed)), now(), 0).grant, Grant::View, "the same partner");
        let other = narrowed.with(partner(Some(card(2))), now(), 0);
        assert_eq!((other.grant, other.changed_since(&narrowed)), (Grant::default(), vec!["partner"]));
    }

    #[test]
    fn a_partner_whose_card_reads_otherwise_is_marked_and_a_customer_is_not() {
        let renamed = || AccountChanges { name: AccountName::parse("Renamed").ok(), ..AccountChanges::default() };
        assert!(account(Kind::Partner).with(renamed(), now(), 0).card_changed);
        assert!(!account(Kind::Customer).with(renamed(), now(), 0).card_changed);
        assert!(!account(Kind::Partner).with(plan("2026-01-01", "2026-12-31"), now(), 0).card_changed, "nothing that a customer sees");
    }
}
