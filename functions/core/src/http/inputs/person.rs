//! A person's profile in request bodies. A new field of a profile is added here and in `Details`.

use std::fmt;

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, Visitor},
};
use serde_json::{Map, Value};
use strum::VariantNames as _;

use crate::domain::{
    Details, EmailAddress, FieldErrorCode, FieldErrors, JobTitle, LanguageTag, PersonName,
    PhoneNumber, ProfessionalField, import, parse_date,
};

/// A new profile, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// The name.
    pub name: String,
    /// The e-mail.
    pub email: String,
    /// The job title.
    pub title: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The language; English if absent.
    pub language: Option<String>,
    /// The last day of access.
    pub ends_on: Option<String>,
}

/// Changes to a profile, as typed. Absent fields stay as they are; `null` clears title, phone and
/// last day.
#[expect(clippy::option_option, reason = "a PATCH tells null from absence")]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonChanges {
    name: Option<String>,
    email: Option<String>,
    #[serde(default, deserialize_with = "present")]
    title: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    phone: Option<Option<String>>,
    language: Option<String>,
    #[serde(default, deserialize_with = "present")]
    ends_on: Option<Option<String>>,
}

/// A body with the fields of a profile beside a route's own; rejects fields that neither knows.
/// (serde's `flatten` cannot deny unknown fields.)
#[derive(Clone, Debug)]
pub struct WithPerson<P, T> {
    /// The profile: [`PersonInput`] or [`PersonChanges`].
    pub person: P,
    /// The route's own fields.
    pub own: T,
}

impl<'de, P: DeserializeOwned, T: DeserializeOwned> Deserialize<'de> for WithPerson<P, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut own = deserializer.deserialize_map(UniqueMembers)?;
        let person: Map<_, _> =
            ProfessionalField::VARIANTS.iter().filter_map(|name| own.remove_entry(*name)).collect();
        Ok(Self {
            person: serde_json::from_value(Value::Object(person)).map_err(D::Error::custom)?,
            own: serde_json::from_value(Value::Object(own)).map_err(|error| {
                D::Error::custom(if error.to_string().starts_with("unknown field") {
                    format!("{error}, `{}`", ProfessionalField::VARIANTS.join("`, `"))
                } else {
                    error.to_string()
                })
            })?,
        })
    }
}

/// Deserializes an object, and refuses a member that is there twice, as a derived struct does.
struct UniqueMembers;

impl<'de> Visitor<'de> for UniqueMembers {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut members = Map::new();
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom(format!("duplicate field `{name}`")));
            }
            members.insert(name, value);
        }
        Ok(members)
    }
}

impl PersonInput {
    /// Returns the person in a row of an imported file.
    #[must_use]
    pub fn of_row(row: &import::Row) -> Self {
        let cell = |column| row.get(column).map(str::to_owned);
        Self {
            name: row.text("name").to_owned(),
            email: row.text("email").to_owned(),
            title: cell("title"),
            phone: cell("phone"),
            language: cell("language"),
            ends_on: cell("ends_on"),
        }
    }

    /// Parses the values, or adds every error and returns `None`. An end date must not be before
    /// `today`.
    ///
    /// `prefix` is put before the names of fields in errors: empty, or `first_professional.`.
    pub fn parse(&self, prefix: &str, today: Date, errors: &mut FieldErrors) -> Option<Details> {
        let field = |name: &str| format!("{prefix}{name}");
        let Self { name, email, title, phone, language, ends_on } = self;
        let name = errors.parse(&field("name"), PersonName::parse(name));
        let email = errors.parse(&field("email"), EmailAddress::parse(email));
        let title = errors.parse_optional(&field("title"), title.as_deref(), JobTitle::parse);
        let phone = errors.parse_optional(&field("phone"), phone.as_deref(), PhoneNumber::parse);
        let language = errors
            .parse_optional(&field("language"), language.as_deref(), LanguageTag::parse)
            .unwrap_or_default();
        let ends_on = errors
            .parse_optional(&field("ends_on"), ends_on.as_deref(), |text| end_date(text, today));
        Some(Details { title, phone, ends_on, ..Details::new(name?, email?, language) })
    }
}

impl PersonChanges {
    /// Checks whether the last day of access is among the changes.
    #[must_use]
    pub fn changes_end_date(&self) -> bool {
        self.ends_on.is_some()
    }

    /// Checks whether an e-mail is among the changes, perhaps the one on record.
    #[must_use]
    pub fn has_email(&self) -> bool {
        self.email.is_some()
    }

    /// Returns `before` with the changes, or every error. An end date must not be before `today`,
    /// unless it is unchanged.
    pub fn apply(&self, before: &Details, today: Date) -> Result<Details, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut after = before.clone();
        if let Some(name) = errors.parse_optional("name", self.name.as_deref(), PersonName::parse) {
            after.name = name;
        }
        if let Some(email) =
            errors.parse_optional("email", self.email.as_deref(), EmailAddress::parse)
        {
            after.email = email;
        }
        if let Some(language) =
            errors.parse_optional("language", self.language.as_deref(), LanguageTag::parse)
        {
            after.language = language;
        }
        if let Some(title) = &self.title {
            after.title = errors.parse_optional("title", title.as_deref(), JobTitle::parse);
        }
        if let Some(phone) = &self.phone {
            after.phone = errors.parse_optional("phone", phone.as_deref(), PhoneNumber::parse);
        }
        if let Some(ends_on) = &self.ends_on {
            // A form may send back an unchanged last day that has passed.
            let is_unchanged = before
                .ends_on
                .is_some_and(|day| ends_on.as_deref() == Some(day.to_string().as_str()));
            if !is_unchanged {
                after.ends_on = errors
                    .parse_optional("ends_on", ends_on.as_deref(), |text| end_date(text, today));
            }
        }
        errors.into_result()?;
        Ok(after)
    }
}

/// Parses a last day of access, which must not be before `today`.
fn end_date(text: &str, today: Date) -> Result<Date, FieldErrorCode> {
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
        let details = PersonInput::of_row(&row).parse("", date(2027, 1, 31), &mut errors);
        assert_eq!(errors, FieldErrors::default());
        let profile = serde_json::to_value(details.expect("a person")).expect("JSON");
        // The role is the account's.
        for column in columns.iter().filter(|column| column.name != "administrator") {
            assert_eq!(profile[&column.name].as_str(), row.get(&column.name), "{}", column.name);
        }
    }
}
