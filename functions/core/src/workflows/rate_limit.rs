//! Rate limits of a request, the same for every function that sends mail.

use std::{collections::BTreeMap, net::IpAddr};

use crate::{
    App,
    auth::Access,
    domain::{CountedBy, EmailAddress, IdentityKey, LimitedAction, OutboxMail, secret::digest},
    store::{Hour, Limit},
};

/// Returns the limits that a request for `action` counts towards, for
/// [`crate::store::Store::limited_by`]. `addresses` are the recipients of its mails, once for each
/// mail. An operator, who has no network address, is not limited.
#[must_use]
pub fn limits_for<'a>(
    app: &App,
    action: LimitedAction,
    addresses: impl IntoIterator<Item = &'a EmailAddress>,
    identity: Option<&IdentityKey>,
    source: Option<&str>,
) -> Vec<Limit> {
    let mut mailed = BTreeMap::new();
    for address in addresses {
        *mailed.entry(address).or_default() += 1;
    }
    let times: u32 = mailed.values().sum();
    let Some(source) = source.filter(|_| times > 0) else { return Vec::new() };
    let hour = Hour::of(app.now());
    let limit = |by: CountedBy, who: &str, times: u32| {
        let (name, at_most) = app.policy.limits.of(action, by);
        Limit {
            what: name,
            who: digest(&[who]),
            times,
            at_most,
            is_silent: action.is_silent(by),
            hour,
        }
    };
    let identity = identity.map(|key| limit(CountedBy::Identity, &key.to_string(), times));
    let caller = identity.into_iter().chain([limit(CountedBy::Source, &network(source), times)]);
    caller
        .chain(
            mailed
                .iter()
                .map(|(address, times)| limit(CountedBy::Address, address.as_str(), *times)),
        )
        .collect()
}

impl Access {
    /// Returns the limits that the invitations in `mails`, and the mails that prove an address, count
    /// towards.
    #[must_use]
    pub fn invitation_limits<'a>(
        &self,
        app: &App,
        mails: impl IntoIterator<Item = &'a OutboxMail>,
    ) -> Vec<Limit> {
        let addresses = mails
            .into_iter()
            .filter(|mail| mail.content.invites_or_confirms())
            .filter_map(|mail| Some(&mail.recipient.as_ref()?.email));
        limits_for(
            app,
            LimitedAction::Invitations,
            addresses,
            self.identity.as_ref().map(|identity| &identity.key),
            self.source.as_deref(),
        )
    }
}

/// Returns the part of a network address that identifies a household or office: the IPv4 address or
/// the IPv6 /64 prefix.
fn network(source: &str) -> String {
    match source.parse() {
        Ok(IpAddr::V6(address)) => format!("{:x}", address.to_bits() >> 64),
        _ => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_of_an_ipv6_prefix_count_as_one() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("203.0.113.8"), network("203.0.113.9"));
    }
}
