//! Changing an account, with the consequences of a change, for every function that does so.

use crate::{
    App, Result,
    auth::Access,
    domain::{Account, AccountChanges, AccountField, Event, MailContent, OutboxMail},
    store::{AccountChange, CardCopying},
};

/// Where a change of an account comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeSource {
    /// A person changed this one account.
    Form,
    /// A row of an import.
    Import,
}

/// Changes `before` for a caller who is authorized, and returns the changed account. Writes nothing
/// if nothing changes.
///
/// It is one transaction, however many customers a partner has: copy-partner-card updates their
/// copies of its card. A mail tells the administrators of a new partner of record and its
/// permissions (requirement 27).
pub async fn change_account(
    app: &App,
    access: &Access,
    before: &Account,
    changes: AccountChanges,
    source: ChangeSource,
) -> Result<Account> {
    let after = before.with(changes, app.now(), app.policy.grace_days);
    let fields = after.changed_since(before);
    if fields.is_empty() {
        return Ok(before.clone());
    }
    let event = Event::AccountUpdated {
        plan: after.plan.as_ref().filter(|_| fields.contains(&AccountField::Plan)).map(Into::into),
        partner: after
            .partner
            .as_ref()
            .filter(|_| fields.contains(&AccountField::Partner))
            .map(Into::into),
        changed: fields,
        imported: source == ChangeSource::Import,
    };
    let event = access.audit_event(app, before.id, event)?;
    let copying = CardCopying { id: app.new_id()?, partner: after.id, after: None };
    let mail = if after.partner_id() == before.partner_id() {
        None
    } else {
        partner_changed(app, &after)?
    };
    let change = AccountChange {
        card_copying: after.card_differs_from(before).then_some(&copying),
        mails: mail.as_slice(),
        ..AccountChange::new(before, &after, &event)
    };
    app.store.change_account(change).await?;
    Ok(Account { version: before.version + 1, ..after })
}

/// Creates the mail about a new partner of record to the administrators, if the account has any and
/// does not wait for confirmation.
fn partner_changed(app: &App, account: &Account) -> Result<Option<OutboxMail>> {
    let is_told = !account.roles.is_empty() && !account.is_waiting();
    let Some(partner) = account.partner.clone().filter(|_| is_told) else {
        return Ok(None);
    };
    let content = MailContent::PartnerChanged {
        account_name: account.name.to_string(),
        partner,
        grant: account.grant,
    };
    Ok(Some(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? }))
}
