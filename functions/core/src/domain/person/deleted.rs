//! Deletions that can be undone for a few minutes.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::{InvitationOutcome, Professional, Roles, StaffPermission};

/// What is needed to restore a deleted professional (requirement 37). Removed once restored, or
/// soon after the undo time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedProfessional {
    /// The profile, with its open invitation revoked and without a pending address.
    pub professional: Professional,
    /// Whether they were an administrator. A contact role has passed to somebody else and stays
    /// there.
    pub administrator: bool,
    /// Their permissions as staff of the vendor.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub staff: BTreeSet<StaffPermission>,
    /// When they were deleted.
    pub deleted_at: Timestamp,
    /// The profile's version at deletion, so that an undo cannot restore an earlier deletion.
    pub version: u32,
}

impl DeletedProfessional {
    /// Minutes in which a deletion can be undone.
    pub const UNDO_MINUTES: i64 = 10;

    /// Keeps what is needed to restore `professional`, whose account had `roles`.
    #[must_use]
    pub fn new(professional: &Professional, roles: &Roles, now: Timestamp) -> Self {
        let mut professional = Professional { pending_email: None, ..professional.clone() };
        if let Some(invitation) = &mut professional.invitation {
            invitation.revoke();
        }
        Self {
            version: professional.version,
            administrator: roles.is_administrator(professional.id),
            staff: roles.staff.get(&professional.id).cloned().unwrap_or_default(),
            deleted_at: now,
            professional,
        }
    }

    /// Returns when the undo time ends.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.deleted_at
            .saturating_add(SignedDuration::from_mins(Self::UNDO_MINUTES))
            .unwrap_or(Timestamp::MAX)
    }

    /// Checks whether the deletion can be undone at the time `now`.
    #[must_use]
    pub fn can_be_restored(&self, now: Timestamp) -> bool {
        now < self.expires_at()
    }

    /// Returns the professional with the next version, so that no write based on a read before the
    /// deletion succeeds.
    #[must_use]
    pub fn restored(&self) -> Professional {
        Professional { version: self.version + 1, ..self.professional.clone() }
    }

    /// Returns the professional unlinked, because the identity has another profile in the account
    /// now. Linking needs a new invitation.
    #[must_use]
    pub fn restored_without_link(&self) -> Professional {
        let mut professional = Professional { linked: None, ..self.restored() };
        if let Some(invitation) = &mut professional.invitation {
            invitation.outcome = Some(InvitationOutcome::Revoked);
        }
        professional
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ulid::Ulid;

    use super::*;
    use crate::domain::{
        AccountId, Delivery, Details, EmailAddress, Identity, IdentityKey, Invitation, LanguageTag,
        LinkError, LinkedIdentity, PersonName, ProfessionalState, Secret,
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    /// Returns an invited professional, linked if there is an outcome.
    fn professional(secret: &Secret, outcome: Option<InvitationOutcome>) -> Professional {
        let details = Details::new(
            PersonName::parse("Ada").expect("a name"),
            EmailAddress::parse("ada@example.org").expect("an address"),
            LanguageTag::default(),
        );
        let mut professional = Professional::new(Ulid(1).into(), AccountId::VENDOR, details, at(0));
        professional.invitation = Some(Invitation {
            delivery: Delivery::Sent,
            secret: Some(secret.hash()),
            outcome,
            ..Invitation::new(Ulid(2).into(), None, at(0), at(100_000))
        });
        professional.linked = outcome.map(|_| LinkedIdentity {
            identity: Identity {
                key: IdentityKey::new("i", "s"),
                name: "Ada".to_owned(),
                email: None,
                email_verified: true,
                provider: "Test".to_owned(),
            },
            issuer: "i".to_owned(),
            linked_at: at(1),
            notices: [(secret.hash(), Ulid(1).into())].into(),
        });
        professional
    }

    #[test]
    fn a_deletion_can_be_undone_for_exactly_ten_minutes() {
        let deleted = DeletedProfessional::new(
            &professional(&Secret::generate().expect("random"), None),
            &Roles::default(),
            at(1000),
        );
        let end = at(1600);
        assert!(deleted.can_be_restored(at(1000)));
        assert!(deleted.can_be_restored(end - SignedDuration::from_nanos(1)));
        assert!(!deleted.can_be_restored(end));
    }

    #[test]
    fn a_linked_professional_is_restored_unchanged() {
        let before =
            professional(&Secret::generate().expect("random"), Some(InvitationOutcome::Accepted));
        let roles = Roles::sole_holder(before.id);
        let deleted = DeletedProfessional::new(&before, &roles, at(1000));
        assert!(deleted.administrator);
        assert_eq!(deleted.restored(), Professional { version: before.version + 1, ..before });
    }

    #[test]
    fn an_open_invitation_stays_revoked() {
        let secret = Secret::generate().expect("random");
        let restored =
            DeletedProfessional::new(&professional(&secret, None), &Roles::default(), at(1000))
                .restored();
        let today = date(2026, 11, 22);
        assert_eq!(restored.state(at(1001), today), ProfessionalState::Revoked);
        assert_eq!(
            restored.decide_link(Ulid(2).into(), &secret.hash(), None, at(1001), today),
            Err(LinkError::Revoked)
        );
    }

    #[test]
    fn restoring_without_the_identity_revokes_the_invitation() {
        let secret = Secret::generate().expect("random");
        let restored = DeletedProfessional::new(
            &professional(&secret, Some(InvitationOutcome::Accepted)),
            &Roles::default(),
            at(1000),
        )
        .restored_without_link();
        let today = date(2026, 11, 22);
        assert_eq!(
            (restored.link(), restored.state(at(1001), today)),
            (None, ProfessionalState::Revoked)
        );
        assert_eq!(
            restored.decide_link(Ulid(2).into(), &secret.hash(), None, at(1001), today),
            Err(LinkError::Revoked)
        );
    }
}
