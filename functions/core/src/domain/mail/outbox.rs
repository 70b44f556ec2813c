//! The outbox: mails, committed with their cause and sent by deliver-mail. Never a secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::domain::{
    AccountId, EmailAddress, Event, LanguageTag, MailContent, MailId, PersonRef, Professional,
    ProfessionalId, secret::digest,
};

/// A mail in the outbox, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxMail {
    /// Its identifier, which travels with the message as a tag.
    pub id: MailId,
    /// The account it is about; absent until the profiles of an address have been looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The professional it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// Whom it goes to. Absent while it stands for one mail to each of several people, whom deliver-mail looks up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Recipient>,
    /// What it says.
    pub content: MailContent,
    /// How far it has come.
    pub delivery: Delivery,
    /// When its cause was committed.
    pub created_at: Timestamp,
    /// Since when it is held back for the sake of the vendor's good name as a sender, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_at: Option<Timestamp>,
    /// The mail service's own name for the message, once sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The request that caused it, by which it is found in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// Whom a mail goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Which professional, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// The address.
    pub email: EmailAddress,
    /// The name to greet.
    pub name: String,
    /// The language to write in.
    pub language: LanguageTag,
}

/// How far a mail has come (requirement 22), the farthest last.
///
/// What is learnt of a mail comes in any order, late and more than once. The farthest counts, so that it always ends the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It waits in the outbox.
    Queued,
    /// It was overtaken before it left: superseded, revoked or no longer true.
    Void,
    /// The mail service has taken it.
    Sent,
    /// The mailbox's server makes it wait.
    Delayed,
    /// It is in the mailbox.
    Delivered,
    /// The mail service refused it for good.
    Failed,
    /// It came back. It may do so after the server had taken it.
    Bounced,
    /// It was reported as unwanted.
    Complained,
}

impl Delivery {
    /// Returns how far a mail has come of which both are known: a join, whatever the order and however often.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        self.max(other)
    }

    /// Lists what a mail newly comes to that is here and turns out to be at `to`: nothing if it is that far already, and that it was sent
    /// too if that has not been noted yet.
    #[must_use]
    pub fn steps(self, to: Self) -> Vec<Self> {
        if to <= self {
            return Vec::new();
        }
        let leaves = self < Self::Sent && to > Self::Sent && to != Self::Failed;
        leaves.then_some(Self::Sent).into_iter().chain([to]).collect()
    }
}

impl OutboxMail {
    /// Returns the event that records that the mail has come to `delivery`; `None` for states that
    /// nobody needs to act on.
    #[must_use]
    pub fn event(&self, delivery: Delivery) -> Option<Event> {
        let (mail, recipient) =
            (self.content.kind(), self.recipient.as_ref().and_then(Recipient::person));
        match delivery {
            Delivery::Sent => Some(Event::MailSent { mail, recipient }),
            Delivery::Failed => Some(Event::MailFailed { mail, recipient }),
            Delivery::Bounced => Some(Event::MailBounced { mail, recipient }),
            Delivery::Complained => Some(Event::MailComplained { mail, recipient }),
            Delivery::Queued | Delivery::Void | Delivery::Delayed | Delivery::Delivered => None,
        }
    }

    /// Derives the identifier of a mail to `recipient` that comes of this one, so that a retry makes none twice: the same time, and a digest
    /// in place of chance.
    #[must_use]
    pub fn derived_id(&self, recipient: ProfessionalId) -> MailId {
        self.derived(&["to", &recipient.to_string()])
    }

    /// Derives the identifier of the mail that goes on telling people behind `after` what this one tells those before.
    #[must_use]
    pub fn continuation_id(&self, after: ProfessionalId) -> MailId {
        self.derived(&["behind", &after.to_string()])
    }

    fn derived(&self, parts: &[&str]) -> MailId {
        let digest = digest(&[&[&*self.id.to_string()], parts].concat());
        let random = digest
            .bytes()
            .fold(0_u128, |sum, byte| sum.wrapping_mul(131).wrapping_add(u128::from(byte)));
        Ulid::from_parts(self.id.ulid().timestamp_ms(), random).into()
    }
}

