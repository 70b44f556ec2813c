//! The content of each kind of mail: the values its template needs, never a secret, and the rules
//! for the kind.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, IntoStaticStr, VariantNames};

use crate::domain::{
    AccessRequestId, AccountId, Decider, DigestEntry, DigestPeriod, EmailAddress, Identity,
    InvitationId, MailClass, NoticeGroup, PartnerCard, PartnerGrant, PersonName, ProfessionalId,
    Reason, StaffPermission,
};

/// The kind of a mail and the values its template needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[strum_discriminants(
    name(MailKind),
    derive(Serialize, Deserialize, IntoStaticStr, VariantNames, PartialOrd, Ord),
    serde(rename_all = "kebab-case"),
    strum(serialize_all = "kebab-case"),
    doc = "The kind of a mail."
)]
pub enum MailContent {
    /// An invitation.
    Invitation {
        /// The invitation that the link accepts.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// The inviter's name; `None` for an operator.
        inviter: Option<String>,
        /// The address for replies.
        reply_to: Option<EmailAddress>,
        /// The inviter's profile, which gets a notice if the mail bounces; `None` for an operator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invited_by: Option<Inviter>,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// An invitation that the recipient sent has bounced (requirement 22).
    InvitationBounced {
        /// The invitation that bounced.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// The name of the invited professional.
        professional_name: String,
        /// The address that bounced.
        email: EmailAddress,
    },
    /// A link that the recipient requested, to link or to switch (requirements 20, 21).
    MyLink {
        /// The invitation that the link accepts.
        invitation: InvitationId,
        /// The account's name.
        account_name: String,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// The links that the recipient requested, one for each of several profiles (requirement 20).
    MyLinks {
        /// The profiles, each with its link.
        links: Vec<ProfileLink>,
        /// How many more profiles have the address. They get their links when asked again.
        more: u32,
        /// When the links expire.
        expires_at: Timestamp,
    },
    /// A request for all links of an address. Expands to one [`MailContent::MyLink`] or
    /// [`MailContent::MyLinks`].
    RequestedLinks {
        /// The address as typed.
        email: EmailAddress,
    },
    /// An identity was linked to a profile (requirement 17). Expands to the profile's mailbox and
    /// the administrators.
    Linked {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The linked identity.
        identity: Identity,
        /// When it was linked.
        linked_at: Timestamp,
    },
    /// Another identity has replaced the recipient's (requirement 21).
    IdentitySwitched {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The identity that is linked now.
        identity: Identity,
        /// When it was linked.
        switched_at: Timestamp,
    },
    /// The link that proves the address that a person has typed for themselves; goes there.
    ConfirmEmail {
        /// The account's name.
        account_name: String,
        /// When the change was asked for.
        requested_at: Timestamp,
        /// When the link expires.
        expires_at: Timestamp,
    },
    /// A linked profile has a new address; goes to the old one.
    AddressChanged {
        /// The account's name.
        account_name: String,
        /// The name of the person who changed it; `None` for the profile's owner.
        by: Option<String>,
        /// When it changed.
        changed_at: Timestamp,
    },
    /// A link was reported as wrong, and the profile is on hold (requirement 17). Expands to the
    /// profile's mailbox and the administrators; if none of them can help, to the partner or staff.
    LinkDisputed {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// When it was reported.
        disputed_at: Timestamp,
        /// Whether no administrator of the account can get in any more.
        nobody_left: bool,
    },
    /// The account has a new partner of record. Expands to the administrators.
    PartnerChanged {
        /// The account's name.
        account_name: String,
        /// The new partner.
        partner: PartnerCard,
        /// The partner's permissions.
        grant: PartnerGrant,
    },
    /// A partner's permissions changed. Expands to the partner's administrators.
    GrantChanged {
        /// The customer's name.
        account_name: String,
        /// The partner's name.
        partner_name: String,
        /// The partner's new permissions.
        grant: PartnerGrant,
        /// Whether staff or an operator changed them, instead of the customer's administrators.
        #[serde(default)]
        by_vendor: bool,
    },
    /// The vendor's staff asked to lift the account's sign-in policy, or it was lifted (requirement
    /// 42). Expands to the administrators.
    SignInPolicyLift {
        /// The account's name.
        account_name: String,
        /// The name of the person who asked, or who lifted it.
        by: String,
        /// The name of the person who asked first; `None` for the first request, and for an
        /// operator, who lifts it alone.
        requested_by: Option<String>,
        /// The reason, as typed.
        reason: Option<Reason>,
        /// Until when a second person can lift it; `None` once it is lifted.
        open_until: Option<Timestamp>,
    },
    /// The partner or staff changed who is administrator, or an administrator's address
    /// (requirements 24, 45). Expands to every linked professional and those who lost the role, in
    /// batches after `after`; if nobody is left who can get in, to the partner or staff too. A copy
    /// goes to the earlier address.
    AdministratorChanged {
        /// The account's name.
        account_name: String,
        /// The new administrator's name; `None` if nobody got the role.
        professional_name: Option<String>,
        /// The names of those who lost the role.
        in_place_of: Vec<String>,
        /// Their profiles. They get the mail even if they were never linked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaving: Vec<ProfessionalId>,
        /// The name of the administrator whose address was corrected.
        new_address_of: Option<String>,
        /// The name of the person who appointed.
        by: String,
        /// The partner that person belongs to; `None` for staff.
        partner: Option<String>,
        /// The reason, as typed.
        reason: Option<Reason>,
        /// Whether no administrator of the account can get in any more.
        nobody_left: bool,
        /// The last professional of the previous batch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<ProfessionalId>,
    },
    /// An appointment needs a second person's approval. Expands to the vendor's administrators.
    AppointmentRequested {
        /// The account of the appointment; the mail itself belongs to the vendor's account.
        about: AccountId,
        /// The account's name.
        account_name: String,
        /// The name of the proposed administrator; `None` if nobody gets the role.
        professional_name: Option<String>,
        /// The names of those who lose the role.
        in_place_of: Vec<String>,
        /// The name of the administrator whose address is to be corrected.
        new_address_of: Option<String>,
        /// The name of the person who requested it.
        by: String,
        /// The reason, as typed.
        reason: Option<Reason>,
    },
    /// A partner created a customer that waits for confirmation. Expands to the vendor's
    /// administrators.
    CustomerWaiting {
        /// The customer; the mail itself belongs to the vendor's account.
        about: AccountId,
        /// The customer's name, as the partner typed it.
        account_name: String,
        /// The partner's name.
        partner_name: String,
        /// The name of the person who created it.
        by: String,
    },
    /// Staff confirmed the customer. Expands to the person who created it and the partner's
    /// administrators.
    CustomerConfirmed {
        /// The customer; the mail itself belongs to the partner's account.
        about: AccountId,
        /// The customer's name.
        account_name: String,
        /// Whether its first professional is invited.
        invited: bool,
    },
    /// Staff declined the customer. Expands like [`MailContent::CustomerConfirmed`].
    CustomerDeclined {
        /// The customer's name.
        account_name: String,
        /// The reason, as typed.
        reason: Option<Reason>,
    },
    /// A person's access ends soon (requirement 13). Expands to the person and the administrators.
    AccessEnding {
        /// The account's name.
        account_name: String,
        /// The profile's name.
        professional_name: String,
        /// The last day of access.
        ends_on: Date,
    },
    /// Some people may no longer need access (requirement 13). Expands to the administrators.
    ReviewAccess {
        /// The account's name.
        account_name: String,
        /// Months without sign-in after which a person counts as inactive.
        months: u8,
    },
    /// The account's plan ends soon (requirement 31). Expands to the administrators, the billing
    /// contact and the partner's administrators.
    PlanEnding {
        /// The account's name.
        account_name: String,
        /// The plan's name.
        plan_name: String,
        /// The plan's last day.
        ends_on: Date,
        /// Days until `ends_on`; negative in the days of grace.
        days_left: i32,
        /// The first day without access.
        lapses_on: Date,
        /// The partner of record, who can renew the plan.
        partner: Option<PartnerCard>,
        /// The recipient's side.
        #[serde(default)]
        audience: Audience,
    },
    /// The account's plan lapsed. Expands to the same people as [`MailContent::PlanEnding`].
    PlanLapsed {
        /// The account's name.
        account_name: String,
        /// The plan's name.
        plan_name: String,
        /// The first day without access.
        since: Date,
        /// The partner of record, who can renew the plan.
        partner: Option<PartnerCard>,
        /// The recipient's side.
        #[serde(default)]
        audience: Audience,
    },
    /// A request for access was sent or passed on. Not mailed itself: finds the account and the
    /// deciders.
    RoutedAccess {
        /// The request.
        request: AccessRequestId,
    },
    /// Several notices in one: those over the limit of the recipient's mailbox, or a digest.
    Notices {
        /// The name of the account they are about, or of the digest's reader; `None` if it is not
        /// known.
        account_name: Option<String>,
        /// The kinds with their numbers, in the order of the kinds.
        counts: Vec<CountedKind>,
        /// The number of all of them.
        mails: u32,
        /// Whether there are security notices among them.
        is_security: bool,
        /// When the first of them was due.
        since: Timestamp,
        /// What the digest gathers; `None` for notices that are only counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<DigestPeriod>,
        /// The first notices of a digest, in the order in which they were due.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        entries: Vec<DigestEntry>,
        /// Whether the mail is about to leave and counts no more.
        #[serde(default)]
        is_closed: bool,
    },
    /// A person asks for access to the account (requirement 23). Expands to the current deciders.
    ///
    /// The organisation and message as typed are left out: a stranger's words are not sent in the
    /// portal's name.
    AccessRequested {
        /// The request.
        request: AccessRequestId,
        /// The account's name; `None` while the account is unknown.
        account_name: Option<String>,
        /// The asker's name, as typed.
        name: PersonName,
        /// The asker's address, as typed.
        email: EmailAddress,
        /// The current deciders.
        stage: Decider,
        /// Why the recipient gets the mail now.
        escalation: Escalation,
    },
}

/// A profile's link in a mail with several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLink {
    /// The profile's account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The profile.
    pub professional: ProfessionalId,
    /// The invitation that the link accepts.
    pub invitation: InvitationId,
}

/// The number of mails of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedKind {
    /// The kind.
    pub mail: MailKind,
    /// How many there were.
    pub times: u32,
}

