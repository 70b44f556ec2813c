//! Professionals, with their address claims and links, always written together.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;

use super::{
    EndedSessions, Item, Page, PageRequest, Store, classify_sdk_error, from_item, item, key,
    number, text,
    transaction::{Transaction, claim, owner},
};
use crate::{
    Error, Result,
    domain::{
        Account, AccountId, AuditEvent, DeletedProfessional, EmailAddress, IdentityKey, Link,
        LinkError, OutboxMail, Professional, ProfessionalId,
    },
};

/// A professional to add, with what is written along.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The new professional.
    pub professional: Professional,
    /// The mail with the invitation, if there is one.
    pub mail: Option<OutboxMail>,
    /// The event to record.
    pub event: AuditEvent,
}

/// A professional who gets a new invitation, with what is written along.
#[derive(Clone, Debug)]
pub struct InvitationRenewal {
    /// The professional as read.
    pub before: Professional,
    /// The professional with the new invitation.
    pub after: Professional,
    /// The mail with the invitation.
    pub mail: OutboxMail,
    /// The event to record.
    pub event: AuditEvent,
}

/// A change of a professional, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct ProfessionalChange<'a> {
    /// The professional as read.
    pub before: &'a Professional,
    /// The professional as changed.
    pub after: &'a Professional,
    /// The account before and after, if the change rests on its roles or gives or takes access;
    /// they may be equal.
    pub account: Option<(&'a Account, &'a Account)>,
    /// The mails about the change.
    pub mails: &'a [OutboxMail],
    /// The event of the change, if it is recorded.
    pub event: Option<&'a AuditEvent>,
    /// The further events, if the change is several in one.
    pub further_events: &'a [AuditEvent],
    /// The sessions of an identity that the change takes from the profile.
    pub ended_sessions: Option<&'a EndedSessions>,
}

/// The removal of a professional, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct ProfessionalRemoval<'a> {
    /// The account before and after; they are equal unless roles pass to the successor.
    pub account: (&'a Account, &'a Account),
    /// What is kept for undo.
    pub deleted: &'a DeletedProfessional,
    /// The professional who takes over the roles, as read.
    pub successor: Option<&'a Professional>,
    /// The event of the removal.
    pub event: &'a AuditEvent,
}

/// The restoration of a deleted professional, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct Restoration<'a> {
    /// The account before and after, if a role is restored too.
    pub account: Option<(&'a Account, &'a Account)>,
    /// What was kept for undo.
    pub deleted: &'a DeletedProfessional,
    /// The restored professional.
    pub professional: &'a Professional,
    /// The event of the restoration.
    pub event: &'a AuditEvent,
}

impl<'a> ProfessionalChange<'a> {
    /// Creates a change without mails or event.
    #[must_use]
    pub fn new(before: &'a Professional, after: &'a Professional) -> Self {
        Self {
            before,
            after,
            account: None,
            mails: &[],
            event: None,
            further_events: &[],
            ended_sessions: None,
        }
    }
}

impl Store {
    /// Adds up to 16 professionals to an account. `account` is the account before and after, if it
    /// changes too, as with its first professional.
    ///
    /// Fails with [`Error::DuplicateEmail`], without a name, when a professional of the account has
    /// one of the addresses.
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

    /// Gives up to 24 professionals new invitations, all or none.
    pub async fn renew_invitations(&self, renewals: &[InvitationRenewal]) -> Result<()> {
        let mut transaction = self.transaction();
        for InvitationRenewal { before, after, mail, event } in renewals {
            transaction.replace_professional(before, after)?;
            transaction.put_mail(mail);
            transaction.record(event)?;
        }
        transaction.commit().await
    }

    /// Replaces a professional, with the address claim and the link.
    ///
    /// Fails with [`Error::DuplicateEmail`] when the address is taken.
    pub async fn change_professional(&self, change: ProfessionalChange<'_>) -> Result<()> {
        let ProfessionalChange {
            before,
            after,
            account,
            mails,
            event,
            further_events,
            ended_sessions,
        } = change;
        let mut transaction = self.transaction();
        if let Some((before, after)) = account {
            transaction.keep_account(before, after)?;
        }
        transaction.replace_professional(before, after)?;
        for mail in mails {
            transaction.put_mail(mail);
        }
        for event in event.into_iter().chain(further_events) {
            transaction.record(event)?;
        }
        if let Some(ended) = ended_sessions {
            transaction.end_sessions(ended)?;
        }
        transaction.commit().await
    }

