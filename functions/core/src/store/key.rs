//! Every key in the table is spelt here and nowhere else: lower-case words, `#` between parts.

use std::collections::HashMap;

use jiff::civil::Date;
use ulid::Ulid;

use super::{DueItem, DueKind, Item, Store};
use crate::domain::{
    AccessRequestId, Account, AccountId, AuditEventId, Delivery, EmailAddress, IdentityKey, Link,
    MailId, OutboxMail, Professional, ProfessionalId, SecretHash, ZoneName,
};
use aws_sdk_dynamodb::types::AttributeValue;

/// The sort key of an account item.
pub(super) const ACCOUNT: &str = "account";
/// What the sort keys of professionals begin with.
pub(super) const PROFESSIONAL: &str = "professional#";
/// What the sort keys of address claims begin with.
pub(super) const EMAIL: &str = "email#";
/// What the sort keys of claims on external ids begin with.
pub(super) const EXTERNAL: &str = "external#";
/// The prefix of the sort keys of events.
pub(super) const EVENT: &str = "event#";
/// What the sort keys of requests for access begin with. Read backwards, the open ones come first, and of each sort the newest.
pub(super) const ACCESS_REQUEST: &str = "access-request#";
/// What the sort keys of links begin with.
pub(super) const LINK: &str = "link#";
/// What the partition keys of work on partners' cards begin with. The stream filter of `infra/template.yaml` names it too.
pub(super) const CARD: &str = "card#";
/// What the partition keys of mails begin with. The stream filter of `infra/template.yaml` names it too.
pub(super) const MAIL: &str = "mail#";

/// How many items a day's mails are counted in: one item takes a thousand writes a second, and more mail than that leaves nobody.
pub(super) const TALLY_SHARDS: u128 = 4;

/// A sparse index of the table: its name and its two key attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    pub(super) name: &'static str,
    pub(super) pk: &'static str,
    pub(super) sk: &'static str,
}

/// Account → professionals by name.
pub(super) const PEOPLE: Index = Index { name: "people", pk: "people_pk", sk: "people_sk" };
/// Address → professionals in all accounts.
pub(super) const EMAILS: Index = Index { name: "emails", pk: "emails_pk", sk: "emails_sk" };
/// Partner or vendor → accounts by name.
pub(super) const MANAGED: Index = Index { name: "managed", pk: "managed_pk", sk: "managed_sk" };
/// What is due, date and shard → what a schedule is to look at, by the time from which it is due.
pub(super) const DUE: Index = Index { name: "due", pk: "due_pk", sk: "due_sk" };

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    pub(super) fn account(id: AccountId) -> Self {
        Self::new(account(id), ACCOUNT)
    }

    /// Says in the `managed` index which partner looks after the account; the vendor's entry is the account item itself.
    pub(super) fn managed(id: AccountId) -> Self {
        Self::new(account(id), "managed")
    }

    pub(super) fn professional(account_id: AccountId, id: ProfessionalId) -> Self {
        Self::new(account(account_id), format!("{PROFESSIONAL}{id}"))
    }

    /// Keeps what restoring a deleted professional takes.
    pub(super) fn deleted(account_id: AccountId, id: ProfessionalId) -> Self {
        Self::new(account(account_id), format!("deleted#{id}"))
    }

    /// Claims an address: one professional per address and account.
    pub(super) fn email(account_id: AccountId, email: &EmailAddress) -> Self {
        Self::new(account(account_id), format!("{EMAIL}{email}"))
    }

    /// Claims the number under which `by`, the vendor or a partner, knows an account. Each has numbers of its own, so that none learns of
    /// another's.
    pub(super) fn external(by: AccountId, id: &str) -> Self {
        Self::new(account(by), format!("{EXTERNAL}{id}"))
    }

    /// Remembers when the account's people are to be reviewed.
    pub(super) fn review(account_id: AccountId) -> Self {
        Self::new(account(account_id), "review")
    }

    pub(super) fn audit_event(account_id: AccountId, id: AuditEventId) -> Self {
        Self::new(account(account_id), format!("{EVENT}{id}"))
    }

    /// A request for access. Those that are open stand apart from those that have ended.
    pub(super) fn access_request(
        account_id: AccountId,
        id: AccessRequestId,
        is_open: bool,
    ) -> Self {
        Self::new(
            account(account_id),
            format!("{ACCESS_REQUEST}{}#{id}", if is_open { "open" } else { "ended" }),
        )
    }

    /// What the asker of a request for access knows of it.
    pub(super) fn own_request(
        identity_key: &IdentityKey,
        id: AccessRequestId,
        is_open: bool,
    ) -> Self {
        Self::new(
            identity(identity_key),
            format!("{ACCESS_REQUEST}{}#{id}", if is_open { "open" } else { "ended" }),
        )
    }

    /// How often an identity has asked for access.
    pub(super) fn asked(identity_key: &IdentityKey) -> Self {
        Self::new(identity(identity_key), "asked")
    }

    pub(super) fn link(identity_key: &IdentityKey, account: AccountId) -> Self {
        Self::new(identity(identity_key), format!("{LINK}{account}"))
    }

    pub(super) fn session(id: &SecretHash) -> Self {
        Self::new(format!("session#{}", id.as_str()), "session")
    }

    pub(super) fn sign_in(state: &SecretHash) -> Self {
        Self::new(format!("sign-in#{}", state.as_str()), "sign-in")
    }

    pub(super) fn mail(id: MailId) -> Self {
        Self::new(format!("{MAIL}{id}"), "mail")
    }

    /// Work on the copies of a partner's card. One partition each, for the stream keeps the order within one.
    pub(super) fn copying(partner: AccountId, id: Ulid) -> Self {
        Self::new(format!("{CARD}{partner}"), id.to_string())
    }

    /// Counts what `who`, a digest, did within one window of time.
    pub(super) fn limit(what: &str, who: &str, window: i64) -> Self {
        Self::new(format!("limit#{what}#{who}"), window.to_string())
    }

    /// Counts what became of mails on a day.
    pub(super) fn counts(on: Date, shard: u128) -> Self {
        Self::new(format!("tally#{on}"), shard.to_string())
    }

    /// Remembers how far a schedule has come.
    pub(super) fn schedule(name: &str) -> Self {
        Self::new(format!("schedule#{name}"), "schedule")
    }

    pub(super) fn of(item: &Item) -> Option<Self> {
        Some(Self::new(item.get("pk")?.as_s().ok()?, item.get("sk")?.as_s().ok()?))
    }

    pub(super) fn attributes(&self) -> HashMap<String, AttributeValue> {
        attributes([("pk", self.pk.clone()), ("sk", self.sk.clone())])
    }

    /// Returns the mail that the partition key names, if it names one.
    pub(super) fn mail_id(&self) -> Option<MailId> {
        MailId::parse(self.pk.strip_prefix(MAIL)?)
    }

    /// Returns the account that the partition key names, if it names one.
    pub(super) fn account_id(&self) -> Option<AccountId> {
        AccountId::parse(self.pk.strip_prefix("account#")?)
    }

    /// Returns the address that the sort key claims, if it claims one.
    pub(super) fn email_address(&self) -> Option<EmailAddress> {
        EmailAddress::parse(self.sk.strip_prefix(EMAIL)?).ok()
    }

    /// Returns the request for access that the sort key names, if it names one.
    pub(super) fn access_request_id(&self) -> Option<AccessRequestId> {
        AccessRequestId::parse(self.sk.strip_prefix(ACCESS_REQUEST)?.split_once('#')?.1)
    }

    /// Returns the external id that the sort key claims, if it claims one.
    pub(super) fn external_id(&self) -> Option<String> {
        self.sk.strip_prefix(EXTERNAL).map(str::to_owned)
    }

    /// Returns the professional that the sort key names, if it names one.
    pub(super) fn professional_id(&self) -> Option<ProfessionalId> {
        ProfessionalId::parse(self.sk.strip_prefix(PROFESSIONAL)?)
    }
}

