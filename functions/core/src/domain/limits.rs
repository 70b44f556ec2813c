//! How often something that mails may be asked for within an hour, so that nobody can flood a mailbox or cost the vendor its good name as a
//! sender.

use std::fmt::Write as _;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Asking for the links of an address (requirement 20).
    Links,
    /// Asking an account for access (requirement 23).
    AccessRequests,
    /// Having invitations mailed, by whichever page (requirements 8, 10, 14, 19).
    Invitations,
}

/// By what it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedBy {
    /// The address that is mailed.
    Address,
    /// The identity that asks.
    Identity,
    /// The network address that it asks from, behind which there may be a whole office.
    Source,
}

/// A counter: its name in `LIMITS`, and how far it may go in an hour unless that says otherwise.
#[derive(Debug)]
struct Counter {
    what: LimitedAction,
    by: CountedBy,
    name: &'static str,
    default: u32,
}

const fn counter(what: LimitedAction, by: CountedBy, name: &'static str, default: u32) -> Counter {
    Counter { what, by, name, default }
}

/// Every counter there is.
const COUNTERS: [Counter; 9] = [
    // A person tries again once or twice; a fourth mail within an hour would only void the third.
    counter(LimitedAction::Links, CountedBy::Address, "links-by-address", 3),
    // Somebody who is not sure tries the addresses they have, not more.
    counter(LimitedAction::Links, CountedBy::Identity, "links-by-identity", 10),
    counter(LimitedAction::Links, CountedBy::Source, "links-by-source", 60),
    // Each is read by an administrator of the account: more of them from one person are no help to either.
    counter(LimitedAction::AccessRequests, CountedBy::Address, "access-requests-by-address", 3),
    counter(LimitedAction::AccessRequests, CountedBy::Identity, "access-requests-by-identity", 5),
    counter(LimitedAction::AccessRequests, CountedBy::Source, "access-requests-by-source", 30),
    // An adviser is put on the lists of several customers on the day they start; no mailbox needs more in an hour.
    counter(LimitedAction::Invitations, CountedBy::Address, "invitations-by-address", 20),
    // A list of 2,000 people goes out at once, in the time SES takes for it (14 a second at first: under three minutes). It is 4 % of the
    // 50,000 a day that SES begins with, so that whoever has stolen one identity cannot use up the day before somebody notices.
    counter(LimitedAction::Invitations, CountedBy::Identity, "invitations-by-identity", 2000),
    // Several colleagues at it at the same time.
    counter(LimitedAction::Invitations, CountedBy::Source, "invitations-by-source", 5000),
];

/// How often each may be asked for within an hour: the defaults, or what the vendor sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits([u32; COUNTERS.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(std::array::from_fn(|index| COUNTERS[index].default))
    }
}

impl Limits {
    /// Takes a list such as `links-by-address=5, invitations-by-identity=500`; what it does not name keeps its default.
    ///
    /// # Errors
    /// What is wrong with it, and which names there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut limits = Self::default();
        for part in text.split([',', ' ']).filter(|it| !it.is_empty()) {
            let figure = part.split_once('=').and_then(|(name, figure)| {
                Some((position(name)?, figure.parse().ok().filter(|it| *it > 0)?))
            });
            let Some((index, figure)) = figure else { return Err(explain(part)) };
            limits.0[index] = figure;
        }
        Ok(limits)
    }

    /// Returns the name of a counter and how far it may go in an hour.
    #[must_use]
    pub fn of(&self, what: LimitedAction, by: CountedBy) -> (&'static str, u32) {
        let named = COUNTERS.iter().zip(self.0).find(|(it, _)| it.what == what && it.by == by);
        named.map_or(("", u32::MAX), |(it, figure)| (it.name, figure))
    }
}

impl LimitedAction {
    /// Tells whether reaching the limit looks as if it were not reached: where a different answer would tell something about an address.
    ///
    /// A request for access is told: it is counted for whatever was typed, known or not, and whoever heard nothing would wait for an answer
    /// that never comes.
    #[must_use]
    pub fn is_silent(self, by: CountedBy) -> bool {
        by == CountedBy::Address && self == Self::Links
    }
}

fn position(name: &str) -> Option<usize> {
    COUNTERS.iter().position(|it| it.name == name)
}

fn explain(part: &str) -> String {
    let mut text = format!(
        "{part} is not a limit; give NAME=NUMBER, with a comma between, and a number of 1 at least. The names are"
    );
    for counter in &COUNTERS {
        let _infallible = write!(text, " {} ({})", counter.name, counter.default);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHAT: [LimitedAction; 3] =
        [LimitedAction::Links, LimitedAction::AccessRequests, LimitedAction::Invitations];
    const BY: [CountedBy; 3] = [CountedBy::Address, CountedBy::Identity, CountedBy::Source];

    #[test]
    fn everything_limited_is_counted_by_address_identity_and_source() {
        let limits = Limits::default();
        for (what, by) in WHAT.iter().flat_map(|what| BY.iter().map(move |by| (*what, *by))) {
            assert_ne!(limits.of(what, by).0, "", "{what:?} by {by:?}");
        }
    }

    #[test]
    fn what_is_not_named_keeps_its_default() {
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
    fn a_faulty_list_is_refused_with_what_may_stand_there() {
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
