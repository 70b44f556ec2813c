//! Whether staff stand behind an account: what a partner creates or renames waits for them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    Account, AccountChanges, AccountId, FieldErrorCode, FieldErrors, Plan, ProfessionalId,
};

/// Whether the vendor's staff have confirmed an account under its present name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Confirmation {
    /// Staff, an operator or an import created it, or staff have confirmed it.
    Confirmed {
        /// When it got its present name, confirmed. Of several accounts of one name the earliest
        /// keeps the requests for access.
        since: Timestamp,
    },
    /// A partner created or renamed it. Its people have access, but what strangers type does not
    /// lead to it.
    Unconfirmed,
    /// A partner created it. Nobody gets access by it before staff confirm it.
    Waiting {
        /// Whether the first professional is invited once it is confirmed.
        invites: bool,
    },
}

/// The name of a [`Confirmation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the confirmation of that name")]
pub enum ConfirmationState {
    Confirmed,
    Unconfirmed,
    Waiting,
}

/// The partner's professional who created an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creator {
    /// The partner.
    pub partner: AccountId,
    /// Its professional.
    pub professional: ProfessionalId,
    /// The partner's number for the account. It stays claimed when the vendor gives its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

impl Confirmation {
    /// Returns its name.
    #[must_use]
    pub fn state(self) -> ConfirmationState {
        match self {
            Self::Confirmed { .. } => ConfirmationState::Confirmed,
            Self::Unconfirmed => ConfirmationState::Unconfirmed,
            Self::Waiting { .. } => ConfirmationState::Waiting,
        }
    }

    /// Returns the confirmation of a renamed account: by a partner, it is no longer confirmed.
    pub(super) fn renamed(self, by_partner: bool, now: Timestamp) -> Self {
        match self {
            Self::Confirmed { .. } if by_partner => Self::Unconfirmed,
            Self::Confirmed { .. } => Self::Confirmed { since: now },
            other => other,
        }
    }
}

impl Account {
    /// The most customers of one partner that may wait for confirmation at the same time.
    pub const MAX_WAITING: u32 = 20;

    /// Checks whether staff stand behind the account under its present name. Only then does what
    /// strangers type lead to it.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.confirmation.state() == ConfirmationState::Confirmed
    }

    /// Checks whether nobody gets access by the account before staff confirm it.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.confirmation.state() == ConfirmationState::Waiting
    }

    /// Returns the new account as `creator` of a partner creates it. Waiting, its plan has no
    /// effect yet, and nobody gets notices of it.
    #[must_use]
    pub fn created_by_partner(self, mut creator: Creator, confirmation: Confirmation) -> Self {
        creator.number.clone_from(&self.external_id);
        let mut account = Self {
            external_by: self.external_id.is_some().then_some(creator.partner),
            created_by: Some(creator),
            confirmation,
            ..self
        };
        account.suspend_notices_while_waiting();
        account
    }

    /// Checks whether `partner` may correct the account: it created it, is its partner of record,
    /// and nobody of the customer has linked yet.
    #[must_use]
    pub fn is_correctable_by(&self, partner: AccountId) -> bool {
        let is_creator = self.created_by.as_ref().is_some_and(|by| by.partner == partner);
        is_creator && self.partner_id() == Some(partner) && !self.has_linked
    }

    /// Returns the account once staff have confirmed it at the time `now`. The plan of a waiting
    /// one takes effect, and its notices begin.
    #[must_use]
    pub fn confirmed(&self, now: Timestamp, grace_days: u8) -> Self {
        let mut after = self.clone();
        after.confirmation = Confirmation::Confirmed { since: now };
        if self.is_waiting() {
            let (plan, today) = (after.plan.take(), after.today(now));
            after.set_plan(plan, today, grace_days);
        }
        after
    }

    pub(super) fn suspend_notices_while_waiting(&mut self) {
        if self.is_waiting() {
            (self.due_on, self.noticed) = (None, None);
        }
    }

    /// Checks what a partner wants to change of an account that it may correct. `offered` checks a
    /// plan against those that the vendor lets partners give.
    ///
    /// Staff see everything of a waiting account before they confirm it. Later, products and what
    /// staff have confirmed are theirs.
    ///
    /// # Errors
    /// One for each field that only staff may change, and those of the plan.
    pub fn check_correction(
        &self,
        changes: &AccountChanges,
        offered: impl FnOnce(&Plan) -> Result<(), FieldErrors>,
    ) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut staff_only = |field| errors.add(field, FieldErrorCode::StaffOnly);
        if changes.partner.is_some() {
            staff_only("partner");
        }
        let is_vendors_number = self.external_id_by(None).is_some();
        if is_vendors_number && matches!(changes.external_id, Some(Some(_))) {
            staff_only("external_id");
        }
        let differs = |plan: &Option<Plan>| *plan != self.plan;
        let plan = changes.plan.as_ref().filter(|plan| differs(plan));
        if self.is_waiting() {
            return errors.into_result();
        }
        if changes.licences.as_ref().is_some_and(|licences| *licences != self.licences) {
            staff_only("licences");
        }
        match plan {
            Some(_) if self.is_confirmed() => staff_only("plan"),
            Some(Some(plan)) => errors.extend_with(offered(plan)),
            _ => {}
        }
        errors.into_result()
    }
}

