//! What may be changed of an account, and what each change brings with it: the same whoever changes it, by whatever path.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::domain::{
    Account, AccountId, AccountKind, AccountName, Contact, Licence, PartnerCard, PartnerGrant,
    Plan, Roles, ZoneName,
};

/// What is to be changed of an account; what is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct AccountChanges {
    /// The new name.
    pub name: Option<AccountName>,
    /// The number by which the vendor's systems know it from now on; `Some(None)` is none. A partner's own number is not the vendor's, even where
    /// the two read the same.
    pub external_id: Option<Option<String>>,
    /// How it is reached from now on.
    pub contact: Option<Contact>,
    /// The new plan; `Some(None)` is none.
    pub plan: Option<Option<Plan>>,
    /// The new partner of record; `Some(None)` is none.
    pub partner: Option<Option<PartnerCard>>,
    /// The products it may use from now on.
    pub licences: Option<Vec<Licence>>,
    /// Whose days count from now on.
    pub time_zone: Option<ZoneName>,
}

/// What people see of an account and can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each is named for what it is")]
pub enum AccountField {
    Name,
    ExternalId,
    Contact,
    Plan,
    Partner,
    Licences,
    TimeZone,
}

impl Account {
    /// Makes an account of nobody yet, with all that `changes` say of it, at the time `now`.
    #[must_use]
    pub fn new(
        id: AccountId,
        name: AccountName,
        kind: AccountKind,
        changes: AccountChanges,
        now: Timestamp,
        grace_days: u8,
    ) -> Self {
        let bare = Self {
            id,
            name,
            kind,
            external_id: None,
            external_by: None,
            contact: Contact::default(),
            partner: None,
            grant: PartnerGrant::default(),
            time_zone: ZoneName::default(),
            plan: None,
            licences: Vec::new(),
            roles: Roles::default(),
            appointment: None,
            due_on: None,
            noticed: None,
            created_at: now,
            version: 1,
        };
        bare.with(changes, now, grace_days)
    }

    /// Returns the account with `changes` at the time `now`, and with what follows from them: a plan with another last day is a new period, of
    /// whose end those concerned are told anew ([`Account::renew`]), and a new partner of record begins with the whole grant.
    #[must_use]
    pub fn with(&self, changes: AccountChanges, now: Timestamp, grace_days: u8) -> Self {
        let mut after = self.clone();
        after.name = changes.name.unwrap_or(after.name);
        after.contact = changes.contact.unwrap_or(after.contact);
        after.licences = changes.licences.unwrap_or(after.licences);
        after.time_zone = changes.time_zone.unwrap_or(after.time_zone);
        if let Some(external_id) =
            changes.external_id.filter(|it| it.as_ref() != self.number_of(None))
        {
            after.external_id = external_id;
            after.external_by = None;
        }
        if let Some(partner) = changes.partner {
            after.partner = partner;
            if after.partner_id() != self.partner_id() {
                after.grant = PartnerGrant::default();
            }
        }
        if let Some(plan) = changes.plan.filter(|it| *it != self.plan) {
            let today = after.today(now);
            after.renew(plan, today, grace_days);
        }
        after
    }

