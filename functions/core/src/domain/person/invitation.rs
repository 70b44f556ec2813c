//! Invitations and the tokens in mailed links.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{AccountId, Delivery, InvitationId, ProfessionalId, Secret, SecretHash};

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

/// The part of a "this was not me" link after the `#`: `ACCOUNT.PROFESSIONAL.SECRET` (requirement
/// 17).
#[derive(Clone, Debug)]
pub struct DisputeToken {
    /// The account.
    pub account: AccountId,
    /// The linked professional.
    pub professional: ProfessionalId,
    /// Proves access to the mailbox of the notice.
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

impl DisputeToken {
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
        assert!(DisputeToken::parse(&token.expose()).is_none());
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
