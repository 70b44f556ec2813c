//! What the vendor's one file, site/config.toml, says that functions need.

use std::{fs, io, path::Path};

use portico::domain::{EmailAddress, FieldErrorCode, FieldErrors};
use serde::Deserialize;

use crate::error::StartError;

/// The vendor, as its file describes it.
#[derive(Debug, Deserialize)]
pub struct Vendor {
    /// Its name, as in "Example Vendor".
    pub name: String,
    /// The address shown wherever a person can be stuck.
    pub access_mailbox: String,
    /// The sender of every mail: an address, or `Example Vendor portal <portal@vendor.example>`.
    pub mail_from: String,
}

/// The part of the file that matters here; the rest is the site's.
#[derive(Deserialize)]
struct File {
    vendor: Vendor,
}

impl Vendor {
    /// Reads the file. What is wrong with it is told with the file's name and the key's.
    pub fn read(file: &Path) -> Result<Self, StartError> {
        let read =
            fs::read_to_string(file).and_then(|it| Self::parse(&it).map_err(io::Error::other));
        read.map_err(StartError::file(file))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let File { vendor } =
            toml::from_str(text).map_err(|err| err.to_string().trim_end().to_owned())?;
        let mut errors = FieldErrors::default();
        if vendor.name.trim().is_empty() {
            errors.add("vendor.name", FieldErrorCode::Empty);
        }
        errors.parse("vendor.access_mailbox", EmailAddress::parse(&vendor.access_mailbox));
        errors.parse("vendor.mail_from", EmailAddress::parse(bare(&vendor.mail_from)));
        errors.into_result().map_err(|err| err.to_string())?;
        Ok(vendor)
    }
}

/// Returns what stands between the angle brackets, if there are any.
fn bare(sender: &str) -> &str {
    sender
        .trim_end()
        .strip_suffix('>')
        .and_then(|it| it.rsplit_once('<'))
        .map_or(sender, |(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(vendor: &str) -> String {
        Vendor::parse(vendor).expect_err("a fault")
    }

    #[test]
    fn the_file_that_is_there_is_whole() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site/config.toml");
        Vendor::read(&file).expect("a vendor");
    }

    #[test]
    fn the_rest_of_the_file_is_left_to_the_site() {
        let text = "[vendor]\nname = 'Acme'\naccess_mailbox = 'a@acme.example'\nmail_from = 'm@acme.example'\nweb = 1\n[brand]\nlogo = 'x'";
        let vendor = Vendor::parse(text).expect("a vendor");
        assert_eq!((vendor.name.as_str(), vendor.mail_from.as_str()), ("Acme", "m@acme.example"));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_key() {
        assert!(fault("title = 'Portal'").contains("missing field `vendor`"));
        assert!(
            fault("[vendor]\nname = 'Acme'\naccess_mailbox = 'a@acme.example'")
                .contains("missing field `mail_from`")
        );
        assert!(fault("[vendor]\nname = 7").contains("name = 7"));
        assert!(fault("[vendor").contains("line 1"));
        assert_eq!(
            fault("[vendor]\nname = ' '\naccess_mailbox = 'acme'\nmail_from = 'Acme <acme>'"),
            "vendor.name must not be empty; vendor.access_mailbox must look like name@example.org; vendor.mail_from must look like name@example.org"
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = Vendor::read(Path::new("no/config.toml")).expect_err("no file");
        assert!(error.to_string().starts_with("cannot use no/config.toml: "), "{error}");
    }
}
