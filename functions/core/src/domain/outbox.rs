//! The outbox: mails, committed with their cause and sent by deliver-mail. Never a secret.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::{
    AccessRequestId, AccountId, Decider, Deed, EmailAddress, Grant, Identity, InvitationId, LanguageTag, MailId, PartnerCard, PersonName,
    Professional, ProfessionalId, Reason,
};
use crate::secret::digest;

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
        /// The inviter's own profile, which is told if the mail comes back; none for an operator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invited_by: Option<Inviter>,
        /// Until when the link is good.
        expires_at: Timestamp,
    },
    /// An invitation that the recipient had mailed came back (requirement 22).
    Returned {
        /// Which invitation.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// The name of the professional who was invited.
        professional_name: String,
        /// The address that the invitation went to.
        email: EmailAddress,
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
    /// The account has a new partner of record. Without a recipient: to the administrators.
    PartnerChanged {
        /// The account's name.
        account_name: String,
        /// Who looks after it now.
        partner: PartnerCard,
        /// What the partner may do there.
        grant: Grant,
    },
    /// A customer has changed what its partner may do. Without a recipient: to the partner's administrators.
    GrantChanged {
        /// The customer's name.
        account_name: String,
        /// The partner's name.
        partner_name: String,
        /// What the partner may do there from now on.
        grant: Grant,
    },
    /// The partner or staff have appointed an administrator (requirement 24). Without a recipient: to every linked professional behind
    /// `after`.
    AdministratorChanged {
        /// The account's name.
        account_name: String,
        /// Who is administrator now.
        professional_name: String,
        /// Who is not any longer.
        in_place_of: Vec<String>,
        /// Who appointed them, by name.
        by: String,
        /// The partner whose professional that was; none for the vendor's staff.
        partner: Option<String>,
        /// Why.
        reason: Option<Reason>,
        /// Up to whom it has been told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<ProfessionalId>,
    },
    /// An appointment waits for a second person's approval. Without a recipient: to the vendor's administrators.
    AppointmentRequested {
        /// The account, which is another than the mail's.
        about: AccountId,
        /// The account's name.
        account_name: String,
        /// Who is to be administrator.
        professional_name: String,
        /// Who asks for it, by name.
        by: String,
        /// Why.
        reason: Option<Reason>,
    },
    /// Somebody's last day of access is near (requirement 13). Without a recipient: to the person and the administrators.
    AccessEnding {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The last day.
        ends_on: Date,
    },
    /// There are people who may no longer need access (requirement 13). Without a recipient: to the administrators.
    ReviewAccess {
        /// The account's name.
        account_name: String,
        /// After how many months without signing in somebody counts as inactive.
        months: u8,
    },
    /// The account's plan comes to its end (requirement 31). Without a recipient: to the administrators, the billing contact and the partner's
    /// administrators.
    PlanEnding {
        /// The account's name.
        account_name: String,
        /// The plan's name.
        plan_name: String,
        /// The plan's last day.
        ends_on: Date,
        /// Days until then; below 0 in the days of grace.
        days_left: i32,
        /// The first day without access.
        lapses_on: Date,
        /// Whom to ask.
        partner: Option<PartnerCard>,
        /// Which side the recipient is on.
        #[serde(default)]
        audience: Audience,
    },
    /// The account's plan has lapsed. Without a recipient: to the same.
    PlanLapsed {
        /// The account's name.
        account_name: String,
        /// The plan's name.
        plan_name: String,
        /// The first day without access.
        since: Date,
        /// Whom to ask.
        partner: Option<PartnerCard>,
        /// Which side the recipient is on.
        #[serde(default)]
        audience: Audience,
    },
    /// Somebody asked for access, or their request was passed on. Stands for finding out which account it is for and whom to ask there.
    RoutedAccess {
        /// Which request.
        request: AccessRequestId,
    },
    /// Somebody asks for access to the account (requirement 23). Without a recipient: to those who are asked at this stage.
    ///
    /// What the asker typed as the organisation and as a message is not in it: a stranger's words do not go out in the portal's name.
    AccessRequested {
        /// Which request.
        request: AccessRequestId,
        /// The account's name; none while it is not known which account the request is for.
        account_name: Option<String>,
        /// The asker's name, as typed.
        name: PersonName,
        /// The asker's address, as typed.
        email: EmailAddress,
        /// Who is asked.
        stage: Decider,
        /// Whether those before have let their time pass; who gets a reminder is told that others are asked now too.
        waited: Waited,
    },
}