/// How mails of a kind are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailRules {
    /// What they count as.
    pub class: MailClass,
    /// The group in which people choose how often they get them; `None` if they always come at
    /// once.
    pub group: Option<NoticeGroup>,
    /// Whether they may go to an address that nobody has proved: as the link that proves it, as the
    /// notice that it was replaced, and as a notice of plan or role to who holds it.
    pub may_be_unproved: bool,
    /// Who gets them.
    pub recipients: Recipients,
}

/// Who gets the mails of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// The one that it was queued for.
    One,
    /// The account's administrators.
    Administrators,
    /// The person it is about and the account's administrators.
    PersonAndAdministrators,
    /// The vendor's people with this permission.
    Staff(StaffPermission),
    /// Those whom deliver-mail looks up for this kind.
    LookedUp,
}

/// Why a decider gets a mail about a request for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Escalation {
    /// They are the first to decide.
    First,
    /// The deciders before them did not decide in time, or could not.
    FromOthers,
    /// They did not decide in time themselves; others are asked now too.
    Reminder,
}

/// Which side the reader of a notice about an account is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The account's own people.
    #[default]
    Own,
    /// The partner of record's people.
    Partner,
}

/// The inviter's profile, in the account, its partner's or the vendor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inviter {
    /// The inviter's account.
    pub account: AccountId,
    /// The inviter.
    pub professional: ProfessionalId,
}

