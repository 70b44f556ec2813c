//! Requests for access: in the account they are for, with what their askers know of them, and by the day on which the next are asked.

use super::{
    DueItem, DueKind, Item, Lookup, Page, PageRequest, Store, entity, fault, item, key, number,
    text, transaction::Transaction,
};
use crate::{
    Error, Result,
    domain::{
        AccessRequest, Account, AccountId, AccountName, AuditEvent, IdentityKey, OutboxMail,
        OwnRequests, Professional, SecretHash, Session, ZoneName,
    },
};

/// What a decision does to the account's people.
#[derive(Clone, Copy, Debug)]
pub enum ApprovedAccess<'a> {
    /// Nothing.
    None,
    /// Somebody is added.
    Added {
        /// The account as read and as it becomes, if they are its first.
        account: Option<(&'a Account, &'a Account)>,
        /// Who.
        professional: &'a Professional,
    },
    /// Somebody who is there gets a new invitation.
    Invited {
        /// Who, as read.
        before: &'a Professional,
        /// Who, with the invitation.
        after: &'a Professional,
    },
}

impl Store {
    /// Returns a session and what the identity that the cookie claims has asked for, read at the same time.
    pub async fn session_and_own_requests(
        &self,
        id: &SecretHash,
        identity: &IdentityKey,
    ) -> Result<(Option<Session>, OwnRequests)> {
        let query = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(key::identity(identity)))
            .expression_attribute_values(":prefix", text(key::ACCESS_REQUEST))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(50);
        let listed = async { query.send().await.map_err(fault) };
        let (found, listed) =
            tokio::try_join!(self.look_up(Lookup::default().session(id).asked(identity)), listed)?;
        let requests =
            listed.items.unwrap_or_default().into_iter().map(entity).collect::<Result<_>>()?;
        Ok((found.session, OwnRequests { requests, asked: found.asked }))
    }

    /// Commits a new request, the next after `asked` of its identity, in one transaction with what its asker knows of it and with the mail that
    /// has it routed.
    pub async fn ask_for_access(
        &self,
        request: &AccessRequest,
        asked: u32,
        mail: &OutboxMail,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.create(request_item(request)?, |_| Error::Conflict)?;
        transaction.put_item(own_item(request)?)?;
        let mut count = key::Key::asked(&request.identity.key).attributes();
        count.insert("times".to_owned(), number(asked + 1));
        transaction.replace_if(
            count,
            "attribute_not_exists(pk) OR times = :times",
            [(":times", number(asked))].into(),
        )?;
        transaction.put_mail(mail)?;
        transaction.commit().await
    }

    /// Replaces a request read as `before`, which may end or move to another account, with what its asker knows of it and all that comes of it.
    ///
    /// Fails as adding a professional does when the address is taken.
    pub async fn change_access_request(
        &self,
        before: &AccessRequest,
        after: &AccessRequest,
        approved: ApprovedAccess<'_>,
        mails: &[OutboxMail],
        events: &[AuditEvent],
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_access_request(before, after)?;
        match approved {
            ApprovedAccess::None => {}
            ApprovedAccess::Added { account, professional } => {
                if let Some((before, after)) = account {
                    transaction.replace_account(before, after)?;
                }
                transaction.add_professional(professional)?;
            }
            ApprovedAccess::Invited { before, after } => {
                transaction.replace_professional(before, after)?
            }
        }
        for mail in mails {
            transaction.put_mail(mail)?;
        }
        transaction.finish(None, events)?;
        transaction.commit().await
    }

    /// Lists the requests for access to an account, the open ones first and of each sort the newest.
    pub async fn access_requests(
        &self,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<AccessRequest>> {
        self.newest(key::account(account), key::ACCESS_REQUEST, page).await
    }

    /// Lists the accounts, of all but the vendor's, whose names may be what was typed as `organisation`; who reads them compares.
    pub async fn accounts_named(&self, organisation: &AccountName) -> Result<Vec<AccountId>> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(key::MANAGED.name)
            .key_condition_expression("managed_pk = :pk AND begins_with(managed_sk, :prefix)")
            .expression_attribute_values(":pk", text(key::account(AccountId::VENDOR)))
            .expression_attribute_values(
                ":prefix",
                text(key::by_name(&organisation.search_key(), "")),
            )
            .limit(10)
            .send()
            .await
            .map_err(fault)?;
        Ok(answer
            .items
            .unwrap_or_default()
            .iter()
            .filter_map(key::Key::of)
            .filter_map(|it| it.account_id())
            .collect())
    }
}

impl Transaction<'_> {
    /// Puts `after` in the place of a request that must still be as it was read, and tells its asker.
    fn replace_access_request(
        &mut self,
        before: &AccessRequest,
        after: &AccessRequest,
    ) -> Result<()> {
        let after = &AccessRequest { version: before.version + 1, ..after.clone() };
        if key_of(before) == key_of(after) {
            self.replace(request_item(after)?, before.version)?;
        } else {
            self.remove(&key_of(before), before.version)?;
            self.create(request_item(after)?, |_| Error::Conflict)?;
        }
        if before.own() != after.own() {
            if before.is_open() != after.is_open() {
                self.delete(&key::Key::own_request(
                    &before.identity.key,
                    before.id,
                    before.is_open(),
                ))?;
            }
            self.put_item(own_item(after)?)?;
        }
        Ok(())
    }
}

fn key_of(it: &AccessRequest) -> key::Key {
    key::Key::access_request(it.account, it.id, it.is_open())
}

/// Spells a request: one that is open is in the index of what is due, one that has ended goes after a while.
fn request_item(it: &AccessRequest) -> Result<Item> {
    let due = DueItem { access_request: Some(it.id), ..DueItem::of_account(it.account) };
    // Whose days count is looked up when it is due. The schedule comes by from the day's first moment anywhere until it is over everywhere.
    let indexes = if it.is_open() {
        DueKind::AccessRequests.attributes(it.due_on, &ZoneName::first(), due)
    } else {
        Item::new()
    };
    Ok(expiring(item(&key_of(it), indexes, it)?, it))
}

fn own_item(it: &AccessRequest) -> Result<Item> {
    Ok(expiring(
        item(
            &key::Key::own_request(&it.identity.key, it.id, it.is_open()),
            Item::new(),
            &it.own(),
        )?,
        it,
    ))
}

fn expiring(mut item: Item, it: &AccessRequest) -> Item {
    if let Some(ended_at) = it.ended_at {
        item.insert(
            "ttl".to_owned(),
            number(ended_at.as_second() + AccessRequest::KEPT_DAYS * 24 * 3600),
        );
    }
    item
}
