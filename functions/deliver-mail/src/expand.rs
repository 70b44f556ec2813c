//! Makes one mail to each of several people out of one that stands for them all.
//!
//! The mails' identifiers are derived from the one they come of and the recipient, so that a retry makes none twice.

use std::slice;

use portico::{
    App, Error, Result,
    domain::{
        AccessRequestId, AccessState, Account, AccountId, Activity, Actor, Audience, Decider, Deed,
        Delivery, EmailAddress, MailContent, OutboxMail, Professional, ProfessionalId, Recipient,
        Target, authorization::ActingAs,
    },
    store::{Lookup, MailChange, MailExpansion},
    workflows::{invite, route_access_request::route_access_request},
};

/// DynamoDB reads 100 items at once; an account with more administrators than this tells the first of them.
const MOST_RECIPIENTS: usize = 50;

/// Puts the mails into the outbox, then notes that this one has done its work.
pub(crate) async fn expand(app: &App, mail: &OutboxMail) -> Result<()> {
    let mut reached = Delivery::Sent;
    match &mail.content {
        MailContent::RequestedLinks { email } => requested_links(app, mail, email).await?,
        MailContent::Linked { .. }
        | MailContent::AccessEnding { .. }
        | MailContent::ReviewAccess { .. } => {
            if let Some((account, mut people)) =
                administrators(app, mail.account, mail.professional).await?
            {
                people.retain(|it| {
                    account.roles.is_administrator(it.id) || Some(it.id) == mail.professional
                });
                notify(app, mail, &account, &people).await?;
            }
        }
        MailContent::LinkDisputed { .. } => link_disputed(app, mail).await?,
        MailContent::PartnerChanged { .. } | MailContent::GrantChanged { .. } => {
            if let Some((account, mut people)) = administrators(app, mail.account, None).await? {
                people.retain(|it| account.roles.is_administrator(it.id));
                notify(app, mail, &account, &people).await?;
            }
        }
        MailContent::AdministratorChanged { after, leaving, .. } => {
            linked_professionals(app, mail, *after, leaving).await?
        }
        MailContent::AppointmentRequested { .. } => {
            if let Some((account, people)) = administrators(app, mail.account, None).await? {
                notify(app, mail, &account, &people).await?;
            }
        }
        MailContent::PlanEnding { .. } | MailContent::PlanLapsed { .. } => {
            reached = plan(app, mail).await?
        }
        MailContent::RoutedAccess { request } => {
            route_access_request(&app, mail.account.unwrap_or(AccountId::VENDOR), *request).await?;
        }
        MailContent::AccessRequested { request, stage, .. } => {
            access_requested(app, mail, *request, *stage).await?
        }
        MailContent::Invitation { .. }
        | MailContent::InvitationBounced { .. }
        | MailContent::MyLink { .. }
        | MailContent::IdentitySwitched { .. }
        | MailContent::AddressChanged { .. } => {
            return Err(Error::internal("a mail that needs a recipient has none"));
        }
    }
    let after = OutboxMail { delivery: reached, ..mail.clone() };
    app.store.change_mail(MailChange::new(mail, &after)).await
}

/// Tells the profile's mailbox and the administrators; where none of these can enter, those who look after the account too.
async fn link_disputed(app: &App, mail: &OutboxMail) -> Result<()> {
    let Some((account, mut people)) = administrators(app, mail.account, mail.professional).await?
    else {
        return Ok(());
    };
    people.retain(|it| account.roles.is_administrator(it.id) || Some(it.id) == mail.professional);
    notify(app, mail, &account, &people).await?;
    if people.iter().any(|it| it.linked.is_some() && account.roles.is_administrator(it.id)) {
        return Ok(());
    }
    let outside = account.partner.as_ref().map_or(AccountId::VENDOR, |it| it.account);
    notify_outside(app, mail, outside).await
}

/// Makes a mail to each administrator of an account that looks after the one it is about, in whose activity list they are nobody's business.
async fn notify_outside(app: &App, mail: &OutboxMail, outside: AccountId) -> Result<()> {
    let Some((home, mut people)) = administrators(app, Some(outside), None).await? else {
        return Ok(());
    };
    people.retain(|it| {
        home.roles.is_administrator(it.id) && !it.details.has_ended(home.today(app.now()))
    });
    for person in &people {
        app.store.expand_mail(MailExpansion::new(&to_outsider(mail, person))).await?;
    }
    Ok(())
}

