//! Expands a mail to several people into one mail for each of them.
//!
//! A copy's id is derived from the original's id and the recipient, so that a retry creates no copy
//! twice.

use std::slice;

use portico::{
    App, Error, Result,
    domain::{
        AccessRequestId, AccessState, Account, AccountId, Audience, Decider, Delivery,
        EmailAddress, MailContent, OutboxMail, PartnerGrant, Professional, ProfessionalId,
        Recipient, Recipients, StaffPermission,
    },
    store::{Lookup, MailChange},
    workflows::route_access_request::route_access_request,
};

use crate::links;

/// DynamoDB reads 100 items at once.
const MOST_READ: usize = 100;

/// Puts a copy for each recipient into the outbox, then marks the original as done. Returns whether
/// it does not wait any more.
pub(crate) async fn expand(app: &App, mail: &OutboxMail) -> Result<bool> {
    let mut reached = Delivery::Sent;
    match (mail.content.kind().rules().recipients, &mail.content) {
        (_, MailContent::RequestedLinks { email }) => {
            return links::expand(app, mail, email).await;
        }
        (Recipients::Administrators, _) => notify_administrators(app, mail, None).await?,
        (Recipients::PersonAndAdministrators, _) => {
            notify_administrators(app, mail, mail.professional).await?;
        }
        (_, MailContent::LinkDisputed { nobody_left, .. }) => {
            notify_administrators(app, mail, mail.professional).await?;
            // Where no administrator can get in, the partner or the vendor must help.
            if *nobody_left {
                notify_helpers(app, mail).await?;
            }
        }
        (_, MailContent::AdministratorChanged { after, leaving, nobody_left, .. }) => {
            notify_linked_professionals(app, mail, *after, leaving).await?;
            if *nobody_left && after.is_none() {
                notify_helpers(app, mail).await?;
            }
        }
        (Recipients::Staff(permission), _) => {
            if let Some((vendor, people)) = staff_who_may(app, permission).await? {
                notify(app, mail, &vendor, &people).await?;
            }
        }
        (_, MailContent::PlanEnding { .. } | MailContent::PlanLapsed { .. }) => {
            reached = notify_of_plan(app, mail).await?;
        }
        (_, MailContent::RoutedAccess { request }) => {
            let account = mail.account.unwrap_or(AccountId::VENDOR);
            Box::pin(route_access_request(app, account, *request)).await?;
        }
        (_, MailContent::AccessRequested { request, stage, .. }) => {
            notify_deciders(app, mail, *request, *stage).await?;
        }
        (Recipients::One | Recipients::LookedUp, _) => {
            return Err(Error::internal("this kind of mail needs a recipient"));
        }
    }
    let after = OutboxMail { delivery: reached, ..mail.clone() };
    app.store.change_mail(MailChange::new(mail, &after)).await?;
    Ok(true)
}

/// Notifies the account's administrators, and the professional `also` if they are in the account.
async fn notify_administrators(
    app: &App,
    mail: &OutboxMail,
    also: Option<ProfessionalId>,
) -> Result<()> {
    let Some((account, mut people)) = administrators(app, mail.account, also).await? else {
        return Ok(());
    };
    people.retain(|person| account.roles.is_administrator(person.id) || Some(person.id) == also);
    notify(app, mail, &account, &people).await
}

/// Notifies those who can appoint an administrator of the account: the partner, if its permissions
/// allow it and one of its administrators can get in, else the vendor.
async fn notify_helpers(app: &App, mail: &OutboxMail) -> Result<()> {
    let account = app.store.accounts(mail.account.as_slice()).await?.pop();
    let partner = account
        .filter(|account| account.grant >= PartnerGrant::AppointAdministrator)
        .and_then(|account| account.partner_id());
    let partner = app.store.accounts(partner.as_slice()).await?.pop();
    let partner = partner.filter(|partner| !partner.roles.active.is_empty());
    notify_outside(app, mail, partner.map_or(AccountId::VENDOR, |partner| partner.id)).await
}

/// Notifies each administrator of `outside`, the partner or the vendor that manages the account
/// which `mail` is about.
async fn notify_outside(app: &App, mail: &OutboxMail, outside: AccountId) -> Result<()> {
    let Some((home, mut people)) = administrators(app, Some(outside), None).await? else {
        return Ok(());
    };
    people.retain(|person| {
        home.roles.is_administrator(person.id) && !person.details.has_ended(home.today(app.now()))
    });
    for person in &people {
        app.store.expand_mail(&copy_to(mail, person, None)).await?;
    }
    Ok(())
}

/// Notifies up to 100 of the account's linked professionals, with its old and new administrators,
/// and queues another mail for the rest: an account may have thousands, and each step must end
/// within the time of one invocation.
async fn notify_linked_professionals(
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
    people.items.retain(|person| {
        person.linked.is_some()
            || account.roles.is_administrator(person.id)
            || leaving.contains(&person.id)
    });
    notify(app, mail, account, &people.items).await?;
    if let (Some(last), MailContent::AdministratorChanged { .. }) = (last, &mail.content) {
        let mut rest = OutboxMail { id: mail.continuation_id(last), ..mail.clone() };
        if let MailContent::AdministratorChanged { after, .. } = &mut rest.content {
            *after = Some(last);
        }
        app.store.expand_mail(&rest).await?;
    }
    Ok(())
}

