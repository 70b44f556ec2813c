//! Makes one mail to each of several people out of one that stands for them all.
//!
//! The mails' identifiers are derived from the one they come of and the recipient, so that a retry makes none twice.

use std::slice;

use portico::{
    App, Error, Result,
    domain::{
        AccessRequestId, AccessState, Account, AccountId, Activity, Actor, Deed, Delivery, EmailAddress, Letter, Mail, Professional, ProfessionalId,
        Recipient, Stage, Target, authority::Capacity,
    },
    store::Lookup,
};

/// DynamoDB reads 100 items at once; an account with more administrators than this tells the first of them.
const MOST_RECIPIENTS: usize = 50;

/// Puts the mails into the outbox, then notes that this one has done its work.
pub(crate) async fn expand(app: &App, mail: &Mail) -> Result<()> {
    match &mail.letter {
        Letter::RequestedLinks { email } => requested_links(app, mail, email).await?,
        Letter::Linked { .. } | Letter::AccessEnding { .. } | Letter::ReviewAccess { .. } => {
            if let Some((account, mut people)) = administrators(app, mail, mail.professional).await? {
                people.retain(|it| account.roles.is_administrator(it.id) || Some(it.id) == mail.professional);
                notify(app, mail, &account, &people).await?;
            }
        }
        Letter::AdministratorChanged { after, .. } => linked_professionals(app, mail, *after).await?,
        Letter::AppointmentRequested { .. } | Letter::PlanLapsed { .. } => {
            if let Some((account, people)) = administrators(app, mail, None).await? {
                notify(app, mail, &account, &people).await?;
            }
        }
        Letter::RoutedAccess { request } => {
            app.route_access_request(mail.account.unwrap_or(AccountId::VENDOR), *request).await?;
        }
        Letter::AccessRequested { request, stage, .. } => access_requested(app, mail, *request, *stage).await?,
        Letter::Invitation { .. } | Letter::Returned { .. } | Letter::MyLink { .. } | Letter::IdentitySwitched { .. } => {
            return Err(Error::internal("a mail that needs a recipient has none"));
        }
    }
    app.store.advance_mail(mail, &Mail { delivery: Delivery::Sent, ..mail.clone() }, None, None, &[]).await
}

/// Tells up to 100 of the account's linked professionals, and leaves the others to a mail of its own: an account may have thousands, and
/// every step is to end within the time that one invocation has.
async fn linked_professionals(app: &App, mail: &Mail, after: Option<ProfessionalId>) -> Result<()> {
    let Some(id) = mail.account else { return Ok(()) };
    let (accounts, mut people) = tokio::try_join!(app.store.accounts(slice::from_ref(&id)), app.store.people(id, after))?;
    let Some(account) = accounts.first() else { return Ok(()) };
    let last = people.next.as_deref().and_then(ProfessionalId::parse);
    people.items.retain(|it| it.linked.is_some() || account.roles.is_administrator(it.id));
    notify(app, mail, account, &people.items).await?;
    if let (Some(last), Letter::AdministratorChanged { .. }) = (last, &mail.letter) {
        let mut rest = Mail { id: mail.continuation_id(last), ..mail.clone() };
        if let Letter::AdministratorChanged { after, .. } = &mut rest.letter {
            *after = Some(last);
        }
        app.store.expand_mail(&rest, None, None).await?;
    }
    Ok(())
}

/// Gives each profile with the address a fresh link (requirement 20), or only the one whose link failed.
async fn requested_links(app: &App, mail: &Mail, email: &EmailAddress) -> Result<()> {
    let profiles = match (mail.account, mail.professional) {
        (Some(account), Some(professional)) => vec![(account, professional)],
        _ => app.store.professionals_with(email).await?,
    };
    for (account, professional) in profiles {
        fresh_link(app, mail, email, account, professional).await?;
    }
    Ok(())
}

