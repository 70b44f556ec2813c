//! Professionals: a person's profile in one account, and its link to an identity.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::domain::{
    AccountId, Delivery, EmailAddress, Hold, Identity, IdentityKey, Invitation, InvitationId,
    InvitationOutcome, JobTitle, LanguageTag, LinkError, MailPreferences, PendingEmail, PersonName,
    PhoneNumber, ProfessionalId, SecretHash,
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
    /// The linked identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<LinkedIdentity>,
    /// The newest invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The address that takes the place of the one on record once it is proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_email: Option<PendingEmail>,
    /// Set after "this was not me"; an administrator's new invitation removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The address whose mailbox the person has proved to read, by following a link that was mailed
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proved_email: Option<EmailAddress>,
    /// How often the person gets which notices. Only the person sees and changes it.
    #[serde(default, skip_serializing_if = "MailPreferences::is_default")]
    pub mail_preferences: MailPreferences,
    /// When the linked identity last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in: Option<Timestamp>,
    /// The day of the notice that access ends; `None` without one or once it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_notice_on: Option<Date>,
    /// When the profile was created.
    pub created_at: Timestamp,
    /// Version for optimistic locking.
    pub version: u32,
}

/// What people type about a professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The person's name.
    pub name: PersonName,
    /// The e-mail on record, which gets the invitations. Unique in the account.
    pub email: EmailAddress,
    /// The job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<JobTitle>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// The language of mails to the person.
    pub language: LanguageTag,
    /// The last day of access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// A field of a profile.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantNames,
)]
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
    /// The identity.
    pub identity: Identity,
    /// Its issuer. That of Microsoft names the tenant.
    pub issuer: String,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// The hashes of the secrets in the notices, with their recipients; any of them can end the
    /// link (requirement 17).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notices: BTreeMap<SecretHash, ProfessionalId>,
}

/// A link between an identity and a professional, with what every request needs. Written only
/// together with the professional.
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
    /// The professional's e-mail on record, for replies to invitations.
    pub email: EmailAddress,
    /// The professional's last day of access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// The state of a professional's access in a list (requirements 7, 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfessionalState {
    /// Not invited.
    NotInvited,
    /// The invitation's mail waits in the outbox.
    Queued,
    /// The mail service accepted the invitation's mail.
    Sent,
    /// The recipient's mail server accepted it.
    Delivered,
    /// The recipient's mail server delays it.
    Delayed,
    /// It bounced.
    Bounced,
    /// It was reported as spam.
    Complained,
    /// The mail service refused it.
    Failed,
    /// The invitation expired.
    Expired,
    /// The invitation was revoked.
    Revoked,
    /// The invitation was accepted.
    Accepted,
    /// Linked to an identity.
    Linked,
    /// On hold after "this was not me".
    OnHold,
    /// The end date has passed.
    Ended,
}

impl Professional {
    /// Days after linking in which "this was not me" is accepted.
    pub const DISPUTE_DAYS: i64 = 30;
    /// Days before the last day of access on which the notice is sent.
    const END_NOTICE_DAYS: i64 = 14;

    /// Creates the profile of a person who is added at the time `now`, not invited yet.
    #[must_use]
    pub fn new(id: ProfessionalId, account: AccountId, details: Details, now: Timestamp) -> Self {
        let mut added = Self {
            id,
            account,
            details,
            linked: None,
            invitation: None,
            pending_email: None,
            hold: None,
            proved_email: None,
            mail_preferences: MailPreferences::default(),
            last_sign_in: None,
            end_notice_on: None,
            created_at: now,
            version: 1,
        };
        added.schedule_end_notice(now);
        added
    }

    /// Schedules the notice that access ends, after the end date was set or changed at the time
    /// `now`. If the end is close, the notice is due at once.
    pub fn schedule_end_notice(&mut self, now: Timestamp) {
        let today = now.to_zoned(TimeZone::UTC).date();
        self.end_notice_on = self
            .details
            .ends_on
            .map(|day| day.saturating_sub(Self::END_NOTICE_DAYS.days()).max(today));
    }

    /// Returns the state of the person's access at the time `now`, on the date `today`.
    #[must_use]
    pub fn state(&self, now: Timestamp, today: Date) -> ProfessionalState {
        if self.details.has_ended(today) {
            ProfessionalState::Ended
        } else if self.hold.is_some() {
            ProfessionalState::OnHold
        } else if self.linked.is_some() {
            ProfessionalState::Linked
        } else {
            self.invitation.as_ref().map_or(ProfessionalState::NotInvited, |invitation| {
                ProfessionalState::of(invitation, now)
            })
        }
    }

