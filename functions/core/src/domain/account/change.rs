//! Changes of an account and their consequences, the same on every path.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::domain::{
    Account, AccountId, AccountKind, AccountName, Confirmation, Contact, Creator, Licence,
    PartnerCard, PartnerGrant, Plan, Roles, SignInPolicy, ZoneName,
};

/// New values for an account's fields; `None` keeps the old value.
#[derive(Clone, Debug, Default)]
pub struct AccountChanges {
    /// The partner who corrects what it created; `None` for the vendor. The number is then the
    /// partner's, and a new name is no longer confirmed.
    pub by_partner: Option<AccountId>,
    /// The new name.
    pub name: Option<AccountName>,
    /// The number for the account; `Some(None)` removes it. The vendor's replaces a partner's even
    /// if both read the same.
    pub external_id: Option<Option<String>>,
    /// The new contact details.
    pub contact: Option<Contact>,
    /// The new plan; `Some(None)` removes it.
    pub plan: Option<Option<Plan>>,
    /// The new partner of record; `Some(None)` removes it.
    pub partner: Option<Option<PartnerCard>>,
    /// The new list of licences.
    pub licences: Option<Vec<Licence>>,
    /// The new time zone.
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
    /// Creates an account without people, with `changes` applied, at the time `now`.
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
            has_linked: false,
            sign_in_policy: SignInPolicy::default(),
            appointment: None,
            due_on: None,
            noticed: None,
            created_by: None,
            confirmation: Confirmation::Confirmed { since: now },
            created_at: now,
            version: 1,
        };
        bare.with(changes, now, grace_days)
    }

    /// Returns the account with `changes` applied at the time `now`.
    ///
    /// A plan with another last day starts a new period with its own notices
    /// ([`Account::set_plan`]). A new partner of record gets the full grant.
    #[must_use]
    pub fn with(&self, changes: AccountChanges, now: Timestamp, grace_days: u8) -> Self {
        let mut after = self.clone();
        after.name = changes.name.unwrap_or(after.name);
        if after.name.search_key() != self.name.search_key() {
            after.confirmation = after.confirmation.renamed(changes.by_partner.is_some(), now);
        }
        after.contact = changes.contact.unwrap_or(after.contact);
        after.licences = changes.licences.unwrap_or(after.licences);
        after.time_zone = changes.time_zone.unwrap_or(after.time_zone);
        if let Some(external_id) =
            changes.external_id.filter(|id| id.as_ref() != self.external_id_by(changes.by_partner))
        {
            after.external_by = changes.by_partner.filter(|_| external_id.is_some());
            if changes.by_partner.is_some()
                && let Some(Creator { number, .. }) = &mut after.created_by
            {
                number.clone_from(&external_id);
            }
            after.external_id = external_id;
        }
        if let Some(partner) = changes.partner {
            after.partner = partner;
            if after.partner_id() != self.partner_id() {
                after.grant = PartnerGrant::default();
            }
        }
        if let Some(plan) = changes.plan.filter(|plan| *plan != self.plan) {
            let today = after.today(now);
            after.set_plan(plan, today, grace_days);
        }
        after.suspend_notices_while_waiting();
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

    /// Returns the partner of record's account id.
    #[must_use]
    pub fn partner_id(&self) -> Option<AccountId> {
        self.partner.as_ref().map(|partner| partner.account)
    }

    /// Checks whether this is a partner whose [`Account::card`] differs from `before`, so that its
    /// customers' copies are outdated.
    #[must_use]
    pub fn card_differs_from(&self, before: &Self) -> bool {
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
    fn a_renewal_starts_notices_again() {
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
    fn a_plan_that_ends_today_is_due_today_in_the_accounts_time_zone() {
        let mut changes = AccountChanges {
            plan: Some(Some(plan("2024-01-01", "2026-11-22"))),
            ..AccountChanges::default()
        };
        assert_eq!(
            changed(&account(AccountKind::Customer), changes.clone()).due_on,
            Some(date(2026, 11, 22))
        );
        changes.time_zone = ZoneName::parse("Pacific/Kiritimati").ok();
        // There it is the next day already; the grace period is not over.
        assert_eq!(
            changed(&account(AccountKind::Customer), changes).due_on,
            Some(date(2026, 11, 30))
        );
    }

    #[test]
    fn renaming_a_plan_starts_no_new_period() {
        let before = account(AccountKind::Customer);
        let renamed = Plan::parse("Enhancement", "2025-01-01", "2025-12-31").expect("a plan");
        let after = changed(
            &before,
            AccountChanges { plan: Some(Some(renamed)), ..AccountChanges::default() },
        );
        assert_eq!(
            (after.due_on, after.noticed),
            (None, before.noticed),
            "a lapse is announced once"
        );
        assert_eq!(after.changed_since(&before), [AccountField::Plan]);
    }

    #[test]
    fn the_vendor_gets_no_plan() {
        let before = Account { plan: None, noticed: None, ..account(AccountKind::Vendor) };
        let old = AccountChanges {
            plan: Some(Some(plan("2020-01-01", "2020-12-31"))),
            ..AccountChanges::default()
        };
        assert_eq!(changed(&before, old), before);
    }

    #[test]
    fn unchanged_values_change_nothing() {
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
    fn a_new_partner_gets_the_full_grant_and_the_same_partner_keeps_its_grant() {
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
            "for the next partner"
        );
    }

    #[test]
    fn the_vendors_number_replaces_the_partners() {
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
    fn an_equal_number_becomes_the_vendors_and_only_the_vendors_is_removed() {
        let before = account(AccountKind::Customer);
        let given = |number: Option<&str>| AccountChanges {
            external_id: Some(number.map(str::to_owned)),
            ..AccountChanges::default()
        };
        let after = changed(&before, given(Some("P-1")));
        assert_eq!((after.external_id.as_deref(), after.external_by), (Some("P-1"), None));
        assert_eq!(after.changed_since(&before), [AccountField::ExternalId]);
        assert_eq!(changed(&after, given(Some("P-1"))), after, "already the vendor's");
        assert_eq!(changed(&before, given(None)), before);
    }

    #[test]
    fn only_visible_changes_of_a_partner_change_its_card() {
        let renamed = || AccountChanges {
            name: AccountName::parse("Renamed").ok(),
            ..AccountChanges::default()
        };
        let (partner, customer) = (account(AccountKind::Partner), account(AccountKind::Customer));
        assert!(changed(&partner, renamed()).card_differs_from(&partner));
        assert!(!changed(&customer, renamed()).card_differs_from(&customer));
        let zone = AccountChanges {
            time_zone: ZoneName::parse("Europe/Berlin").ok(),
            ..AccountChanges::default()
        };
        assert!(!changed(&partner, zone).card_differs_from(&partner), "not visible to customers");
    }
}
