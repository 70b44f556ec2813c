//! Contact details of an organisation.

use serde::{Deserialize, Serialize};

use crate::domain::{EmailAddress, FieldErrorCode, FieldErrors, PhoneNumber};

/// How to reach an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A shared mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// A web page that starts with `https://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

impl Contact {
    /// Parses contact details as typed and adds their errors under `prefix`: empty, or `contact.`.
    pub fn parse(
        prefix: &str,
        email: Option<&str>,
        phone: Option<&str>,
        website: Option<&str>,
        errors: &mut FieldErrors,
    ) -> Self {
        Self {
            email: errors.parse_optional(&format!("{prefix}email"), email, EmailAddress::parse),
            phone: errors.parse_optional(&format!("{prefix}phone"), phone, PhoneNumber::parse),
            website: errors.parse_optional(&format!("{prefix}website"), website, web_page),
        }
    }

    /// Returns these details, completed from `before`.
    #[must_use]
    pub fn or(self, before: &Self) -> Self {
        Self {
            email: self.email.or_else(|| before.email.clone()),
            phone: self.phone.or_else(|| before.phone.clone()),
            website: self.website.or_else(|| before.website.clone()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Parses an `https://` address that is safe as a link on a customer's page.
fn web_page(text: &str) -> Result<String, FieldErrorCode> {
    const MAX_LENGTH: usize = 200;
    let rest = text.strip_prefix("https://").unwrap_or_default();
    let well_formed = rest.contains('.')
        && text.len() <= MAX_LENGTH
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}@".contains(&byte));
    if well_formed { Ok(text.to_owned()) } else { Err(FieldErrorCode::WebPage(MAX_LENGTH)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_addresses_become_links() {
        assert!(web_page("https://partner.example/contact?x=1").is_ok());
        for text in [
            "javascript:alert(1)",
            "http://partner.example",
            "https://",
            "https://a@b.example",
            "https://x.example/\"onclick",
            "https://x.example/\n",
        ] {
            assert!(web_page(text).is_err(), "{text}");
        }
    }
}
