//! Identifiers: ULIDs, spelt as 26 characters, each sort with a type of its own.

use std::fmt;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// Takes the one spelling of an identifier: 26 characters in capitals.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let id = Ulid::from_string(text).ok()?;
                (id.to_string() == text).then_some(Self(id))
            }

            /// Returns the ULID itself.
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
    /// Names a request for access; sorts by time.
    AccessRequestId,
    /// Names an account.
    AccountId,
    /// Names an event of the activity list; sorts by time.
    AuditEventId,
    /// Names an appointment that waits for approval.
    AppointmentId,
    /// Names an invitation.
    InvitationId,
    /// Names a mail in the outbox.
    MailId,
    /// Names a professional.
    ProfessionalId,
}

impl AccountId {
    /// The vendor's own account: a constant, so that there is exactly one.
    pub const VENDOR: Self = Self(Ulid(0));
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