    /// Lists the fields that differ from `before`.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<AccountField> {
        let fields = [
            (AccountField::Name, self.name != before.name),
            (
                AccountField::ExternalId,
                (&self.external_id, self.external_by) != (&before.external_id, before.external_by),
            ),
            (AccountField::Contact, self.contact != before.contact),
            (AccountField::Plan, self.plan != before.plan),
            (AccountField::Partner, self.partner_id() != before.partner_id()),
            (AccountField::Licences, self.licences != before.licences),
            (AccountField::TimeZone, self.time_zone != before.time_zone),
        ];
        fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
    }

    /// Returns the partner of record, if there is one.
    #[must_use]
    pub fn partner_id(&self) -> Option<AccountId> {
        self.partner.as_ref().map(|it| it.account)
    }

    /// Tells whether its customers' copies of [`Account::card`] read otherwise than they should once `before` is this.
    #[must_use]
    pub fn has_other_card_than(&self, before: &Self) -> bool {
        self.kind == AccountKind::Partner && self.card() != before.card()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::NoticeStage;

    fn account(kind: AccountKind) -> Account {
        let name = AccountName::parse("Example").expect("a name");
        let new = Account::new(
            AccountId::VENDOR,
            name,
            kind,
            AccountChanges::default(),
            Timestamp::UNIX_EPOCH,
            7,
        );
        Account {
            external_id: Some("P-1".to_owned()),
            external_by: Some(AccountId::VENDOR),
            grant: PartnerGrant::View,
            plan: Some(plan("2025-01-01", "2025-12-31")),
            noticed: Some(NoticeStage::Lapsed),
            ..new
        }
    }

    fn plan(from: &str, to: &str) -> Plan {
        Plan::parse("Support", from, to).expect("a plan")
    }

    fn changed(before: &Account, changes: AccountChanges) -> Account {
        before.with(changes, "2026-11-22T12:00:00Z".parse().expect("a time"), 7)
    }

    #[test]
    fn a_renewal_is_told_of_anew_and_no_longer_lapsed() {
        let before = account(AccountKind::Customer);
        let after = changed(
            &before,
            AccountChanges {
                plan: Some(Some(plan("2026-01-01", "2027-12-31"))),
                ..AccountChanges::default()
            },
        );
        assert_eq!((after.due_on, after.noticed), (Some(date(2027, 11, 1)), None));
        assert_eq!(after.changed_since(&before), [AccountField::Plan]);
    }

    #[test]
    fn a_plan_that_ends_today_is_looked_at_today_where_the_account_is() {
        let mut changes = AccountChanges {
            plan: Some(Some(plan("2024-01-01", "2026-11-22"))),
            ..AccountChanges::default()
        };
        assert_eq!(
            changed(&account(AccountKind::Customer), changes.clone()).due_on,
            Some(date(2026, 11, 22))
        );
        changes.time_zone = ZoneName::parse("Pacific/Kiritimati").ok();
        // It is the next day already there; the days of grace are not over.
        assert_eq!(
            changed(&account(AccountKind::Customer), changes).due_on,
            Some(date(2026, 11, 30))
        );
    }

    #[test]
    fn the_same_days_under_another_name_are_no_new_period() {
        let before = account(AccountKind::Customer);
        let renamed = Plan::parse("Enhancement", "2025-01-01", "2025-12-31").expect("a plan");
        let after = changed(
            &before,
            AccountChanges { plan: Some(Some(renamed)), ..AccountChanges::default() },
        );
        assert_eq!((after.due_on, after.noticed), (None, before.noticed), "a lapse is told once");
        assert_eq!(after.changed_since(&before), [AccountField::Plan]);
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let before = Account { external_by: None, ..account(AccountKind::Customer) };
        let same = AccountChanges {
            plan: Some(before.plan.clone()),
            name: Some(before.name.clone()),
            external_id: Some(before.external_id.clone()),
            partner: Some(None),
            ..AccountChanges::default()
        };
        assert_eq!(changed(&before, same), before);
    }

    #[test]
    fn a_new_partner_begins_with_the_whole_grant_and_the_same_one_keeps_its_own() {
        let card = |id| PartnerCard {
            account: id,
            name: "Partner".to_owned(),
            email: None,
            phone: None,
            website: None,
        };
        let with = |before: &Account, card| {
            changed(before, AccountChanges { partner: Some(card), ..AccountChanges::default() })
        };
        let (one, other) = (AccountId::from(ulid::Ulid(1)), AccountId::from(ulid::Ulid(2)));
        let first = Account {
            grant: PartnerGrant::View,
            ..with(&account(AccountKind::Customer), Some(card(one)))
        };
        assert_eq!(with(&first, Some(card(one))).grant, PartnerGrant::View);
        assert_eq!(with(&first, Some(card(other))).grant, PartnerGrant::AppointAdministrator);
        assert_eq!(
            with(&first, None).grant,
            PartnerGrant::AppointAdministrator,
            "for whoever comes next"
        );
    }

    #[test]
    fn a_number_of_the_vendors_takes_the_place_of_the_partners() {
        let after = changed(
            &account(AccountKind::Customer),
            AccountChanges {
                external_id: Some(Some("ERP-1".to_owned())),
                ..AccountChanges::default()
            },
        );
        assert_eq!((after.external_id.as_deref(), after.external_by), (Some("ERP-1"), None));
    }

    #[test]
    fn the_partners_number_becomes_the_vendors_when_the_vendor_gives_it_and_stays_when_there_is_none_to_take_away()
     {
        let before = account(AccountKind::Customer);
        let given = |number: Option<&str>| AccountChanges {
            external_id: Some(number.map(str::to_owned)),
            ..AccountChanges::default()
        };
        let after = changed(&before, given(Some("P-1")));
        assert_eq!((after.external_id.as_deref(), after.external_by), (Some("P-1"), None));
        assert_eq!(after.changed_since(&before), [AccountField::ExternalId]);
        assert_eq!(changed(&after, given(Some("P-1"))), after, "it is the vendor's already");
        assert_eq!(changed(&before, given(None)), before);
    }

    #[test]
    fn only_what_customers_see_of_a_partner_makes_another_card() {
        let renamed = || AccountChanges {
            name: AccountName::parse("Renamed").ok(),
            ..AccountChanges::default()
        };
        let (partner, customer) = (account(AccountKind::Partner), account(AccountKind::Customer));
        assert!(changed(&partner, renamed()).has_other_card_than(&partner));
        assert!(!changed(&customer, renamed()).has_other_card_than(&customer));
        let zone = AccountChanges {
            time_zone: ZoneName::parse("Europe/Berlin").ok(),
            ..AccountChanges::default()
        };
        assert!(
            !changed(&partner, zone).has_other_card_than(&partner),
            "nothing that a customer sees"
        );
    }
}
