//! Sends one mail to one recipient.

use jiff::Timestamp;
use portico::{
    App, Error, Result,
    domain::{
        AccessState, AccountKind, Breaker, Delivery, DigestPeriod, Frequency, InvitationId,
        InvitationToken, MailContent, NoticeGroup, OutboxMail, Professional, ProfileToken, Secret,
        UnsubscribeToken,
    },
    mail,
    store::{Found, Lookup, MailChange},
    workflows::{
        invite::invitation_expires_at,
        record_delivery::{count_delivery, record_delivery},
    },
};

use crate::{
    breaker,
    budget::{self, Share},
    mailer::{Mailer, Sent},
    reader::{self, Reader},
};

/// Generates the secrets of its links, stores their hashes, sends the mail and records the outcome,
/// unless it has to wait or its recipient wants it otherwise. Returns whether it does not wait any
/// more.
///
/// Fails with [`portico::Error::Conflict`] when a professional was changed meanwhile.
pub(crate) async fn send(
    app: &App,
    mailer: &Mailer,
    portal: Breaker,
    stored: &OutboxMail,
) -> Result<bool> {
    // An invitation that was held back is valid for as long as any other.
    let renewed = if stored.held.is_some() { Some(renew_expiry(app, stored)?) } else { None };
    let mail = renewed.as_ref().unwrap_or(stored);
    let found = read_subject(app, mail).await?;
    let current = reader::for_reader(mail, &found, app.now());
    let Some((mail, Prepared { links, professionals })) = ready(app, current, &found)? else {
        app.store.change_mail(MailChange::new(stored, &budget::void(stored))).await?;
        return Ok(true);
    };
    let mail = &mail;
    if let Some(reason) = breaker::reason_to_hold(app, portal, mail, &found) {
        breaker::hold(app, stored, reason).await?;
        return Ok(false);
    }
    let reader = Reader::of(mail, &found);
    if let Some(reader) = &reader {
        match reader.frequency() {
            Frequency::AtOnce => {}
            Frequency::Daily => {
                budget::gather(app, stored, reader, DigestPeriod::Day).await?;
                return Ok(false);
            }
            Frequency::Never => {
                app.store.change_mail(MailChange::new(stored, &budget::void(stored))).await?;
                return Ok(true);
            }
        }
    }
    let Some(recipient) = &mail.recipient else {
        return Err(Error::internal("a mail without a recipient is expanded"));
    };
    let token = unsubscribe_token(mail, &found)?;
    let unsubscribe = token.as_ref().map(|token| token.secret.hash());
    let offering = OutboxMail { unsubscribe, ..mail.clone() };
    let address = &recipient.email;
    match budget::count(app, stored, &offering, address, &professionals, reader.as_ref()).await? {
        Share::Left => {}
        Share::UsedUp => return Ok(false),
    }
    let own = mail.professional.is_none() || mail.professional == recipient.professional;
    let links = mail::Links { content: links, preferences: preferences(mail), unsubscribe: token };
    let message = mail::render(&mail.content, recipient, own, &links, &app.policy)?;
    let (reached, message) = match mailer.send(mail, message).await? {
        Sent::Accepted(message) => (Delivery::Sent, message),
        Sent::Rejected(reason) => {
            tracing::warn!(mail.id = %mail.id, mail.rejected = reason, "mail rejected");
            (Delivery::Failed, String::new())
        }
    };
    let steps = record_delivery(app, mail, reached, &message).await?;
    count_delivery(app, mail, &steps, false).await;
    tracing::info!(mail.id = %mail.id, mail.steps = ?steps, "mail handed to the mail service");
    Ok(true)
}

/// Returns the mail as its recipient gets it, with what it needs; `None` if it is out of date or
/// must not go to this address.
fn ready(
    app: &App,
    mail: Option<OutboxMail>,
    found: &Found,
) -> Result<Option<(OutboxMail, Prepared)>> {
    let Some(mail) = mail else { return Ok(None) };
    let may_be_unproved = mail.content.kind().rules().may_be_unproved;
    if !mail.is_to_proved_address() && !may_be_unproved {
        return Ok(None);
    }
    Ok(prepare(app, &mail, found)?.map(|prepared| (mail, prepared)))
}

/// Generates what turns off the groups of `mail` without signing in, if one of them can be.
fn unsubscribe_token(mail: &OutboxMail, found: &Found) -> Result<Option<UnsubscribeToken>> {
    let profile = mail.recipient.as_ref().and_then(|recipient| recipient.profile);
    match profile.filter(|_| reader::can_turn_off(mail, found)) {
        Some(profile) => {
            Ok(Some(UnsubscribeToken { mail: mail.id, profile, secret: Secret::generate()? }))
        }
        None => Ok(None),
    }
}

/// Returns the path of the page where the recipient chooses how often to get such mails, if that
/// can be chosen.
fn preferences(mail: &OutboxMail) -> Option<String> {
    let profile = mail.recipient.as_ref()?.profile.filter(|_| !mail.groups().is_empty())?;
    Some(format!("/profile/?account={}#e-mails", profile.account))
}

