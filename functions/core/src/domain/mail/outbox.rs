//! The outbox: mails are committed with their cause and sent by deliver-mail. Never holds a secret.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, EmailAddress, Event, LanguageTag, MailClass, MailContent, MailId, NoticeGroup,
    PersonRef, Professional, ProfessionalId, Secret, SecretHash, id::derive_ulid,
};

/// A mail in the outbox, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxMail {
    /// Its identifier, a tag on the sent message.
    pub id: MailId,
    /// The account it is about; `None` until the profiles of an address are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The professional it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// The recipient. `None` while the mail stands for one to each of several people, whom
    /// deliver-mail looks up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Recipient>,
    /// The kind and its values.
    pub content: MailContent,
    /// The delivery state.
    pub delivery: Delivery,
    /// When its cause was committed.
    pub created_at: Timestamp,
    /// Who and which account caused it.
    #[serde(default, skip_serializing_if = "MailCause::is_unknown")]
    pub cause: MailCause,
    /// Set from when it is held back until it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<MailHold>,
    /// The window in which it was counted for its mailbox and its account, so that a retry does not
    /// count it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_in: Option<String>,
    /// The hash of the secret with which the recipient turns off the mail's groups without signing
    /// in; `None` for a mail that does not offer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<SecretHash>,
    /// The mail service's id of the message, once sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Correlation id of the request that queued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// Who and which account caused a mail. Its bounces and complaints are theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailCause {
    /// A digest of the identity, or of the network of somebody who was not signed in. `None` for an
    /// operator or a schedule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The account whose professional acted, or that a schedule processed. `None` for somebody who
    /// acted for no account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
}

/// A mail's waiting in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailHold {
    /// Since when it waits.
    pub since: Timestamp,
    /// When to try again.
    pub until: Timestamp,
    /// Why it waits.
    pub reason: HoldReason,
}

/// Why a mail waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The mail service might suspend the sender.
    Portal,
    /// Too much of the mail that its account or the same person caused bounced.
    Bounces,
    /// Its mailbox or its account has had its share of this hour or day, or it gathers others until
    /// then.
    Budget,
    /// It could not be sent, for a reason that is its own.
    Failure,
}

/// A mail's recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The professional, if the recipient is one of the mail's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<ProfessionalId>,
    /// The recipient's profile in their own account, whose preferences count. `None` for an address
    /// that is nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileRef>,
    /// The address.
    pub email: EmailAddress,
    /// The name in the greeting.
    pub name: String,
    /// The language to write in.
    pub language: LanguageTag,
    /// Whether the owner of the address has proved it, by following a link that was mailed there.
    #[serde(default)]
    pub is_proved: bool,
}

/// A profile by its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRef {
    /// The account.
    pub account: AccountId,
    /// The professional.
    pub professional: ProfessionalId,
}

/// What proves that somebody has read a mail, `MAIL.ACCOUNT.PROFESSIONAL.SECRET`: enough to turn
/// off the groups of that mail for its recipient, and nothing else (RFC 8058).
#[derive(Clone, Debug)]
pub struct UnsubscribeToken {
    /// The mail.
    pub mail: MailId,
    /// The recipient's profile.
    pub profile: ProfileRef,
    /// Proves access to the mailbox.
    pub secret: Secret,
}

/// The delivery state of a mail (requirement 22), in order of precedence.
///
/// Reports arrive late, repeatedly and in any order. The greatest state wins, so the result is
/// always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Waits in the outbox.
    Queued,
    /// Not sent: superseded, revoked, no longer true, turned off by its reader, or counted in
    /// another mail.
    Void,
    /// Accepted by the mail service.
    Sent,
    /// Delayed by the recipient's mail server.
    Delayed,
    /// Accepted by the recipient's mail server.
    Delivered,
    /// Refused by the mail service for good.
    Failed,
    /// Bounced. May follow after delivery.
    Bounced,
    /// Reported as spam.
    Complained,
}

impl Delivery {
    /// Merges two delivery states; commutative and idempotent.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        self.max(other)
    }

    /// Returns the states that a mail newly enters on the way to `to`. Empty if it is there
    /// already. Includes `Sent` if a later state is reported first.
    #[must_use]
    pub fn transitions_to(self, to: Self) -> Vec<Self> {
        if to <= self {
            return Vec::new();
        }
        let skips_sent = self < Self::Sent && to > Self::Sent && to != Self::Failed;
        skips_sent.then_some(Self::Sent).into_iter().chain([to]).collect()
    }
}

