//! The vendor's settings in site/config.toml that functions need.

use std::{fs, io, path::Path};

use portico::domain::{EmailAddress, FieldErrorCode, FieldErrors};
use serde::Deserialize;

use crate::error::StartError;

/// The vendor's settings.
#[derive(Debug, Deserialize)]
pub struct Vendor {
    /// The vendor's name, as in "Example Vendor".
    pub name: String,
    /// The address for people who need help.
    pub access_mailbox: String,
    /// The sender of every mail: an address, or `Example Vendor portal <portal@vendor.example>`.
    pub mail_from: String,
}

/// The part of the file that functions need; the rest is the site's.
#[derive(Deserialize)]
struct File {
    vendor: Vendor,
}

impl Vendor {
    /// Reads the file. Errors name the file and the key.
    pub fn read(file: &Path) -> Result<Self, StartError> {
        let read =
            fs::read_to_string(file).and_then(|text| Self::parse(&text).map_err(io::Error::other));
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

/// Returns the address between angle brackets, if there are any.
fn bare(sender: &str) -> &str {
    sender
        .trim_end()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
        .map_or(sender, |(_, address)| address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(vendor: &str) -> String {
        Vendor::parse(vendor).expect_err("an error")
    }

    #[test]
    fn the_repositorys_own_file_is_complete() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site/config.toml");
        Vendor::read(&file).expect("a vendor");
    }

    #[test]
    fn the_rest_of_the_file_is_left_to_the_site() {
        let text = "
            [vendor]
            name = 'Acme'
            access_mailbox = 'a@acme.example'
            mail_from = 'm@acme.example'
            web = 1
            [brand]
            logo = 'x'
        ";
        let vendor = Vendor::parse(text).expect("a vendor");
        assert_eq!((vendor.name.as_str(), vendor.mail_from.as_str()), ("Acme", "m@acme.example"));
    }

    #[test]
    fn an_error_names_the_key() {
        assert!(error("title = 'Portal'").contains("missing field `vendor`"));
        assert!(
            error("[vendor]\nname = 'Acme'\naccess_mailbox = 'a@acme.example'")
                .contains("missing field `mail_from`")
        );
        assert!(error("[vendor]\nname = 7").contains("name = 7"));
        assert!(error("[vendor").contains("line 1"));
        assert_eq!(
            error("[vendor]\nname = ' '\naccess_mailbox = 'acme'\nmail_from = 'Acme <acme>'"),
            "vendor.name must not be empty; \
             vendor.access_mailbox must look like name@example.org; \
             vendor.mail_from must look like name@example.org"
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Vendor::read(Path::new("no/config.toml")).expect_err("no file");
        assert!(error.to_string().starts_with("cannot use no/config.toml: "), "{error}");
    }
}
