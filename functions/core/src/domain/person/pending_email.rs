//! A person's own change of address, until the new mailbox is proved.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{EmailAddress, LinkError, SecretHash};

/// The address that a person has typed for themselves. It takes the place of the address on record
/// once the link that is mailed there is followed: until then nobody knows whose mailbox it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingEmail {
    /// The new address.
    pub email: EmailAddress,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When the mailed link expires.
    pub expires_at: Timestamp,
    /// The hash of the secret in the mail; `None` until the mail is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretHash>,
}

impl PendingEmail {
    /// Checks whether the change is still waiting.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Checks that `secret` is the mailed one and in time.
    pub fn check(&self, secret: &SecretHash, now: Timestamp) -> Result<(), LinkError> {
        if self.secret.as_ref() != Some(secret) {
            Err(LinkError::Superseded)
        } else if !self.is_live(now) {
            Err(LinkError::Expired)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Secret;

    #[test]
    fn only_the_newest_secret_proves_an_address_and_only_in_time() {
        let [newest, other] = [(); 2].map(|()| Secret::generate().expect("random").hash());
        let at = |second| Timestamp::from_second(second).expect("in range");
        let mut pending = PendingEmail {
            email: EmailAddress::parse("ada@new.example").expect("an address"),
            requested_at: at(0),
            expires_at: at(100),
            secret: None,
        };
        assert_eq!(pending.check(&newest, at(1)), Err(LinkError::Superseded), "not sent yet");
        pending.secret = Some(newest.clone());
        assert_eq!(pending.check(&newest, at(99)), Ok(()));
        assert_eq!(pending.check(&newest, at(100)), Err(LinkError::Expired));
        assert_eq!(pending.check(&other, at(1)), Err(LinkError::Superseded));
    }
}
