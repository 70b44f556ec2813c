//! Professionals: a person's profile in one account, and its link to an identity.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::domain::{
    AccountId, Delivery, EmailAddress, Hold, Identity, IdentityKey, Invitation, InvitationId,
    InvitationOutcome, JobTitle, LanguageTag, LinkError, PersonName, PhoneNumber, ProfessionalId,
    SecretHash,
};

/// A person's profile in one account, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Professional {
    /// Its identifier.
    pub id: ProfessionalId,
    /// The account it belongs to.
    pub account: AccountId,
    /// What people type about the person.
    pub details: Details,
    /// The identity linked, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<LinkedIdentity>,
    /// The newest invitation, if there ever was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// Set when the profile is held after "this was not me"; an administrator's new invitation lifts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// When the linked identity last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in: Option<Timestamp>,
    /// When the nearing end of access is to be told; absent when there is none, or it has been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_notice_on: Option<Date>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts the changes; every change states which one it follows.
    pub version: u32,
}

/// What people type about a professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The person's name.
    pub name: PersonName,
    /// The e-mail on record: where invitations go. Unique in the account.
    pub email: EmailAddress,
    /// The job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<JobTitle>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// The language of the person's mail.
    pub language: LanguageTag,
    /// The last day of access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// A field of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantNames)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each is named for what it is")]
pub enum ProfessionalField {
    Name,
    Email,
    Title,
    Phone,
    Language,
    EndsOn,
}

/// The identity linked with a professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedIdentity {
    /// Which.
    pub identity: Identity,
    /// Since when.
    pub linked_at: Timestamp,
    /// The hashes of the secrets in the notices that told of it, and whom each told; any of them ends the link (requirement 17).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notices: BTreeMap<SecretHash, ProfessionalId>,
}

/// The association of an identity with one professional: what a request needs to know of it, written only with the professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The identity.
    pub identity: IdentityKey,
    /// The account.
    pub account: AccountId,
    /// The professional.
    pub professional: ProfessionalId,
    /// The professional's name, for the activity list.
    pub name: PersonName,
    /// The professional's e-mail on record, for answers to invitations.
    pub email: EmailAddress,
    /// The professional's last day of access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// What a list says of a professional's access (requirements 7, 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfessionalState {
    /// On the list; no invitation was asked for.
    NotInvited,
    /// The invitation's mail waits to leave.
    Queued,
    /// The mail service has taken it.
    Sent,
    /// It is in the mailbox.
    Delivered,
    /// The mailbox's server makes it wait.
    Delayed,
    /// It came back.
    Bounced,
    /// It was reported as unwanted.
    Complained,
    /// The mail service refused it.
    Failed,
    /// The invitation is too old.
    Expired,
    /// The invitation was taken back.
    Revoked,
    /// The invitation was used.
    Accepted,
    /// An identity opens the portal.
    Linked,
    /// Somebody said "this was not me".
    OnHold,
    /// The end date has passed.
    Ended,
}

impl Professional {
    /// Days after linking during which "this was not me" is heard.
    pub const DISPUTE_DAYS: i64 = 30;
    /// Days before the last one of access on which it is told.
    const END_NOTICE_DAYS: i64 = 14;

    /// Makes the profile of a person who is put on the list at the time `now`, not invited yet.
    #[must_use]
    pub fn new(id: ProfessionalId, account: AccountId, details: Details, now: Timestamp) -> Self {
        let mut added = Self {
            id,
            account,
            details,
            linked: None,
            invitation: None,
            hold: None,
            last_sign_in: None,
            end_notice_on: None,
            created_at: now,
            version: 1,
        };
        added.announce_end(now);
        added
    }

    /// Plans the notice of the nearing end of access, which was set or changed at the time `now`; an end that is near already is told of at once.
    pub fn announce_end(&mut self, now: Timestamp) {
        let today = now.to_zoned(TimeZone::UTC).date();
        self.end_notice_on = self
            .details
            .ends_on
            .map(|it| it.saturating_sub(Self::END_NOTICE_DAYS.days()).max(today));
    }

    /// Returns what a list says of the person's access at the time `now`, which falls on `today`.
    #[must_use]
    pub fn state(&self, now: Timestamp, today: Date) -> ProfessionalState {
        if self.details.has_ended(today) {
            ProfessionalState::Ended
        } else if self.hold.is_some() {
            ProfessionalState::OnHold
        } else if self.linked.is_some() {
            ProfessionalState::Linked
        } else {
            self.invitation
                .as_ref()
                .map_or(ProfessionalState::NotInvited, |it| ProfessionalState::of(it, now))
        }
    }

