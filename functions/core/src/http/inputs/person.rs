//! Values of a person, as several routes accept them.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::domain::{
    Details, EmailAddress, FieldErrorCode, FieldErrors, JobTitle, LanguageTag, PersonName,
    PhoneNumber, parse_date,
};

/// A person, as typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonInput<'a> {
    /// The prefix of field names in errors: empty, or `first_professional.`.
    pub prefix: &'a str,
    /// The name.
    pub name: &'a str,
    /// The e-mail.
    pub email: &'a str,
    /// The job title.
    pub title: Option<&'a str>,
    /// The telephone number.
    pub phone: Option<&'a str>,
    /// The language; English if absent.
    pub language: Option<&'a str>,
    /// The last day of access.
    pub ends_on: Option<&'a str>,
}

impl PersonInput<'_> {
    /// Parses the values, or adds every error and returns `None`. An end date must not be before
    /// `today`.
    pub fn parse(&self, today: Date, errors: &mut FieldErrors) -> Option<Details> {
        let field = |name: &str| format!("{}{name}", self.prefix);
        let name = errors.parse(&field("name"), PersonName::parse(self.name));
        let email = errors.parse(&field("email"), EmailAddress::parse(self.email));
        let title = errors.parse_optional(&field("title"), self.title, JobTitle::parse);
        let phone = errors.parse_optional(&field("phone"), self.phone, PhoneNumber::parse);
        let language = errors
            .parse_optional(&field("language"), self.language, LanguageTag::parse)
            .unwrap_or_default();
        let ends_on =
            errors.parse_optional(&field("ends_on"), self.ends_on, |text| end_date(text, today));
        Some(Details { name: name?, email: email?, title, phone, language, ends_on })
    }
}

/// Parses a last day of access, which must not be before `today`.
pub fn end_date(text: &str, today: Date) -> Result<Date, FieldErrorCode> {
    let day = parse_date(text)?;
    if day < today { Err(FieldErrorCode::Past) } else { Ok(day) }
}

/// Deserializes a field that is present. Distinguishes `null`, which clears the value, from
/// absence, which keeps it.
pub fn present<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
