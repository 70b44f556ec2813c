//! Expands a request for links into one mail: with the link of the profile that has the address, or
//! with one link for each of them (requirement 20).

use jiff::{SignedDuration, Timestamp};
use portico::{
    App, Result,
    domain::{
        Account, AccountId, Actor, AuditEvent, Delivery, EmailAddress, Event, MailClass,
        MailContent, OutboxMail, Professional, ProfessionalId, ProfileLink, Recipient,
        authorization::ActingAs,
    },
    store::{LinksExpansion, Lookup, MailChange},
    workflows::invite::{fresh_link, invitation_expires_at},
};

use crate::budget::{self, Share};

/// The most links in one mail. A transaction records each three times: that the mail was sent and
/// delivered, and in the profile.
const MOST_LINKS: usize = 25;

/// DynamoDB reads 100 items at once, and each profile is read with its account.
const READ_AT_ONCE: usize = 50;

/// How long a mailed link counts as new.
const JUST_MAILED: SignedDuration = SignedDuration::from_hours(1);

/// A profile with its account.
type Profile = (Account, Professional);

/// Queues the mail with the links, unless the mailbox has had its share. Returns whether the
/// request does not wait any more.
///
/// The request is counted and not the mail, so that a request over the limit leaves the older links
/// as they are.
pub(crate) async fn expand(app: &App, mail: &OutboxMail, email: &EmailAddress) -> Result<bool> {
    if budget::count(app, mail, mail, email, &[], None).await? == Share::UsedUp {
        return Ok(false);
    }
    queue_links(app, mail, email).await?;
    let after = OutboxMail { delivery: Delivery::Sent, ..mail.clone() };
    app.store.change_mail(MailChange::new(mail, &after)).await?;
    Ok(true)
}

/// Queues one mail with a new link for each profile with the address, or only for the profile whose
/// link failed.
async fn queue_links(app: &App, request: &OutboxMail, email: &EmailAddress) -> Result<()> {
    let ids = match (request.account, request.professional) {
        (Some(account), Some(professional)) => vec![(account, professional)],
        _ => app.store.professionals_with(email).await?,
    };
    let id = request.links_id();
    if !app.store.look_up(Lookup::default().mail(id)).await?.mails.is_empty() {
        return Ok(());
    }
    let mut profiles = read(app, email, &ids).await?;
    in_order_of_need(&mut profiles, app.now());
    let more = u32::try_from(profiles.len().saturating_sub(MOST_LINKS)).unwrap_or(u32::MAX);
    profiles.truncate(MOST_LINKS);
    let (mut professionals, mut events, mut links, mut mails) = (vec![], vec![], vec![], vec![]);
    for (account, before) in profiles {
        let mut after = before.clone();
        let mail = fresh_link(app, &account, &mut after)?;
        if let Some(invitation) = mail.content.invitation() {
            links.push(ProfileLink {
                account: account.id,
                account_name: account.name.to_string(),
                professional: before.id,
                invitation,
            });
        }
        events.push(requested(app, &account, &before)?);
        professionals.push((before, after));
        mails.push(mail);
    }
    // The request is counted already.
    let counted_in = Some(MailClass::Links.window().name(app.now()));
    let mail = match (mails.pop(), professionals.first()) {
        (Some(only), _) if mails.is_empty() => OutboxMail { id, counted_in, ..only },
        (Some(_), Some((first, _))) => {
            let expires_at = invitation_expires_at(app, app.now())?;
            let content = MailContent::MyLinks { links, more, expires_at };
            let mut recipient = Recipient { professional: None, ..Recipient::of(first) };
            recipient.is_proved =
                professionals.iter().any(|(person, _)| person.has_proved_address());
            OutboxMail { id, counted_in, ..app.outbox_mail(content, None, Some(recipient))? }
        }
        _ => return Ok(()),
    };
    let (professionals, events) = (&professionals, &events);
    app.store.expand_links(LinksExpansion { mail: &mail, professionals, events }).await
}

/// Puts first the profiles that most need a link: those that got none within the past hour, among
/// them those that nobody has linked yet, and among these the ones that have waited longest. So
/// each further request brings the links that the ones before it left out.
fn in_order_of_need(profiles: &mut [Profile], now: Timestamp) {
    let hour_ago = now.saturating_sub(JUST_MAILED).unwrap_or(Timestamp::MIN);
    profiles.sort_by_cached_key(|(account, professional)| {
        let mailed_at = professional.invitation.as_ref().map(|invitation| invitation.created_at);
        let was_just_mailed = mailed_at.is_some_and(|at| at > hour_ago);
        (was_just_mailed, professional.linked.is_some(), mailed_at, account.id)
    });
}

/// Reads the profiles that may get a link.
async fn read(
    app: &App,
    email: &EmailAddress,
    ids: &[(AccountId, ProfessionalId)],
) -> Result<Vec<Profile>> {
    let mut profiles: Vec<Profile> = Vec::new();
    for ids in ids.chunks(READ_AT_ONCE) {
        let lookup = ids.iter().fold(Lookup::default(), |lookup, (account, id)| {
            lookup.account(*account).professional(*account, *id)
        });
        let found = app.store.look_up(lookup).await?;
        for professional in &found.professionals {
            // The index lags, so the profile's own address decides.
            let may_get_link = |account: &&Account| {
                professional.details.email == *email
                    && professional.can_request_link(account.today(app.now()))
            };
            let account =
                found.account(professional.account).filter(|account| !account.is_waiting());
            if let Some(account) = account.filter(may_get_link) {
                profiles.push((account.clone(), professional.clone()));
            }
        }
    }
    Ok(profiles)
}

fn requested(app: &App, account: &Account, before: &Professional) -> Result<AuditEvent> {
    let actor = Actor::system("Somebody who entered the address on record", ActingAs::Mailbox);
    app.audit_event(account.id, actor, Event::InvitationRequested { professional: before.into() })
}
