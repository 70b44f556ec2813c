//! JSON as providers write it: what is not read cannot refuse the rest.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Number, Value, value::RawValue};

/// The members of a JSON object, each of them parsed only when it is read.
#[derive(Debug)]
pub(super) struct Members(Vec<(String, Box<RawValue>)>);

/// A member that is believed and of another type than it must be, or that is there twice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unusable;

impl Members {
    /// Parses an object, or returns `None` if `json` is none.
    ///
    /// Ignores a byte order mark, which RFC 8259, section 8.1 permits. Bytes and escapes that are
    /// no Unicode, lone surrogates among them, become U+FFFD, so that a picture's caption shuts
    /// nobody out; [`Self::only_text`] refuses them.
    pub(super) fn parse(json: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(json);
        let text = replace_lone_surrogates(text.trim_start_matches('\u{feff}'));
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let members = deserializer.deserialize_map(Collect).ok()?;
        deserializer.end().ok()?;
        Some(Self(members))
    }

    /// Returns the member `name` as text, which a number is as well; `None` if it is neither. Of
    /// several the last counts, as in most parsers.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Returns the texts in the member `name`, a list or a single text.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        match self.value(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(values)) => values
                .into_iter()
                .filter_map(|value| match value {
                    Value::String(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Checks whether the member `name` is true, in one of the ways in which providers write it.
    pub(super) fn is_true(&self, name: &str) -> bool {
        match self.value(name) {
            Some(Value::Bool(value)) => value,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true") || text == "1",
            Some(Value::Number(number)) => number.as_u64() == Some(1),
            _ => false,
        }
    }

    /// Returns the time in the member `name`, a number of seconds or a text with one.
    pub(super) fn time(&self, name: &str) -> Option<Timestamp> {
        match self.value(name)? {
            Value::Number(number) => time(&number),
            Value::String(text) => time(&text.parse().ok()?),
            _ => None,
        }
    }

    /// Returns the value of the member `name`; of several the last.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.all(name).last()?.get()).ok()
    }

    /// Returns the elements of the list `name`, unparsed.
    pub(super) fn list(&self, name: &str) -> Option<Vec<Box<RawValue>>> {
        serde_json::from_str(self.all(name).last()?.get()).ok()
    }

    /// Returns the member `name`, if there is one that is not `null`. Fails if there are two:
    /// parsers differ in which of them they believe.
    pub(super) fn only(&self, name: &str) -> Result<Option<Value>, Unusable> {
        let mut all = self.all(name);
        let Some(member) = all.next() else { return Ok(None) };
        if all.next().is_some() {
            return Err(Unusable);
        }
        let value: Value = serde_json::from_str(member.get()).map_err(|_| Unusable)?;
        Ok(Some(value).filter(|value| !value.is_null()))
    }

    /// Returns the member `name`, which is believed: once, and a text of nothing but Unicode.
    pub(super) fn only_text(&self, name: &str) -> Result<Option<String>, Unusable> {
        match self.only(name)? {
            None => Ok(None),
            Some(Value::String(text)) if !text.contains(char::REPLACEMENT_CHARACTER) => {
                Ok(Some(text))
            }
            Some(_) => Err(Unusable),
        }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &RawValue> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| &**value)
    }
}

/// Returns the time `seconds` after 1970, or the last one or the first one that there is.
pub(super) fn time(seconds: &Number) -> Option<Timestamp> {
    let seconds = seconds.as_i64().or_else(|| {
        let seconds = seconds.as_f64()?.clamp(-1e12, 1e12);
        Some(SignedDuration::try_from_secs_f64(seconds).ok()?.as_secs())
    })?;
    let in_range = seconds.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(in_range).ok()
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Vec<(String, Box<RawValue>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Returns `json` with each escape of a lone surrogate replaced by that of U+FFFD.
fn replace_lone_surrogates(json: &str) -> String {
    let mut replaced = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        replaced.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (escaped(rest), rest.get(6..).and_then(escaped)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                replaced.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // The escaped character may be a backslash.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        replaced.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    replaced + rest
}

/// Returns the code unit of the escape `\uXXXX` with which `json` begins.
fn escaped(json: &str) -> Option<u16> {
    let digits = json.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn members(json: &str) -> Members {
        Members::parse(json.as_bytes()).unwrap_or_else(|| panic!("{json}"))
    }

    #[test]
    fn what_is_not_read_refuses_nothing() {
        let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
        for other in
            ["1e999", r#""\ud800""#, r#""\udc00\ud800""#, "{\"a\": 1, \"a\": 2}", "null", &deep]
        {
            let found = members(&format!("\u{feff}{{\"other\": {other}, \"sub\": \"s\"}}"));
            assert_eq!(found.only_text("sub"), Ok(Some("s".to_owned())), "{other:.40}");
        }
        assert_eq!(
            Members::parse(b"{\"a\": \"\xff\", \"b\": 1}").and_then(|found| found.text("b")),
            Some("1".to_owned())
        );
    }

    #[test]
    fn another_value_than_an_object_is_refused() {
        for json in ["", "[]", "1", "\"{}\"", "{", "{}{}", "{\"a\": }", "null"] {
            assert!(Members::parse(json.as_bytes()).is_none(), "{json}");
        }
    }

    #[test]
    fn what_is_believed_must_be_there_once_and_text() {
        assert_eq!(members(r#"{"sub": "é\ud83d\ude00"}"#).only_text("sub"), Ok(Some("é😀".into())));
        assert_eq!(members(r#"{"sub": null}"#).only_text("sub"), Ok(None));
        assert_eq!(members("{}").only_text("sub"), Ok(None));
        for json in [
            r#"{"sub": "a", "sub": "a"}"#,
            r#"{"sub": "a", "\u0073ub": "b"}"#,
            r#"{"sub": 1}"#,
            r#"{"sub": ["a"]}"#,
            r#"{"sub": "a\ud800"}"#,
            r#"{"sub": 1e999}"#,
        ] {
            assert_eq!(members(json).only_text("sub"), Err(Unusable), "{json}");
        }
    }

    #[test]
    fn truth_is_written_in_several_ways() {
        for (json, expected) in [
            ("true", true),
            (r#""true""#, true),
            (r#""True""#, true),
            ("1", true),
            (r#""1""#, true),
            ("false", false),
            (r#""false""#, false),
            ("0", false),
            ("2", false),
            ("[true]", false),
            ("null", false),
        ] {
            assert_eq!(members(&format!("{{\"a\": {json}}}")).is_true("a"), expected, "{json}");
        }
    }

    #[test]
    fn a_time_is_a_number_or_text_with_one_of_any_size() {
        for (json, expected) in [
            ("1700000000", Some(1_700_000_000)),
            ("1.7e9", Some(1_700_000_000)),
            ("1700000000.9", Some(1_700_000_000)),
            (r#""1700000000""#, Some(1_700_000_000)),
            ("1e300", Some(Timestamp::MAX.as_second())),
            ("99999999999999999999", Some(Timestamp::MAX.as_second())),
            ("-1e300", Some(Timestamp::MIN.as_second())),
            (r#""soon""#, None),
            ("[1]", None),
            ("null", None),
        ] {
            let time = members(&format!("{{\"a\": {json}}}")).time("a");
            assert_eq!(time.map(Timestamp::as_second), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn replacing_surrogates_keeps_valid_json(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("JSON");
            prop_assert_eq!(replace_lone_surrogates(&json), json);
        }

        #[test]
        fn any_escapes_become_unicode(units in prop::collection::vec(any::<u16>(), 0..8)) {
            let escapes: Vec<_> = units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
            let found = members(&format!("{{\"a\": \"{}\"}}", escapes.concat()));
            prop_assert_eq!(found.text("a"), Some(String::from_utf16_lossy(&units)));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _members = Members::parse(&bytes);
        }
    }
}
