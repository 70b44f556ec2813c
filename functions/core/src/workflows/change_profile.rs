//! Changes of one profile by many people at once.

use std::sync::OnceLock;

use crate::{
    Error, Result,
    domain::{Professional, ProfessionalField},
    runtime::retry_on_conflict_or,
};

/// The profile as a request read it first. Attempts that lose to other requests read it again, and
/// see what those have changed.
#[derive(Debug, Default)]
pub struct FirstRead(OnceLock<Professional>);

impl FirstRead {
    /// Checks that nobody else has changed the `wanted` fields since the first read. What others
    /// have changed beside them stays, so that requests for different fields all succeed.
    ///
    /// Fails with [`Error::ProfileChanged`].
    pub fn check_fields(&self, now: &Professional, wanted: &[ProfessionalField]) -> Result<()> {
        let first = self.0.get_or_init(|| now.clone());
        let changed = now.details.changed_since(&first.details);
        if changed.iter().any(|field| wanted.contains(field)) {
            Err(Error::ProfileChanged(changed.into_iter().map(Into::into).collect()))
        } else {
            Ok(())
        }
    }

    /// Checks that nobody else has sent an invitation since the first read: another one would only
    /// void theirs.
    ///
    /// Fails with [`Error::ProfileChanged`].
    pub fn check_invitation(&self, now: &Professional) -> Result<()> {
        let first = self.0.get_or_init(|| now.clone());
        let id = |read: &Professional| read.invitation.as_ref().map(|invitation| invitation.id);
        if id(first) == id(now) { Ok(()) } else { Err(Error::ProfileChanged(vec!["invitation"])) }
    }
}

/// Runs `attempt` to change a profile, again from its first read after each conflict.
///
/// An attempt checks with [`FirstRead`] whether the request has lost to another one. If the profile
/// keeps changing otherwise, it fails with [`Error::ProfileChanged`] too.
pub async fn change_profile<T, F>(attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    retry_on_conflict_or(Error::ProfileChanged(Vec::new()), attempt).await
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use ulid::Ulid;

    use super::*;
    use crate::domain::{
        AccountId, Details, EmailAddress, Invitation, JobTitle, LanguageTag, PersonName,
    };

    fn ada() -> Professional {
        let details = Details::new(
            PersonName::parse("Ada").expect("a name"),
            EmailAddress::parse("ada@example.org").expect("an address"),
            LanguageTag::default(),
        );
        Professional::new(Ulid(1).into(), AccountId::VENDOR, details, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn only_a_change_of_the_same_field_is_in_the_way() {
        let first = FirstRead::default();
        let wanted = [ProfessionalField::Title, ProfessionalField::Phone];
        assert!(first.check_fields(&ada(), &wanted).is_ok());
        let mut now = ada();
        now.details.name = PersonName::parse("Ada Lovelace").expect("a name");
        assert!(first.check_fields(&now, &wanted).is_ok());
        now.details.title = JobTitle::parse("Buyer").ok();
        let Err(Error::ProfileChanged(changed)) = first.check_fields(&now, &wanted) else {
            panic!("the title has changed")
        };
        assert_eq!(changed, ["name", "title"]);
    }

    #[test]
    fn a_newer_invitation_is_in_the_way_of_another() {
        let first = FirstRead::default();
        assert!(first.check_invitation(&ada()).is_ok());
        let at = Timestamp::UNIX_EPOCH;
        let invitation = Some(Invitation::new(Ulid(2).into(), None, at, at));
        let now = Professional { invitation, ..ada() };
        assert!(matches!(first.check_invitation(&now), Err(Error::ProfileChanged(_))));
    }
}
