//! Professionals, their address claims and their links, always written together.

use super::{
    Item, Page, PageRequest, Store, entity, fault, item, key, number, text,
    transaction::{Transaction, claim, means, owner},
};
use crate::{
    Error, Result,
    domain::{
        Account, AccountId, AuditEvent, DeletedProfessional, EmailAddress, Link, LinkError,
        OutboxMail, Professional, ProfessionalId,
    },
};

/// A professional to be added, with what is written along.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Who.
    pub professional: Professional,
    /// The mail that brings the invitation, if there is to be one.
    pub mail: Option<OutboxMail>,
    /// The event to record.
    pub event: AuditEvent,
}

/// A professional who is given a new invitation, with what is written along.
#[derive(Clone, Debug)]
pub struct InvitationRenewal {
    /// Who, as read.
    pub before: Professional,
    /// Who, with the new invitation.
    pub after: Professional,
    /// The mail that brings it.
    pub mail: OutboxMail,
    /// The event to record.
    pub event: AuditEvent,
}

impl Store {
    /// Adds up to 16 professionals to an account read as `before`; `after` is the account if it changes too, as with its first professional.
    ///
    /// Fails with [`Error::DuplicateEmail`], its name still empty, when somebody in the account has one of the addresses.
    pub async fn add_professionals(
        &self,
        account: Option<(&Account, &Account)>,
        additions: &[Addition],
    ) -> Result<()> {
        let mut transaction = self.transaction();
        if let Some((before, after)) = account {
            transaction.replace_account(before, after)?;
        }
        for Addition { professional, mail, event } in additions {
            transaction.add_professional(professional)?;
            transaction.finish(mail.as_ref(), std::slice::from_ref(event))?;
        }
        transaction.commit().await
    }

    /// Gives up to 24 professionals new invitations, all of them or none.
    pub async fn renew_invitations(&self, renewals: &[InvitationRenewal]) -> Result<()> {
        let mut transaction = self.transaction();
        for InvitationRenewal { before, after, mail, event } in renewals {
            transaction.replace_professional(before, after)?;
            transaction.put_mail(mail)?;
            transaction.record(event)?;
        }
        transaction.commit().await
    }

    /// Replaces a professional read as `before`. The address claim, the link and the roles follow in the same transaction.
    ///
    /// `account`, as read, is given when the change hangs on the person holding no role. Fails as adding does when the address is taken.
    pub async fn change_professional(
        &self,
        before: &Professional,
        after: &Professional,
        account: Option<&Account>,
        mails: &[OutboxMail],
        event: Option<&AuditEvent>,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        if let Some(account) = account {
            transaction.check_version(&key::Key::account(account.id), account.version)?;
        }
        transaction.replace_professional(before, after)?;
        for mail in mails {
            transaction.put_mail(mail)?;
        }
        if let Some(event) = event {
            transaction.record(event)?;
        }
        transaction.commit().await
    }

    /// Takes a professional off the list of an account read as `before`, which becomes `after` if roles change hands; `successor`, who
    /// takes them, must still be on the list and stay, else it fails with [`Error::Ineligible`]. What restoring takes is kept for a while.
    pub async fn remove_professional(
        &self,
        before: &Account,
        after: &Account,
        deleted: &DeletedProfessional,
        successor: Option<ProfessionalId>,
        event: &AuditEvent,
    ) -> Result<()> {
        let professional = &deleted.professional;
        let mut transaction = self.transaction();
        if before.roles == after.roles {
            transaction.check_version(&key::Key::account(before.id), before.version)?;
        } else {
            transaction.replace_account(before, after)?;
        }
        if let Some(successor) = successor {
            let key = key::Key::professional(before.id, successor);
            transaction.check(
                &key,
                "attribute_exists(pk) AND attribute_not_exists(details.ends_on)",
                [].into(),
                means(Error::Ineligible),
            )?;
        }
        transaction
            .remove(&key::Key::professional(before.id, professional.id), professional.version)?;
        transaction.delete(&key::Key::email(before.id, &professional.details.email))?;
        if let Some(link) = professional.link() {
            transaction.delete(&key::of_link(&link))?;
        }
        transaction.put_item(deleted_item(deleted)?)?;
        transaction.record(event)?;
        transaction.commit().await
    }

    /// Puts `professional`, made of what was kept as `deleted`, back on the list; `account`, before and after, is given if a right comes back.
    ///
    /// Fails with [`Error::Link`] when its identity has another profile in the account, and as adding does when the address is taken.
    pub async fn restore_professional(
        &self,
        account: Option<(&Account, &Account)>,
        deleted: &DeletedProfessional,
        professional: &Professional,
        event: &AuditEvent,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction
            .remove(&key::Key::deleted(professional.account, professional.id), deleted.version)?;
        if let Some((before, after)) = account {
            transaction.replace_account(before, after)?;
        }
        transaction.add_professional(professional)?;
        if let Some(link) = professional.link() {
            transaction.create(item(&key::of_link(&link), Item::new(), &link)?, |_| {
                LinkError::WrongIdentity.into()
            })?;
        }
        transaction.record(event)?;
        transaction.commit().await
    }