impl MailCause {
    /// Checks whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl OutboxMail {
    /// Checks whether the mail waits for a later time than `now`.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> bool {
        self.held.is_some_and(|hold| now < hold.until)
    }

    /// Returns the mail as held for `reason` from `now` until `until`. A mail that was held already
    /// has waited since then.
    #[must_use]
    pub fn hold(&self, reason: HoldReason, now: Timestamp, until: Timestamp) -> Self {
        let since = self.held.map_or(now, |hold| hold.since);
        Self { held: Some(MailHold { since, until, reason }), ..self.clone() }
    }

    /// Returns the account whose staff see that the mail is held because of bounces.
    #[must_use]
    pub fn held_for(&self) -> Option<AccountId> {
        let bounces = self.held.is_some_and(|hold| hold.reason == HoldReason::Bounces);
        if bounces && self.delivery == Delivery::Queued { self.shown_in() } else { None }
    }

    /// Returns the account that shows the mail while it is held.
    #[must_use]
    pub fn shown_in(&self) -> Option<AccountId> {
        self.cause.account.or(self.account)
    }

    /// Derives the id of the mail in which this one is counted when its mailbox, named by the
    /// digest `mailbox`, is over the limit of `class` in the window that ends at `end`.
    #[must_use]
    pub fn merged_id(&self, mailbox: &str, class: MailClass, end: Timestamp) -> MailId {
        let milliseconds = u64::try_from(end.as_millisecond()).unwrap_or_default();
        let account = self.account.map(|account| account.to_string()).unwrap_or_default();
        let window = ulid::Ulid::from_parts(milliseconds, 0);
        derive_ulid(window, &["merged", mailbox, class.name(), &account]).into()
    }

    /// Returns the events that record that the mail has come to `delivery`, each with the account
    /// that it happened in: one, or one for each profile of a mail with several. None for states
    /// that nobody needs to act on.
    #[must_use]
    pub fn events(&self, delivery: Delivery) -> Vec<(AccountId, Event)> {
        let recipient = self.recipient.as_ref();
        let own = self.account.map(|account| (account, recipient.and_then(Recipient::person)));
        let of_links = self.content.links().iter().map(|link| {
            let name = recipient.map(|recipient| recipient.name.clone()).unwrap_or_default();
            (link.account, Some(PersonRef { id: link.professional, name: name.into() }))
        });
        own.into_iter()
            .chain(of_links)
            .filter_map(|(account, recipient)| Some((account, self.event(delivery, recipient)?)))
            .collect()
    }

    fn event(&self, delivery: Delivery, recipient: Option<PersonRef>) -> Option<Event> {
        let mail = self.content.kind();
        match delivery {
            Delivery::Sent => Some(Event::MailSent { mail, recipient }),
            Delivery::Failed => Some(Event::MailFailed { mail, recipient }),
            Delivery::Bounced => Some(Event::MailBounced { mail, recipient }),
            Delivery::Complained => Some(Event::MailComplained { mail, recipient }),
            Delivery::Queued | Delivery::Void | Delivery::Delayed | Delivery::Delivered => None,
        }
    }

    /// Derives the id of the mail to `recipient` that this one expands to. A retry derives the same
    /// id, so no mail is sent twice.
    #[must_use]
    pub fn derived_id(&self, recipient: ProfessionalId) -> MailId {
        derive_ulid(self.id.ulid(), &["to", &recipient.to_string()]).into()
    }

    /// Derives the id of the one mail with links that this request for links expands to.
    #[must_use]
    pub fn links_id(&self) -> MailId {
        derive_ulid(self.id.ulid(), &["links"]).into()
    }

    /// Derives the id of the mail that continues this one after the recipient `after`.
    #[must_use]
    pub fn continuation_id(&self, after: ProfessionalId) -> MailId {
        derive_ulid(self.id.ulid(), &["after", &after.to_string()]).into()
    }
}

impl OutboxMail {
    /// Returns the group in which the recipient chooses how often to get the mail. `None` for a
    /// mail that always comes: it belongs to no group, it is about the recipient's own profile, or
    /// nobody has the address.
    #[must_use]
    pub fn group(&self) -> Option<NoticeGroup> {
        let recipient = self.recipient.as_ref().filter(|recipient| recipient.profile.is_some())?;
        let is_own = self.professional.is_some() && self.professional == recipient.professional;
        self.content.kind().rules().group.filter(|_| !is_own)
    }

    /// Returns the groups of the mail, several for a digest.
    #[must_use]
    pub fn groups(&self) -> BTreeSet<NoticeGroup> {
        match &self.content {
            MailContent::Notices { counts, period: Some(_), .. } => {
                counts.iter().filter_map(|counted| counted.mail.rules().group).collect()
            }
            _ => self.group().into_iter().collect(),
        }
    }

    /// Checks whether the mail counts others. It is not counted itself, so that it is never counted
    /// in another.
    #[must_use]
    pub fn counts_others(&self) -> bool {
        matches!(self.content, MailContent::Notices { .. })
    }

    /// Checks whether `token` was sent with this mail.
    #[must_use]
    pub fn recognizes(&self, token: &UnsubscribeToken) -> bool {
        let profile = self.recipient.as_ref().and_then(|recipient| recipient.profile);
        self.id == token.mail
            && profile == Some(token.profile)
            && self.unsubscribe == Some(token.secret.hash())
    }