/// The partition of an account and all that is in it.
pub(super) fn account(id: AccountId) -> String {
    format!("account#{id}")
}

/// The partition of an identity's links.
pub(super) fn identity(key: &IdentityKey) -> String {
    format!("identity#{key}")
}

/// The partition of an address in the `emails` index.
pub(super) fn email(address: &EmailAddress) -> String {
    format!("email#{address}")
}

/// The partition of a shard of the mails held back in the `due` index.
pub(super) fn held(shard: u128) -> String {
    format!("held#{shard}")
}

/// The index attributes of a mail: those of one that is held back.
pub(super) fn of_mail(it: &OutboxMail) -> Item {
    if it.held_at.is_none() || it.delivery != Delivery::Queued {
        return Item::new();
    }
    attributes([
        (DUE.pk, held(it.id.ulid().0 % u128::from(Store::HELD_SHARDS))),
        (DUE.sk, it.id.to_string()),
    ])
}

/// The place of a name in an index ordered by name. A sort key has at most 1,024 bytes, and folding can lengthen a name.
pub(super) fn by_name(folded: &str, id: impl std::fmt::Display) -> String {
    let end = (0..=folded.len().min(400))
        .rev()
        .find(|it| folded.is_char_boundary(*it))
        .unwrap_or_default();
    format!("{}#{id}", &folded[..end])
}

/// The index attributes of an account item.
pub(super) fn of_account(it: &Account) -> Item {
    let mut item = Item::new();
    if it.id != AccountId::VENDOR {
        item.extend(managed(AccountId::VENDOR, it));
    }
    if let Some(on) = it.due_on {
        item.extend(DueKind::Plans.attributes(on, &it.time_zone, DueItem::of_account(it.id)));
    }
    item
}

/// The index attributes that list `it` under the account that looks after it.
pub(super) fn managed(by: AccountId, it: &Account) -> Item {
    attributes([(MANAGED.pk, account(by)), (MANAGED.sk, by_name(&it.name.search_key(), it.id))])
}

/// The index attributes of a professional.
pub(super) fn of_professional(it: &Professional) -> Item {
    let mut item = attributes([
        (PEOPLE.pk, account(it.account)),
        (PEOPLE.sk, by_name(&it.details.name.search_key(), it.id)),
        (EMAILS.pk, email(&it.details.email)),
        (EMAILS.sk, account(it.account)),
    ]);
    if let Some(on) = it.end_notice_on {
        item.extend(DueKind::Ends.attributes(
            on,
            &ZoneName::default(),
            DueItem { professional: Some(it.id), ..DueItem::of_account(it.account) },
        ));
    }
    item
}

/// The key of a link.
pub(super) fn of_link(it: &Link) -> Key {
    Key::link(&it.identity, it.account)
}

fn attributes<const N: usize>(attributes: [(&str, String); N]) -> Item {
    attributes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)))
        .collect()
}