/// Notifies the account's administrators and billing contact of its plan, and the partner's
/// administrators, unless the notice is out of date.
async fn notify_of_plan(app: &App, mail: &OutboxMail) -> Result<Delivery> {
    let Some((account, people)) = administrators(app, mail.account, None).await? else {
        return Ok(Delivery::Void);
    };
    let Some(content) = current_notice(app, &mail.content, &account) else {
        return Ok(Delivery::Void);
    };
    let mail = OutboxMail { content, ..mail.clone() };
    notify(app, &mail, &account, &people).await?;
    if let Some(partner) = &account.partner {
        let copy = OutboxMail { content: for_partner(mail.content.clone()), ..mail };
        notify_outside(app, &copy, partner.account).await?;
    }
    Ok(Delivery::Sent)
}

/// Returns the notice as of now, which may be later than when the schedule queued it. `None` if the
/// plan was renewed.
fn current_notice(app: &App, content: &MailContent, account: &Account) -> Option<MailContent> {
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

/// Notifies the people who decide at `stage`, if nobody has decided yet: the account's or the
/// partner's administrators, or the vendor's staff who manage people. A vendor without any is
/// notified at its access mailbox.
async fn notify_deciders(
    app: &App,
    mail: &OutboxMail,
    request: AccessRequestId,
    stage: Decider,
) -> Result<()> {
    let Some(id) = mail.account else { return Ok(()) };
    let found =
        app.store.look_up(Lookup::default().account(id).access_request(id, request)).await?;
    let open =
        found.access_request(id, request).filter(|request| request.state == AccessState::Open);
    let (Some(account), Some(request)) = (found.account(id), open) else { return Ok(()) };
    let asked = match stage {
        // Renamed since by its partner: strangers' requests are for staff until they confirm it.
        Decider::Administrators | Decider::Partner if !account.is_confirmed() => None,
        Decider::Administrators => administrators(app, Some(id), None).await?,
        Decider::Partner => administrators(app, account.partner_id(), None).await?,
        Decider::Staff => staff_who_may(app, StaffPermission::People).await?,
    };
    let Some((home, mut people)) = asked else { return Ok(()) };
    people.retain(|person| {
        let decides = stage == Decider::Staff || home.roles.is_administrator(person.id);
        decides && person.linked.is_some() && !person.details.has_ended(home.today(app.now()))
    });
    for person in &people {
        let professional = Some(person.id).filter(|_| home.id == id);
        app.store.expand_mail(&copy_to(mail, person, professional)).await?;
    }
    let mailbox =
        app.policy.access_mailbox.as_deref().and_then(|address| EmailAddress::parse(address).ok());
    if let Some(email) = mailbox.filter(|_| people.is_empty() && stage == Decider::Staff) {
        let recipient = Recipient {
            professional: None,
            profile: None,
            email,
            name: home.name.to_string(),
            language: request.language.clone(),
            // The vendor has configured it.
            is_proved: true,
        };
        let nobody = ProfessionalId::from(AccountId::VENDOR.ulid());
        let copy =
            OutboxMail { id: mail.derived_id(nobody), recipient: Some(recipient), ..mail.clone() };
        app.store.expand_mail(&copy).await?;
    }
    Ok(())
}

/// Returns a copy of `mail` for `person`.
///
/// The customer's activity list names the recipient's `professional`. It is `None` for people of
/// another account, whose names the customer must not see there.
fn copy_to(
    mail: &OutboxMail,
    person: &Professional,
    professional: Option<ProfessionalId>,
) -> OutboxMail {
    let recipient = Recipient { professional, ..Recipient::of(person) };
    OutboxMail { id: mail.derived_id(person.id), recipient: Some(recipient), ..mail.clone() }
}

/// Reads the account `id`, its administrators and billing contact, and the professional `also`.
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
        .chain(also);
    let found = app
        .store
        .look_up(people.fold(Lookup::default(), |lookup, person| lookup.professional(id, person)))
        .await?;
    Ok(Some((account, found.professionals)))
}

/// Reads the vendor's account and its staff who have `permission`, its administrators included.
async fn staff_who_may(
    app: &App,
    permission: StaffPermission,
) -> Result<Option<(Account, Vec<Professional>)>> {
    let vendor = app.store.accounts(&[AccountId::VENDOR]).await?.pop();
    let Some(vendor) = vendor else { return Ok(None) };
    let mut staff: Vec<_> = vendor.roles.staff().into_iter().collect();
    staff.retain(|person| vendor.roles.permits(*person, permission));
    let mut people = Vec::new();
    for some in staff.chunks(MOST_READ) {
        let lookup = some.iter().fold(Lookup::default(), |lookup, person| {
            lookup.professional(AccountId::VENDOR, *person)
        });
        people.extend(app.store.look_up(lookup).await?.professionals);
    }
    Ok(Some((vendor, people)))
}

/// Queues a copy for each of `people`, who belong to `account`, whose access has not ended.
async fn notify(
    app: &App,
    mail: &OutboxMail,
    account: &Account,
    people: &[Professional],
) -> Result<()> {
    for person in people.iter().filter(|person| !person.details.has_ended(account.today(app.now())))
    {
        app.store.expand_mail(&copy_to(mail, person, Some(person.id))).await?;
    }
    Ok(())
}
