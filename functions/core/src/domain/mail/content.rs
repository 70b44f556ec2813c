//! What mails say: each kind, with the facts that its template needs. Never a secret.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantNames};

use crate::domain::{
    AccessRequestId, AccountId, Decider, EmailAddress, Identity, InvitationId, PartnerCard,
    PartnerGrant, PersonName, ProfessionalId, Reason,
};

/// What a mail says: its kind and the facts its template needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[strum_discriminants(
    name(MailKind),
    derive(Serialize, Deserialize, IntoStaticStr, VariantNames),
    serde(rename_all = "kebab-case"),
    strum(serialize_all = "kebab-case"),
    doc = "The kind of a mail."
)]
pub enum MailContent {
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
    InvitationBounced {
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
    /// Somebody asked for the links of an address. Stands for one [`MailContent::MyLink`] to each profile with it.
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
    /// The recipient's address is no longer on record in a profile that is linked.
    AddressChanged {
        /// The account's name.
        account_name: String,
        /// Who changed it, by name; none if it was done from the profile itself.
        by: Option<String>,
        /// When.
        changed_at: Timestamp,
    },
    /// Somebody has said that a link was not theirs, and the profile is on hold (requirement 17). Without a recipient: to the profile's mailbox, the
    /// administrators, and whoever looks after the account where none of them can help.
    LinkDisputed {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// When.
        disputed_at: Timestamp,
    },
    /// The account has a new partner of record. Without a recipient: to the administrators.
    PartnerChanged {
        /// The account's name.
        account_name: String,
        /// Who looks after it now.
        partner: PartnerCard,
        /// What the partner may do there.
        grant: PartnerGrant,
    },
    /// A customer, or the vendor for it, has changed what its partner may do. Without a recipient: to the partner's administrators.
    GrantChanged {
        /// The customer's name.
        account_name: String,
        /// The partner's name.
        partner_name: String,
        /// What the partner may do there from now on.
        grant: PartnerGrant,
        /// Whether it was the vendor's staff or an operator, and none of the customer's administrators.
        #[serde(default)]
        by_vendor: bool,
    },
    /// The partner or staff have appointed an administrator (requirement 24). Without a recipient: to every linked professional and whoever is
    /// concerned, behind `after`.
    AdministratorChanged {
        /// The account's name.
        account_name: String,
        /// Who is administrator now.
        professional_name: String,
        /// Who is not any longer.
        in_place_of: Vec<String>,
        /// Their profiles: they are told also where they have never linked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaving: Vec<ProfessionalId>,
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
        waited: EscalationNote,
    },
}

/// How a request for access has come to those who are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationNote {
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

impl MailContent {
    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> MailKind {
        self.into()
    }

    /// Returns the invitation whose link the mail holds.
    #[must_use]
    pub fn invitation(&self) -> Option<InvitationId> {
        match self {
            Self::Invitation { invitation, .. } | Self::MyLink { invitation, .. } => {
                Some(*invitation)
            }
            _ => None,
        }
    }

    /// Returns the request for access that the mail is about.
    #[must_use]
    pub fn access_request(&self) -> Option<AccessRequestId> {
        match self {
            Self::RoutedAccess { request } | Self::AccessRequested { request, .. } => {
                Some(*request)
            }
            _ => None,
        }
    }

    /// Tells whether somebody's safety hangs on its being read at once: access may have gone to whom it should not.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        matches!(
            self,
            Self::Linked { .. }
                | Self::IdentitySwitched { .. }
                | Self::AddressChanged { .. }
                | Self::LinkDisputed { .. }
                | Self::AdministratorChanged { .. }
        )
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

impl MailKind {
    /// Returns the kind as stored and as tagged on the message.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}
