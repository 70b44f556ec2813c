//! The table's keys, defined only here: lower-case words, `#` between parts.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use ulid::Ulid;

use super::{DueItem, DueKind, Item, Store};
use crate::domain::{
    AccessRequestId, Account, AccountId, AuditEventId, Delivery, EmailAddress, IdentityKey, Link,
    MailId, OutboxMail, Professional, ProfessionalId, SecretHash, Session, SignInEventId, ZoneName,
    secret::digest,
};
use aws_sdk_dynamodb::types::AttributeValue;

/// The sort key of an account item.
pub(super) const ACCOUNT: &str = "account";
/// Prefix of the sort keys of professionals.
pub(super) const PROFESSIONAL: &str = "professional#";
/// Prefix of the sort keys of address claims.
pub(super) const EMAIL: &str = "email#";
/// Prefix of the sort keys of claims on external ids.
pub(super) const EXTERNAL: &str = "external#";
/// Prefix of the sort keys of audit events.
pub(super) const EVENT: &str = "event#";
/// Prefix of the sort keys of requests for access. In descending order, open ones come first,
/// newest first among each.
pub(super) const ACCESS_REQUEST: &str = "access-request#";
/// Prefix of the sort keys of links.
pub(super) const LINK: &str = "link#";
/// Prefix of the sort keys of sessions.
pub(super) const SESSION: &str = "session#";
/// Prefix of the sort keys of an identity's sign-ins on record.
pub(super) const SIGN_IN_EVENT: &str = "sign-in-event#";
/// Prefix of the partition keys of card updates. The stream filter in `infra/template.yaml`
/// contains it too.
pub(super) const CARD: &str = "card#";
/// Prefix of the partition keys of mails. The stream filter in `infra/template.yaml` contains it
/// too.
pub(super) const MAIL: &str = "mail#";

/// The partition of the `managed` index with the accounts that staff have not confirmed.
pub(super) const UNCONFIRMED: &str = "unconfirmed";

/// Prefix of the partition keys of counters.
pub(super) const COUNTS: &str = "counts#";
/// Prefix of the names of attributes that count an account's held mails by the hour since which
/// they have waited.
pub(super) const HELD_SINCE: &str = "since#";

/// Items over which an hour's deliveries are spread. One item takes a thousand writes a second,
/// more than the mail that anyone sends.
pub(super) const COUNT_SHARDS: u128 = 4;

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
/// Due kind, date and shard → due items, by the time from which they are due.
pub(super) const DUE: Index = Index { name: "due", pk: "due_pk", sk: "due_sk" };
/// A provider's own session → the sessions that began with it.
pub(super) const PROVIDER_SESSIONS: Index =
    Index { name: "provider-sessions", pk: "provider_sessions_pk", sk: "provider_sessions_sk" };

