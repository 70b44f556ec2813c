//! site/config.toml, the vendor's file, as far as the functions' parameters come from it. The site's build checks the rest.

use std::fs;

use serde::Deserialize;

use crate::command::root;

/// The vendor, as its file describes it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Vendor {
    /// Its name.
    pub(crate) name: String,
    /// The address shown wherever a person can be stuck.
    pub(crate) access_mailbox: String,
    /// The sender of every mail.
    pub(crate) mail_from: String,
}

#[derive(Deserialize)]
struct File {
    vendor: Vendor,
}

impl Vendor {
    /// Reads the file.
    pub(crate) fn read() -> Result<Self, String> {
        let text = fs::read_to_string(root().join("site/config.toml"))
            .map_err(|error| format!("site/config.toml cannot be read: {error}"))?;
        let file: File = toml::from_str(&text)
            .map_err(|error| format!("site/config.toml: {}", error.to_string().trim_end()))?;
        Ok(file.vendor)
    }

    /// Names what is still the example's: nobody could be reached there.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.name == "Example Vendor" {
            faults.push(
                "site/config.toml: name is still the example's; put in your company's".to_owned(),
            );
        }
        for (key, value) in
            [("access_mailbox", &self.access_mailbox), ("mail_from", &self.mail_from)]
        {
            let host = value.trim_end_matches('>').rsplit('@').next().unwrap_or_default();
            // RFC 2606 keeps these for examples.
            let last = host.rsplit('.').next().unwrap_or_default();
            if ["example", "invalid", "test"].contains(&last)
                || ["example.com", "example.org", "example.net"].contains(&host)
            {
                faults.push(format!("site/config.toml: {key} is still the example's, {value}; put in an address of yours"));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_not_deployed() {
        let vendor = |name: &str, host: &str| {
            Vendor {
                name: name.into(),
                access_mailbox: format!("a@{host}"),
                mail_from: format!("P <p@{host}>"),
            }
            .faults()
        };
        assert_eq!(vendor("Example Vendor", "vendor.example").len(), 3);
        assert_eq!(vendor("Acme", "example.com").len(), 2);
        assert!(vendor("Acme", "acme.com").is_empty());
    }

    #[test]
    fn the_file_that_is_there_has_what_is_needed() {
        assert!(!Vendor::read().expect("a vendor").name.is_empty());
    }
}