    /// Tells whether `key` is the identity linked.
    #[must_use]
    pub fn is_linked_to(&self, key: &IdentityKey) -> bool {
        self.linked.as_ref().is_some_and(|it| it.identity.key == *key)
    }

    /// Judges a mailed link: what the invitation named `id` with the secret hashed to `secret` is worth to `identity`, if anyone is signed in.
    ///
    /// Nothing but the kind of failure is told to whoever lacks the secret.
    pub fn decide_link(
        &self,
        id: InvitationId,
        secret: &SecretHash,
        identity: Option<&IdentityKey>,
        now: Timestamp,
        today: Date,
    ) -> Result<LinkDecision, LinkError> {
        let invitation = self
            .invitation
            .as_ref()
            .filter(|it| it.id == id && it.secret.as_ref() == Some(secret))
            .ok_or(LinkError::Superseded)?;
        if self.hold.is_some() || self.details.has_ended(today) {
            return Err(LinkError::Deleted);
        }
        let same = identity.is_some_and(|it| self.is_linked_to(it));
        match invitation.outcome {
            Some(InvitationOutcome::Accepted) if same => Ok(LinkDecision::AlreadyLinked),
            Some(InvitationOutcome::Accepted) => Err(LinkError::Used),
            Some(InvitationOutcome::Revoked) => Err(LinkError::Revoked),
            None if now >= invitation.expires_at => Err(LinkError::Expired),
            None if same => Ok(LinkDecision::AlreadyLinked),
            None => Ok(LinkDecision::Open),
        }
    }

    /// Tells whether the person may have a fresh link without asking an administrator: not when one held the profile or took the invitation back.
    #[must_use]
    pub fn may_ask_for_link(&self, today: Date) -> bool {
        let revoked = self.linked.is_none()
            && self
                .invitation
                .as_ref()
                .is_some_and(|it| it.outcome == Some(InvitationOutcome::Revoked));
        self.hold.is_none() && !revoked && !self.details.has_ended(today)
    }

    /// Returns the link that belongs with the professional, if an identity is linked.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        self.linked.as_ref().map(|it| Link {
            identity: it.identity.key.clone(),
            account: self.account,
            professional: self.id,
            name: self.details.name.clone(),
            email: self.details.email.clone(),
            ends_on: self.details.ends_on,
        })
    }
}

/// What a mailed link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkDecision {
    /// It links.
    Open,
    /// The identity is the linked one already; nothing is to be done.
    AlreadyLinked,
}

impl Details {
    /// Lists the fields that differ from `before`.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<ProfessionalField> {
        let fields = [
            (ProfessionalField::Name, self.name != before.name),
            (ProfessionalField::Email, self.email != before.email),
            (ProfessionalField::Title, self.title != before.title),
            (ProfessionalField::Phone, self.phone != before.phone),
            (ProfessionalField::Language, self.language != before.language),
            (ProfessionalField::EndsOn, self.ends_on != before.ends_on),
        ];
        fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
    }

    /// Tells whether the last day of access has passed.
    #[must_use]
    pub fn has_ended(&self, today: Date) -> bool {
        self.ends_on.is_some_and(|it| it < today)
    }
}

