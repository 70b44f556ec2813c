//! Hourly rate limits for requests that send mail. They keep a person from flooding a mailbox or
//! harming the vendor's reputation as a sender.

use std::fmt::Write as _;

/// A rate-limited action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Request the links of an address (requirement 20).
    Links,
    /// Ask for access to an account (requirement 23).
    AccessRequests,
    /// Send invitations, on any page (requirements 8, 10, 14, 19).
    Invitations,
}

/// What requests are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedBy {
    /// The recipient's address.
    Address,
    /// The identity of the person who asks.
    Identity,
    /// The network address of the request, which a whole office may share.
    Source,
}

/// A counter with its name in `LIMITS` and its default limit for an hour.
#[derive(Debug)]
struct Counter {
    action: LimitedAction,
    by: CountedBy,
    name: &'static str,
    default: u32,
}

const fn counter(
    action: LimitedAction,
    by: CountedBy,
    name: &'static str,
    default: u32,
) -> Counter {
    Counter { action, by, name, default }
}

/// All counters.
const COUNTERS: [Counter; 9] = [
    // A person tries again once or twice. A fourth mail within an hour would only void the third.
    counter(LimitedAction::Links, CountedBy::Address, "links-by-address", 3),
    // A person who is not sure tries the addresses they have.
    counter(LimitedAction::Links, CountedBy::Identity, "links-by-identity", 10),
    counter(LimitedAction::Links, CountedBy::Source, "links-by-source", 60),
    // An administrator reads each of them; more from one person help neither.
    counter(LimitedAction::AccessRequests, CountedBy::Address, "access-requests-by-address", 3),
    counter(LimitedAction::AccessRequests, CountedBy::Identity, "access-requests-by-identity", 5),
    counter(LimitedAction::AccessRequests, CountedBy::Source, "access-requests-by-source", 30),
    // A consultant joins several customers' lists on one day; no mailbox needs more in an hour.
    counter(LimitedAction::Invitations, CountedBy::Address, "invitations-by-address", 20),
    // A list of 2,000 people is sent at once; SES's initial rate of 14 a second takes under three
    // minutes. 2,000 is 4 % of SES's initial 50,000 a day, so a stolen identity cannot use up the
    // daily quota before it is noticed.
    counter(LimitedAction::Invitations, CountedBy::Identity, "invitations-by-identity", 2000),
    // Several colleagues may invite at the same time.
    counter(LimitedAction::Invitations, CountedBy::Source, "invitations-by-source", 5000),
];

/// The limits for an hour: the defaults or the vendor's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits([u32; COUNTERS.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(std::array::from_fn(|index| COUNTERS[index].default))
    }
}

impl Limits {
    /// Parses a list such as `links-by-address=5, invitations-by-identity=500`. Other limits keep
    /// their defaults.
    ///
    /// # Errors
    /// A message that names the invalid part and all limits.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut limits = Self::default();
        for part in text.split([',', ' ']).filter(|part| !part.is_empty()) {
            let setting = part.split_once('=').and_then(|(name, limit)| {
                Some((counter_index(name)?, limit.parse().ok().filter(|limit| *limit > 0)?))
            });
            let Some((index, limit)) = setting else { return Err(invalid_setting(part)) };
            limits.0[index] = limit;
        }
        Ok(limits)
    }

    /// Returns the counter's name and its limit for an hour.
    #[must_use]
    pub fn of(&self, action: LimitedAction, by: CountedBy) -> (&'static str, u32) {
        let found = COUNTERS
            .iter()
            .zip(self.0)
            .find(|(counter, _)| counter.action == action && counter.by == by);
        found.map_or(("", u32::MAX), |(counter, limit)| (counter.name, limit))
    }
}

impl LimitedAction {
    /// Checks whether a request over the limit gets the same answer as one below it, because
    /// another answer would reveal something about the address.
    ///
    /// A request for access is refused openly: it is counted whether or not the account exists, and
    /// the asker would otherwise wait for an answer that never comes.
    #[must_use]
    pub fn is_silent(self, by: CountedBy) -> bool {
        by == CountedBy::Address && self == Self::Links
    }
}

fn counter_index(name: &str) -> Option<usize> {
    COUNTERS.iter().position(|counter| counter.name == name)
}

fn invalid_setting(part: &str) -> String {
    let mut text = format!(
        "{part} is not a limit; write NAME=NUMBER, separated by commas, with numbers from 1. \
         The names and defaults are"
    );
    for counter in &COUNTERS {
        let _infallible = write!(text, " {} ({})", counter.name, counter.default);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTIONS: [LimitedAction; 3] =
        [LimitedAction::Links, LimitedAction::AccessRequests, LimitedAction::Invitations];
    const BY: [CountedBy; 3] = [CountedBy::Address, CountedBy::Identity, CountedBy::Source];

    #[test]
    fn every_action_is_counted_by_address_identity_and_source() {
        let limits = Limits::default();
        for (action, by) in ACTIONS.iter().flat_map(|what| BY.iter().map(move |by| (*what, *by))) {
            assert_ne!(limits.of(action, by).0, "", "{action:?} by {by:?}");
        }
    }

    #[test]
    fn limits_that_are_not_set_keep_their_defaults() {
        let limits =
            Limits::parse("links-by-address=5, invitations-by-identity=500").expect("limits");
        assert_eq!(limits.of(LimitedAction::Links, CountedBy::Address), ("links-by-address", 5));
        assert_eq!(
            limits.of(LimitedAction::Invitations, CountedBy::Identity),
            ("invitations-by-identity", 500)
        );
        assert_eq!(limits.of(LimitedAction::Links, CountedBy::Source), ("links-by-source", 60));
        assert_eq!(Limits::parse(""), Ok(Limits::default()));
    }

    #[test]
    fn an_invalid_list_is_refused_with_all_names() {
        for text in [
            "links=3",
            "links-by-address",
            "links-by-address=0",
            "links-by-address=-1",
            "links-by-address=many",
            "links-by-address=1;x=2",
        ] {
            let why = Limits::parse(text).expect_err("refused");
            assert!(why.starts_with(text) && why.contains("invitations-by-source (5000)"), "{why}");
        }
    }
}