    /// Checks whether the person can get in for as long as they stay: linked and not on hold.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.linked.is_some() && self.hold.is_none()
    }

    /// Checks whether the person has proved to read the mailbox of the e-mail on record.
    #[must_use]
    pub fn has_proved_address(&self) -> bool {
        self.proved_email.as_ref() == Some(&self.details.email)
    }

    /// Checks whether the identity `key` is linked.
    #[must_use]
    pub fn is_linked_to(&self, key: &IdentityKey) -> bool {
        self.linked.as_ref().is_some_and(|linked| linked.identity.key == *key)
    }

    /// Decides what `identity`, if anyone is signed in, may do with the mailed link for invitation
    /// `id` whose secret has the hash `secret`.
    ///
    /// A secret that this profile never had, or has long forgotten, gets [`LinkError::Deleted`]:
    /// what a profile gets that does not exist.
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
            .filter(|invitation| invitation.recognizes(secret))
            .ok_or(LinkError::Deleted)?;
        if invitation.id != id || invitation.secret.as_ref() != Some(secret) {
            return Err(LinkError::Superseded);
        }
        if self.hold.is_some() || self.details.has_ended(today) {
            return Err(LinkError::Deleted);
        }
        let same = identity.is_some_and(|key| self.is_linked_to(key));
        match invitation.outcome {
            Some(InvitationOutcome::Accepted) if same => Ok(LinkDecision::AlreadyLinked),
            Some(InvitationOutcome::Accepted) => Err(LinkError::Used),
            Some(InvitationOutcome::Revoked) => Err(LinkError::Revoked),
            None if now >= invitation.expires_at => Err(LinkError::Expired),
            None if same => Ok(LinkDecision::AlreadyLinked),
            None => Ok(LinkDecision::Open),
        }
    }

    /// Checks whether `secret` is or was in one of the invitations mailed to the person.
    #[must_use]
    pub fn recognizes(&self, secret: &SecretHash) -> bool {
        self.invitation.as_ref().is_some_and(|invitation| invitation.recognizes(secret))
    }

    /// Checks whether the person can request a link without an administrator. They cannot when the
    /// profile is on hold or the invitation was revoked.
    #[must_use]
    pub fn can_request_link(&self, today: Date) -> bool {
        let revoked = self.linked.is_none()
            && self
                .invitation
                .as_ref()
                .is_some_and(|invitation| invitation.outcome == Some(InvitationOutcome::Revoked));
        self.hold.is_none() && !revoked && !self.details.has_ended(today)
    }

    /// Changes the address on record. Another address voids an open invitation and a pending
    /// change: their mails went elsewhere.
    pub fn set_email(&mut self, email: EmailAddress) {
        if self.details.email == email {
            return;
        }
        self.details.email = email;
        self.pending_email = None;
        if let Some(invitation) = &mut self.invitation {
            invitation.revoke();
        }
    }

    /// Changes the address that is to be proved. An open invitation that went to another one is
    /// void: its reader need not be the person.
    pub fn set_pending_email(&mut self, pending: Option<PendingEmail>) {
        let email = pending.as_ref().map(|pending| &pending.email);
        if let Some(invitation) = &mut self.invitation
            && invitation.proves.is_some()
            && invitation.proves.as_ref() != email
        {
            invitation.revoke();
        }
        self.pending_email = pending;
    }

    /// Returns the pending address that the open invitation proves, if it was mailed there.
    #[must_use]
    pub fn address_proved_by_invitation(&self) -> Option<&EmailAddress> {
        let invitation = self.invitation.as_ref().filter(|open| open.outcome.is_none())?;
        let pending = &self.pending_email.as_ref()?.email;
        (invitation.proves.as_ref() == Some(pending)).then_some(pending)
    }

    /// Returns the link item of the professional, if linked.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        self.linked.as_ref().map(|linked| Link {
            identity: linked.identity.key.clone(),
            account: self.account,
            professional: self.id,
            name: self.details.name.clone(),
            email: self.details.email.clone(),
            ends_on: self.details.ends_on,
        })
    }
}

/// What a mailed link may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkDecision {
    /// Linking.
    Open,
    /// Nothing: the identity is already linked.
    AlreadyLinked,
}

impl Details {
    /// Creates a profile with what everyone has.
    #[must_use]
    pub fn new(name: PersonName, email: EmailAddress, language: LanguageTag) -> Self {
        Self { name, email, title: None, phone: None, language, ends_on: None }
    }

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

    /// Checks whether the last day of access has passed.
    #[must_use]
    pub fn has_ended(&self, today: Date) -> bool {
        self.ends_on.is_some_and(|day| day < today)
    }
}

