//! Mail: what each kind says, the outbox it waits in, its budget, and the sender's reputation.

mod budget;
mod content;
mod outbox;
mod reputation;

pub use budget::{MailClass, OverLimit, Window};
pub use content::{Audience, CountedKind, Escalation, Inviter, MailContent, MailKind, ProfileLink};
pub use outbox::{Delivery, HoldReason, MailCause, MailHold, OutboxMail, Recipient};
pub use reputation::{Breaker, DeliveryCounts, HeldMail};
