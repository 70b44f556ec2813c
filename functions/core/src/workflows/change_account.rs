//! Changing an account: what one change entails is done here for every function that can.

use crate::{
    App, Result,
    auth::Access,
    domain::{Account, AccountChanges, AccountField, Event, MailContent, OutboxMail},
    store::CardCopying,
};

/// Where a change of an account comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeSource {
    /// A person changed this one account.
    Form,
    /// A row of an import.
    Import,
}

/// Changes `before`, which whoever entered may do, and returns the account as it is from now on. If nothing changes, nothing is written.
///
/// One transaction, however many customers a partner has: their copies of
/// its card are left to copy-partner-card. Administrators are told of a new partner of record and of what it may do (requirement 27).
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
    let copying = after.has_other_card_than(before).then_some(&copying);
    let mail = if after.partner_id() == before.partner_id() {
        None
    } else {
        partner_changed(app, &after)?
    };
    app.store.change_details(before, &after, copying, mail.as_ref(), &event).await?;
    Ok(Account { version: before.version + 1, ..after })
}

/// Makes the mail that tells the administrators of their new partner, if they have one.
fn partner_changed(app: &App, account: &Account) -> Result<Option<OutboxMail>> {
    let Some(partner) = account.partner.clone().filter(|_| !account.roles.is_empty()) else {
        return Ok(None);
    };
    let content = MailContent::PartnerChanged {
        account_name: account.name.to_string(),
        partner,
        grant: account.grant,
    };
    Ok(Some(OutboxMail { account: Some(account.id), ..app.outbox_mail(content, None, None)? }))
}
