//! Accounts: created, changed, and listed under the partner or vendor that looks after them.

use std::collections::BTreeSet;

use super::{
    CardCopying, Item, Page, PageRequest, Store,
    due::review_item,
    item, key,
    transaction::{Transaction, claim, conflict, fails_with, owner},
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
    /// The mail with the first professional's invitation, or the one that tells staff of an account
    /// that waits for them.
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
    /// The professional whose address is corrected or who is invited along, before and after.
    pub person: Option<(&'a Professional, &'a Professional)>,
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
            person: None,
            card_copying: None,
            mails: &[],
            event,
            further_event: None,
        }
    }
}

/// The removal of an account that waits for confirmation, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct AccountRemoval<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its people: the first professional, if one was given. While it waits nobody can be added.
    pub people: &'a [Professional],
    /// The mail about the removal, if there is one.
    pub mail: Option<&'a OutboxMail>,
    /// The events of the removal, in the partner's and the vendor's lists.
    pub events: &'a [AuditEvent],
}

impl Store {
    /// Creates an account, with its first professional if one is given.
    ///
    /// Fails with [`Error::AccountExists`] when the vendor or partner that numbers it has another
    /// account with its external id, or when the vendor's account exists already, and with
    /// [`Error::TooManyWaiting`] when [`Account::MAX_WAITING`] customers of the partner wait.
    pub async fn create_account(&self, new: NewAccount<'_>) -> Result<()> {
        let NewAccount { account, first_professional, mail, events } = new;
        let id = account.id;
        let mut transaction = self.transaction();
        transaction
            .create(account_item(account)?, move |_| Error::AccountExists { account: id })?;
        for (by, number) in numbers_of(account) {
            transaction.claim_external(by, number, id)?;
        }
        transaction.list_under_partner(account)?;
        if !account.is_confirmed() {
            transaction.list_as_unconfirmed(account)?;
        }
        if account.is_waiting() {
            transaction.count_waiting(account)?;
        } else {
            transaction.put_item(review_item(&AccessReview::first(account))?)?;
        }
        if let Some(first) = first_professional {
            transaction.add_professional(first)?;
        }
        transaction.finish(mail, events)?;
        transaction.commit().await
    }

    /// Replaces an account, and updates its place in lists and the claims on its numbers.
    ///
    /// Fails with [`Error::AccountExists`] when another account has the new number, and
    /// with [`Error::DuplicateEmail`] when the corrected address is taken.
    pub async fn change_account(&self, change: AccountChange<'_>) -> Result<()> {
        let AccountChange {
            before,
            after,
            people_as_read,
            person,
            card_copying,
            mails,
            event,
            further_event,
        } = change;
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        transaction.update_partner_entry(before, after)?;
        transaction.claim_numbers(before, after)?;
        transaction.update_confirmation(before, after)?;
        for person in people_as_read {
            transaction.check_professional(person)?;
        }
        if let Some((before, after)) = person {
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

    /// Removes an account that waits for confirmation, with everything but its activity. Its
    /// numbers can be used again.
    pub async fn remove_account(&self, removal: AccountRemoval<'_>) -> Result<()> {
        let AccountRemoval { account, people, mail, events } = removal;
        let mut transaction = self.transaction();
        transaction.remove(&key::Key::account(account.id), account.version)?;
        if account.partner.is_some() {
            transaction.delete(&key::Key::managed(account.id))?;
        }
        transaction.delete(&key::Key::unconfirmed(account.id))?;
        transaction.discount_waiting(account)?;
        for (by, number) in numbers_of(account) {
            transaction.delete(&key::Key::external(by, number))?;
        }
        for person in people {
            transaction.remove(&key::Key::professional(account.id, person.id), person.version)?;
            transaction.delete(&key::Key::email(account.id, &person.details.email))?;
        }
        transaction.finish(mail, events)?;
        transaction.commit().await
    }

    /// Returns a page of the accounts that staff have not confirmed, by name.
    pub async fn unconfirmed(&self, page: &PageRequest) -> Result<Page<AccountId>> {
        let start = |id: &str| AccountId::parse(id).map(key::Key::unconfirmed);
        let page = self.by_name(key::MANAGED, key::UNCONFIRMED.to_owned(), page, start).await?;
        Ok(account_ids(page))
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
        Ok(account_ids(page))
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

    /// Moves the claims on the numbers. A partner's number stays claimed when the vendor gives its
    /// own, because the partner still knows the account by it.
    fn claim_numbers(&mut self, before: &Account, after: &Account) -> Result<()> {
        let (old, new) = (numbers_of(before), numbers_of(after));
        for (by, number) in old.difference(&new) {
            self.delete(&key::Key::external(*by, number))?;
        }
        for (by, number) in new.difference(&old) {
            self.claim_external(*by, number, after.id)?;
        }
        Ok(())
    }

    /// Updates the list of accounts that staff have not confirmed. One that waited counts no longer
    /// once it is confirmed, and is reviewed from then on.
    fn update_confirmation(&mut self, before: &Account, after: &Account) -> Result<()> {
        if after.is_confirmed() {
            if !before.is_confirmed() {
                self.delete(&key::Key::unconfirmed(after.id))?;
            }
        } else if before.is_confirmed() || before.name != after.name {
            self.list_as_unconfirmed(after)?;
        }
        if before.is_waiting() && !after.is_waiting() {
            self.discount_waiting(before)?;
            self.put_item(review_item(&AccessReview::first(after))?)?;
        }
        Ok(())
    }

    /// Puts the entry in the list of accounts that staff have not confirmed. The account's version
    /// guards it.
    fn list_as_unconfirmed(&mut self, account: &Account) -> Result<()> {
        let mut entry = key::Key::unconfirmed(account.id).attributes();
        entry.extend(key::unconfirmed(account));
        self.put_item(entry)
    }

    fn count_waiting(&mut self, account: &Account) -> Result<()> {
        let Some(creator) = &account.created_by else { return Ok(()) };
        let key = key::Key::waiting_customers(creator.partner);
        self.add_up(&key, 1, Some(Account::MAX_WAITING), fails_with(Error::TooManyWaiting))
    }

    fn discount_waiting(&mut self, account: &Account) -> Result<()> {
        let Some(creator) = &account.created_by else { return Ok(()) };
        self.add_up(&key::Key::waiting_customers(creator.partner), -1, None, conflict())
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

/// Lists the numbers of an account with whose they are, the vendor's or a partner's.
fn numbers_of(account: &Account) -> BTreeSet<(AccountId, &str)> {
    let own = account
        .external_id
        .iter()
        .map(|number| (account.external_by.unwrap_or(AccountId::VENDOR), number.as_str()));
    let creators = account
        .created_by
        .iter()
        .filter_map(|creator| Some((creator.partner, creator.number.as_deref()?)));
    own.chain(creators).collect()
}

fn account_ids(page: Page<Item>) -> Page<AccountId> {
    let keys = page.items.iter().filter_map(key::Key::of);
    Page { items: keys.filter_map(|key| key.account_id()).collect(), next: page.next }
}

fn account_item(account: &Account) -> Result<Item> {
    item(&key::Key::account(account.id), key::of_account(account), account)
}