impl MailContent {
    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> MailKind {
        self.into()
    }

    /// Returns the invitation whose link the mail contains; `None` if there are several.
    #[must_use]
    pub fn invitation(&self) -> Option<InvitationId> {
        match self {
            Self::Invitation { invitation, .. } | Self::MyLink { invitation, .. } => {
                Some(*invitation)
            }
            _ => None,
        }
    }

    /// Returns the invitation whose link the mail contains for `professional`.
    #[must_use]
    pub fn invitation_of(&self, professional: ProfessionalId) -> Option<InvitationId> {
        let of_several = self.links().iter().find(|link| link.professional == professional);
        self.invitation().or(of_several.map(|link| link.invitation))
    }

    /// Returns the profiles whose links a mail with several contains.
    #[must_use]
    pub fn links(&self) -> &[ProfileLink] {
        if let Self::MyLinks { links, .. } = self { links } else { &[] }
    }

    /// Returns the name of the account that the mail is about, if it is about one.
    #[must_use]
    pub fn account_name(&self) -> Option<&str> {
        match self {
            Self::Invitation { account_name, .. }
            | Self::InvitationBounced { account_name, .. }
            | Self::MyLink { account_name, .. }
            | Self::Linked { account_name, .. }
            | Self::IdentitySwitched { account_name, .. }
            | Self::ConfirmEmail { account_name, .. }
            | Self::AddressChanged { account_name, .. }
            | Self::LinkDisputed { account_name, .. }
            | Self::PartnerChanged { account_name, .. }
            | Self::GrantChanged { account_name, .. }
            | Self::SignInPolicyLift { account_name, .. }
            | Self::AdministratorChanged { account_name, .. }
            | Self::AppointmentRequested { account_name, .. }
            | Self::CustomerWaiting { account_name, .. }
            | Self::CustomerConfirmed { account_name, .. }
            | Self::CustomerDeclined { account_name, .. }
            | Self::AccessEnding { account_name, .. }
            | Self::ReviewAccess { account_name, .. }
            | Self::PlanEnding { account_name, .. }
            | Self::PlanLapsed { account_name, .. } => Some(account_name),
            Self::Notices { account_name, .. } | Self::AccessRequested { account_name, .. } => {
                account_name.as_deref()
            }
            Self::MyLinks { .. } | Self::RequestedLinks { .. } | Self::RoutedAccess { .. } => None,
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

    /// Checks whether this is a security notice: access may have reached the wrong person. To an
    /// address that its owner has proved they are never held back, only merged.
    #[must_use]
    pub fn is_security_notice(&self) -> bool {
        self.class() == MailClass::Security
    }

    /// Returns what the mail counts as for the person who causes it.
    #[must_use]
    pub fn class(&self) -> MailClass {
        match self {
            Self::Notices { is_security: true, .. } => MailClass::Security,
            content => content.kind().rules().class,
        }
    }

    /// Returns the content with `moment` as the end of its links, if it contains any.
    #[must_use]
    pub fn with_expiry(mut self, moment: Timestamp) -> Self {
        if let Self::Invitation { expires_at, .. }
        | Self::MyLink { expires_at, .. }
        | Self::MyLinks { expires_at, .. } = &mut self
        {
            *expires_at = moment;
        }
        self
    }

    /// Returns who gets a notice if the mail bounces.
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

    /// Returns the rules for the kind, all in this one place.
    #[must_use]
    pub fn rules(self) -> MailRules {
        use MailClass::{AccessRequests, Invitations, Links, Notices, Security};
        use Recipients::{Administrators, LookedUp, One, PersonAndAdministrators, Staff};
        let rules = |class, recipients| MailRules {
            class,
            group: None,
            may_be_unproved: false,
            recipients,
        };
        let unproved = |rules| MailRules { may_be_unproved: true, ..rules };
        let notice =
            |group, recipients| MailRules { group: Some(group), ..rules(Notices, recipients) };
        match self {
            Self::Invitation | Self::ConfirmEmail => unproved(rules(Invitations, One)),
            Self::MyLink | Self::MyLinks => unproved(rules(Links, One)),
            Self::RequestedLinks => rules(Links, LookedUp),
            Self::RoutedAccess => rules(AccessRequests, LookedUp),
            Self::IdentitySwitched | Self::AddressChanged => unproved(rules(Security, One)),
            Self::LinkDisputed => rules(Security, LookedUp),
            Self::SignInPolicyLift => rules(Security, Administrators),
            Self::AdministratorChanged => unproved(rules(Security, LookedUp)),
            // The person's own mailbox always gets it.
            Self::Linked => MailRules {
                group: Some(NoticeGroup::PeopleLinked),
                ..rules(Security, PersonAndAdministrators)
            },
            Self::AccessEnding => notice(NoticeGroup::AccessEnding, PersonAndAdministrators),
            Self::ReviewAccess => notice(NoticeGroup::Reviews, Administrators),
            Self::InvitationBounced => notice(NoticeGroup::BouncedInvitations, One),
            Self::AccessRequested => notice(NoticeGroup::AccessRequests, LookedUp),
            Self::PlanEnding | Self::PlanLapsed => unproved(notice(NoticeGroup::Plans, LookedUp)),
            Self::PartnerChanged | Self::GrantChanged => {
                notice(NoticeGroup::Partners, Administrators)
            }
            Self::AppointmentRequested => {
                notice(NoticeGroup::Approvals, Staff(StaffPermission::Appointments))
            }
            Self::CustomerWaiting => notice(NoticeGroup::Approvals, Staff(StaffPermission::Plans)),
            // The answer to what the partner asked for.
            Self::CustomerConfirmed | Self::CustomerDeclined => {
                rules(Notices, PersonAndAdministrators)
            }
            // What they gather has its own rules.
            Self::Notices => unproved(rules(Notices, One)),
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantNames as _;

    use super::*;
    use crate::domain::AccountKind;

    /// Every kind with its group, and whether a customer's people can turn it off: what carries the
    /// header List-Unsubscribe.
    const GROUPS: [(&str, Option<(NoticeGroup, bool)>); 25] = [
        ("invitation", None),
        ("invitation-bounced", Some((NoticeGroup::BouncedInvitations, true))),
        ("my-link", None),
        ("my-links", None),
        ("requested-links", None),
        ("linked", Some((NoticeGroup::PeopleLinked, false))),
        ("identity-switched", None),
        ("confirm-email", None),
        ("address-changed", None),
        ("link-disputed", None),
        ("partner-changed", Some((NoticeGroup::Partners, true))),
        ("grant-changed", Some((NoticeGroup::Partners, true))),
        ("sign-in-policy-lift", None),
        ("administrator-changed", None),
        ("appointment-requested", Some((NoticeGroup::Approvals, false))),
        ("customer-waiting", Some((NoticeGroup::Approvals, false))),
        ("customer-confirmed", None),
        ("customer-declined", None),
        ("access-ending", Some((NoticeGroup::AccessEnding, true))),
        ("review-access", Some((NoticeGroup::Reviews, true))),
        ("plan-ending", Some((NoticeGroup::Plans, true))),
        ("plan-lapsed", Some((NoticeGroup::Plans, true))),
        ("routed-access", None),
        ("notices", None),
        ("access-requested", Some((NoticeGroup::AccessRequests, true))),
    ];

    #[test]
    fn every_kind_belongs_to_its_group_or_always_comes() {
        assert_eq!(MailKind::VARIANTS, GROUPS.map(|(name, _)| name));
        for (name, expected) in GROUPS {
            let kind: MailKind = serde_json::from_value(name.into()).expect("a kind");
            let group = kind.rules().group;
            let offered = group.map(|group| (group, group.can_be_off(AccountKind::Customer)));
            assert_eq!(offered, expected, "{name}");
        }
    }

    #[test]
    fn no_security_notice_can_be_turned_off() {
        for name in MailKind::VARIANTS {
            let kind: MailKind = serde_json::from_value((*name).into()).expect("a kind");
            let rules = kind.rules();
            let is_kept = matches!(
                rules.class,
                MailClass::Security | MailClass::Invitations | MailClass::Links
            );
            for of in [AccountKind::Customer, AccountKind::Partner, AccountKind::Vendor] {
                let can_be_off = rules.group.is_some_and(|group| group.can_be_off(of));
                assert!(!(is_kept && can_be_off), "{name} of {of:?}");
            }
        }
    }
}