    /// Removes a professional from the list, and keeps what is needed for undo.
    pub async fn remove_professional(&self, removal: ProfessionalRemoval<'_>) -> Result<()> {
        let ProfessionalRemoval { account: (before, after), deleted, successor, event } = removal;
        let professional = &deleted.professional;
        let mut transaction = self.transaction();
        transaction.keep_account(before, after)?;
        if let Some(successor) = successor {
            transaction.check_professional(successor)?;
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

    /// Adds a deleted professional to the list again.
    ///
    /// Fails with [`Error::Link`] when the identity has another profile in the account, and with
    /// [`Error::DuplicateEmail`] when the address is taken.
    pub async fn restore_professional(&self, restoration: Restoration<'_>) -> Result<()> {
        let Restoration { account, deleted, professional, event } = restoration;
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

    /// Returns a page of an account's professionals by name.
    pub async fn professionals(
        &self,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<Professional>> {
        let start = |id: &str| Some(key::Key::professional(account, ProfessionalId::parse(id)?));
        let page = self.by_name(key::PEOPLE, key::account(account), page, start).await?;
        Ok(Page {
            items: page.items.into_iter().map(from_item).collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// Returns up to 100 of an account's professionals after `after`, by id and strongly
    /// consistent, for callers that change them.
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
            .map_err(classify_sdk_error)?;
        let last = answer
            .last_evaluated_key
            .as_ref()
            .and_then(key::Key::of)
            .and_then(|key| key.professional_id());
        let items =
            answer.items.unwrap_or_default().into_iter().map(from_item).collect::<Result<_>>()?;
        Ok(Page { items, next: last.map(|id| id.to_string()) })
    }

    /// Returns the professionals with an address in all accounts.
    pub async fn professionals_with(
        &self,
        email: &EmailAddress,
    ) -> Result<Vec<(AccountId, ProfessionalId)>> {
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::EMAILS.name)
            .key_condition_expression("emails_pk = :pk")
            .expression_attribute_values(":pk", text(key::email(email)));
        let items = self.all_of(query).await?;
        Ok(items
            .iter()
            .filter_map(key::Key::of)
            .filter_map(|key| Some((key.account_id()?, key.professional_id()?)))
            .collect())
    }

    /// Returns all links of an identity.
    pub async fn links_of(&self, identity: &IdentityKey) -> Result<Vec<Link>> {
        self.all_of(self.links_query(identity)).await?.into_iter().map(from_item).collect()
    }

    /// Returns a page of the links of an identity, the oldest accounts first.
    pub(super) async fn links_page(
        &self,
        identity: &IdentityKey,
        page: &PageRequest,
    ) -> Result<Page<Link>> {
        self.in_order(key::identity(identity), key::LINK, page).await
    }

    /// Counts the links of an identity.
    pub(super) async fn count_links(&self, identity: &IdentityKey) -> Result<usize> {
        self.count_of(self.links_query(identity)).await
    }

    fn links_query(&self, identity: &IdentityKey) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(key::identity(identity)))
            .expression_attribute_values(":prefix", text(key::LINK))
            .consistent_read(true)
    }

    /// Adds the professional's name to [`Error::DuplicateEmail`]; returns other errors unchanged.
    pub async fn name_duplicate(&self, account: AccountId, error: Error) -> Error {
        let Error::DuplicateEmail { professional, .. } = error else { return error };
        match self.look_up(super::Lookup::default().professional(account, professional)).await {
            Ok(found) => match found.professional(professional) {
                Some(other) => {
                    let name = other.details.name.to_string();
                    Error::DuplicateEmail { professional, name }
                }
                None => Error::Conflict,
            },
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
        let pending = |person: &Professional| {
            person.pending_email.as_ref().map(|pending| pending.email.clone())
        };
        if let Some(email) = pending(after).filter(|email| pending(before).as_ref() != Some(email))
        {
            // It is claimed once it is proved. Only what is known to be taken already is refused
            // now.
            let key = key::Key::email(after.account, &email);
            self.check_absent(&key, duplicate(after.id))?;
        }
        match (before.link(), after.link()) {
            (old, new) if old == new => {}
            (Some(old), Some(new)) if old.identity == new.identity => {
                self.put(&key::of_link(&new), &new)?;
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

    /// Checks that a professional is as read, so that what was decided on it still holds.
    pub(super) fn check_professional(&mut self, person: &Professional) -> Result<()> {
        self.check_version(&key::Key::professional(person.account, person.id), person.version)
    }

    fn claim_email(&mut self, professional: &Professional) -> Result<()> {
        let key = key::Key::email(professional.account, &professional.details.email);
        let id = professional.id;
        self.create(claim(&key, &id), duplicate(id))
    }
}

/// Returns the error for an address that the professional of its claim has, or else `id`.
fn duplicate(id: ProfessionalId) -> impl FnOnce(Option<Item>) -> Error + Send + 'static {
    move |claim| {
        let professional = owner(claim).and_then(|id| ProfessionalId::parse(&id)).unwrap_or(id);
        Error::DuplicateEmail { professional, name: String::new() }
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
