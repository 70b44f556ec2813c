//! A date in the example's files.

use jiff::{ToSpan as _, civil::Date};
use serde::Deserialize;

/// A date, or days from today so that the example's plans never age: `2027-01-31`, `+90d`, `-30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum Day {
    On(Date),
    FromToday(i32),
}

impl Day {
    /// Returns the date that is meant today.
    pub(super) fn date(self, today: Date) -> Date {
        match self {
            Self::On(date) => date,
            Self::FromToday(days) => today.saturating_add(days.days()),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let days = text
            .strip_suffix('d')
            .filter(|it| it.starts_with(['+', '-']))
            .and_then(|it| it.parse().ok());
        let near = days.filter(|it: &i32| it.abs() <= 36_525).map(Self::FromToday);
        near.or_else(|| text.parse().ok().map(Self::On)).ok_or_else(|| {
            format!(
                "{text:?} is neither a date such as 2027-01-31 nor days from today such as +90d"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_a_date_or_counts_from_today() {
        let day =
            |text: &str| Day::try_from(text.to_owned()).expect("a day").date(date(2027, 1, 31));
        assert_eq!(day("2026-02-28"), date(2026, 2, 28));
        assert_eq!(day("+1d"), date(2027, 2, 1));
        assert_eq!(day("-31d"), date(2026, 12, 31));
        assert_eq!(day("+0d"), date(2027, 1, 31));
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in ["", "90d", "+90", "+d", "31.1.2027", "2027-02-29", "+99999999d"] {
            assert!(Day::try_from(text.to_owned()).expect_err(text).contains("+90d"));
        }
    }
}
