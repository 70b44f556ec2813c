//! Mail: what each kind says, the outbox it waits in, and the sender's reputation.

mod content;
mod outbox;
mod reputation;

pub use content::{Audience, Escalation, Inviter, MailContent, MailKind};
pub use outbox::{Delivery, OutboxMail, Recipient};
pub use reputation::{Breaker, DeliveryCounts};
