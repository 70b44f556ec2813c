//! Giving a professional a new invitation: the same in every function that can.

use jiff::{SignedDuration, Timestamp};

use crate::{
    App, Error, Result,
    domain::{
        Account, Delivery, Flaw, Invitation, Inviter, Letter, Mail, Professional, Recipient,
        authority::{Act, Capacity, Standing},
    },
    http::Entry,
};

impl App {
    /// Gives `professional` the new invitation that whoever entered asks for: somebody else's, or a link of their own.
    ///
    /// Fails when they may not, or when the professional's end date has passed.
    pub fn send_invitation(&self, entry: &Entry, professional: &mut Professional) -> Result<Mail> {
        if professional.details.has_ended(entry.today) {
            return Err(Error::invalid("ends_on", Flaw::Ended));
        }
        entry.allow(Act::SendInvitation(professional.id))?;
        match &entry.standing {
            // Administrators too: nobody is invited by themselves.
            Standing::Linked(link) if link.professional == professional.id => {
                self.fresh_link(&entry.account, professional)
            }
            _ => self.invite(Some(entry), &entry.account, professional),
        }
    }

    /// Gives `professional` a new invitation, which voids the older one and lifts a hold, and returns the mail that will bring it.
    ///
    /// It names whoever entered, unless that is an operator or nobody.
    pub fn invite(
        &self,
        entry: Option<&Entry>,
        account: &Account,
        professional: &mut Professional,
    ) -> Result<Mail> {
        let invitation = self.new_invitation()?;
        let by = entry.and_then(|it| it.standing.link());
        let letter = Letter::Invitation {
            invitation: invitation.id,
            account_name: account.name.to_string(),
            inviter: entry.filter(|it| it.capacity != Capacity::Operator).map(Entry::name),
            reply_to: by.map(|it| it.email.clone()),
            invited_by: by.map(|it| Inviter { account: it.account, professional: it.professional }),
            expires_at: invitation.expires_at,
        };
        professional.held = None;
        self.bring(letter, invitation, professional)
    }

    /// Gives `professional` a new invitation because the person asked for a link; returns the mail that will bring it.
    pub fn fresh_link(&self, account: &Account, professional: &mut Professional) -> Result<Mail> {
        let invitation = self.new_invitation()?;
        let letter = Letter::MyLink {
            invitation: invitation.id,
            account_name: account.name.to_string(),
            expires_at: invitation.expires_at,
        };
        self.bring(letter, invitation, professional)
    }

    /// Makes a mail for the outbox, about `professional`, to `recipient` or, without one, to several people.
    pub fn mail(
        &self,
        letter: Letter,
        professional: Option<&Professional>,
        recipient: Option<Recipient>,
    ) -> Result<Mail> {
        Ok(Mail {
            id: self.new_id()?,
            account: professional.map(|it| it.account),
            professional: professional.map(|it| it.id),
            recipient,
            letter,
            delivery: Delivery::Queued,
            created_at: self.now(),
            held_at: None,
            message: None,
            request: self.request.as_deref().map(str::to_owned),
        })
    }

    fn new_invitation(&self) -> Result<Invitation> {
        let created_at = self.now();
        let expires_at = self.invitation_ends(created_at)?;
        Ok(Invitation {
            id: self.new_id()?,
            delivery: Delivery::Queued,
            secret: None,
            outcome: None,
            created_at,
            expires_at,
        })
    }

    /// Returns until when the link of an invitation that leaves at the time `from` is good.
    pub fn invitation_ends(&self, from: Timestamp) -> Result<Timestamp> {
        let lifetime = SignedDuration::from_hours(24 * i64::from(self.policy.invitation_days));
        from.saturating_add(lifetime).map_err(Error::internal)
    }

    fn bring(
        &self,
        letter: Letter,
        invitation: Invitation,
        professional: &mut Professional,
    ) -> Result<Mail> {
        professional.invitation = Some(invitation);
        self.mail(letter, Some(professional), Some(Recipient::of(professional)))
    }
}