/// How a request for access has come to those who are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waited {
    /// They are the first to be asked.
    Not,
    /// Those before them have not decided in time, or could not.
    Others,
    /// They have not decided in time themselves.
    Themselves,
}

/// Which side the reader of a notice about an account is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// One of the account's own people.
    #[default]
    Own,
    /// One of the people of its partner of record.
    Partner,
}

/// The profile of whoever invites, in the account they belong to: the one invited to, its partner's or the vendor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inviter {
    /// The account.
    pub account: AccountId,
    /// The professional.
    pub professional: ProfessionalId,
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

    /// Returns what the activity list says when a mail comes to be here. What needs nobody's attention would only fill it.
    #[must_use]
    pub fn deed(self) -> Option<Deed> {
        match self {
            Self::Sent => Some(Deed::MailSent),
            Self::Failed => Some(Deed::MailFailed),
            Self::Bounced => Some(Deed::MailBounced),
            Self::Complained => Some(Deed::MailComplained),
            Self::Queued | Self::Void | Self::Delayed | Self::Delivered => None,
        }
    }
}

impl Mail {
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
        let random = digest.bytes().fold(0_u128, |sum, byte| sum.wrapping_mul(131).wrapping_add(u128::from(byte)));
        Ulid::from_parts(self.id.ulid().timestamp_ms(), random).into()
    }
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
            Self::Returned { .. } => "returned",
            Self::MyLink { .. } => "my-link",
            Self::RequestedLinks { .. } => "requested-links",
            Self::Linked { .. } => "linked",
            Self::IdentitySwitched { .. } => "identity-switched",
            Self::PlanEnding { .. } => "plan-ending",
            Self::PartnerChanged { .. } => "partner-changed",
            Self::GrantChanged { .. } => "grant-changed",
            Self::AdministratorChanged { .. } => "administrator-changed",
            Self::AppointmentRequested { .. } => "appointment-requested",
            Self::AccessEnding { .. } => "access-ending",
            Self::ReviewAccess { .. } => "review-access",
            Self::PlanLapsed { .. } => "plan-lapsed",
            Self::RoutedAccess { .. } => "routed-access",
            Self::AccessRequested { .. } => "access-requested",
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

    /// Returns the request for access that the mail is about.
    #[must_use]
    pub fn access_request(&self) -> Option<AccessRequestId> {
        match self {
            Self::RoutedAccess { request } | Self::AccessRequested { request, .. } => Some(*request),
            _ => None,
        }
    }

    /// Tells whether somebody's safety hangs on its being read at once: an identity was linked, or an administrator appointed, who need not be the
    /// right one.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        matches!(self, Self::Linked { .. } | Self::IdentitySwitched { .. } | Self::AdministratorChanged { .. })
    }

    /// Returns it with another end of the time that the link it holds is good for, if it holds one.
    #[must_use]
    pub fn good_until(mut self, moment: Timestamp) -> Self {
        if let Self::Invitation { expires_at, .. } | Self::MyLink { expires_at, .. } = &mut self {
            *expires_at = moment;
        }
        self
    }

    /// Returns who is to be told if the mail comes back.
    #[must_use]
    pub fn invited_by(&self) -> Option<Inviter> {
        if let Self::Invitation { invited_by, .. } = self { *invited_by } else { None }
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
        let mail = |id| Mail {
            id: Ulid::from_parts(7, id).into(),
            account: None,
            professional: None,
            recipient: None,
            letter: Letter::RequestedLinks { email: EmailAddress::parse("ada@example.org").expect("valid") },
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
