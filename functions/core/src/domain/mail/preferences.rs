//! Which notices people choose how often to get, and how often (requirement 44).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::domain::{
    Account, AccountKind, FieldErrorCode, FieldErrors, ProfessionalId, StaffPermission,
};

/// A group of notices that people choose together. Which kinds belong to it says
/// [`MailKind::rules`](crate::domain::MailKind::rules).
///
/// Whatever belongs to no group always comes at once: security notices, links that somebody asked
/// for, invitations, and what is about the recipient's own profile.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeGroup {
    /// Somebody of the account has linked a sign-in.
    PeopleLinked,
    /// A person's access ends soon.
    AccessEnding,
    /// Somebody asks for access.
    AccessRequests,
    /// An invitation bounced.
    BouncedInvitations,
    /// People who may no longer need access.
    Reviews,
    /// The service plan ends or has lapsed.
    Plans,
    /// The partner of record, or its permissions, changed.
    Partners,
    /// An appointment or a customer that a partner created waits for approval.
    Approvals,
}

/// How often a person gets the notices of a group.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Frequency {
    /// Each by itself; the further ones of an hour in one mail.
    #[default]
    AtOnce,
    /// All of a day in one mail.
    Daily,
    /// Not by mail. The activity list has them.
    Never,
}

/// A person's choices. Groups without one come at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailPreferences(BTreeMap<NoticeGroup, Frequency>);

impl NoticeGroup {
    /// Checks whether the professional `id` of `account` gets notices of this group.
    #[must_use]
    pub fn is_for(self, account: &Account, id: ProfessionalId) -> bool {
        let is_administrator = account.roles.is_administrator(id);
        // The vendor's administrators have every permission.
        let is_permitted = |permission| {
            account.kind == AccountKind::Vendor && account.roles.permits(id, permission)
        };
        match self {
            Self::PeopleLinked | Self::AccessEnding | Self::Reviews => is_administrator,
            Self::AccessRequests => is_administrator || is_permitted(StaffPermission::People),
            // Anybody of the partner and of the vendor may invite people of customers.
            Self::BouncedInvitations => is_administrator || account.kind != AccountKind::Customer,
            Self::Plans => {
                let has_role = is_administrator || account.roles.billing_contact == Some(id);
                has_role && account.kind != AccountKind::Vendor
            }
            Self::Partners => is_administrator && account.kind != AccountKind::Vendor,
            Self::Approvals => [StaffPermission::Appointments, StaffPermission::Plans]
                .into_iter()
                .any(is_permitted),
        }
    }

    /// Checks whether the people of an account of this `kind` may turn the group off.
    ///
    /// They may not if nobody else would notice: someone linked by mistake, what only they
    /// can approve, and requests for access for the vendor, who is asked last.
    #[must_use]
    pub fn can_be_off(self, kind: AccountKind) -> bool {
        match self {
            Self::PeopleLinked | Self::Approvals => false,
            // The request goes on to others if nobody decides.
            Self::AccessRequests => kind != AccountKind::Vendor,
            Self::AccessEnding
            | Self::BouncedInvitations
            | Self::Reviews
            | Self::Plans
            | Self::Partners => true,
        }
    }

