//! Counting mails: for the caller whose change queues them, and for their mailbox and account when
//! they are about to leave.

use std::{collections::BTreeMap, sync::Arc};

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Store, key, number,
    transaction::{Transaction, fails_with},
};
use crate::{
    Error, Result,
    domain::{
        AccountId, EmailAddress, IdentityKey, Limit, Limits, MailCause, MailClass, OutboxMail,
        Window, network, secret::digest,
    },
    error::Budget,
};

/// Where the mails come from that a store's transactions queue.
#[derive(Clone, Debug, Default)]
pub(super) enum MailOrigin {
    /// An operator or a schedule, whose mails are not limited.
    #[default]
    Portal,
    /// A caller over the web, whose mails are counted.
    Caller(Box<Caller>),
    /// An earlier mail. The mails that follow from it have the same cause.
    Mail(MailCause),
}

/// A caller over the web, and what limits the mails that one may cause.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// A digest of the identity, if the caller is signed in.
    identity: Option<String>,
    /// A digest of the household or office.
    network: String,
    limits: Limits,
    now: Timestamp,
}

/// Increments of one counter item, each up to a limit.
pub(super) struct Count {
    key: key::Key,
    window: Window,
    now: Timestamp,
    parts: Vec<Part>,
}

struct Part {
    name: String,
    times: u32,
    at_most: u32,
}

impl Store {
    /// Returns a store whose transactions count each mail that they queue for the caller with
    /// `identity` at the network address `source`, and record that the caller caused it.
    ///
    /// Over a limit a transaction fails with [`Error::TooManyRequests`] and changes nothing. The
    /// identity may be one that is only claimed: a handler that needs a session compares them
    /// before it writes.
    #[must_use]
    pub fn counting_for(
        &self,
        identity: Option<&IdentityKey>,
        source: &str,
        limits: &Limits,
        now: Timestamp,
    ) -> Self {
        let caller = Caller {
            identity: identity.map(|key| digest(&[&key.to_string()])),
            network: digest(&[&network(source)]),
            limits: limits.clone(),
            now,
        };
        Self { origin: Arc::new(MailOrigin::Caller(Box::new(caller))), ..self.clone() }
    }

    /// Returns a store whose transactions record `cause` as the cause of the mails that they queue,
    /// for what comes of an earlier mail.
    #[must_use]
    pub fn caused_by(&self, cause: &MailCause) -> Self {
        Self { origin: Arc::new(MailOrigin::Mail(cause.clone())), ..self.clone() }
    }
}

impl MailOrigin {
    /// Returns the cause of `mail`, in a transaction that records an act for `account`.
    pub(super) fn cause_of(&self, mail: &OutboxMail, account: Option<AccountId>) -> MailCause {
        if !mail.cause.is_unknown() {
            return mail.cause.clone();
        }
        match self {
            Self::Portal => MailCause { actor: None, account: account.or(mail.account) },
            Self::Caller(caller) => MailCause { actor: Some(caller.actor().to_owned()), account },
            Self::Mail(cause) if cause.is_unknown() => {
                MailCause { actor: None, account: mail.account }
            }
            Self::Mail(cause) => cause.clone(),
        }
    }
}

impl Caller {
    /// Returns the digest that identifies the caller.
    fn actor(&self) -> &str {
        self.identity.as_deref().unwrap_or(&self.network)
    }

    /// Returns the one counter item for `mails`, caused for `account`.
    ///
    /// Somebody who acts for no account is counted with the network, because anybody can have more
    /// identities: the item counts the network's mails, and of these the identity's.
    pub(super) fn count<'a>(
        &self,
        mails: impl Iterator<Item = &'a OutboxMail>,
        account: Option<AccountId>,
    ) -> Count {
        let mut classes = BTreeMap::<MailClass, u32>::new();
        for mail in mails {
            *classes.entry(class_of(mail, account)).or_default() += 1;
        }
        let part = |name: String, times: u32, limit: Limit| Part {
            name,
            times,
            at_most: self.limits.of(limit),
        };
        let (who, parts) = match (account, &self.identity) {
            (Some(_), _) => {
                let own = |(class, times): (MailClass, u32)| {
                    part(class.name().to_owned(), times, class.by_identity())
                };
                (self.actor(), classes.into_iter().map(own).collect())
            }
            (None, identity) => {
                let mut parts = Vec::new();
                for (class, times) in classes {
                    parts.push(part(class.name().to_owned(), times, class.by_source()));
                    parts.extend(identity.iter().map(|identity| {
                        part(format!("{}#{identity}", class.name()), times, class.by_identity())
                    }));
                }
                (self.network.as_str(), parts)
            }
        };
        let key = key::Key::caused(who, &Window::Hour.name(self.now));
        Count { key, window: Window::Hour, now: self.now, parts }
    }

    /// Returns the error over a limit.
    pub(super) fn refusal(&self) -> Error {
        Error::TooManyRequests(Window::Hour.seconds_left(self.now))
    }
}

