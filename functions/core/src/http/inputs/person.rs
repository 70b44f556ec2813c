//! Values of a person, as several routes accept them.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::domain::{
    Details, EmailAddress, FieldErrorCode, FieldErrors, JobTitle, LanguageTag, PersonName,
    PhoneNumber, import, parse_date,
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

impl<'a> PersonInput<'a> {
    /// Returns the person in a row of an imported file.
    #[must_use]
    pub fn of_row(row: &'a import::Row) -> Self {
        Self {
            prefix: "",
            name: row.text("name"),
            email: row.text("email"),
            title: row.get("title"),
            phone: row.get("phone"),
            language: row.get("language"),
            ends_on: row.get("ends_on"),
        }
    }

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::import::{CellType, RecordKind, Row};

    #[test]
    fn every_column_of_a_file_becomes_a_member_of_the_profile() {
        let columns: Vec<_> = RecordKind::Professionals.columns().collect();
        let cell = |cell_type| match cell_type {
            // Digits pass as a name and as a telephone number.
            CellType::Text => "030 1234567",
            CellType::Email => "ana@people.example",
            CellType::Date => "31.12.2030",
            CellType::Language => "Deutsch",
            CellType::YesNo | CellType::AccountKind => "no",
        };
        let cells = columns
            .iter()
            .map(|column| (column.name.clone(), Some(cell(column.cell_type).to_owned())));
        let row = Row::new(RecordKind::Professionals, cells).expect("a row");
        let mut errors = FieldErrors::default();
        let details = PersonInput::of_row(&row).parse(date(2027, 1, 31), &mut errors);
        assert_eq!(errors, FieldErrors::default());
        let profile = serde_json::to_value(details.expect("a person")).expect("JSON");
        // The role is the account's.
        for column in columns.iter().filter(|column| column.name != "administrator") {
            assert_eq!(profile[&column.name].as_str(), row.get(&column.name), "{}", column.name);
        }
    }
}