    /// Returns what the people of an account of this `kind` can choose.
    #[must_use]
    pub fn choices(self, kind: AccountKind) -> &'static [Frequency] {
        const ALL: &[Frequency] = Frequency::VARIANTS;
        if self.can_be_off(kind) { ALL } else { &[Frequency::AtOnce, Frequency::Daily] }
    }

    /// Returns the name in the API and as stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl MailPreferences {
    /// Returns how often the person gets notices of `group`.
    #[must_use]
    pub fn of(&self, group: NoticeGroup) -> Frequency {
        self.0.get(&group).copied().unwrap_or_default()
    }

    /// Chooses how often the person gets notices of `group`. Only what differs from the default is
    /// kept.
    pub fn choose(&mut self, group: NoticeGroup, frequency: Frequency) {
        if frequency == Frequency::default() {
            self.0.remove(&group);
        } else {
            self.0.insert(group, frequency);
        }
    }

    /// Checks whether everything comes at once.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns these preferences with the `changes`, as typed by a person of an account of this
    /// `kind`.
    ///
    /// # Errors
    /// An error for each name that is no group, and for each value that cannot be chosen for it.
    pub fn with_changes(
        &self,
        changes: &BTreeMap<String, String>,
        kind: AccountKind,
    ) -> Result<Self, FieldErrors> {
        let (mut chosen, mut errors) = (self.clone(), FieldErrors::default());
        for (name, frequency) in changes {
            let group = name.parse::<NoticeGroup>().ok();
            let frequency = frequency.parse::<Frequency>().ok();
            match group.zip(frequency) {
                Some((group, frequency)) if group.choices(kind).contains(&frequency) => {
                    chosen.choose(group, frequency);
                }
                _ => {
                    let field = format!("mail_preferences.{name}");
                    let code = if group.is_none() {
                        FieldErrorCode::NoSuchNotices
                    } else {
                        FieldErrorCode::NoSuchChoice
                    };
                    errors.add(&field, code);
                }
            }
        }
        errors.into_result().map(|()| chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [AccountKind; 3] =
        [AccountKind::Customer, AccountKind::Partner, AccountKind::Vendor];

    fn changed(name: &str, frequency: &str, kind: AccountKind) -> Result<Frequency, FieldErrors> {
        let changes = [(name.to_owned(), frequency.to_owned())].into();
        let chosen = MailPreferences::default().with_changes(&changes, kind)?;
        Ok(name.parse().map(|group| chosen.of(group)).unwrap_or_default())
    }

    #[test]
    fn a_group_is_turned_off_only_where_somebody_else_notices() {
        for group in NoticeGroup::VARIANTS {
            for kind in KINDS {
                assert_eq!(changed(group.name(), "daily", kind), Ok(Frequency::Daily));
                assert_eq!(
                    changed(group.name(), "never", kind).is_ok(),
                    group.can_be_off(kind),
                    "{group:?} {kind:?}"
                );
            }
        }
        let kept: Vec<_> = NoticeGroup::VARIANTS
            .iter()
            .filter(|group| !group.can_be_off(AccountKind::Customer))
            .collect();
        assert_eq!(kept, [&NoticeGroup::PeopleLinked, &NoticeGroup::Approvals]);
        assert!(!NoticeGroup::AccessRequests.can_be_off(AccountKind::Vendor));
    }

    #[test]
    fn an_unknown_group_or_choice_is_an_error_of_its_field() {
        for (name, frequency, code) in [
            ("linked", "daily", FieldErrorCode::NoSuchNotices),
            ("PeopleLinked", "daily", FieldErrorCode::NoSuchNotices),
            ("plans", "weekly", FieldErrorCode::NoSuchChoice),
            ("plans", "", FieldErrorCode::NoSuchChoice),
            ("people_linked", "never", FieldErrorCode::NoSuchChoice),
        ] {
            let field = format!("mail_preferences.{name}");
            assert_eq!(
                changed(name, frequency, AccountKind::Customer),
                Err(FieldErrors::of(&field, code))
            );
        }
    }

    #[test]
    fn only_what_differs_from_the_default_is_stored() {
        let mut chosen = MailPreferences::default();
        chosen.choose(NoticeGroup::Plans, Frequency::Never);
        let stored = serde_json::to_value(&chosen).expect("JSON");
        assert_eq!(stored, serde_json::json!({ "plans": "never" }));
        assert_eq!(serde_json::from_value::<MailPreferences>(stored).expect("read"), chosen);
        chosen.choose(NoticeGroup::Plans, Frequency::AtOnce);
        assert!(chosen.is_default());
    }
}
