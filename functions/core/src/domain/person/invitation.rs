//! Invitations and the tokens in mailed links.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, Delivery, EmailAddress, InvitationId, ProfessionalId, Secret, SecretHash,
};

/// A professional's newest invitation. A new one overwrites it, which voids the older link
/// (requirement 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// The delivery state of its mail.
    pub delivery: Delivery,
    /// The hash of the secret in the mail; `None` until the mail is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretHash>,
    /// The hashes of the secrets before it, newest first, at most [`Self::MOST_EARLIER`]: of a mail
    /// that was sent twice, and of the professional's earlier invitations. They open nothing. A
    /// caller who has one was sent a mail and may ask for a new link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<SecretHash>,
    /// The address that the mail went to, if it is not the one on record yet. Accepting the
    /// invitation proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proves: Option<EmailAddress>,
    /// How it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<InvitationOutcome>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When its link expires.
    pub expires_at: Timestamp,
}

/// How an invitation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationOutcome {
    /// Linked an identity.
    Accepted,
    /// An administrator revoked it, or the e-mail on record changed.
    Revoked,
}

/// The part of an invitation's link after the `#`: `ACCOUNT.PROFESSIONAL.INVITATION.SECRET`.
#[derive(Clone, Debug)]
pub struct InvitationToken {
    /// The account.
    pub account: AccountId,
    /// The invited professional.
    pub professional: ProfessionalId,
    /// The invitation.
    pub invitation: InvitationId,
    /// Proves access to the mailbox.
    pub secret: Secret,
}

/// The part after the `#` of a link about a profile, `ACCOUNT.PROFESSIONAL.SECRET`: "this was not
/// me" (requirement 17), or the confirmation of a new address.
#[derive(Clone, Debug)]
pub struct ProfileToken {
    /// The account.
    pub account: AccountId,
    /// The professional.
    pub professional: ProfessionalId,
    /// Proves access to the mailbox.
    pub secret: Secret,
}

/// Why a mailed link cannot be used (requirement 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The invitation expired.
    #[error("this link has expired; request a new one")]
    Expired,
    /// A newer link was mailed, or the link is forged.
    #[error("a newer link has replaced this one; use the newest e-mail or request a new link")]
    Superseded,
    /// An administrator revoked the invitation.
    #[error("this invitation was revoked; ask an administrator of the account")]
    Revoked,
    /// The profile was deleted, or is on hold after "this was not me".
    #[error(
        "the profile for this link can no longer be linked; ask an administrator of the account"
    )]
    Deleted,
    /// Another identity used the link.
    #[error("this link was used with a different sign-in; use that sign-in or request a new link")]
    Used,
    /// The identity has another profile in the account.
    #[error("your sign-in is linked to another profile of this account; use a different sign-in")]
    WrongIdentity,
    /// A "this was not me" link for a link that has ended.
    #[error("this notice is out of date; nothing was changed")]
    DisputeExpired,
}

impl Invitation {
    /// The most earlier secrets that are kept. Older links count as unknown.
    pub const MOST_EARLIER: usize = 5;

    /// Creates an invitation whose mail is not sent yet, in place of `previous`.
    #[must_use]
    pub fn new(
        id: InvitationId,
        previous: Option<&Self>,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Self {
        Self {
            id,
            delivery: Delivery::Queued,
            secret: None,
            earlier: previous.map(Self::secrets).unwrap_or_default(),
            proves: None,
            outcome: None,
            created_at,
            expires_at,
        }
    }

    /// Sets the hash of a newly mailed secret, which voids the one before.
    pub fn set_secret(&mut self, secret: SecretHash) {
        self.earlier = self.secrets();
        self.secret = Some(secret);
    }

    /// Checks whether `secret` is or was one of this professional's links.
    #[must_use]
    pub fn recognizes(&self, secret: &SecretHash) -> bool {
        self.secret.iter().chain(&self.earlier).any(|known| known == secret)
    }

    /// Returns the hashes of the known secrets, newest first.
    fn secrets(&self) -> Vec<SecretHash> {
        self.secret.iter().chain(&self.earlier).take(Self::MOST_EARLIER).cloned().collect()
    }

    /// Checks whether the link can still be used.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.outcome.is_none() && now < self.expires_at
    }

    /// Revokes the invitation if it has no outcome.
    pub fn revoke(&mut self) {
        self.outcome.get_or_insert(InvitationOutcome::Revoked);
    }
}

impl InvitationToken {
    /// Parses a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let token = Self {
            account: AccountId::parse(parts.next()?)?,
            professional: ProfessionalId::parse(parts.next()?)?,
            invitation: InvitationId::parse(parts.next()?)?,
            secret: Secret::parse(parts.next()?)?,
        };
        parts.next().is_none().then_some(token)
    }

    /// Formats the token, with its secret, for the mail.
    #[must_use]
    pub fn expose(&self) -> String {
        format!(
            "{}.{}.{}.{}",
            self.account,
            self.professional,
            self.invitation,
            self.secret.expose()
        )
    }
}

impl ProfileToken {
    /// Parses a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let token = Self {
            account: AccountId::parse(parts.next()?)?,
            professional: ProfessionalId::parse(parts.next()?)?,
            secret: Secret::parse(parts.next()?)?,
        };
        parts.next().is_none().then_some(token)
    }

    /// Formats the token, with its secret, for the mail.
    #[must_use]
    pub fn expose(&self) -> String {
        format!("{}.{}.{}", self.account, self.professional, self.secret.expose())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ulid::Ulid;

    use super::*;

    #[test]
    fn a_token_survives_formatting_and_parsing() {
        let token = InvitationToken {
            account: Ulid(1).into(),
            professional: Ulid(2).into(),
            invitation: Ulid(3).into(),
            secret: Secret::generate().expect("random bytes"),
        };
        assert_eq!(
            InvitationToken::parse(&token.expose()).expect("well formed").expose(),
            token.expose()
        );
        assert!(InvitationToken::parse(&format!("{}.x", token.expose())).is_none());
        assert!(ProfileToken::parse(&token.expose()).is_none());
    }

    #[test]
    fn the_last_few_secrets_are_recognized_and_one_opens() {
        let secrets: Vec<_> =
            (0..8).map(|_| Secret::generate().expect("random bytes").hash()).collect();
        let at = Timestamp::UNIX_EPOCH;
        let mut invitation = Invitation::new(Ulid(1).into(), None, at, at);
        for (number, secret) in secrets.iter().enumerate() {
            if number == 3 {
                invitation = Invitation::new(Ulid(2).into(), Some(&invitation), at, at);
            }
            invitation.set_secret(secret.clone());
        }
        assert_eq!(invitation.secret.as_ref(), secrets.last());
        let known: Vec<_> = secrets.iter().map(|secret| invitation.recognizes(secret)).collect();
        assert_eq!(known, [false, false, true, true, true, true, true, true]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(text in "\\PC{0,200}") {
            if let Some(token) = InvitationToken::parse(&text) {
                prop_assert_eq!(token.expose(), text);
            }
        }
    }
}
