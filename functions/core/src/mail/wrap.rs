//! Wrapping of plain text, so that templates need not know how long names are.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The longest line of a mail in characters, unless a word is longer. Leaves room for two levels of
/// quoting within 78 (RFC 5322, section 2.1.1).
pub(super) const WIDTH: usize = 74;

/// Breaks each line between words. Indents the continuation of a list item under its text. Keeps
/// one of several empty lines.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    for line in text.trim_ascii_end().lines() {
        if line.trim().is_empty() {
            if !wrapped.is_empty() && !wrapped.ends_with("\n\n") {
                wrapped.push('\n');
            }
            continue;
        }
        wrap_line(line, &mut wrapped);
    }
    wrapped
}

/// Wraps one line. Words are never broken, because links and addresses are words.
fn wrap_line(line: &str, wrapped: &mut String) {
    let words: Vec<_> = line.split_ascii_whitespace().collect();
    let number = words.first().and_then(|word| word.strip_suffix('.'));
    let is_item = number.is_some_and(|number| number.parse::<u8>().is_ok());
    let indent = " ".repeat(line.len() - line.trim_start().len());
    let hanging = format!("{indent}{}", if is_item { "   " } else { "" });
    let options = Options::new(WIDTH)
        .initial_indent(&indent)
        .subsequent_indent(&hanging)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    wrapped.push_str(&textwrap::fill(&words.join(" "), options));
    wrapped.push('\n');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_item_continues_under_its_text() {
        let words = ["two"; 20].join(" ");
        let text = format!("Hello,\n\n\n1. one\n2. {words}\n\n  in the middle\n\n");
        let (first, rest) = (["two"; 18].join(" "), ["two"; 2].join(" "));
        let wrapped = format!("Hello,\n\n1. one\n2. {first}\n   {rest}\n\n  in the middle\n");
        assert_eq!(wrap(&text), wrapped);
    }

    #[test]
    fn a_link_is_not_broken() {
        let link = format!("https://portal.example/link/#{}", "x".repeat(100));
        assert_eq!(wrap(&format!("The portal: {link}")), format!("The portal:\n{link}\n"));
    }

    proptest! {
        #[test]
        fn every_word_is_kept_and_every_line_fits(text in "([a-zé]{1,20} ?|\\n){0,80}") {
            let wrapped = wrap(&text);
            prop_assert!(wrapped.split_whitespace().eq(text.split_whitespace()));
            let fits = |line: &str| line.chars().count() <= WIDTH || !line.contains(' ');
            prop_assert!(wrapped.lines().all(fits));
        }
    }
}
