//! The vendor's site/config.toml: the values that become parameters. The site's build checks the
//! rest.

use std::fs;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::root;

/// Id of the vendor's own account.
pub(crate) const VENDOR_ACCOUNT_ID: &str = "00000000000000000000000000";

/// The vendor's details in its configuration file.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Vendor {
    /// The vendor's name.
    pub(super) name: String,
    /// Contact address, shown wherever a person may need help.
    pub(super) access_mailbox: String,
    /// Sender of all mails.
    pub(super) mail_from: String,
}

#[derive(Deserialize)]
struct Configuration {
    vendor: Vendor,
}

impl Vendor {
    /// Reads site/config.toml.
    pub(crate) fn read() -> Result<Self> {
        let path = root().join("site/config.toml");
        let text = fs::read_to_string(path).context("cannot read site/config.toml")?;
        let configuration: Configuration = toml::from_str(&text).context("site/config.toml")?;
        Ok(configuration.vendor)
    }

    /// Returns an error for each value that is still the example's and reaches nobody.
    pub(crate) fn errors(&self) -> Vec<String> {
        let mut errors = Vec::new();
        if self.name == "Example Vendor" {
            errors.push(
                "site/config.toml: name is still the example's; set your company's name".to_owned(),
            );
        }
        for (key, value) in
            [("access_mailbox", &self.access_mailbox), ("mail_from", &self.mail_from)]
        {
            let host = value.trim_end_matches('>').rsplit('@').next().unwrap_or_default();
            // RFC 2606 reserves these names for examples.
            let top_level = host.rsplit('.').next().unwrap_or_default();
            if ["example", "invalid", "test"].contains(&top_level)
                || ["example.com", "example.org", "example.net"].contains(&host)
            {
                errors.push(format!(
                    "site/config.toml: {key} is still the example's, {value}; \
                     set an address of your own"
                ));
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_cannot_be_deployed() {
        let errors = |name: &str, host: &str| {
            let vendor = Vendor {
                name: name.into(),
                access_mailbox: format!("a@{host}"),
                mail_from: format!("P <p@{host}>"),
            };
            vendor.errors().len()
        };
        assert_eq!(errors("Example Vendor", "vendor.example"), 3);
        assert_eq!(errors("Acme", "example.com"), 2);
        assert_eq!(errors("Acme", "acme.com"), 0);
    }

    #[test]
    fn the_repositorys_file_has_the_required_values() {
        assert!(!Vendor::read().expect("a vendor").name.is_empty());
    }
}