    /// Lists an account's professionals by name.
    pub async fn professionals(
        &self,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<Professional>> {
        let start = |id: &str| Some(key::Key::professional(account, ProfessionalId::parse(id)?));
        let page = self.by_name(key::PEOPLE, key::account(account), page, start).await?;
        Ok(Page {
            items: page.items.into_iter().map(entity).collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// Lists up to 100 of an account's professionals behind `after`, in no order people know; strongly consistent, for whoever changes them.
    pub async fn people(
        &self,
        account: AccountId,
        after: Option<ProfessionalId>,
    ) -> Result<Page<Professional>> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(key::account(account)))
            .expression_attribute_values(":prefix", text(key::PROFESSIONAL))
            .set_exclusive_start_key(
                after.map(|id| key::Key::professional(account, id).attributes()),
            )
            .consistent_read(true)
            .limit(100)
            .send()
            .await
            .map_err(fault)?;
        let last = answer
            .last_evaluated_key
            .as_ref()
            .and_then(key::Key::of)
            .and_then(|it| it.professional_id());
        let items =
            answer.items.unwrap_or_default().into_iter().map(entity).collect::<Result<_>>()?;
        Ok(Page { items, next: last.map(|it| it.to_string()) })
    }

    /// Lists the professionals with an address in all accounts, 100 at most.
    pub async fn professionals_with(
        &self,
        email: &EmailAddress,
    ) -> Result<Vec<(AccountId, ProfessionalId)>> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::EMAILS.name)
            .key_condition_expression("emails_pk = :pk")
            .expression_attribute_values(":pk", text(key::email(email)))
            .limit(100)
            .send()
            .await
            .map_err(fault)?;
        let keys = answer.items.unwrap_or_default();
        Ok(keys
            .iter()
            .filter_map(key::Key::of)
            .filter_map(|it| Some((it.account_id()?, it.professional_id()?)))
            .collect())
    }

    /// Lists the links of an identity, 100 at most.
    pub async fn links_of(&self, identity: &crate::domain::IdentityKey) -> Result<Vec<Link>> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(key::identity(identity)))
            .expression_attribute_values(":prefix", text(key::LINK))
            .consistent_read(true)
            .limit(100)
            .send()
            .await
            .map_err(fault)?;
        answer.items.unwrap_or_default().into_iter().map(entity).collect()
    }

    /// Completes [`Error::DuplicateEmail`] with the name of who has the address; leaves every other error as it is.
    pub async fn name_duplicate(&self, account: AccountId, error: Error) -> Error {
        let Error::DuplicateEmail { professional, .. } = error else { return error };
        match self.look_up(super::Lookup::default().professional(account, professional)).await {
            Ok(found) => found.professional(professional).map_or(Error::Conflict, |it| {
                Error::DuplicateEmail { professional, name: it.details.name.to_string() }
            }),
            Err(error) => error,
        }
    }
}

impl Transaction<'_> {
    pub(super) fn add_professional(&mut self, professional: &Professional) -> Result<()> {
        self.create(professional_item(professional)?, |_| Error::Conflict)?;
        self.claim_email(professional)
    }

    pub(super) fn replace_professional(
        &mut self,
        before: &Professional,
        after: &Professional,
    ) -> Result<()> {
        let after = &Professional { version: before.version + 1, ..after.clone() };
        self.replace(professional_item(after)?, before.version)?;
        if before.details.email != after.details.email {
            self.delete(&key::Key::email(before.account, &before.details.email))?;
            self.claim_email(after)?;
        }
        match (before.link(), after.link()) {
            (old, new) if old == new => {}
            (Some(old), Some(new)) if old.identity == new.identity => {
                self.put(&key::of_link(&new), &new)?
            }
            (old, new) => {
                if let Some(old) = old {
                    self.delete(&key::of_link(&old))?;
                }
                if let Some(new) = new {
                    self.create(item(&key::of_link(&new), Item::new(), &new)?, |_| {
                        Error::Conflict
                    })?;
                }
            }
        }
        Ok(())
    }

    fn claim_email(&mut self, professional: &Professional) -> Result<()> {
        let key = key::Key::email(professional.account, &professional.details.email);
        let id = professional.id;
        self.create(claim(&key, &id), move |claim| {
            let professional = owner(claim).and_then(|it| ProfessionalId::parse(&it)).unwrap_or(id);
            Error::DuplicateEmail { professional, name: String::new() }
        })
    }
}

fn professional_item(professional: &Professional) -> Result<Item> {
    item(
        &key::Key::professional(professional.account, professional.id),
        key::of_professional(professional),
        professional,
    )
}

fn deleted_item(deleted: &DeletedProfessional) -> Result<Item> {
    let mut item = item(
        &key::Key::deleted(deleted.professional.account, deleted.professional.id),
        Item::new(),
        deleted,
    )?;
    item.insert("ttl".to_owned(), number(deleted.expires_at().as_second()));
    Ok(item)
}
