//! The outbox: mails, committed with their cause and sent by deliver-mail. Never a secret.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{AccountId, EmailAddress, Identity, InvitationId, LanguageTag, MailId, PartnerCard, Professional, ProfessionalId};

/// A mail in the outbox, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
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
    pub letter: Letter,
    /// How far it has come.
    pub delivery: Delivery,
    /// When its cause was committed.
    pub created_at: Timestamp,
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

/// What a mail says: its kind and the facts its template needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Letter {
    /// Somebody invites the recipient.
    Invitation {
        /// Which invitation the link is for.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// Who invites; none for an operator.
        inviter: Option<String>,
        /// Where answers go.
        reply_to: Option<EmailAddress>,
        /// Until when the link is good.
        expires_at: Timestamp,
    },
    /// The recipient asked for a link, to link or to switch (requirements 20, 21).
    MyLink {
        /// Which invitation the link is for.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// Until when the link is good.
        expires_at: Timestamp,
    },
    /// Somebody asked for the links of an address. Stands for one [`Letter::MyLink`] to each profile with it.
    RequestedLinks {
        /// The address as typed.
        email: EmailAddress,
    },
    /// An identity was linked with a profile (requirement 17). Without a recipient: to the profile's mailbox and the administrators.
    Linked {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The identity.
        identity: Identity,
        /// When.
        linked_at: Timestamp,
    },
    /// Another identity has taken the recipient identity's place (requirement 21).
    IdentitySwitched {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The identity linked now.
        identity: Identity,
        /// When.
        switched_at: Timestamp,
    },
    /// The account's plan has lapsed. Without a recipient: to the administrators and the billing contact.
    PlanLapsed {
        /// The account's name.
        account_name: String,
        /// The plan's name.
        plan_name: String,
        /// The first day without access.
        since: Date,
        /// Whom to ask.
        partner: Option<PartnerCard>,
    },
}

/// How far a mail has come (requirement 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It waits in the outbox.
    Queued,
    /// The mail service has taken it.
    Sent,
    /// It is in the mailbox.
    Delivered,
    /// The mailbox's server makes it wait.
    Delayed,
    /// It came back.
    Bounced,
    /// It was reported as unwanted.
    Complained,
    /// The mail service refused it for good.
    Failed,
    /// It was overtaken before it left: superseded, revoked or no longer true.
    Void,
}

impl Recipient {
    /// Addresses `professional` at the e-mail on record.
    #[must_use]
    pub fn of(professional: &Professional) -> Self {
        let details = &professional.details;
        Self { professional: Some(professional.id), email: details.email.clone(), name: details.name.to_string(), language: details.language.clone() }
    }
}

impl Letter {
    /// Returns the kind, as stored and as tagged on the message.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::MyLink { .. } => "my-link",
            Self::RequestedLinks { .. } => "requested-links",
            Self::Linked { .. } => "linked",
            Self::IdentitySwitched { .. } => "identity-switched",
            Self::PlanLapsed { .. } => "plan-lapsed",
        }
    }

    /// Returns the invitation whose link the mail holds.
    #[must_use]
    pub fn invitation(&self) -> Option<InvitationId> {
        match self {
            Self::Invitation { invitation, .. } | Self::MyLink { invitation, .. } => Some(*invitation),
            _ => None,
        }
    }
}