impl Count {
    /// Returns the increments for `mail` to `mailbox`, a digest: of its class, and of its group for
    /// the person who chooses.
    pub(super) fn of_mailbox(
        mailbox: &str,
        mail: &OutboxMail,
        limits: &Limits,
        now: Timestamp,
    ) -> Self {
        let class = mail.class();
        let window = class.window();
        let part = |name, limit| Part { name, times: 1, at_most: limits.of(limit) };
        let profile = mail.recipient.as_ref().and_then(|recipient| recipient.profile);
        let of_group = mail.group().zip(profile).map(|(group, profile)| {
            let name = format!("{}#{}", group.name(), profile.professional);
            part(name, Limit::NoticesOfAKind)
        });
        let of_class = part(class.name().to_owned(), class.by_mailbox());
        Self {
            key: key::Key::received(mailbox, &window.name(now)),
            window,
            now,
            parts: [of_class].into_iter().chain(of_group).collect(),
        }
    }

    /// Returns the increment for one mail that `account` caused.
    pub(super) fn of_account(account: AccountId, limits: &Limits, now: Timestamp) -> Self {
        let at_most = limits.of(Limit::MailsByAccount);
        Self {
            key: key::Key::caused_by_account(account, &Window::Hour.name(now)),
            window: Window::Hour,
            now,
            parts: vec![Part { name: "mails".to_owned(), times: 1, at_most }],
        }
    }
}

impl Transaction<'_> {
    /// Increments a counter. The transaction fails with `error` over one of its limits.
    ///
    /// The first mails of a window may exceed a limit, so that a change with more than the limit is
    /// not refused for ever.
    pub(super) fn count(&mut self, count: Count, error: Error) -> Result<()> {
        let Count { key, window, now, parts } = count;
        let (mut adds, mut conditions) = (Vec::new(), Vec::new());
        let mut update = Update::builder()
            .table_name(self.table())
            .set_key(Some(key.attributes()))
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":ttl", number(window.counters_expire_at(now)));
        for (index, Part { name, times, at_most }) in parts.into_iter().enumerate() {
            let room = i64::from(at_most) - i64::from(times);
            adds.push(format!("#count{index} :times{index}"));
            conditions.push(format!(
                "(attribute_not_exists(#count{index}) OR #count{index} <= :room{index})"
            ));
            update = update
                .expression_attribute_names(format!("#count{index}"), name)
                .expression_attribute_values(format!(":times{index}"), number(times))
                .expression_attribute_values(format!(":room{index}"), number(room));
        }
        let update = update
            .update_expression(format!("SET #ttl = :ttl ADD {}", adds.join(", ")))
            .condition_expression(conditions.join(" AND "))
            .build()
            .map_err(Error::internal)?;
        self.push(TransactWriteItem::builder().update(update), fails_with(error));
        Ok(())
    }

    /// Counts `mail` for its mailbox and its account. The transaction fails with
    /// [`Error::OverBudget`] over one of their limits.
    pub(super) fn count_before_sending(
        &mut self,
        mail: &OutboxMail,
        address: &EmailAddress,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<()> {
        let mailbox = digest(&[&address.mailbox()]);
        let count = Count::of_mailbox(&mailbox, mail, limits, now);
        self.count(count, Error::OverBudget(Budget::Mailbox))?;
        match mail.cause.account.filter(|_| !mail.is_never_held()) {
            Some(account) => {
                let count = Count::of_account(account, limits, now);
                self.count(count, Error::OverBudget(Budget::Account))
            }
            None => Ok(()),
        }
    }
}

/// Returns what `mail` counts as, caused for `account`. Staff who pass a request for access on do
/// not ask for access.
fn class_of(mail: &OutboxMail, account: Option<AccountId>) -> MailClass {
    match mail.content.class() {
        MailClass::AccessRequests if account.is_some() => MailClass::Notices,
        class => class,
    }
}