/// Returns `mail` with an invitation that expires as if it had been created now.
fn renew_expiry(app: &App, mail: &OutboxMail) -> Result<OutboxMail> {
    Ok(OutboxMail {
        content: mail.content.clone().with_expiry(invitation_expires_at(app, app.now())?),
        ..mail.clone()
    })
}

/// What the mail needs before it can be rendered.
#[derive(Default)]
struct Prepared {
    /// The paths of its links, on the English pages.
    links: Vec<String>,
    /// The professionals before and after, with the hashes of the links' secrets.
    professionals: Vec<(Professional, Professional)>,
}

impl Prepared {
    /// Returns a mail without a link.
    fn plain() -> Self {
        Self::default()
    }

    /// Returns a mail that links to a page of the portal.
    fn page(link: String) -> Self {
        Self { links: vec![link], professionals: Vec::new() }
    }

    /// Returns a mail that links to a page of the account it is about.
    fn account_page(page: &str, mail: &OutboxMail) -> Option<Self> {
        mail.account.map(|account| Self::page(format!("{page}?account={account}")))
    }

    /// Returns a mail that links to a professional's profile.
    fn profile(professional: &Professional) -> Self {
        let Professional { account, id, .. } = professional;
        Self::page(format!("/people/profile/?account={account}&professional={id}"))
    }

    /// Returns a mail whose link holds a secret, which `after` knows the hash of.
    fn secret(link: String, before: &Professional, after: Professional) -> Self {
        Self { links: vec![link], professionals: vec![(before.clone(), after)] }
    }

    /// Returns a mail with all links of the `parts`; `None` if there are none.
    fn all(parts: Vec<Self>) -> Option<Self> {
        parts.into_iter().reduce(|mut whole, part| {
            whole.links.extend(part.links);
            whole.professionals.extend(part.professionals);
            whole
        })
    }
}

/// Reads the professionals and the request for access that the mail is about, and the counts of who
/// caused it.
async fn read_subject(app: &App, mail: &OutboxMail) -> Result<Found> {
    let lookup = Lookup::default().counts_of(&mail.cause, app.now());
    let mut lookup = reader::look_up(mail, lookup);
    lookup = mail.shown_in().into_iter().fold(lookup, Lookup::held_mail);
    for link in mail.content.links() {
        lookup = lookup.professional(link.account, link.professional);
    }
    if let Some(account) = mail.account {
        lookup =
            mail.professional.iter().fold(lookup, |lookup, id| lookup.professional(account, *id));
        lookup = mail
            .content
            .access_request()
            .iter()
            .fold(lookup, |lookup, id| lookup.access_request(account, *id));
    }
    app.store.look_up(lookup).await
}

/// Checks whether the request for access that the mail is about, if it is about one, is still open.
fn is_open(mail: &OutboxMail, found: &Found) -> bool {
    mail.account.zip(mail.content.access_request()).is_none_or(|(account, id)| {
        found.access_request(account, id).is_some_and(|request| request.state == AccessState::Open)
    })
}

