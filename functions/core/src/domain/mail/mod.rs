//! Mail: what each kind says, the outbox it waits in, its budget, what people choose to get, and
//! the sender's reputation.

mod budget;
mod content;
mod digest;
mod outbox;
mod preferences;
mod reputation;

pub use budget::{MailClass, OverLimit, Window};
pub use content::{
    Audience, CountedKind, Escalation, Inviter, MailContent, MailKind, MailRules, ProfileLink,
    Recipients,
};
pub use digest::{DigestEntry, DigestPeriod, DigestPlace};
pub use outbox::{
    Delivery, HoldReason, MailCause, MailHold, OutboxMail, ProfileRef, Recipient, UnsubscribeToken,
};
pub use preferences::{Frequency, MailPreferences, NoticeGroup};
pub use reputation::{Breaker, DeliveryCounts, HeldMail};