impl ProfessionalState {
    /// Tells whether an invitation was mailed, or was to be, and nobody has answered it: what a new one is for (requirement 14).
    ///
    /// Not one that came back or was reported, for the next would too, nor one that somebody has taken back.
    #[must_use]
    pub fn is_waited_for(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered | Self::Delayed | Self::Expired | Self::Failed)
    }

    /// Returns what is to be said of an invitation at the time `now`.
    #[must_use]
    pub fn of(invitation: &Invitation, now: Timestamp) -> Self {
        match (invitation.outcome, invitation.delivery) {
            (Some(InvitationOutcome::Accepted), _) => Self::Accepted,
            (Some(InvitationOutcome::Revoked), _) | (None, Delivery::Void) => Self::Revoked,
            (None, Delivery::Bounced) => Self::Bounced,
            (None, Delivery::Complained) => Self::Complained,
            (None, Delivery::Failed) => Self::Failed,
            (None, _) if now >= invitation.expires_at => Self::Expired,
            (None, Delivery::Queued) => Self::Queued,
            (None, Delivery::Sent) => Self::Sent,
            (None, Delivery::Delivered) => Self::Delivered,
            (None, Delivery::Delayed) => Self::Delayed,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ulid::Ulid;

    use super::*;
    use crate::domain::Secret;

    const TODAY: Date = date(2026, 11, 22);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn professional(secret: &Secret) -> Professional {
        Professional {
            id: Ulid(1).into(),
            account: AccountId::VENDOR,
            details: Details {
                name: PersonName::parse("Ada").expect("a name"),
                email: EmailAddress::parse("ada@example.org").expect("an address"),
                title: None,
                phone: None,
                language: LanguageTag::default(),
                ends_on: None,
            },
            linked: None,
            invitation: Some(Invitation {
                id: Ulid(2).into(),
                delivery: Delivery::Sent,
                secret: Some(secret.hash()),
                outcome: None,
                created_at: at(0),
                expires_at: at(100),
            }),
            hold: None,
            last_sign_in: None,
            end_notice_on: None,
            created_at: at(0),
            version: 1,
        }
    }

    fn held() -> Hold {
        Hold { at: at(2), by: Secret::generate().expect("random").hash() }
    }

    fn linked_to(key: &IdentityKey) -> LinkedIdentity {
        let identity = Identity {
            key: key.clone(),
            name: "Ada".to_owned(),
            email: None,
            provider: "Test".to_owned(),
        };
        LinkedIdentity { identity, linked_at: at(1), notices: BTreeMap::new() }
    }

    #[test]
    fn every_end_of_an_invitation_is_told_apart() {
        let (secret, other) =
            (Secret::generate().expect("random"), Secret::generate().expect("random"));
        let (mine, yours) = (IdentityKey::new("i", "mine"), IdentityKey::new("i", "yours"));
        let judge = |it: &Professional, secret: &Secret, identity: Option<&IdentityKey>, now| {
            it.decide_link(Ulid(2).into(), &secret.hash(), identity, at(now), TODAY)
        };

        let mut it = professional(&secret);
        assert_eq!(judge(&it, &secret, None, 99), Ok(LinkDecision::Open));
        assert_eq!(judge(&it, &secret, Some(&mine), 100), Err(LinkError::Expired));
        assert_eq!(judge(&it, &other, Some(&mine), 1), Err(LinkError::Superseded));
        assert_eq!(
            it.decide_link(Ulid(3).into(), &secret.hash(), None, at(1), TODAY),
            Err(LinkError::Superseded)
        );

        it.linked = Some(linked_to(&mine));
        assert_eq!(judge(&it, &secret, Some(&mine), 1), Ok(LinkDecision::AlreadyLinked));
        assert_eq!(judge(&it, &secret, Some(&yours), 1), Ok(LinkDecision::Open), "a switch");

        it.invitation.as_mut().expect("invited").outcome = Some(InvitationOutcome::Accepted);
        assert_eq!(judge(&it, &secret, Some(&mine), 1), Ok(LinkDecision::AlreadyLinked));
        assert_eq!(judge(&it, &secret, Some(&yours), 1), Err(LinkError::Used));

        it.invitation.as_mut().expect("invited").outcome = Some(InvitationOutcome::Revoked);
        assert_eq!(judge(&it, &secret, Some(&yours), 1), Err(LinkError::Revoked));

        it.hold = Some(held());
        assert_eq!(judge(&it, &secret, Some(&yours), 1), Err(LinkError::Deleted));
    }

    #[test]
    fn the_state_names_the_most_telling_fact() {
        let mut it = professional(&Secret::generate().expect("random"));
        assert_eq!(it.state(at(1), TODAY), ProfessionalState::Sent);
        assert_eq!(it.state(at(100), TODAY), ProfessionalState::Expired);
        it.linked = Some(linked_to(&IdentityKey::new("i", "s")));
        assert_eq!(it.state(at(100), TODAY), ProfessionalState::Linked);
        it.hold = Some(held());
        assert_eq!(it.state(at(100), TODAY), ProfessionalState::OnHold);
        it.details.ends_on = Some(date(2026, 11, 21));
        assert_eq!(it.state(at(100), TODAY), ProfessionalState::Ended);
        it.details.ends_on = Some(TODAY);
        assert_eq!(
            it.state(at(100), TODAY),
            ProfessionalState::OnHold,
            "the end date is the last day of access"
        );
    }

    #[test]
    fn a_withdrawn_invitation_is_not_renewed_by_oneself() {
        let mut it = professional(&Secret::generate().expect("random"));
        assert!(it.may_ask_for_link(TODAY));
        it.invitation.as_mut().expect("invited").revoke();
        assert!(!it.may_ask_for_link(TODAY));
    }
}