impl From<&Confirmation> for ConfirmationState {
    fn from(confirmation: &Confirmation) -> Self {
        confirmation.state()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ulid::Ulid;

    use super::*;
    use crate::domain::{AccountKind, AccountName, PartnerCard};

    const GRACE_DAYS: u8 = 0;

    fn partner() -> AccountId {
        Ulid(7).into()
    }

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().expect("a time")
    }

    fn plan(to: &str) -> Plan {
        Plan::parse("Support", "2026-01-01", to).expect("a plan")
    }

    fn created(confirmation: Confirmation) -> Account {
        let card = PartnerCard {
            account: partner(),
            name: "Partner".to_owned(),
            email: None,
            phone: None,
            website: None,
        };
        let given = AccountChanges {
            plan: Some(Some(plan("2026-12-20"))),
            partner: Some(Some(card)),
            external_id: Some(Some("P-1".to_owned())),
            ..AccountChanges::default()
        };
        let name = AccountName::parse("Cedar Foods").expect("a name");
        let id = Ulid(1).into();
        let account = Account::new(id, name, AccountKind::Customer, given, now(), GRACE_DAYS);
        let creator = Creator { partner: partner(), professional: Ulid(2).into(), number: None };
        account.created_by_partner(creator, confirmation)
    }

    fn corrected(account: &Account, changes: AccountChanges) -> Account {
        account.with(AccountChanges { by_partner: Some(partner()), ..changes }, now(), GRACE_DAYS)
    }

    fn renamed(name: &str) -> AccountChanges {
        AccountChanges { name: AccountName::parse(name).ok(), ..AccountChanges::default() }
    }

    fn numbered(number: Option<&str>) -> AccountChanges {
        AccountChanges { external_id: Some(number.map(str::to_owned)), ..AccountChanges::default() }
    }

    fn confirmed() -> Account {
        created(Confirmation::Waiting { invites: true }).confirmed(now(), GRACE_DAYS)
    }

    #[test]
    fn a_waiting_account_has_no_notices_until_it_is_confirmed() {
        let waiting = created(Confirmation::Waiting { invites: true });
        assert_eq!((waiting.due_on, waiting.noticed), (None, None));
        let planned =
            AccountChanges { plan: Some(Some(plan("2026-11-30"))), ..AccountChanges::default() };
        assert_eq!(corrected(&waiting, planned).due_on, None);
        let confirmed = waiting.confirmed(now(), GRACE_DAYS);
        assert_eq!(confirmed.due_on, Some(date(2026, 12, 6)), "14 days before its last day");
        assert_eq!(confirmed.plan, waiting.plan);
    }

