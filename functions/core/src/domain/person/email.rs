//! E-mail addresses.

use std::{fmt, str::FromStr};

use email_address::Options;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::domain::FieldErrorCode;

/// An address that Amazon SES can deliver to, in lower case: an ASCII local part and a domain in
/// Punycode.
///
/// Case is folded because no mailbox in practice distinguishes `Ada@` from `ada@`, while people
/// type both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Other domains of a provider, with the one that all its mailboxes are counted at.
const SAME_PROVIDER: [(&str, &str); 3] =
    [("googlemail.com", "gmail.com"), ("protonmail.com", "proton.me"), ("pm.me", "proton.me")];

/// Providers that ignore dots in the part before the `@`.
const IGNORE_DOTS: [&str; 2] = ["gmail.com", "proton.me"];

impl EmailAddress {
    /// The longest address that mail servers accept (RFC 5321, erratum 1690).
    const MAX_LENGTH: usize = 254;

    /// Parses and normalises an address such as `name@example.org`.
    pub fn parse(text: &str) -> Result<Self, FieldErrorCode> {
        let text: String = text.trim().nfkc().collect();
        if text.is_empty() {
            return Err(FieldErrorCode::Empty);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldErrorCode::Email)?;
        if !local.is_ascii() {
            return Err(FieldErrorCode::EmailAccent);
        }
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| FieldErrorCode::Email)?;
        let address = format!("{}@{domain}", local.to_ascii_lowercase());
        if address.len() > Self::MAX_LENGTH {
            return Err(FieldErrorCode::TooLong(Self::MAX_LENGTH));
        }
        if address.contains(['"', ' ', '\\']) || domain.parse::<std::net::Ipv4Addr>().is_ok() {
            return Err(FieldErrorCode::Email);
        }
        let options =
            Options::default().with_required_tld().without_domain_literal().without_display_text();
        email_address::EmailAddress::parse_with_options(&address, options)
            .map_err(|_| FieldErrorCode::Email)?;
        Ok(Self(address))
    }

    /// Returns the address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the part after the `@`: `example.org`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').unwrap_or_default().1
    }

    /// Returns the mailbox that the address belongs to, as it is counted: without the label after a
    /// `+`, and without dots at the providers that ignore them.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or_default();
        let name = match local.split_once('+') {
            Some((name, _)) if !name.is_empty() => name,
            _ => local,
        };
        let domain = SAME_PROVIDER
            .iter()
            .find(|(alias, _)| *alias == domain)
            .map_or(domain, |found| found.1);
        if IGNORE_DOTS.contains(&domain) {
            format!("{}@{domain}", name.replace('.', ""))
        } else {
            format!("{name}@{domain}")
        }
    }

    /// Returns the address with only the first letter of the local part, for anyone who has the
    /// link: `a***@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or_default();
        format!("{}***@{domain}", &local[..1.min(local.len())])
    }
}

impl FromStr for EmailAddress {
    type Err = FieldErrorCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = FieldErrorCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_mailbox_are_equal() {
        for text in ["Ada@Example.ORG", " ada@example.org ", "ada@ｅxample.org"] {
            assert_eq!(EmailAddress::parse(text).expect(text).as_str(), "ada@example.org");
        }
        assert_eq!(
            EmailAddress::parse("ada@bücher.example").expect("international").as_str(),
            "ada@xn--bcher-kva.example"
        );
    }

    #[test]
    fn undeliverable_addresses_are_refused() {
        for text in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "ada@[127.0.0.1]",
            "ada@127.0.0.1",
            "a b@example.org",
            "ada@example.org\r\nBcc: x@example.org",
            "ädа@example.org",
            "\"a b\"@example.org",
            "ada@-example.org",
            "a..b@example.org",
            "Ada <ada@example.org>",
            "ada@exam_ple.org",
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.org", "a".repeat(250))).is_err());
    }

    #[test]
    fn one_mailbox_is_counted_once_however_it_is_written() {
        for (address, mailbox) in [
            ("ada@example.org", "ada@example.org"),
            ("Ada+portal@example.org", "ada@example.org"),
            ("ada+a+b@example.org", "ada@example.org"),
            ("a.da@example.org", "a.da@example.org"),
            ("a.d.a+x@gmail.com", "ada@gmail.com"),
            ("ada@googlemail.com", "ada@gmail.com"),
            ("a.da@pm.me", "ada@proton.me"),
            ("+ada@example.org", "+ada@example.org"),
        ] {
            assert_eq!(
                EmailAddress::parse(address).expect(address).mailbox(),
                mailbox,
                "{address}"
            );
        }
    }

    #[test]
    fn a_masked_address_hides_the_name() {
        assert_eq!(
            EmailAddress::parse("ada@example.org").expect("valid").masked(),
            "a***@example.org"
        );
    }

    proptest! {
        #[test]
        fn parsing_a_parsed_address_changes_nothing(
            text in "[a-zA-Z0-9.+_-]{1,20}@[a-zA-Z0-9-]{1,20}\\.[a-zA-Z]{2,5}",
        ) {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
            }
        }

        #[test]
        fn no_parsed_address_breaks_a_header(text in "\\PC{0,30}@\\PC{0,30}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                let safe = |byte: u8| byte.is_ascii_graphic() && !b",<>".contains(&byte);
                prop_assert!(address.as_str().bytes().all(safe));
            }
        }
    }
}
