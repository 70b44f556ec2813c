//! Short texts that people type: names, titles, telephone numbers, language tags.
//!
//! Names reach other people's mail, so they may hold nothing that a mail program makes a link of, nor characters that reorder or
//! hide text (requirement 15; Unicode Technical Report 36, section 2).

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::domain::FieldErrorCode;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $check:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes `text` in Unicode normal form C with single spaces, or says what it should be.
            pub fn parse(text: &str) -> Result<Self, FieldErrorCode> {
                let text = clean(text);
                let check: fn(&str) -> Result<(), FieldErrorCode> = $check;
                check(&text)?;
                Ok(Self(text))
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = FieldErrorCode;

            fn try_from(text: String) -> Result<Self, FieldErrorCode> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

texts! {
    /// A person's name: 1 to 100 characters, no link.
    PersonName = |text| { visible(text, 100)?; no_link(text) };
    /// A job title: 1 to 100 characters, no link.
    JobTitle = |text| { visible(text, 100)?; no_link(text) };
    /// An organisation's name: 1 to 150 characters. A full stop inside is common here (Example.com Ltd), a scheme or a path is not.
    AccountName = |text| { visible(text, 150)?; no_address(text) };
    /// A service plan's name: 1 to 60 characters.
    PlanName = |text| { visible(text, 60)?; no_address(text) };
    /// A product's name: 1 to 100 characters.
    ProductName = |text| { visible(text, 100)?; no_address(text) };
    /// What people write to each other about a request for access: 1 to 500 characters, no link.
    Remark = |text| { visible(text, 500)?; no_link(text) };
    /// Why somebody does something, for others to read: 1 to 500 characters in one line.
    Reason = |text| { visible(text, 500)?; no_address(text) };
    /// A telephone number as people write it: up to 40 digits, spaces and the usual signs, at least 3 digits.
    PhoneNumber = telephone;
    /// A language: two or three letters, and a region if it matters (BCP 47: `en`, `pt-BR`).
    LanguageTag = language;
}

impl Default for LanguageTag {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl PersonName {
    /// Returns the name as lists sort and search it: lower case, normal form KD without marks.
    #[must_use]
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

impl AccountName {
    /// Returns the name as lists sort and search it.
    #[must_use]
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

/// Folds `text` the way names are sorted and searched: `Zoë` is found by `zoe`.
#[must_use]
pub fn search_key(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|it| !unicode_normalization::char::is_combining_mark(*it))
        .collect();
    clean(&plain)
}

fn clean(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn visible(text: &str, longest: usize) -> Result<(), FieldErrorCode> {
    if text.is_empty() {
        return Err(FieldErrorCode::Empty);
    }
    if text.chars().count() > longest {
        return Err(FieldErrorCode::TooLong(longest));
    }
    if text.chars().any(|it| it.is_control() || hides(it)) {
        return Err(FieldErrorCode::Invisible);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(FieldErrorCode::NoLetter);
    }
    Ok(())
}

/// Characters that reorder, hide or fill text without being seen. The joiners U+200C and U+200D are left: Persian and Indic names need them.
fn hides(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
        || (character.is_whitespace() && character != ' ')
}

fn no_address(text: &str) -> Result<(), FieldErrorCode> {
    let lower = text.to_lowercase();
    if lower.contains("://")
        || lower.contains("www.")
        || lower.contains('/') && lower.contains('.')
        || text.contains(['<', '>', '@'])
    {
        return Err(FieldErrorCode::AddressInside);
    }
    Ok(())
}

/// Mail programs make links of `word.word` too, whatever the ending: new endings come every month.
fn no_link(text: &str) -> Result<(), FieldErrorCode> {
    no_address(text)?;
    let linked = text.split([' ', ',', ';', '(', ')', '"']).any(|word| {
        let mut labels = word.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).rev();
        let ending = labels.next().unwrap_or_default();
        ending.chars().count() >= 2
            && ending.chars().all(char::is_alphanumeric)
            && labels.next().is_some_and(|it| !it.is_empty())
    });
    if linked || text.contains(['/', '\\']) {
        return Err(FieldErrorCode::LinkInside);
    }
    Ok(())
}

fn telephone(text: &str) -> Result<(), FieldErrorCode> {
    const LONGEST: usize = 40;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3
        || text.len() > LONGEST
        || !text.bytes().all(|it| it.is_ascii_digit() || b" +-()/.#*x".contains(&it))
    {
        return Err(FieldErrorCode::Telephone(LONGEST));
    }
    Ok(())
}

fn language(text: &str) -> Result<(), FieldErrorCode> {
    let (language, region) =
        text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
    let well_formed = matches!(language.len(), 2 | 3)
        && language.bytes().all(|it| it.is_ascii_lowercase())
        && region.is_none_or(|it| it.len() == 2 && it.bytes().all(|it| it.is_ascii_uppercase()));
    if well_formed { Ok(()) } else { Err(FieldErrorCode::Language) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_have_all_sorts_of_names() {
        for name in [
            "Ada Lovelace",
            "J. R. R. Tolkien",
            "J.R.R. T",
            "O'Brien-Núñez",
            "山田 太郎",
            "علی‌رضا",
            "Dr. Zoë X",
            "X Æ A-12",
        ] {
            assert_eq!(PersonName::parse(name).map(|it| it.to_string()), Ok(name.to_owned()));
        }
    }

    #[test]
    fn spaces_are_tidied() {
        assert_eq!(
            PersonName::parse("  Ada   Lovelace ").expect("a name").as_str(),
            "Ada Lovelace"
        );
    }

    #[test]
    fn names_carry_no_links_and_nothing_hidden() {
        for name in [
            "",
            "   ",
            "—",
            "http://evil.example",
            "evil.example",
            "Ada www.evil",
            "go to evil.com now",
            "(evil.com)",
            "a@b.example",
            "Ada\nBcc: x",
            "Ada\u{202e}x",
            "Ada\u{200b}",
            "Ada\t",
            "x/y",
            "evil\u{3002}com",
            "<b>Ada</b>",
            "Ada\u{0}",
        ] {
            assert!(PersonName::parse(name).is_err(), "{name:?}");
        }
        assert!(PersonName::parse(&"a".repeat(101)).is_err());
    }

    #[test]
    fn organisations_may_be_named_like_domains() {
        assert!(AccountName::parse("Example.com B.V.").is_ok());
        assert!(AccountName::parse("https://example.com").is_err());
        assert!(AccountName::parse("example.com/pay").is_err());
    }

    #[test]
    fn telephones_and_languages() {
        assert!(PhoneNumber::parse("+49 (30) 123-4567 x12").is_ok());
        assert!(PhoneNumber::parse("call me").is_err());
        assert!(LanguageTag::parse("pt-BR").is_ok());
        assert!(LanguageTag::parse("EN").is_err());
    }

    #[test]
    fn names_are_found_without_their_marks() {
        assert_eq!(search_key("Zoë  Ångström"), "zoe angstrom");
        assert_eq!(
            search_key("İpek \u{1fed}"),
            "ipek",
            "a sign that comes apart into a space and marks"
        );
    }

    proptest! {
        #[test]
        fn parsing_a_parsed_name_changes_nothing(text in "\\PC{0,120}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
                prop_assert!(!name.as_str().chars().any(char::is_control));
                prop_assert!(!name.as_str().contains("://"));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            let once = search_key(&text);
            prop_assert_eq!(search_key(&once), once);
        }
    }
}
