//! Accounts: created, changed, listed by who looks after them and by what is due.

use super::{
    CardCopying, Item, Page, PageRequest, Store,
    due::review_item,
    item, key,
    transaction::{Transaction, claim, means, owner},
};
use crate::{
    Error, Result,
    domain::{
        AccessReview, Account, AccountId, AuditEvent, OutboxMail, Professional, ProfessionalId,
    },
};

impl Store {
    /// Creates an account, with its first professional if one is given. Fails with [`Error::AccountExists`] when whoever numbers it, the vendor
    /// or a partner, has one with that external id already, or when the vendor is there already.
    pub async fn create_account(
        &self,
        account: &Account,
        first: Option<&Professional>,
        mail: Option<&OutboxMail>,
        events: &[AuditEvent],
    ) -> Result<()> {
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
        if let Some(first) = first {
            transaction.add_professional(first)?;
        }
        transaction.finish(mail, events)?;
        transaction.commit().await
    }

    /// Replaces an account read as `before`, provided that `people`, who hold a role from now on, are still on its list and stay; else fails
    /// with [`Error::Ineligible`].
    pub async fn change_account(
        &self,
        before: &Account,
        after: &Account,
        people: &[ProfessionalId],
        mails: &[OutboxMail],
        event: &AuditEvent,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        for id in people {
            let key = key::Key::professional(after.id, *id);
            transaction.check(
                &key,
                "attribute_exists(pk) AND attribute_not_exists(details.ends_on)",
                [].into(),
                means(Error::Ineligible),
            )?;
        }
        for mail in mails {
            transaction.put_mail(mail)?;
        }
        transaction.record(event)?;
        transaction.commit().await
    }

    /// Replaces an account read as `before` by one with other details, and lists it where it belongs from now on. `copying` is the work on the
    /// customers' copies of its card, if they read otherwise now.
    ///
    /// Fails with [`Error::AccountExists`] when another account has the vendor's new number for it.
    pub async fn change_details(
        &self,
        before: &Account,
        after: &Account,
        copying: Option<&CardCopying>,
        mail: Option<&OutboxMail>,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        transaction.list_elsewhere(before, after)?;
        transaction.claim_number(before, after)?;
        if let Some(copying) = copying {
            transaction.put_copying(copying)?;
        }
        transaction.finish(mail, std::slice::from_ref(event))?;
        transaction.commit().await
    }

    /// Replaces an account read as `before` by one that differs only in what nobody needs to be told: when a schedule is to look at it, or
    /// what its copy of its partner's card says.
    pub async fn reschedule(&self, before: &Account, after: &Account) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_account(before, after)?;
        transaction.commit().await
    }

    /// Lists the accounts that `by`, a partner or the vendor, looks after, by name.
    pub async fn managed_by(&self, by: AccountId, page: &PageRequest) -> Result<Page<AccountId>> {
        // The vendor's entry in the index is the account item itself, a partner's an item of its own.
        let entry = if by == AccountId::VENDOR { key::Key::account } else { key::Key::managed };
        let page = self
            .by_name(key::MANAGED, key::account(by), page, |id| AccountId::parse(id).map(entry))
            .await?;
        Ok(Page {
            items: page
                .items
                .iter()
                .filter_map(key::Key::of)
                .filter_map(|it| it.account_id())
                .collect(),
            next: page.next,
        })
    }
}

impl Transaction<'_> {
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

    /// The entry under a partner follows the partner of record and the name; the account's own version guards it.
    fn list_elsewhere(&mut self, before: &Account, after: &Account) -> Result<()> {
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

    /// The claim on the vendor's number moves. A partner's number stays claimed: the partner goes on knowing the account by it.
    fn claim_number(&mut self, before: &Account, after: &Account) -> Result<()> {
        let (old, new) = (before.number_of(None), after.number_of(None));
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
            let account = owner(claim).and_then(|it| AccountId::parse(&it)).unwrap_or(id);
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
            self.put_mail(mail)?;
        }
        events.iter().try_for_each(|it| self.record(it))
    }
}

fn account_item(account: &Account) -> Result<Item> {
    item(&key::Key::account(account.id), key::of_account(account), account)
}
