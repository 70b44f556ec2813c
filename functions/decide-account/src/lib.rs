//! Confirms or declines an account that a partner created, or withdraws it (requirement 45).

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, AccountId, AccountRef, AuditEvent, Confirmation, Event, FieldErrorCode,
        MailContent, OutboxMail, Professional, Reason, authorization::Action,
    },
    http::{Request, Response, Source, no_content, ok, views::AccountView},
    store::{AccountChange, AccountRemoval, Lookup},
    workflows::invite::{invite, invite_for},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/{account}/decision";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    decision: Decision,
    /// The account version that the caller saw. Corrections of its first professional change it
    /// too.
    version: u32,
    reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Confirm,
    Decline,
    Withdraw,
}

/// Decides in one transaction on what the caller saw: [`Error::Changed`] if it is another by now.
///
/// A confirmed account is one like any other: its first professional is invited if the partner
/// wanted that, its plan takes effect, and typed names lead to it. One that waits is removed if it
/// is declined or withdrawn. The same decision twice takes effect once: a second confirmation gets
/// the account, a second refusal 404, because there is no account any more.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    // Signed-out callers get 401 before the body is parsed.
    if let Source::Web { .. } = request.source() {
        request.session_cookie()?;
    }
    let input: Input = request.json()?;
    let action = match input.decision {
        Decision::Confirm | Decision::Decline => Action::ConfirmAccount,
        Decision::Withdraw => Action::WithdrawAccount,
    };
    let mut access = request.authorize(&app, request.account()?, action).await?;
    let reason = input.reason()?;
    let account = &access.account;
    let is_possible = match input.decision {
        Decision::Confirm if account.is_confirmed() => {
            return ok(&AccountView::new(&app, &access, account));
        }
        Decision::Confirm => true,
        Decision::Decline | Decision::Withdraw => account.is_waiting(),
    };
    if !is_possible || input.version != account.version {
        return Err(Error::Changed);
    }
    let people = People::read(&app, account).await?;
    match input.decision {
        Decision::Confirm => {
            access.account = confirm(&app, &access, &people).await?;
            ok(&AccountView::new(&app, &access, &access.account))
        }
        Decision::Decline => {
            let declined = |account| Event::AccountDeclined {
                account,
                reason: reason.clone().map(Into::into),
            };
            let content = MailContent::CustomerDeclined {
                account_name: account.name.to_string(),
                reason: reason.clone(),
            };
            let mail = mail_to_creator(&app, account, content)?;
            remove(&app, &access, &people, declined, mail.as_ref()).await
        }
        Decision::Withdraw => {
            let withdrawn = |account| Event::AccountWithdrawn { account };
            remove(&app, &access, &people, withdrawn, None).await
        }
    }
}

/// The people whom a decision concerns, read after the account, which names them.
struct People {
    /// The account's first professional, who holds every role. While the account waits nobody else
    /// can be added.
    first: Option<Professional>,
    /// The partner's professional who created the account, unless that profile is gone.
    creator: Option<Professional>,
}

impl People {
    async fn read(app: &App, account: &Account) -> Result<Self> {
        let first = account.roles.holders().into_iter().next().filter(|_| account.is_waiting());
        let creator = account.created_by.as_ref();
        let lookup =
            first.iter().fold(Lookup::default(), |lookup, id| lookup.professional(account.id, *id));
        let lookup = creator.iter().fold(lookup, |lookup, creator| {
            lookup.professional(creator.partner, creator.professional)
        });
        let found = app.store.look_up(lookup).await?;
        let creator = creator.and_then(|creator| found.professional(creator.professional));
        Ok(Self {
            first: first.and_then(|id| found.professional(id)).cloned(),
            creator: creator.cloned(),
        })
    }
}

async fn confirm(app: &App, access: &Access, people: &People) -> Result<Account> {
    let before = &access.account;
    let after = before.confirmed(access.now, app.policy.grace_days);
    let first = match before.confirmation {
        Confirmation::Waiting { invites: true } => people.first.as_ref(),
        _ => None,
    };
    let mut invited = first.cloned();
    let mut mails = Vec::new();
    if let Some(invited) = &mut invited {
        // The customer knows the partner's person, if that is still one.
        let creator = people.creator.as_ref().filter(|creator| creator.linked.is_some());
        mails.push(match creator {
            Some(creator) => invite_for(app, creator, &after, invited)?,
            None => invite(app, Some(access), &after, invited)?,
        });
    }
    let content = MailContent::CustomerConfirmed {
        about: before.id,
        account_name: before.name.to_string(),
        invited: invited.is_some(),
    };
    mails.extend(mail_to_creator(app, before, content)?);
    let event = Event::AccountConfirmed { invited: first.map(Into::into) };
    let event = access.audit_event(app, before.id, event)?;
    let change = AccountChange {
        person: first.zip(invited.as_ref()),
        mails: &mails,
        ..AccountChange::new(before, &after, &event)
    };
    app.store.change_account(change).await?;
    Ok(Account { version: before.version + 1, ..after })
}

/// Removes the account. The partner's and the vendor's activity lists say so: its own is gone.
async fn remove(
    app: &App,
    access: &Access,
    people: &People,
    event: impl Fn(AccountRef) -> Event,
    mail: Option<&OutboxMail>,
) -> Result<Response> {
    let account = &access.account;
    let lists = account.created_by.iter().map(|creator| creator.partner).chain([AccountId::VENDOR]);
    let events = lists.map(|list| access.audit_event(app, list, event(account.into())));
    let events: Vec<AuditEvent> = events.collect::<Result<_>>()?;
    let people = people.first.as_slice();
    app.store.remove_account(AccountRemoval { account, people, mail, events: &events }).await?;
    no_content()
}

/// Creates the mail to the person who created the account and the partner's administrators.
fn mail_to_creator(
    app: &App,
    account: &Account,
    content: MailContent,
) -> Result<Option<OutboxMail>> {
    let Some(creator) = &account.created_by else { return Ok(None) };
    let mail = app.outbox_mail(content, None, None)?;
    let (partner, professional) = (Some(creator.partner), Some(creator.professional));
    Ok(Some(OutboxMail { account: partner, professional, ..mail }))
}

impl Input {
    /// Parses the reason, which only a refusal takes.
    fn reason(&self) -> Result<Option<Reason>> {
        let Some(text) = &self.reason else { return Ok(None) };
        if self.decision != Decision::Decline {
            return Err(Error::invalid("reason", FieldErrorCode::NotAskedFor));
        }
        let parsed = Reason::parse(&text.replace(['\r', '\n', '\t'], " "));
        parsed.map(Some).map_err(|code| Error::invalid("reason", code))
    }
}