/// Tells up to 100 of the account's linked professionals, with its administrators old and new, and leaves the others to a mail of its own: an
/// account may have thousands, and every step is to end within the time that one invocation has.
async fn linked_professionals(
    app: &App,
    mail: &OutboxMail,
    after: Option<ProfessionalId>,
    leaving: &[ProfessionalId],
) -> Result<()> {
    let Some(id) = mail.account else { return Ok(()) };
    let (accounts, mut people) =
        tokio::try_join!(app.store.accounts(slice::from_ref(&id)), app.store.people(id, after))?;
    let Some(account) = accounts.first() else { return Ok(()) };
    let last = people.next.as_deref().and_then(ProfessionalId::parse);
    people.items.retain(|it| {
        it.linked.is_some() || account.roles.is_administrator(it.id) || leaving.contains(&it.id)
    });
    notify(app, mail, account, &people.items).await?;
    if let (Some(last), MailContent::AdministratorChanged { .. }) = (last, &mail.content) {
        let mut rest = OutboxMail { id: mail.continuation_id(last), ..mail.clone() };
        if let MailContent::AdministratorChanged { after, .. } = &mut rest.content {
            *after = Some(last);
        }
        app.store.expand_mail(MailExpansion::new(&rest)).await?;
    }
    Ok(())
}

/// Gives each profile with the address a fresh link (requirement 20), or only the one whose link failed.
async fn requested_links(app: &App, mail: &OutboxMail, email: &EmailAddress) -> Result<()> {
    let profiles = match (mail.account, mail.professional) {
        (Some(account), Some(professional)) => vec![(account, professional)],
        _ => app.store.professionals_with(email).await?,
    };
    for (account, professional) in profiles {
        fresh_link(app, mail, email, account, professional).await?;
    }
    Ok(())
}

async fn fresh_link(
    app: &App,
    mail: &OutboxMail,
    email: &EmailAddress,
    account: AccountId,
    id: ProfessionalId,
) -> Result<()> {
    let letter_id = mail.derived_id(id);
    let found = app
        .store
        .look_up(Lookup::default().account(account).professional(account, id).mail(letter_id))
        .await?;
    let (Some(account), Some(before)) = (found.account(account), found.professional(id)) else {
        return Ok(());
    };
    // The index lags: the address on record is what counts.
    if !found.mails.is_empty()
        || before.details.email != *email
        || !before.can_request_link(account.today(app.now()))
    {
        return Ok(());
    }
    let mut after = before.clone();
    let content = OutboxMail { id: letter_id, ..invite::fresh_link(app, account, &mut after)? };
    let actor = Actor::system("Somebody who entered the address on record", ActingAs::Mailbox);
    let activity = Activity {
        target: Some(Target::of(before)),
        ..app.activity(account.id, actor, Deed::InvitationRequested)?
    };
    let expansion = MailExpansion {
        mail: &content,
        professional: Some((before, &after)),
        activity: Some(&activity),
    };
    app.store.expand_mail(expansion).await
}

/// Tells the account's administrators and billing contact of its plan, and the partner's administrators, unless that is true no more.
async fn plan(app: &App, mail: &OutboxMail) -> Result<Delivery> {
    let Some((account, people)) = administrators(app, mail.account, None).await? else {
        return Ok(Delivery::Void);
    };
    let Some(content) = still_true(app, &mail.content, &account) else { return Ok(Delivery::Void) };
    let mail = OutboxMail { content, ..mail.clone() };
    notify(app, &mail, &account, &people).await?;
    if let Some(partner) = &account.partner {
        let copy = OutboxMail { content: for_partner(mail.content.clone()), ..mail };
        notify_outside(app, &copy, partner.account).await?;
    }
    Ok(Delivery::Sent)
}

/// Returns what is to be told of the plan now, which may be later than the schedule thought. A plan that was renewed needs no notice.
fn still_true(app: &App, content: &MailContent, account: &Account) -> Option<MailContent> {
    let (plan, grace_days) = (account.plan.as_ref()?, app.policy.grace_days);
    let lapsed = account.is_lapsed(app.now(), grace_days);
    match content.clone() {
        MailContent::PlanEnding { account_name, plan_name, ends_on, partner, audience, .. }
            if ends_on == plan.ends_on && !lapsed =>
        {
            let days_left = (ends_on - account.today(app.now())).get_days();
            let lapses_on = plan.lapses_on(grace_days);
            Some(MailContent::PlanEnding {
                account_name,
                plan_name,
                ends_on,
                days_left,
                lapses_on,
                partner,
                audience,
            })
        }
        MailContent::PlanLapsed { .. } if lapsed => Some(content.clone()),
        _ => None,
    }
}