async fn fresh_link(app: &App, mail: &Mail, email: &EmailAddress, account: AccountId, id: ProfessionalId) -> Result<()> {
    let letter_id = mail.derived_id(id);
    let found = app.store.look_up(Lookup::default().account(account).professional(account, id).mail(letter_id)).await?;
    let (Some(account), Some(before)) = (found.account(account), found.professional(id)) else { return Ok(()) };
    // The index lags: the address on record is what counts.
    if !found.mails.is_empty() || before.details.email != *email || !before.may_ask_for_link(account.today(app.now())) {
        return Ok(());
    }
    let mut after = before.clone();
    let letter = Mail { id: letter_id, ..app.fresh_link(account, &mut after)? };
    let actor = Actor::system("Somebody who entered the address on record", Capacity::Mailbox);
    let activity = Activity { target: Some(Target::of(before)), ..app.activity(account.id, actor, Deed::InvitationRequested)? };
    app.store.expand_mail(&letter, Some((before, &after)), Some(&activity)).await
}

/// Asks the administrators of whoever is to decide at `stage`, if nobody has decided yet. Where the vendor has none, its access mailbox is asked.
async fn access_requested(app: &App, mail: &Mail, request: AccessRequestId, stage: Stage) -> Result<()> {
    let Some(id) = mail.account else { return Ok(()) };
    let found = app.store.look_up(Lookup::default().account(id).access_request(id, request)).await?;
    let open = found.access_request(id, request).filter(|it| it.state == AccessState::Open);
    let (Some(account), Some(request)) = (found.account(id), open) else { return Ok(()) };
    let home = match stage {
        Stage::Administrators => Some(id),
        Stage::Partner => account.partner.as_ref().map(|it| it.account),
        Stage::Staff => Some(AccountId::VENDOR),
    };
    let Some(home) = home else { return Ok(()) };
    let deciders = Mail { account: Some(home), ..mail.clone() };
    let Some((home, mut people)) = administrators(app, &deciders, None).await? else { return Ok(()) };
    people.retain(|it| it.linked.is_some() && home.roles.is_administrator(it.id) && !it.details.has_ended(home.today(app.now())));
    for person in &people {
        // Who they are is not for the activity list of the customer, who would read it there.
        let professional = Some(person.id).filter(|_| home.id == id);
        let letter = Mail { id: mail.derived_id(person.id), recipient: Some(Recipient { professional, ..Recipient::of(person) }), ..mail.clone() };
        app.store.expand_mail(&letter, None, None).await?;
    }
    let mailbox = app.policy.access_mailbox.as_deref().and_then(|it| EmailAddress::parse(it).ok());
    if let Some(email) = mailbox.filter(|_| people.is_empty() && stage == Stage::Staff) {
        let recipient = Recipient { professional: None, email, name: home.name.to_string(), language: request.language.clone() };
        let nobody = ProfessionalId::from(AccountId::VENDOR.ulid());
        let letter = Mail { id: mail.derived_id(nobody), recipient: Some(recipient), ..mail.clone() };
        app.store.expand_mail(&letter, None, None).await?;
    }
    Ok(())
}

/// Reads the account and its administrators and billing contact, and `also`.
async fn administrators(app: &App, mail: &Mail, also: Option<ProfessionalId>) -> Result<Option<(Account, Vec<Professional>)>> {
    let Some(id) = mail.account else { return Ok(None) };
    let Some(account) = app.store.accounts(&[id]).await?.pop() else { return Ok(None) };
    let people = account.roles.administrators.iter().copied().chain(account.roles.billing_contact).take(MOST_RECIPIENTS).chain(also);
    let found = app.store.look_up(people.fold(Lookup::default(), |lookup, it| lookup.professional(id, it))).await?;
    Ok(Some((account, found.professionals)))
}

async fn notify(app: &App, mail: &Mail, account: &Account, people: &[Professional]) -> Result<()> {
    for person in people.iter().filter(|it| !it.details.has_ended(account.today(app.now()))) {
        let letter = Mail { id: mail.derived_id(person.id), recipient: Some(Recipient::of(person)), ..mail.clone() };
        app.store.expand_mail(&letter, None, None).await?;
    }
    Ok(())
}