impl Recipient {
    /// Returns the professional, with the name greeted; `None` for an address that is nobody's.
    #[must_use]
    pub fn person(&self) -> Option<PersonRef> {
        self.professional.map(|id| PersonRef { id, name: self.name.clone().into() })
    }

    /// Addresses `professional` at the e-mail on record.
    #[must_use]
    pub fn of(professional: &Professional) -> Self {
        let details = &professional.details;
        Self {
            professional: Some(professional.id),
            email: details.email.clone(),
            name: details.name.to_string(),
            language: details.language.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    const ALL: [Delivery; 8] = [
        Delivery::Queued,
        Delivery::Void,
        Delivery::Sent,
        Delivery::Delayed,
        Delivery::Delivered,
        Delivery::Failed,
        Delivery::Bounced,
        Delivery::Complained,
    ];

    fn end(reports: &[Delivery]) -> Delivery {
        reports.iter().fold(Delivery::Queued, |at, report| at.join(*report))
    }

    #[test]
    fn what_has_gone_wrong_is_not_covered_up_by_what_comes_late() {
        use Delivery::{Bounced, Complained, Delayed, Delivered, Failed, Queued, Sent};
        for (reports, state) in [
            (&[Delivered, Sent][..], Delivered),
            (&[Delivered, Delayed], Delivered),
            (&[Bounced, Delivered, Delayed, Sent], Bounced),
            (&[Delivered, Complained, Delivered], Complained),
            (&[Failed, Sent], Failed),
            (&[], Queued),
        ] {
            assert_eq!(end(reports), state, "{reports:?}");
        }
    }

    #[test]
    fn each_step_is_taken_once_and_leaving_is_never_left_out() {
        use Delivery::{Bounced, Delivered, Failed, Queued, Sent, Void};
        assert_eq!(Queued.steps(Sent), [Sent]);
        assert_eq!(Queued.steps(Failed), [Failed]);
        assert_eq!(Queued.steps(Void), [Void]);
        assert_eq!(Queued.steps(Bounced), [Sent, Bounced]);
        assert_eq!(Sent.steps(Delivered), [Delivered]);
        assert_eq!(Sent.steps(Sent), []);
        assert_eq!(Delivered.steps(Sent), []);
    }

    #[test]
    fn the_mail_derived_for_somebody_is_always_the_same_and_nobody_elses() {
        let mail = |id| OutboxMail {
            id: Ulid::from_parts(7, id).into(),
            account: None,
            professional: None,
            recipient: None,
            content: MailContent::RequestedLinks {
                email: EmailAddress::parse("ada@example.org").expect("valid"),
            },
            delivery: Delivery::Queued,
            created_at: Timestamp::UNIX_EPOCH,
            held_at: None,
            message: None,
            request: None,
        };
        let to = |person| ProfessionalId::from(Ulid(person));
        assert_eq!(mail(1).derived_id(to(1)), mail(1).derived_id(to(1)));
        assert_ne!(mail(1).derived_id(to(1)), mail(1).derived_id(to(2)));
        assert_ne!(mail(1).derived_id(to(1)), mail(2).derived_id(to(1)));
        assert_eq!(mail(1).derived_id(to(1)).ulid().timestamp_ms(), 7);
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_of_reports_ends_the_same(
            (reports, shuffled) in prop::collection::vec(select(&ALL[..]), 0..12).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
            repeated in prop::collection::vec(0..12_usize, 0..12),
        ) {
            let mut late = shuffled.clone();
            late.extend(repeated.iter().filter_map(|it| reports.get(*it)));
            prop_assert_eq!(end(&late), end(&reports));
            prop_assert!(reports.iter().all(|it| *it <= end(&reports)));
        }

        #[test]
        fn nothing_is_told_twice_in_any_order(reports in prop::collection::vec(select(&ALL[..]), 0..12)) {
            let (mut at, mut told) = (Delivery::Queued, Vec::new());
            for report in reports {
                told.extend(at.steps(report));
                at = at.join(report);
            }
            let mut once = told.clone();
            once.dedup();
            prop_assert!(told.is_sorted() && once == told, "{:?}", told);
        }
    }
}
