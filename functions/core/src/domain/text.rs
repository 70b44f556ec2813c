//! Short texts that people type: names, titles, telephone numbers, language tags.
//!
//! Names appear in other people's mail. They may hold nothing that a mail program turns into a
//! link, and no characters that hide or reorder text (requirement 15; Unicode Technical Report 36,
//! section 2).

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
            /// Parses `text` in Unicode normal form C, with single spaces.
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
    PersonName = |text| { check_visible(text, 100)?; check_no_link(text) };
    /// A job title: 1 to 100 characters, no link.
    JobTitle = |text| { check_visible(text, 100)?; check_no_link(text) };
    /// An organisation's name: 1 to 150 characters. May contain a full stop (Example.com Ltd), but
    /// no scheme or path.
    AccountName = |text| { check_visible(text, 150)?; check_no_address(text) };
    /// A service plan's name: 1 to 60 characters.
    PlanName = |text| { check_visible(text, 60)?; check_no_address(text) };
    /// A product's name: 1 to 100 characters.
    ProductName = |text| { check_visible(text, 100)?; check_no_address(text) };
    /// A message or answer about a request for access: 1 to 500 characters, no link.
    Remark = |text| { check_visible(text, 500)?; check_no_link(text) };
    /// The reason for an action, shown to others: 1 to 500 characters on one line.
    Reason = |text| { check_visible(text, 500)?; check_no_address(text) };
    /// A telephone number: at most 40 digits, spaces and usual symbols, with at least 3 digits.
    PhoneNumber = check_telephone;
    /// A language of two or three letters, with an optional region (BCP 47: `en`, `pt-BR`).
    LanguageTag = check_language;
}