fn for_partner(content: MailContent) -> MailContent {
    let mut content = content;
    if let MailContent::PlanEnding { audience, .. } | MailContent::PlanLapsed { audience, .. } =
        &mut content
    {
        *audience = Audience::Partner;
    }
    content
}

/// Asks the administrators of whoever is to decide at `stage`, if nobody has decided yet. Where the vendor has none, its access mailbox is asked.
async fn access_requested(
    app: &App,
    mail: &OutboxMail,
    request: AccessRequestId,
    stage: Decider,
) -> Result<()> {
    let Some(id) = mail.account else { return Ok(()) };
    let found =
        app.store.look_up(Lookup::default().account(id).access_request(id, request)).await?;
    let open = found.access_request(id, request).filter(|it| it.state == AccessState::Open);
    let (Some(account), Some(request)) = (found.account(id), open) else { return Ok(()) };
    let home = match stage {
        Decider::Administrators => Some(id),
        Decider::Partner => account.partner.as_ref().map(|it| it.account),
        Decider::Staff => Some(AccountId::VENDOR),
    };
    let Some(home) = home else { return Ok(()) };
    let Some((home, mut people)) = administrators(app, Some(home), None).await? else {
        return Ok(());
    };
    people.retain(|it| {
        it.linked.is_some()
            && home.roles.is_administrator(it.id)
            && !it.details.has_ended(home.today(app.now()))
    });
    for person in &people {
        // Who they are is not for the activity list of the customer, who would read it there.
        let professional = Some(person.id).filter(|_| home.id == id);
        let content = OutboxMail {
            id: mail.derived_id(person.id),
            recipient: Some(Recipient { professional, ..Recipient::of(person) }),
            ..mail.clone()
        };
        app.store.expand_mail(MailExpansion::new(&content)).await?;
    }
    let mailbox = app.policy.access_mailbox.as_deref().and_then(|it| EmailAddress::parse(it).ok());
    if let Some(email) = mailbox.filter(|_| people.is_empty() && stage == Decider::Staff) {
        let recipient = Recipient {
            professional: None,
            email,
            name: home.name.to_string(),
            language: request.language.clone(),
        };
        let nobody = ProfessionalId::from(AccountId::VENDOR.ulid());
        let content =
            OutboxMail { id: mail.derived_id(nobody), recipient: Some(recipient), ..mail.clone() };
        app.store.expand_mail(MailExpansion::new(&content)).await?;
    }
    Ok(())
}

/// Makes a copy of `mail` to somebody of another account than it is about. Who they are is not for the activity list of the customer, who would read
/// it there.
fn to_outsider(mail: &OutboxMail, person: &Professional) -> OutboxMail {
    let recipient = Recipient { professional: None, ..Recipient::of(person) };
    OutboxMail { id: mail.derived_id(person.id), recipient: Some(recipient), ..mail.clone() }
}

/// Reads the account `id` with its administrators and billing contact, and `also`.
async fn administrators(
    app: &App,
    id: Option<AccountId>,
    also: Option<ProfessionalId>,
) -> Result<Option<(Account, Vec<Professional>)>> {
    let Some(id) = id else { return Ok(None) };
    let Some(account) = app.store.accounts(&[id]).await?.pop() else { return Ok(None) };
    let people = account
        .roles
        .administrators
        .iter()
        .copied()
        .chain(account.roles.billing_contact)
        .take(MOST_RECIPIENTS)
        .chain(also);
    let found = app
        .store
        .look_up(people.fold(Lookup::default(), |lookup, it| lookup.professional(id, it)))
        .await?;
    Ok(Some((account, found.professionals)))
}

/// Makes a mail to each of `people`, of `account`, who is still there.
async fn notify(
    app: &App,
    mail: &OutboxMail,
    account: &Account,
    people: &[Professional],
) -> Result<()> {
    for person in people.iter().filter(|it| !it.details.has_ended(account.today(app.now()))) {
        let content = OutboxMail {
            id: mail.derived_id(person.id),
            recipient: Some(Recipient::of(person)),
            ..mail.clone()
        };
        app.store.expand_mail(MailExpansion::new(&content)).await?;
    }
    Ok(())
}
