//! What a cell means.

use jiff::civil::Date;

use super::{CellType, name_key};
use crate::domain::{FieldErrorCode, spreadsheet::unescape_formulas};

/// Removes what pasting and exporting add: no-break spaces, spaces around the text, and an
/// apostrophe before what looks like a formula.
pub(super) fn clean(cell: &str) -> String {
    unescape_formulas(cell).replace('\u{a0}', " ").trim().to_owned()
}

impl CellType {
    /// Returns a cell in the form that the API takes elsewhere: `31.12.2027` is `2027-12-31`, and
    /// `Kunde` is `customer`. What has no such form stays as it is, for the field's own rule.
    pub(super) fn canonical(self, cell: String) -> String {
        let canonical = match self {
            Self::Text | Self::Email => None,
            Self::Date => parse_date(&cell).map(|date| date.to_string()),
            Self::Language => {
                Some(self.value(&cell).map_or_else(|| language_tag(&cell), str::to_owned))
            }
            Self::YesNo | Self::AccountKind => self.value(&cell).map(str::to_owned),
        };
        canonical.unwrap_or(cell)
    }

    /// Returns the value that a word stands for in any language.
    fn value(self, word: &str) -> Option<&'static str> {
        let key = name_key(word);
        let mut values = self.words()?.iter();
        let (value, _) =
            values.find(|(_, words)| words.iter().any(|word| name_key(word) == key))?;
        Some(value)
    }
}

/// Parses whether a cell says yes, in any language; a blank one says no.
pub fn parse_yes_no(cell: &str) -> Result<bool, FieldErrorCode> {
    match CellType::YesNo.canonical(clean(cell)).as_str() {
        "yes" => Ok(true),
        "no" | "" => Ok(false),
        _ => Err(FieldErrorCode::YesOrNo),
    }
}

/// Parses a day whose parts are unmistakable: year first (`2027-12-31`, `2027/12/31`) or German
/// (`31.12.2027`), also with the midnight that database exports add.
///
/// The order of `12/31/2027` and the century of `31.12.27` are anybody's guess, so those are none.
fn parse_date(text: &str) -> Option<Date> {
    let midnight = text.strip_suffix("00:00:00").and_then(|day| day.strip_suffix([' ', 'T']));
    let day = midnight.unwrap_or(text);
    let separator = ['-', '.', '/'].into_iter().find(|separator| day.contains(*separator))?;
    let parts: Vec<_> = day.split(separator).map(str::trim).collect();
    let (year, month, day) = match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if separator == '.' && year.len() == 4 => (year, month, day),
        _ => return None,
    };
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let is_number = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Returns `pt_br` as `pt-BR`.
fn language_tag(text: &str) -> String {
    match text.split_once(['-', '_']) {
        Some((language, region)) => {
            format!("{}-{}", language.to_ascii_lowercase(), region.to_ascii_uppercase())
        }
        None => text.to_ascii_lowercase(),
    }
}
