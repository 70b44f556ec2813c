//! Who is counted for what: the same in every function that has mail sent.

use std::{collections::BTreeMap, net::IpAddr};

use crate::{
    App,
    auth::Access,
    domain::{CountedBy, EmailAddress, IdentityKey, LimitedAction, OutboxMail, secret::digest},
    store::{Hour, Limit},
};

/// Lists what is to be counted of a request for `what` that mails `addresses`, each time it names one, for
/// [`crate::store::Store::limited_by`]. An operator, who comes from nowhere, is not limited.
#[must_use]
pub fn limits_for<'a>(
    app: &App,
    what: LimitedAction,
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
        let (name, at_most) = app.policy.limits.of(what, by);
        Limit {
            what: name,
            who: digest(&[who]),
            times,
            at_most,
            is_silent: what.is_silent(by),
            hour,
        }
    };
    let identity = identity.map(|it| limit(CountedBy::Identity, &it.to_string(), times));
    let asking = identity.into_iter().chain([limit(CountedBy::Source, &network(source), times)]);
    asking
        .chain(
            mailed
                .iter()
                .map(|(address, times)| limit(CountedBy::Address, address.as_str(), *times)),
        )
        .collect()
}

impl Access {
    /// Lists what is to be counted of the invitations that `mails` bring.
    #[must_use]
    pub fn invitation_limits<'a>(
        &self,
        app: &App,
        mails: impl IntoIterator<Item = &'a OutboxMail>,
    ) -> Vec<Limit> {
        let addresses = mails
            .into_iter()
            .filter(|it| it.content.invitation().is_some())
            .filter_map(|it| Some(&it.recipient.as_ref()?.email));
        limits_for(
            app,
            LimitedAction::Invitations,
            addresses,
            self.identity.as_ref().map(|it| &it.key),
            self.source.as_deref(),
        )
    }
}

/// Spells what one household or office has of the network: an IPv4 address, or the 64 bits in front of an IPv6 one, of which it has all the
/// others for itself.
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
    fn a_household_counts_as_one_however_many_addresses_it_has() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("203.0.113.8"), network("203.0.113.9"));
    }
}
