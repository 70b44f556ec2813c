//! Requests for access: in their account, as seen by their askers, and by the day on which they
//! escalate.

use super::{
    Cursor, DueItem, DueKind, Item, Lookup, Order, Page, PageRequest, Store, item, key, number,
    transaction::Transaction,
};
use crate::{
    Error, Result,
    domain::{
        AccessRequest, Account, AccountId, AccountName, AuditEvent, IdentityKey, OutboxMail,
        OwnRequests, Professional, SecretHash, Session, ZoneName,
    },
};

/// The effect of a decision on the account's people.
#[derive(Clone, Copy, Debug)]
pub enum ApprovedAccess<'a> {
    /// Nobody is added or invited.
    None,
    /// A person is added.
    Added {
        /// The account as read and with its first professional, if this is the first.
        account: Option<(&'a Account, &'a Account)>,
        /// The new professional.
        professional: &'a Professional,
    },
    /// An existing professional gets a new invitation.
    Invited {
        /// The professional as read.
        before: &'a Professional,
        /// The professional with the invitation.
        after: &'a Professional,
    },
}

/// A change of a request for access, with what is written along.
#[derive(Clone, Copy, Debug)]
pub struct AccessRequestChange<'a> {
    /// The request as read.
    pub before: &'a AccessRequest,
    /// The request as changed; it may have ended or moved to another account.
    pub after: &'a AccessRequest,
    /// The effect on the account's people.
    pub approved: ApprovedAccess<'a>,
    /// The mails about the change.
    pub mails: &'a [OutboxMail],
    /// The events of the change.
    pub events: &'a [AuditEvent],
}

impl<'a> AccessRequestChange<'a> {
    /// Creates a change that affects no people and sends no mail.
    #[must_use]
    pub fn new(
        before: &'a AccessRequest,
        after: &'a AccessRequest,
        events: &'a [AuditEvent],
    ) -> Self {
        Self { before, after, approved: ApprovedAccess::None, mails: &[], events }
    }
}

impl Store {
    /// Returns a session, and a page of the requests of the identity that the cookie claims, open
    /// ones first, read concurrently.
    pub async fn session_and_own_requests(
        &self,
        secret: &SecretHash,
        identity: &IdentityKey,
        page: &PageRequest,
    ) -> Result<(Option<Session>, OwnRequests, Option<String>)> {
        let lookup = Lookup::default().session(identity, secret).asked(identity);
        let (found, Page { items: requests, next }) = tokio::try_join!(
            self.look_up(lookup),
            self.newest(key::identity(identity), key::ACCESS_REQUEST, page)
        )?;
        Ok((found.session, OwnRequests { requests, asked: found.asked }, next))
    }

    /// Creates a request, the next after `asked` requests of its identity, with its asker's copy
    /// and the mail that routes it, in one transaction.
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
        transaction.put_mail(mail);
        transaction.commit().await
    }

    /// Replaces a request, together with its asker's copy and its consequences.
    ///
    /// Fails with [`Error::DuplicateEmail`] when the address of a new professional is taken.
    pub async fn change_access_request(&self, change: AccessRequestChange<'_>) -> Result<()> {
        let AccessRequestChange { before, after, approved, mails, events } = change;
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
                transaction.replace_professional(before, after)?;
            }
        }
        for mail in mails {
            transaction.put_mail(mail);
        }
        transaction.finish(None, events)?;
        transaction.commit().await
    }

    /// Returns a page of an account's requests for access: open ones first, newest first among
    /// each.
    pub async fn access_requests(
        &self,
        account: AccountId,
        page: &PageRequest,
    ) -> Result<Page<AccessRequest>> {
        self.newest(key::account(account), key::ACCESS_REQUEST, page).await
    }

    /// Returns the accounts other than the vendor's whose names may equal `organisation`: all of
    /// them, so that no number of namesakes hides one. The caller compares the full names.
    pub async fn accounts_named(&self, organisation: &AccountName) -> Result<Vec<AccountId>> {
        let mut page = PageRequest {
            limit: 100,
            after: None,
            search: key::by_name(&organisation.search_key(), ""),
            order: Order::Ascending,
        };
        let mut named = Vec::new();
        loop {
            let found = self.managed_by(AccountId::VENDOR, &page).await?;
            named.extend(found.items);
            page.after = found.next.as_deref().and_then(Cursor::parse);
            if page.after.is_none() {
                return Ok(named);
            }
        }
    }
}

impl Transaction<'_> {
    /// Replaces a request that must be as read, and its asker's copy.
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

fn key_of(request: &AccessRequest) -> key::Key {
    key::Key::access_request(request.account, request.id, request.is_open())
}

/// Creates the item of a request. An open one is in the `due` index; an ended one has a TTL.
fn request_item(request: &AccessRequest) -> Result<Item> {
    let due = DueItem { access_request: Some(request.id), ..DueItem::of_account(request.account) };
    // The account's time zone is read when the request is due. The schedule looks from the day's
    // first moment anywhere until the day is over everywhere.
    let indexes = if request.is_open() {
        DueKind::AccessRequests.attributes(request.due_on, &ZoneName::earliest(), due)
    } else {
        Item::new()
    };
    Ok(expiring(item(&key_of(request), indexes, request)?, request))
}

fn own_item(request: &AccessRequest) -> Result<Item> {
    Ok(expiring(
        item(
            &key::Key::own_request(&request.identity.key, request.id, request.is_open()),
            Item::new(),
            &request.own(),
        )?,
        request,
    ))
}

fn expiring(mut item: Item, request: &AccessRequest) -> Item {
    if let Some(ended_at) = request.ended_at {
        item.insert(
            "ttl".to_owned(),
            number(ended_at.as_second() + AccessRequest::RETENTION_DAYS * 24 * 3600),
        );
    }
    item
}