impl Default for LanguageTag {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl PersonName {
    /// Returns the name's [`search_key`].
    #[must_use]
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

impl AccountName {
    /// Returns the name's [`search_key`].
    #[must_use]
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

/// Returns `text` as names are sorted and searched, in lower case without marks: `zoe` finds `Zoë`.
#[must_use]
pub fn search_key(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|character| !unicode_normalization::char::is_combining_mark(*character))
        .collect();
    clean(&plain)
}

/// Returns `text` in normal form C with single spaces.
fn clean(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the text of somebody outside as it is shown: without what hides or reorders text, on one
/// line, and at most `max_length` characters of it. Refuses nothing, unlike what people type here.
#[must_use]
pub fn displayed(text: &str, max_length: usize) -> String {
    let one_line = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let visible = one_line.filter(|c| {
        !c.is_control() && !is_invisible(*c) && unicode_normalization::char::is_public_assigned(*c)
    });
    let shown: String = clean(&visible.collect::<String>()).chars().take(max_length).collect();
    shown.trim_end().to_owned()
}

/// Checks that `text` is not empty, not too long, visible, and has a letter or digit.
fn check_visible(text: &str, max_length: usize) -> Result<(), FieldErrorCode> {
    if text.is_empty() {
        return Err(FieldErrorCode::Empty);
    }
    if text.chars().count() > max_length {
        return Err(FieldErrorCode::TooLong(max_length));
    }
    if text.chars().any(|character| character.is_control() || is_invisible(character)) {
        return Err(FieldErrorCode::Invisible);
    }
    // Each device shows a private-use character as it likes, and an unassigned one as a box.
    if !text.chars().all(unicode_normalization::char::is_public_assigned) {
        return Err(FieldErrorCode::UnknownCharacter);
    }
    if has_stacked_marks(text) {
        return Err(FieldErrorCode::StackedMarks);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(FieldErrorCode::NoLetter);
    }
    Ok(())
}

/// Checks whether a character reorders, hides or fills text without being seen. The joiners U+200C
/// and U+200D are allowed: Persian and Indic names need them.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // An empty cell of braille, and empty letters of Hangul and Khitan.
        | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{16fe4}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffd}'
        // Format characters of hieroglyphs, shorthand and musical notes, and an empty note.
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || (character.is_whitespace() && character != ' ')
}

/// The most marks on one letter in any script: a Burmese syllable has up to seven.
const MAX_MARKS: usize = 8;
/// The most accents on one letter that have no common character with it. Vietnamese needs none,
/// since its letters are composed; phonetic spellings and African languages two.
const MAX_ACCENTS: usize = 2;

/// Checks whether a letter of `text`, in normal form C, has more marks than any language needs, so
/// that they grow over the lines around it.
fn has_stacked_marks(text: &str) -> bool {
    let (mut marks, mut accents) = (0, 0);
    text.chars().any(|character| {
        if unicode_normalization::char::is_combining_mark(character) {
            marks += 1;
            accents += usize::from(is_accent(character));
        } else {
            (marks, accents) = (0, 0);
        }
        marks > MAX_MARKS || accents > MAX_ACCENTS
    })
}

/// Checks whether a mark may stand on letters of any script (Unicode's blocks of combining marks).
fn is_accent(mark: char) -> bool {
    matches!(mark,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Checks that `text` has no scheme, path or e-mail address.
fn check_no_address(text: &str) -> Result<(), FieldErrorCode> {
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

/// Checks that `text` has nothing that mail programs turn into a link. They do so for any
/// `word.word`: new top-level domains appear every month.
fn check_no_link(text: &str) -> Result<(), FieldErrorCode> {
    check_no_address(text)?;
    let has_link = text.split([' ', ',', ';', '(', ')', '"']).any(|word| {
        let mut labels = word.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).rev();
        let last = labels.next().unwrap_or_default();
        last.chars().count() >= 2
            && last.chars().all(char::is_alphanumeric)
            && labels.next().is_some_and(|label| !label.is_empty())
    });
    if has_link || text.contains(['/', '\\']) {
        return Err(FieldErrorCode::LinkInside);
    }
    Ok(())
}

fn check_telephone(text: &str) -> Result<(), FieldErrorCode> {
    const MAX_LENGTH: usize = 40;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3
        || text.len() > MAX_LENGTH
        || !text.bytes().all(|byte| byte.is_ascii_digit() || b" +-()/.#*x".contains(&byte))
    {
        return Err(FieldErrorCode::Telephone(MAX_LENGTH));
    }
    Ok(())
}

fn check_language(text: &str) -> Result<(), FieldErrorCode> {
    let (language, region) =
        text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
    let well_formed = matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
        });
    if well_formed { Ok(()) } else { Err(FieldErrorCode::Language) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_many_languages_are_accepted() {
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
            assert_eq!(PersonName::parse(name).map(String::from), Ok(name.to_owned()));
        }
    }

    #[test]
    fn spaces_are_normalised() {
        assert_eq!(
            PersonName::parse("  Ada   Lovelace ").expect("a name").as_str(),
            "Ada Lovelace"
        );
    }

    #[test]
    fn names_with_links_or_invisible_characters_are_refused() {
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
    fn names_with_marks_of_their_script_are_accepted() {
        for name in [
            "Nguyễn Thị Phương Thảo",
            "N\u{75}\u{302}\u{303} Vietnamese, decomposed",
            "สมเกียรติ ตั้งใจดี",
            "น้ำเพชร พิสุทธิ์",
            "שָׁלוֹם בֶּן־שִׁמְעוֹן",
            "श्रीमती ज़ोया ख़ाँ",
            "လျှောက်",
            "ကြွေးကြွှော့်",
            "ཧཱུྃ བསྒྲུབས",
            "ក្រុងភ្នំពេញ",
            "مُحَمَّدٌ الأَحْمَد",
            "Ọ̀ṣọ́ọ̀ṣì Ẹ̀gbẹ́",
            "J\u{301}\u{327} i̇́",
        ] {
            let parsed = PersonName::parse(name);
            assert!(parsed.is_ok(), "{name}: {parsed:?}");
        }
    }

    #[test]
    fn stacked_marks_blanks_and_unknown_characters_are_refused_with_their_own_reason() {
        for (name, code) in [
            ("Z\u{350}\u{351}\u{352}algo", FieldErrorCode::StackedMarks),
            ("Ada e\u{20dd}\u{20dd}\u{20dd}", FieldErrorCode::StackedMarks),
            (
                "ส\u{e49}\u{e49}\u{e49}\u{e49}\u{e49}\u{e49}\u{e49}\u{e49}\u{e49}",
                FieldErrorCode::StackedMarks,
            ),
            ("\u{2800}Ada", FieldErrorCode::Invisible),
            ("Ada \u{2800}\u{2800} Lovelace", FieldErrorCode::Invisible),
            ("Ada\u{1d159}", FieldErrorCode::Invisible),
            ("Ada\u{16fe4}", FieldErrorCode::Invisible),
            ("Ada \u{e000}", FieldErrorCode::UnknownCharacter),
            ("Ada \u{f8ff}", FieldErrorCode::UnknownCharacter),
            ("Ada \u{10fffd}", FieldErrorCode::UnknownCharacter),
            ("Ada \u{378}", FieldErrorCode::UnknownCharacter),
            ("Ada \u{1ffff}", FieldErrorCode::UnknownCharacter),
        ] {
            assert_eq!(PersonName::parse(name), Err(code), "{name:?}");
            assert_eq!(AccountName::parse(name), Err(code), "{name:?}");
        }
    }

    #[test]
    fn an_organisations_name_may_contain_a_domain() {
        assert!(AccountName::parse("Example.com B.V.").is_ok());
        assert!(AccountName::parse("https://example.com").is_err());
        assert!(AccountName::parse("example.com/pay").is_err());
    }

    #[test]
    fn telephone_numbers_and_languages_are_checked() {
        assert!(PhoneNumber::parse("+49 (30) 123-4567 x12").is_ok());
        assert!(PhoneNumber::parse("call me").is_err());
        assert!(LanguageTag::parse("pt-BR").is_ok());
        assert!(LanguageTag::parse("EN").is_err());
    }

    #[test]
    fn a_search_key_has_no_marks() {
        assert_eq!(search_key("Zoë  Ångström"), "zoe angstrom");
        assert_eq!(
            search_key("İpek \u{1fed}"),
            "ipek",
            "a character that decomposes into a space and marks"
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
        fn a_letter_has_no_tower_of_marks(base in "\\p{L}", marks in "\\p{M}{0,12}") {
            let text = format!("Ada {base}{marks}");
            if let Ok(name) = PersonName::parse(&text) {
                let letters = name.as_str().split(|character| {
                    !unicode_normalization::char::is_combining_mark(character)
                });
                for stack in letters {
                    prop_assert!(stack.chars().count() <= MAX_MARKS);
                    prop_assert!(stack.chars().filter(|mark| is_accent(*mark)).count() <= 2);
                }
            }
        }

        #[test]
        fn private_use_characters_are_refused(character in "\\p{Co}") {
            let refused = PersonName::parse(&format!("Ada {character}"));
            prop_assert_eq!(refused, Err(FieldErrorCode::UnknownCharacter));
        }

        #[test]
        fn names_of_letters_and_single_accents_are_accepted(
            name in "([a-zÀ-ÖØ-öø-žḀ-ỹ][\u{300}-\u{304}]{0,2}){1,30}"
        ) {
            let parsed = PersonName::parse(&name);
            prop_assert!(parsed.is_ok(), "{:?}: {:?}", name, parsed);
        }

        #[test]
        fn a_search_key_is_its_own_search_key(text in "\\PC{0,60}") {
            let once = search_key(&text);
            prop_assert_eq!(search_key(&once), once);
        }
    }
}
