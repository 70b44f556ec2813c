//! Time zones: each account has its own days.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::domain::FieldErrorCode;

/// The name of a time zone in the IANA database, for example `Europe/Berlin`. UTC unless something else is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(TimeZone);

impl ZoneName {
    /// Takes a name of the IANA database that is built in, in whatever case; it is kept as the database spells it.
    pub fn parse(text: &str) -> Result<Self, FieldErrorCode> {
        TimeZone::get(text)
            .ok()
            .filter(|it| it.iana_name().is_some())
            .map(Self)
            .ok_or(FieldErrorCode::TimeZone)
    }

    /// Returns the zone where each day begins first.
    #[must_use]
    pub fn first() -> Self {
        Self(TimeZone::fixed(Offset::constant(14)))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Returns the day that it is there at the time `now`.
    #[must_use]
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned(self.0.clone()).date()
    }

    /// Returns the time at which `day` begins there.
    #[must_use]
    pub fn begin_of(&self, day: Date) -> Timestamp {
        day.to_zoned(self.0.clone()).map_or(Timestamp::MAX, |it| it.timestamp())
    }
}

impl Default for ZoneName {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl TryFrom<String> for ZoneName {
    type Error = FieldErrorCode;

    fn try_from(text: String) -> Result<Self, FieldErrorCode> {
        Self::parse(&text)
    }
}

impl From<ZoneName> for String {
    fn from(it: ZoneName) -> Self {
        it.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_zone_has_its_own_day() {
        let now = "2026-11-22T11:30:00Z".parse().expect("a time");
        for (zone, day) in [
            ("UTC", date(2026, 11, 22)),
            ("Europe/Berlin", date(2026, 11, 22)),
            ("Pacific/Auckland", date(2026, 11, 23)),
            ("Pacific/Kiritimati", date(2026, 11, 23)),
            ("Etc/GMT+12", date(2026, 11, 21)),
        ] {
            assert_eq!(ZoneName::parse(zone).expect(zone).day(now), day, "{zone}");
        }
        assert_eq!(ZoneName::default(), ZoneName::parse("UTC").expect("UTC"));
    }

    #[test]
    fn a_day_begins_when_it_is_that_day_there() {
        for (zone, begins) in [
            ("UTC", "2026-11-22T00:00:00Z"),
            ("Pacific/Auckland", "2026-11-21T11:00:00Z"),
            ("Pacific/Honolulu", "2026-11-22T10:00:00Z"),
        ] {
            let begins: Timestamp = begins.parse().expect("a time");
            let zone = ZoneName::parse(zone).expect(zone);
            assert_eq!(zone.begin_of(date(2026, 11, 22)), begins);
            assert_eq!(zone.day(begins), date(2026, 11, 22));
        }
    }

    #[test]
    fn a_zone_is_one_of_the_database() {
        assert_eq!(
            ZoneName::parse("europe/berlin").expect("in any case").as_str(),
            "Europe/Berlin"
        );
        for text in ["", "Berlin", "CET+1", "+01:00", "Europe/Atlantis", "../etc/passwd"] {
            assert_eq!(ZoneName::parse(text), Err(FieldErrorCode::TimeZone), "{text}");
        }
    }
}