/// The primary key of an item.
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

    /// The entry in the `managed` index under the partner of record. The vendor's entry is the
    /// account item itself.
    pub(super) fn managed(id: AccountId) -> Self {
        Self::new(account(id), "managed")
    }

    /// The entry in the `managed` index of accounts that staff have not confirmed.
    pub(super) fn unconfirmed(id: AccountId) -> Self {
        Self::new(account(id), "unconfirmed")
    }

    /// How many of a partner's customers wait for confirmation.
    pub(super) fn waiting_customers(partner: AccountId) -> Self {
        Self::new(account(partner), "waiting-customers")
    }

    pub(super) fn professional(account_id: AccountId, id: ProfessionalId) -> Self {
        Self::new(account(account_id), format!("{PROFESSIONAL}{id}"))
    }

    /// A deleted professional, for undo.
    pub(super) fn deleted(account_id: AccountId, id: ProfessionalId) -> Self {
        Self::new(account(account_id), format!("deleted#{id}"))
    }

    /// The claim on an address: one professional per address and account.
    pub(super) fn email(account_id: AccountId, email: &EmailAddress) -> Self {
        Self::new(account(account_id), format!("{EMAIL}{email}"))
    }

    /// The claim on the number that `by`, the vendor or a partner, has for an account. Each has its
    /// own numbers, so that none learns another's.
    pub(super) fn external(by: AccountId, id: &str) -> Self {
        Self::new(account(by), format!("{EXTERNAL}{id}"))
    }

    /// The account's next access review.
    pub(super) fn review(account_id: AccountId) -> Self {
        Self::new(account(account_id), "review")
    }

    pub(super) fn audit_event(account_id: AccountId, id: AuditEventId) -> Self {
        Self::new(account(account_id), format!("{EVENT}{id}"))
    }

    /// A request for access. Open and ended ones are sorted apart.
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

    /// A request for access as its asker sees it.
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

    /// A session, among its identity's others, so that one query lists them.
    pub(super) fn session(identity_key: &IdentityKey, secret: &SecretHash) -> Self {
        Self::new(identity(identity_key), format!("{SESSION}{}", secret.as_str()))
    }

    /// A sign-in on record.
    pub(super) fn sign_in_event(identity_key: &IdentityKey, id: SignInEventId) -> Self {
        Self::new(identity(identity_key), format!("{SIGN_IN_EVENT}{id}"))
    }

    /// The claim on a sign-in.
    pub(super) fn sign_in(state: &SecretHash) -> Self {
        Self::new(format!("sign-in#{}", state.as_str()), "sign-in")
    }

    /// The claim on a provider's logout token.
    pub(super) fn logout_token(issuer: &str, id: &str) -> Self {
        Self::new(format!("logout-token#{}", digest(&[issuer, id])), "logout-token")
    }

    pub(super) fn mail(id: MailId) -> Self {
        Self::new(format!("{MAIL}{id}"), "mail")
    }

    /// An update of the copies of a partner's card. Each partner has a partition, because the
    /// stream keeps the order within one.
    pub(super) fn copying(partner: AccountId, id: Ulid) -> Self {
        Self::new(format!("{CARD}{partner}"), id.to_string())
    }

    /// The mails that `who`, a digest of an identity or a network, causes in a window.
    pub(super) fn caused(who: &str, window: &str) -> Self {
        Self::new(format!("{COUNTS}actor#{who}"), window)
    }

    /// The mails to `mailbox`, a digest, in a window.
    pub(super) fn received(mailbox: &str, window: &str) -> Self {
        Self::new(format!("{COUNTS}mailbox#{mailbox}"), window)
    }

    /// The mails that an account causes in a window.
    pub(super) fn caused_by_account(id: AccountId, window: &str) -> Self {
        Self::new(format!("{COUNTS}account#{id}"), window)
    }

    /// The deliveries of an hour, in all.
    pub(super) fn deliveries(hour: &str, shard: u128) -> Self {
        Self::new(format!("{COUNTS}all#{hour}"), shard.to_string())
    }

    /// The deliveries of what an account caused on a day.
    pub(super) fn account_deliveries(id: AccountId, on: Date) -> Self {
        Self::new(format!("{COUNTS}account#{id}"), on.to_string())
    }

    /// The deliveries of what `who`, a digest of an identity or a network, caused on a day.
    pub(super) fn actor_deliveries(who: &str, on: Date) -> Self {
        Self::new(format!("{COUNTS}actor#{who}"), on.to_string())
    }

    /// The mails of an account that are held back because of bounces.
    pub(super) fn held_mail(id: AccountId) -> Self {
        Self::new(format!("{COUNTS}account#{id}"), "held")
    }

    /// The progress of a schedule.
    pub(super) fn schedule(name: &str) -> Self {
        Self::new(format!("schedule#{name}"), "schedule")
    }

    pub(super) fn of(item: &Item) -> Option<Self> {
        Some(Self::new(item.get("pk")?.as_s().ok()?, item.get("sk")?.as_s().ok()?))
    }

    pub(super) fn attributes(&self) -> HashMap<String, AttributeValue> {
        attributes([("pk", self.pk.clone()), ("sk", self.sk.clone())])
    }

    /// Returns the mail in the partition key, if there is one.
    pub(super) fn mail_id(&self) -> Option<MailId> {
        MailId::parse(self.pk.strip_prefix(MAIL)?)
    }

    /// Returns the account in the partition key, if there is one.
    pub(super) fn account_id(&self) -> Option<AccountId> {
        AccountId::parse(self.pk.strip_prefix("account#")?)
    }

    /// Returns the address in the sort key of a claim.
    pub(super) fn email_address(&self) -> Option<EmailAddress> {
        EmailAddress::parse(self.sk.strip_prefix(EMAIL)?).ok()
    }

    /// Returns the request for access in the sort key, if there is one.
    pub(super) fn access_request_id(&self) -> Option<AccessRequestId> {
        AccessRequestId::parse(self.sk.strip_prefix(ACCESS_REQUEST)?.split_once('#')?.1)
    }

    /// Returns the external id in the sort key of a claim.
    pub(super) fn external_id(&self) -> Option<String> {
        self.sk.strip_prefix(EXTERNAL).map(str::to_owned)
    }

    /// Returns the professional in the sort key, if there is one.
    pub(super) fn professional_id(&self) -> Option<ProfessionalId> {
        ProfessionalId::parse(self.sk.strip_prefix(PROFESSIONAL)?)
    }
}

