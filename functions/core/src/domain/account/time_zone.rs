//! Time zones: each account's dates are those of its own time zone.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::domain::FieldErrorCode;

/// A time zone's name in the IANA database, for example `Europe/Berlin`; UTC by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(TimeZone);

impl ZoneName {
    /// Parses a name of the built-in IANA database, ignoring case, and keeps the database's
    /// spelling.
    pub fn parse(text: &str) -> Result<Self, FieldErrorCode> {
        TimeZone::get(text)
            .ok()
            .filter(|zone| zone.iana_name().is_some())
            .map(Self)
            .ok_or(FieldErrorCode::TimeZone)
    }

    /// Returns the zone where each day begins first, UTC+14.
    #[must_use]
    pub fn earliest() -> Self {
        Self(TimeZone::fixed(Offset::constant(14)))
    }

    /// Returns the IANA name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Returns the date in this zone at the time `now`.
    #[must_use]
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned(self.0.clone()).date()
    }

    /// Returns the time at which `day` begins in this zone.
    #[must_use]
    pub fn start_of_day(&self, day: Date) -> Timestamp {
        self.time_of_day(day, 0)
    }

    /// Returns the time of the full `hour` of `day` in this zone. A clock change that skips the
    /// hour moves it by as much.
    #[must_use]
    pub fn time_of_day(&self, day: Date, hour: i8) -> Timestamp {
        let time = day.at(hour, 0, 0, 0).to_zoned(self.0.clone());
        time.map_or(Timestamp::MAX, |time| time.timestamp())
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
    fn from(zone: ZoneName) -> Self {
        zone.as_str().to_owned()
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
    fn a_day_starts_at_midnight_in_its_zone() {
        for (zone, start) in [
            ("UTC", "2026-11-22T00:00:00Z"),
            ("Pacific/Auckland", "2026-11-21T11:00:00Z"),
            ("Pacific/Honolulu", "2026-11-22T10:00:00Z"),
        ] {
            let start: Timestamp = start.parse().expect("a time");
            let zone = ZoneName::parse(zone).expect(zone);
            assert_eq!(zone.start_of_day(date(2026, 11, 22)), start);
            assert_eq!(zone.day(start), date(2026, 11, 22));
        }
    }

    #[test]
    fn an_hour_of_a_day_is_the_zones_own_also_when_clocks_change() {
        let berlin = ZoneName::parse("Europe/Berlin").expect("a zone");
        for (day, hour, time) in [
            (date(2026, 11, 22), 7, "2026-11-22T06:00:00Z"),
            (date(2026, 7, 1), 7, "2026-07-01T05:00:00Z"),
            (date(2026, 3, 29), 2, "2026-03-29T01:00:00Z"),
        ] {
            let time: Timestamp = time.parse().expect("a time");
            assert_eq!(berlin.time_of_day(day, hour), time, "{day} {hour}");
        }
    }

    #[test]
    fn a_zone_is_in_the_database() {
        assert_eq!(
            ZoneName::parse("europe/berlin").expect("in any case").as_str(),
            "Europe/Berlin"
        );
        for text in ["", "Berlin", "CET+1", "+01:00", "Europe/Atlantis", "../etc/passwd"] {
            assert_eq!(ZoneName::parse(text), Err(FieldErrorCode::TimeZone), "{text}");
        }
    }
}
