//! Accounts: created, changed, and listed under the partner or vendor that looks after them.

use super::{
    CardCopying, Item, Page, PageRequest, Store,
    due::review_item,
    item, key,
    transaction::{Transaction, claim, owner},
};
use crate::{
    Error, Result,
    domain::{AccessReview, Account, AccountId, AuditEvent, OutboxMail, Professional},
};

/// A new account, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its first professional, if one is given.
    pub first_professional: Option<&'a Professional>,
    /// The mail with the first professional's invitation.
    pub mail: Option<&'a OutboxMail>,
    /// The events of the creation.
    pub events: &'a [AuditEvent],
}

/// A change of an account, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct AccountChange<'a> {
    /// The account as read.
    pub before: &'a Account,
    /// The account as changed.
    pub after: &'a Account,
    /// The professionals as read on whom the change rests, because they get a role.
    pub people_as_read: &'a [&'a Professional],
    /// The professional whose address is corrected along, before and after.
    pub corrected: Option<(&'a Professional, &'a Professional)>,
    /// The update of the customers' copies of a partner's card, if it changed.
    pub card_copying: Option<&'a CardCopying>,
    /// The mails about the change.
    pub mails: &'a [OutboxMail],
    /// The event of the change.
    pub event: &'a AuditEvent,
    /// A second event, if the change is two in one.
    pub further_event: Option<&'a AuditEvent>,
}

impl<'a> AccountChange<'a> {
    /// Creates a change without new role holders, card updates or mails.
    #[must_use]
    pub fn new(before: &'a Account, after: &'a Account, event: &'a AuditEvent) -> Self {
        Self {
            before,
            after,
            people_as_read: &[],
            corrected: None,
            card_copying: None,
            mails: &[],
            event,
            further_event: None,
        }
    }
}

impl Store {
    /// Creates an account, with its first professional if one is given.
    ///
    /// Fails with [`Error::AccountExists`] when the vendor or partner that numbers it has another
    /// account with its external id, or when the vendor's account exists already.
    pub async fn create_account(&self, new: NewAccount<'_>) -> Result<()> {
        let NewAccount { account, first_professional, mail, events } = new;
        let id = account.id;
        let mut transaction = self.transaction();
        transaction
            .create(account_item(account)?, move |_| Error::AccountExists { account: id })?;
        if let Some(external) = &account.external_id {
            transaction.claim_external(
                account.external_by.unwrap_or(AccountId::VENDOR),
                external,
                id,
            )?;
        }
        transaction.list_under_partner(account)?;
        transaction.put_item(review_item(&AccessReview::first(account))?)?;
        if let Some(first) = first_professional {
            transaction.add_professional(first)?;
        }
        transaction.finish(mail, events)?;
        transaction.commit().await
    }

    /// Replaces an account, and updates its place in lists and the claim on its number.
    ///
    /// Fails with [`Error::AccountExists`] when another account has the vendor's new number, and
    /// with [`Error::DuplicateEmail`] when the corrected address is taken.
    pub async fn change_account(&self, change: AccountChange<'_>) -> Result<()> {
        let AccountChange {
            before,
            after,
            people_as_read,
            corrected,
            card_copying,
            mails,
            event,
            further_event,
        } = change;
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        transaction.update_partner_entry(before, after)?;
        transaction.claim_number(before, after)?;
        for person in people_as_read {
            transaction.check_professional(person)?;
        }
        if let Some((before, after)) = corrected {
            transaction.replace_professional(before, after)?;
        }
        if let Some(copying) = card_copying {
            transaction.put_copying(copying)?;
        }
        for mail in mails {
            transaction.put_mail(mail);
        }
        for event in std::iter::once(event).chain(further_event) {
            transaction.record(event)?;
        }
        transaction.commit().await
    }

    /// Replaces an account without an event: only the day on which it is due or its copy of the
    /// partner's card changes.
    pub async fn replace_unrecorded(&self, before: &Account, after: &Account) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        transaction.commit().await
    }

    /// Returns a page of the accounts that `by`, a partner or the vendor, looks after, by name.
    pub async fn managed_by(&self, by: AccountId, page: &PageRequest) -> Result<Page<AccountId>> {
        // The vendor's entry in the index is the account item itself; a partner's is an item of its
        // own.
        let entry = if by == AccountId::VENDOR { key::Key::account } else { key::Key::managed };
        let page = self
            .by_name(key::MANAGED, key::account(by), page, |id| AccountId::parse(id).map(entry))
            .await?;
        Ok(Page {
            items: page
                .items
                .iter()
                .filter_map(key::Key::of)
                .filter_map(|key| key.account_id())
                .collect(),
            next: page.next,
        })
    }
}

impl Transaction<'_> {
    /// Replaces the account if it changes; otherwise checks that it is as it was read.
    pub(super) fn keep_account(&mut self, before: &Account, after: &Account) -> Result<()> {
        if before == after {
            self.check_version(&key::Key::account(before.id), before.version)
        } else {
            self.replace_account(before, after)
        }
    }

    pub(super) fn replace_account(&mut self, before: &Account, after: &Account) -> Result<()> {
        let after = Account { version: before.version + 1, ..after.clone() };
        self.replace(account_item(&after)?, before.version)
    }

    fn list_under_partner(&mut self, account: &Account) -> Result<()> {
        let Some(partner) = &account.partner else { return Ok(()) };
        let mut entry = key::Key::managed(account.id).attributes();
        entry.extend(key::managed(partner.account, account));
        self.create(entry, |_| Error::Conflict)
    }

    /// Updates the entry under the partner of record. The account's version guards it.
    fn update_partner_entry(&mut self, before: &Account, after: &Account) -> Result<()> {
        let key = key::Key::managed(after.id);
        match after.partner_id() {
            Some(partner) if before.partner_id() != Some(partner) || before.name != after.name => {
                let mut entry = key.attributes();
                entry.extend(key::managed(partner, after));
                self.put_item(entry)
            }
            None if before.partner.is_some() => self.delete(&key),
            _ => Ok(()),
        }
    }

    /// Moves the claim on the vendor's number. A partner's number stays claimed, because the
    /// partner still knows the account by it.
    fn claim_number(&mut self, before: &Account, after: &Account) -> Result<()> {
        let (old, new) = (before.external_id_by(None), after.external_id_by(None));
        if old == new {
            return Ok(());
        }
        if let Some(old) = old {
            self.delete(&key::Key::external(AccountId::VENDOR, old))?;
        }
        match new {
            Some(new) => self.claim_external(AccountId::VENDOR, new, after.id),
            None => Ok(()),
        }
    }

    fn claim_external(&mut self, by: AccountId, external: &str, id: AccountId) -> Result<()> {
        self.create(claim(&key::Key::external(by, external), &id), move |claim| {
            let account = owner(claim).and_then(|id| AccountId::parse(&id)).unwrap_or(id);
            Error::AccountExists { account }
        })
    }

    /// Adds a mail and events.
    pub(super) fn finish(
        &mut self,
        mail: Option<&OutboxMail>,
        events: &[AuditEvent],
    ) -> Result<()> {
        if let Some(mail) = mail {
            self.put_mail(mail);
        }
        events.iter().try_for_each(|event| self.record(event))
    }
}

fn account_item(account: &Account) -> Result<Item> {
    item(&key::Key::account(account.id), key::of_account(account), account)
}