    #[test]
    fn the_numbers_of_a_creation_are_the_partners() {
        let account = created(Confirmation::Unconfirmed);
        assert_eq!(account.external_id_by(Some(partner())), Some(&"P-1".to_owned()));
        let number = |account: &Account| account.created_by.clone().and_then(|by| by.number);
        assert_eq!(number(&account).as_deref(), Some("P-1"));
        let moved = corrected(&account, numbered(Some("P-2")));
        assert_eq!(number(&moved).as_deref(), Some("P-2"));
        assert_eq!(moved.external_by, Some(partner()));
        let theirs = moved.with(numbered(Some("ERP-1")), now(), GRACE_DAYS);
        assert_eq!((theirs.external_by, number(&theirs).as_deref()), (None, Some("P-2")));
    }

    #[test]
    fn a_new_name_by_the_partner_is_not_confirmed_and_by_staff_is() {
        let (before, later) = (confirmed(), "2026-11-23T12:00:00Z".parse().expect("a time"));
        assert!(!corrected(&before, renamed("Oak Foods")).is_confirmed());
        assert!(corrected(&before, renamed("CEDAR foods")).is_confirmed(), "the same name");
        let by_staff = before.with(renamed("Oak Foods"), later, GRACE_DAYS);
        assert_eq!(by_staff.confirmation, Confirmation::Confirmed { since: later });
        let same = before.with(renamed("cedar FOODS"), later, GRACE_DAYS);
        assert_eq!(same.confirmation, before.confirmation, "it has had the name all along");
        let waiting = created(Confirmation::Waiting { invites: false });
        assert!(waiting.with(renamed("Oak Foods"), later, GRACE_DAYS).is_waiting(), "not decided");
    }

    #[test]
    fn only_its_creator_corrects_it_and_only_until_somebody_has_linked() {
        let account = created(Confirmation::Unconfirmed);
        assert!(account.is_correctable_by(partner()));
        assert!(!account.is_correctable_by(Ulid(8).into()), "another partner");
        let linked = Account { has_linked: true, ..account.clone() };
        assert!(!linked.is_correctable_by(partner()));
        assert!(
            !Account { partner: None, ..account }.is_correctable_by(partner()),
            "not theirs now"
        );
    }

    #[test]
    fn what_staff_have_confirmed_or_must_see_first_is_not_the_partners_to_correct() {
        let refused = |account: &Account, changes: AccountChanges| {
            let offered = |plan: &Plan| {
                let code = FieldErrorCode::PlanNotOffered;
                if plan.ends_on < date(2027, 1, 1) {
                    Ok(())
                } else {
                    Err(FieldErrors::of("plan.name", code))
                }
            };
            let errors = account.check_correction(&changes, offered).err();
            errors.map(|errors| errors.into_vec().remove(0).field)
        };
        let planned =
            |to: &str| AccountChanges { plan: Some(Some(plan(to))), ..AccountChanges::default() };
        let licensed =
            || AccountChanges { licences: Some(Vec::new()), ..AccountChanges::default() };
        let handed = AccountChanges { partner: Some(None), ..AccountChanges::default() };
        let waiting = created(Confirmation::Waiting { invites: true });
        let at_once = created(Confirmation::Unconfirmed);
        for account in [&waiting, &at_once, &confirmed()] {
            assert_eq!(refused(account, renamed("Oak Foods")), None);
            assert_eq!(refused(account, handed.clone()).as_deref(), Some("partner"));
            assert_eq!(refused(account, licensed()), None, "unchanged");
            assert_eq!(refused(account, planned("2026-12-20")), None, "unchanged");
        }
        let beyond = |account| refused(account, planned("2099-12-31"));
        assert_eq!(beyond(&waiting), None, "staff see it before they confirm it");
        assert_eq!(beyond(&at_once).as_deref(), Some("plan.name"));
        assert_eq!(refused(&at_once, planned("2026-12-31")), None, "within the list");
        assert_eq!(refused(&confirmed(), planned("2026-12-31")).as_deref(), Some("plan"));
        let numbered_by_vendor = waiting.with(numbered(Some("ERP-1")), now(), GRACE_DAYS);
        let number = refused(&numbered_by_vendor, numbered(Some("P-9")));
        assert_eq!(number.as_deref(), Some("external_id"));
    }
}
