//! Invitations and the tokens in mailed links.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{AccountId, Delivery, InvitationId, ProfessionalId, Secret, SecretHash};

/// The newest invitation of a professional. A new one overwrites it, so the older link is void by construction (requirement 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// How far its mail has come.
    pub delivery: Delivery,
    /// The hash of the secret in the mail; absent until the mail is about to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretHash>,
    /// How it ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<InvitationOutcome>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// From when on its link is refused.
    pub expires_at: Timestamp,
}

/// How an invitation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationOutcome {
    /// An identity was linked with it.
    Accepted,
    /// An administrator took it back, or the e-mail on record changed.
    Revoked,
}

/// What an invitation's link holds after the `#`: `A.P.I.SECRET`.
#[derive(Clone, Debug)]
pub struct InvitationToken {
    /// The account.
    pub account: AccountId,
    /// The professional invited.
    pub professional: ProfessionalId,
    /// Which invitation.
    pub invitation: InvitationId,
    /// Proves that the mail was read.
    pub secret: Secret,
}

/// What a "this was not me" link holds after the `#`: `A.P.SECRET` (requirement 17).
#[derive(Clone, Debug)]
pub struct DisputeToken {
    /// The account.
    pub account: AccountId,
    /// The professional that was linked.
    pub professional: ProfessionalId,
    /// Proves that the notice was read.
    pub secret: Secret,
}

/// Why a mailed link cannot be used (requirement 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Too old.
    #[error("this link has expired; ask for a fresh one")]
    Expired,
    /// A newer link was mailed, or this is no link of ours.
    #[error("a newer link has replaced this one; use the newest mail or ask for a fresh link")]
    Superseded,
    /// Taken back by an administrator.
    #[error("this invitation was withdrawn; ask an administrator of the account")]
    Revoked,
    /// The profile is gone, or held after "this was not me".
    #[error(
        "the profile this link was for is no longer open to linking; ask an administrator of the account"
    )]
    Deleted,
    /// Another identity has used it.
    #[error(
        "this link has been used with another identity; sign in with that one or ask for a fresh link"
    )]
    Used,
    /// The identity has another profile in the account.
    #[error(
        "the identity you are signed in with is linked to another profile of this account; sign in with another identity"
    )]
    WrongIdentity,
    /// A "this was not me" link that no longer has a link to end.
    #[error("this notice is no longer current; nothing was changed")]
    DisputeExpired,
}

impl Invitation {
    /// Tells whether its link can still be used.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.outcome.is_none() && now < self.expires_at
    }

    /// Takes it back, if it has not ended.
    pub fn revoke(&mut self) {
        self.outcome.get_or_insert(InvitationOutcome::Revoked);
    }
}

impl InvitationToken {
    /// Takes a token apart, if it has the form of one.
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

    /// Spells the token, for the mail.
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
    /// Takes a token apart, if it has the form of one.
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

    /// Spells the token, for the mail.
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
    fn a_token_is_parsed_as_it_is_spelt() {
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