/// Prepares the mail's links and generates their secrets, if it has any.
///
/// Returns `None` for a mail that is out of date: its invitation was superseded, revoked or used,
/// its link has ended, its professional was deleted, or its request for access was decided.
#[expect(clippy::too_many_lines, reason = "one short arm for each kind of mail")]
fn prepare(app: &App, mail: &OutboxMail, found: &Found) -> Result<Option<Prepared>> {
    if !is_open(mail, found) {
        return Ok(None);
    }
    let before = mail.professional.and_then(|id| found.professional(id));
    let recipient = mail.recipient.as_ref().and_then(|recipient| recipient.professional);
    match (&mail.content, before) {
        (
            MailContent::Invitation { invitation: id, expires_at, .. }
            | MailContent::MyLink { invitation: id, expires_at, .. },
            Some(before),
        ) => invitation_link(app, before, *id, *expires_at),
        (MailContent::MyLinks { links, expires_at, .. }, _) => {
            let mut parts = Vec::new();
            for link in links {
                // All or none: the links are rendered in the order of the profiles.
                let Some(before) = found.professional(link.professional) else { return Ok(None) };
                match invitation_link(app, before, link.invitation, *expires_at)? {
                    Some(part) => parts.push(part),
                    None => return Ok(None),
                }
            }
            Ok(Prepared::all(parts))
        }
        (MailContent::Linked { linked_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let current = after.linked.as_mut().filter(|link| link.linked_at == *linked_at);
            let Some(linked) = current else { return Ok(None) };
            let secret = Secret::generate()?;
            linked.notices.insert(secret.hash(), recipient.unwrap_or(before.id));
            let token = ProfileToken { account: before.account, professional: before.id, secret };
            Ok(Some(Prepared::secret(format!("/not-me/#{}", token.expose()), before, after)))
        }
        (MailContent::ConfirmEmail { requested_at, .. }, Some(before)) => {
            let mut after = before.clone();
            let newest = after
                .pending_email
                .as_mut()
                .filter(|pending| pending.requested_at == *requested_at)
                .filter(|pending| pending.is_live(app.now()));
            let Some(pending) = newest else { return Ok(None) };
            let secret = Secret::generate()?;
            pending.secret = Some(secret.hash());
            let token = ProfileToken { account: before.account, professional: before.id, secret };
            Ok(Some(Prepared::secret(format!("/confirm-email/#{}", token.expose()), before, after)))
        }
        (MailContent::InvitationBounced { invitation: id, .. }, Some(about)) => {
            let newest = about
                .invitation
                .as_ref()
                .is_some_and(|invitation| invitation.id == *id && invitation.outcome.is_none());
            Ok(newest.then(|| Prepared::profile(about)))
        }
        (MailContent::PartnerChanged { .. } | MailContent::SignInPolicyLift { .. }, _) => {
            Ok(Prepared::account_page("/account/", mail))
        }
        (MailContent::GrantChanged { .. } | MailContent::CustomerDeclined { .. }, _) => {
            Ok(Prepared::account_page("/customers/", mail))
        }
        (MailContent::AccessRequested { request, .. }, _) => {
            let link = mail
                .account
                .map(|account| format!("/access-requests/?account={account}&request={request}"));
            Ok(Some(link.map_or_else(Prepared::plain, Prepared::page)))
        }
        (MailContent::AccessEnding { ends_on, .. }, Some(about)) => {
            Ok((about.details.ends_on == Some(*ends_on)).then(|| Prepared::profile(about)))
        }
        (MailContent::PlanEnding { .. } | MailContent::PlanLapsed { .. }, _) => {
            Ok(Some(Prepared::account_page("/account/", mail).unwrap_or_default()))
        }
        (MailContent::ReviewAccess { .. }, _) => {
            Ok(Prepared::account_page("/people/review/", mail))
        }
        // The person whose link ended cannot open the profile.
        (MailContent::LinkDisputed { .. }, Some(about)) => {
            let own = recipient == Some(about.id);
            Ok(Some(if own { Prepared::plain() } else { Prepared::profile(about) }))
        }
        (
            MailContent::IdentitySwitched { .. }
            | MailContent::AddressChanged { .. }
            | MailContent::AdministratorChanged { .. },
            _,
        ) => Ok(Some(Prepared::plain())),
        (MailContent::Notices { .. }, _) => Ok(Some(digest_page(mail, found))),
        (
            MailContent::AppointmentRequested { about, .. }
            | MailContent::CustomerWaiting { about, .. }
            | MailContent::CustomerConfirmed { about, .. },
            _,
        ) => Ok(Some(Prepared::page(format!("/account/?account={about}")))),
        (
            MailContent::Invitation { .. }
            | MailContent::InvitationBounced { .. }
            | MailContent::MyLink { .. }
            | MailContent::ConfirmEmail { .. }
            | MailContent::Linked { .. }
            | MailContent::LinkDisputed { .. }
            | MailContent::AccessEnding { .. }
            | MailContent::RequestedLinks { .. }
            | MailContent::RoutedAccess { .. },
            _,
        ) => Ok(None),
    }
}

/// Returns a digest with the page where all that it gathers is seen. Other mails that count notices
/// lead to the portal.
fn digest_page(mail: &OutboxMail, found: &Found) -> Prepared {
    let groups: Vec<_> = mail.groups().into_iter().collect();
    let kind = mail.account.and_then(|id| found.account(id)).map(|account| account.kind);
    let page = match groups[..] {
        [] => None,
        [NoticeGroup::PeopleLinked | NoticeGroup::AccessEnding] => Some("/people/"),
        [NoticeGroup::AccessRequests] => Some("/access-requests/"),
        [NoticeGroup::Reviews] => Some("/people/review/"),
        [NoticeGroup::Plans | NoticeGroup::Partners] if kind == Some(AccountKind::Partner) => {
            Some("/customers/")
        }
        [NoticeGroup::Plans | NoticeGroup::Partners] => Some("/account/"),
        // In which accounts, a reader of several sees there.
        _ if kind == Some(AccountKind::Customer) => Some("/activity/"),
        _ => Some("/customers/"),
    };
    page.and_then(|page| Prepared::account_page(page, mail)).unwrap_or_default()
}

/// Generates the secret of the link that accepts the invitation `id` until `expires_at`. Returns
/// `None` if the invitation is not the newest or not open.
fn invitation_link(
    app: &App,
    before: &Professional,
    id: InvitationId,
    expires_at: Timestamp,
) -> Result<Option<Prepared>> {
    let mut after = before.clone();
    let newest = after.invitation.as_mut().filter(|invitation| invitation.id == id);
    let Some(invitation) = newest else { return Ok(None) };
    invitation.expires_at = expires_at;
    if !invitation.is_live(app.now()) {
        return Ok(None);
    }
    let secret = Secret::generate()?;
    invitation.set_secret(secret.hash());
    let token = InvitationToken {
        account: before.account,
        professional: before.id,
        invitation: id,
        secret,
    };
    Ok(Some(Prepared::secret(format!("/link/#{}", token.expose()), before, after)))
}
