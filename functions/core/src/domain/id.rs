//! Identifiers: ULIDs of 26 characters, with a type for each kind.

use std::fmt;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::domain::secret::digest;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// Parses an identifier: 26 characters in upper case.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let id = Ulid::from_string(text).ok()?;
                (id.to_string() == text).then_some(Self(id))
            }

            /// Returns the ULID.
            #[must_use]
            pub fn ulid(self) -> Ulid {
                self.0
            }
        }

        impl From<Ulid> for $name {
            fn from(id: Ulid) -> Self {
                Self(id)
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("must be an identifier of 26 characters")
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// Identifies a request for access; sorts by time.
    AccessRequestId,
    /// Identifies an account.
    AccountId,
    /// Identifies an audit event; sorts by time.
    AuditEventId,
    /// Identifies an appointment that needs approval.
    AppointmentId,
    /// Identifies an invitation.
    InvitationId,
    /// Identifies a mail in the outbox.
    MailId,
    /// Identifies a professional.
    ProfessionalId,
    /// Identifies a session for its owner, without opening it.
    SessionId,
    /// Identifies a sign-in on record; sorts by time.
    SignInEventId,
}

impl AccountId {
    /// The id of the vendor's account. A constant, so that only one exists.
    pub const VENDOR: Self = Self(Ulid(0));
}

/// Derives an id from `origin`: the same time, and a digest of `parts` in place of randomness. A
/// retry derives the same id, so that it creates nothing twice.
#[must_use]
pub fn derive_ulid(origin: Ulid, parts: &[&str]) -> Ulid {
    let digest = digest(&[&[&*origin.to_string()], parts].concat());
    let random = digest
        .bytes()
        .fold(0_u128, |sum, byte| sum.wrapping_mul(131).wrapping_add(u128::from(byte)));
    Ulid::from_parts(origin.timestamp_ms(), random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!(AccountId::parse("00000000000000000000000000"), Some(AccountId::VENDOR));
        assert!(AccountId::parse("01KAF3W0Z4C7M9Q2T5V8X1Y3ZA").is_some());
        for text in [
            "",
            "0",
            "01kaf3w0z4c7m9q2t5v8x1y3za",
            "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "account#0000000000000000000",
        ] {
            assert_eq!(AccountId::parse(text), None, "{text}");
        }
    }
}