    /// Checks whether the mail still concerns the person in `professional`: it went to the address
    /// on record after their sign-in was linked, or after they were invited if none is. So neither
    /// an earlier mailbox nor a person who was linked by mistake chooses for them.
    #[must_use]
    pub fn is_still_for(&self, professional: &Professional) -> bool {
        let is_to_address = self
            .recipient
            .as_ref()
            .is_some_and(|recipient| recipient.email == professional.details.email);
        let linked_at = professional.linked.as_ref().map(|linked| linked.linked_at);
        let invited_at = professional.invitation.as_ref().map(|invitation| invitation.created_at);
        let since = linked_at.or(invited_at);
        let is_recent = since.is_none_or(|since| since <= self.created_at);
        is_to_address && is_recent && professional.hold.is_none()
    }
}

impl UnsubscribeToken {
    /// Parses a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let token = Self {
            mail: MailId::parse(parts.next()?)?,
            profile: ProfileRef {
                account: AccountId::parse(parts.next()?)?,
                professional: ProfessionalId::parse(parts.next()?)?,
            },
            secret: Secret::parse(parts.next()?)?,
        };
        parts.next().is_none().then_some(token)
    }

    /// Formats the token, with its secret, for the mail.
    #[must_use]
    pub fn expose(&self) -> String {
        let ProfileRef { account, professional } = self.profile;
        format!("{}.{account}.{professional}.{}", self.mail, self.secret.expose())
    }
}

impl Recipient {
    /// Returns the professional, with the name greeted; `None` for an address that is nobody's.
    #[must_use]
    pub fn person(&self) -> Option<PersonRef> {
        self.professional.map(|id| PersonRef { id, name: self.name.clone().into() })
    }

    /// Returns the recipient for `professional`, at the e-mail on record.
    #[must_use]
    pub fn of(professional: &Professional) -> Self {
        let details = &professional.details;
        Self {
            professional: Some(professional.id),
            profile: Some(ProfileRef {
                account: professional.account,
                professional: professional.id,
            }),
            email: details.email.clone(),
            name: details.name.to_string(),
            language: details.language.clone(),
            is_proved: professional.has_proved_address(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};
    use ulid::Ulid;

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

    fn merge_all(reports: &[Delivery]) -> Delivery {
        reports.iter().fold(Delivery::Queued, |state, report| state.merge(*report))
    }

    #[test]
    fn a_late_report_does_not_hide_a_failure() {
        use Delivery::{Bounced, Complained, Delayed, Delivered, Failed, Queued, Sent};
        for (reports, state) in [
            (&[Delivered, Sent][..], Delivered),
            (&[Delivered, Delayed], Delivered),
            (&[Bounced, Delivered, Delayed, Sent], Bounced),
            (&[Delivered, Complained, Delivered], Complained),
            (&[Failed, Sent], Failed),
            (&[], Queued),
        ] {
            assert_eq!(merge_all(reports), state, "{reports:?}");
        }
    }

    #[test]
    fn each_transition_happens_once_and_sent_is_never_skipped() {
        use Delivery::{Bounced, Delivered, Failed, Queued, Sent, Void};
        assert_eq!(Queued.transitions_to(Sent), [Sent]);
        assert_eq!(Queued.transitions_to(Failed), [Failed]);
        assert_eq!(Queued.transitions_to(Void), [Void]);
        assert_eq!(Queued.transitions_to(Bounced), [Sent, Bounced]);
        assert_eq!(Sent.transitions_to(Delivered), [Delivered]);
        assert_eq!(Sent.transitions_to(Sent), []);
        assert_eq!(Delivered.transitions_to(Sent), []);
    }

    #[test]
    fn a_derived_id_depends_on_mail_and_recipient_only() {
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
            cause: MailCause::default(),
            held: None,
            counted_in: None,
            unsubscribe: None,
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
        fn reports_in_any_order_and_repeated_merge_to_the_same_state(
            (reports, shuffled) in prop::collection::vec(select(&ALL[..]), 0..12)
                .prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
            repeated in prop::collection::vec(0..12_usize, 0..12),
        ) {
            let mut late = shuffled.clone();
            late.extend(repeated.iter().filter_map(|index| reports.get(*index)));
            prop_assert_eq!(merge_all(&late), merge_all(&reports));
            prop_assert!(reports.iter().all(|report| *report <= merge_all(&reports)));
        }

        #[test]
        fn no_transition_is_reported_twice(
            reports in prop::collection::vec(select(&ALL[..]), 0..12),
        ) {
            let (mut state, mut entered) = (Delivery::Queued, Vec::new());
            for report in reports {
                entered.extend(state.transitions_to(report));
                state = state.merge(report);
            }
            let mut unique = entered.clone();
            unique.dedup();
            prop_assert!(entered.is_sorted() && unique == entered, "{entered:?}");
        }
    }
}
