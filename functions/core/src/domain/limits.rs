//! Limits of mails: by who causes them, and by the mailbox and the account they are for. They keep
//! a person from flooding a mailbox or harming the vendor's reputation as a sender.
//!
//! The change that queues mails counts them for its caller and is refused over the limit.
//! deliver-mail counts each mail for its mailbox and its account and lets it wait, or merges it,
//! over the limit.

use std::{fmt::Write as _, net::IpAddr};

/// A limit of mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Invitations that one identity sends in an hour, on any page (requirements 8, 10, 14, 19).
    InvitationsByIdentity,
    /// Requests for links by one identity in an hour (requirements 20, 21).
    LinksByIdentity,
    /// Requests for links from one network in an hour.
    LinksBySource,
    /// Requests for access by one identity in an hour (requirement 23).
    AccessRequestsByIdentity,
    /// Requests for access from one network in an hour.
    AccessRequestsBySource,
    /// Notices that one identity causes in an hour.
    NoticesByIdentity,
    /// Security notices that one identity causes in an hour.
    SecurityNoticesByIdentity,
    /// Invitations to one mailbox in an hour.
    InvitationsByAddress,
    /// Mails with requested links to one mailbox in an hour.
    LinksByAddress,
    /// Notices to one mailbox in an hour.
    NoticesByAddress,
    /// Notices of one group to one person in an hour. The further ones come in one mail.
    NoticesOfAKind,
    /// Security notices to one mailbox in an hour.
    SecurityNoticesByAddress,
    /// Notices of a replacement to one mailbox that nobody has proved, in a day.
    NoticesByUnprovedAddress,
    /// Mails that one account causes in an hour.
    MailsByAccount,
}

/// All limits with their names in `LIMITS` and their defaults, in the order of [`Limit`].
const ALL: [(Limit, &str, u32); 14] = [
    // A list of 2,000 people is sent at once; SES's initial rate of 14 a second takes under three
    // minutes. 2,000 is 4 % of SES's initial 50,000 a day, so a stolen identity cannot use up the
    // daily quota before it is noticed.
    (Limit::InvitationsByIdentity, "invitations-by-identity", 2000),
    // A person who is not sure tries the addresses they have.
    (Limit::LinksByIdentity, "links-by-identity", 10),
    (Limit::LinksBySource, "links-by-source", 60),
    // An administrator reads each of them; more from one person help neither.
    (Limit::AccessRequestsByIdentity, "access-requests-by-identity", 5),
    (Limit::AccessRequestsBySource, "access-requests-by-source", 30),
    // Nobody changes more by hand.
    (Limit::NoticesByIdentity, "notices-by-identity", 200),
    (Limit::SecurityNoticesByIdentity, "security-notices-by-identity", 200),
    // A consultant joins several customers' lists on one day; no mailbox needs more in an hour.
    (Limit::InvitationsByAddress, "invitations-by-address", 20),
    // A person tries again once or twice. A fourth mail within an hour would only void the third.
    (Limit::LinksByAddress, "links-by-address", 3),
    (Limit::NoticesByAddress, "notices-by-address", 20),
    // A few are read one by one. When a list of 400 links, one mail names them.
    (Limit::NoticesOfAKind, "notices-of-a-kind", 5),
    // The first few say what happens; a hundred would hide it.
    (Limit::SecurityNoticesByAddress, "security-notices-by-address", 10),
    // It may be the mailbox of somebody who has nothing to do with the portal.
    (Limit::NoticesByUnprovedAddress, "notices-by-unproved-address", 1),
    // A list of 2,000 people, with the notices to the administrators.
    (Limit::MailsByAccount, "mails-by-account", 3000),
];

/// The limits: the defaults or the vendor's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits([u32; ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(ALL.map(|(_, _, default)| default))
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
                let index = ALL.iter().position(|(_, known, _)| *known == name)?;
                Some((index, limit.parse().ok().filter(|limit| *limit > 0)?))
            });
            let Some((index, limit)) = setting else { return Err(invalid_setting(part)) };
            limits.0[index] = limit;
        }
        Ok(limits)
    }

    /// Returns the most mails that `limit` allows.
    #[must_use]
    pub fn of(&self, limit: Limit) -> u32 {
        self.0[limit as usize]
    }
}

/// Returns the part of a network address that identifies a household or office: the IPv4 address or
/// the IPv6 /64 prefix.
#[must_use]
pub fn network(source: &str) -> String {
    match source.parse() {
        Ok(IpAddr::V6(address)) => format!("{:x}", address.to_bits() >> 64),
        _ => source.to_owned(),
    }
}

fn invalid_setting(part: &str) -> String {
    let mut text = format!(
        "{part} is not a limit; write NAME=NUMBER, separated by commas, with numbers from 1. \
         The names and defaults are"
    );
    for (_, name, default) in &ALL {
        let _infallible = write!(text, " {name} ({default})");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_found_at_its_place() {
        for (index, (limit, name, default)) in ALL.iter().enumerate() {
            assert_eq!(
                (*limit as usize, Limits::default().of(*limit)),
                (index, *default),
                "{name}"
            );
        }
    }

    #[test]
    fn limits_that_are_not_set_keep_their_defaults() {
        let limits =
            Limits::parse("links-by-address=5, invitations-by-identity=500").expect("limits");
        assert_eq!(limits.of(Limit::LinksByAddress), 5);
        assert_eq!(limits.of(Limit::InvitationsByIdentity), 500);
        assert_eq!(limits.of(Limit::LinksBySource), 60);
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
            assert!(why.starts_with(text) && why.contains("mails-by-account (3000)"), "{why}");
        }
    }

    #[test]
    fn all_addresses_of_an_ipv6_prefix_count_as_one() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("203.0.113.8"), network("203.0.113.9"));
    }
}
