//! Sets off what people typed, so that nobody takes it for the vendor's own words, and so that it
//! does not reorder what stands around it: quotes in text, an isolated run (`<bdi>`) in HTML.
//!
//! Values are marked before they are rendered, with characters that no value holds, so that no
//! template can forget it.

use std::fmt::Display;

use crate::domain::Language;

/// Opens and closes words.
const WORDS: [char; 2] = ['\u{e000}', '\u{e001}'];
/// Opens and closes what needs no quotes: an address, a number, or the name in the greeting.
const PLAIN: [char; 2] = ['\u{e002}', '\u{e003}'];

/// Marks words that a person typed.
pub(super) fn words(text: impl Display) -> String {
    mark(WORDS, &text)
}

/// Marks what a person typed and needs no quotes.
pub(super) fn plain(text: impl Display) -> String {
    mark(PLAIN, &text)
}

/// Returns a subject without marks. It holds nobody's words but those of people on a list.
pub(super) fn in_subject(rendered: &str) -> String {
    replace(rendered, ["", ""], ["", ""])
}

/// Returns a text in which words are in quotes.
pub(super) fn in_text(rendered: &str, language: Language) -> String {
    let quotes = match language {
        Language::English => ["\u{201c}", "\u{201d}"],
        Language::German => ["\u{201e}", "\u{201c}"],
    };
    replace(rendered, quotes, ["", ""])
}

/// Returns HTML in which everything that a person typed is isolated.
pub(super) fn in_html(rendered: &str) -> String {
    const BDI: [&str; 2] = ["<bdi>", "</bdi>"];
    replace(rendered, BDI, BDI)
}

fn mark([open, close]: [char; 2], text: &dyn Display) -> String {
    let text = text.to_string().replace([WORDS[0], WORDS[1], PLAIN[0], PLAIN[1]], "");
    format!("{open}{text}{close}")
}

fn replace(rendered: &str, words: [&str; 2], plain: [&str; 2]) -> String {
    let mut replaced = String::with_capacity(rendered.len());
    for character in rendered.chars() {
        match character {
            _ if character == WORDS[0] => replaced.push_str(words[0]),
            _ if character == WORDS[1] => replaced.push_str(words[1]),
            _ if character == PLAIN[0] => replaced.push_str(plain[0]),
            _ if character == PLAIN[1] => replaced.push_str(plain[1]),
            _ => replaced.push(character),
        }
    }
    replaced
}