/// Returns the partition of an account and everything in it.
pub(super) fn account(id: AccountId) -> String {
    format!("account#{id}")
}

/// Returns the partition of an identity's links, requests, sessions and sign-ins.
pub(super) fn identity(key: &IdentityKey) -> String {
    format!("identity#{key}")
}

/// Returns the partition of an address in the `emails` index.
pub(super) fn email(address: &EmailAddress) -> String {
    format!("email#{address}")
}

/// Returns the partition of a shard of held mails in the `due` index.
pub(super) fn held(shard: u128) -> String {
    format!("held#{shard}")
}

/// Returns the index attributes of a mail, which only a held one has: by the time to try again.
pub(super) fn of_mail(mail: &OutboxMail) -> Item {
    let Some(hold) = mail.held.filter(|_| mail.delivery == Delivery::Queued) else {
        return Item::new();
    };
    attributes([
        (DUE.pk, held(mail.id.ulid().0 % u128::from(Store::HELD_SHARDS))),
        (DUE.sk, format!("{}#{}", by_second(hold.until), mail.id)),
    ])
}

/// Formats a time so that texts sort like times.
pub(super) fn by_second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns the sort key of a name in an index by name. A sort key has at most 1,024 bytes, and a
/// search key may be longer than its name.
pub(super) fn by_name(search_key: &str, id: impl std::fmt::Display) -> String {
    let end = (0..=search_key.len().min(400))
        .rev()
        .find(|index| search_key.is_char_boundary(*index))
        .unwrap_or_default();
    format!("{}#{id}", &search_key[..end])
}

/// Returns the index attributes of an account.
pub(super) fn of_account(account: &Account) -> Item {
    let mut item = Item::new();
    if account.id != AccountId::VENDOR {
        item.extend(managed(AccountId::VENDOR, account));
    }
    if let Some(on) = account.due_on {
        item.extend(DueKind::Plans.attributes(
            on,
            &account.time_zone,
            DueItem::of_account(account.id),
        ));
    }
    item
}

/// Returns the index attributes that list `account` under `by`.
pub(super) fn managed(by: AccountId, entry: &Account) -> Item {
    listed(account(by), entry)
}

/// Returns the index attributes that list `account` among those that staff have not confirmed.
pub(super) fn unconfirmed(entry: &Account) -> Item {
    listed(UNCONFIRMED.to_owned(), entry)
}

fn listed(partition: String, entry: &Account) -> Item {
    attributes([(MANAGED.pk, partition), (MANAGED.sk, by_name(&entry.name.search_key(), entry.id))])
}

/// Returns the index attributes of a professional.
pub(super) fn of_professional(professional: &Professional) -> Item {
    let mut item = attributes([
        (PEOPLE.pk, account(professional.account)),
        (PEOPLE.sk, by_name(&professional.details.name.search_key(), professional.id)),
        (EMAILS.pk, email(&professional.details.email)),
        (EMAILS.sk, account(professional.account)),
    ]);
    if let Some(on) = professional.end_notice_on {
        item.extend(DueKind::Ends.attributes(
            on,
            &ZoneName::default(),
            DueItem {
                professional: Some(professional.id),
                ..DueItem::of_account(professional.account)
            },
        ));
    }
    item
}

/// Returns the index attributes of a session.
pub(super) fn of_session(session: &Session) -> Item {
    let Some(own) = &session.provider_session else { return Item::new() };
    attributes([
        (PROVIDER_SESSIONS.pk, provider_session(&session.issuer, own)),
        (PROVIDER_SESSIONS.sk, session.id.to_string()),
    ])
}

/// Returns the partition of the `provider-sessions` index with the sessions that began with the
/// provider's session `sid`. A digest, since the provider chooses its length.
pub(super) fn provider_session(issuer: &str, sid: &str) -> String {
    format!("provider-session#{}", digest(&[issuer, sid]))
}

/// Returns the key of a link.
pub(super) fn of_link(link: &Link) -> Key {
    Key::link(&link.identity, link.account)
}

fn attributes<const N: usize>(attributes: [(&str, String); N]) -> Item {
    attributes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)))
        .collect()
}