impl ProfessionalState {
    /// Checks whether an invitation is unanswered and a new one may help (requirement 14).
    ///
    /// False for one that bounced or was reported, because the next would be too, and for a revoked
    /// one.
    #[must_use]
    pub fn is_awaiting_answer(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered | Self::Delayed | Self::Expired | Self::Failed)
    }

    /// Returns the state of an invitation at the time `now`.
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
            details: Details::new(
                PersonName::parse("Ada").expect("a name"),
                EmailAddress::parse("ada@example.org").expect("an address"),
                LanguageTag::default(),
            ),
            linked: None,
            pending_email: None,
            invitation: Some(Invitation {
                delivery: Delivery::Sent,
                secret: Some(secret.hash()),
                ..Invitation::new(Ulid(2).into(), None, at(0), at(100))
            }),
            hold: None,
            proved_email: None,
            mail_preferences: MailPreferences::default(),
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
            email_verified: true,
            provider: "Test".to_owned(),
        };
        LinkedIdentity {
            identity,
            issuer: "issuer".to_owned(),
            linked_at: at(1),
            notices: BTreeMap::new(),
        }
    }

    #[test]
    fn every_state_of_an_invitation_decides_the_link() {
        let (secret, other) =
            (Secret::generate().expect("random"), Secret::generate().expect("random"));
        let (mine, yours) = (IdentityKey::new("i", "mine"), IdentityKey::new("i", "yours"));
        let decide =
            |professional: &Professional, secret: &Secret, identity: Option<&IdentityKey>, now| {
                professional.decide_link(Ulid(2).into(), &secret.hash(), identity, at(now), TODAY)
            };

        let mut ada = professional(&secret);
        assert_eq!(decide(&ada, &secret, None, 99), Ok(LinkDecision::Open));
        assert_eq!(decide(&ada, &secret, Some(&mine), 100), Err(LinkError::Expired));
        assert_eq!(decide(&ada, &other, Some(&mine), 1), Err(LinkError::Deleted));
        assert_eq!(
            ada.decide_link(Ulid(3).into(), &secret.hash(), None, at(1), TODAY),
            Err(LinkError::Superseded)
        );

        ada.linked = Some(linked_to(&mine));
        assert_eq!(decide(&ada, &secret, Some(&mine), 1), Ok(LinkDecision::AlreadyLinked));
        assert_eq!(decide(&ada, &secret, Some(&yours), 1), Ok(LinkDecision::Open), "a switch");

        ada.invitation.as_mut().expect("invited").outcome = Some(InvitationOutcome::Accepted);
        assert_eq!(decide(&ada, &secret, Some(&mine), 1), Ok(LinkDecision::AlreadyLinked));
        assert_eq!(decide(&ada, &secret, Some(&yours), 1), Err(LinkError::Used));

        ada.invitation.as_mut().expect("invited").outcome = Some(InvitationOutcome::Revoked);
        assert_eq!(decide(&ada, &secret, Some(&yours), 1), Err(LinkError::Revoked));

        let invitation = ada.invitation.as_mut().expect("invited");
        invitation.set_secret(other.hash());
        assert_eq!(decide(&ada, &secret, Some(&yours), 1), Err(LinkError::Superseded));
        assert_eq!(decide(&ada, &other, Some(&yours), 1), Err(LinkError::Revoked));

        ada.hold = Some(held());
        assert_eq!(decide(&ada, &other, Some(&yours), 1), Err(LinkError::Deleted));
    }

    #[test]
    fn the_state_with_the_highest_precedence_is_shown() {
        let mut ada = professional(&Secret::generate().expect("random"));
        assert_eq!(ada.state(at(1), TODAY), ProfessionalState::Sent);
        assert_eq!(ada.state(at(100), TODAY), ProfessionalState::Expired);
        ada.linked = Some(linked_to(&IdentityKey::new("i", "s")));
        assert_eq!(ada.state(at(100), TODAY), ProfessionalState::Linked);
        ada.hold = Some(held());
        assert_eq!(ada.state(at(100), TODAY), ProfessionalState::OnHold);
        ada.details.ends_on = Some(date(2026, 11, 21));
        assert_eq!(ada.state(at(100), TODAY), ProfessionalState::Ended);
        ada.details.ends_on = Some(TODAY);
        assert_eq!(
            ada.state(at(100), TODAY),
            ProfessionalState::OnHold,
            "the end date is the last day of access"
        );
    }

    #[test]
    fn a_person_cannot_renew_a_revoked_invitation() {
        let mut ada = professional(&Secret::generate().expect("random"));
        assert!(ada.can_request_link(TODAY));
        ada.invitation.as_mut().expect("invited").revoke();
        assert!(!ada.can_request_link(TODAY));
    }
}
