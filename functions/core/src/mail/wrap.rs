//! Wrapping plain text, so that templates need not know how long the names in them are.

/// The longest line of a mail, in characters, unless a word is longer: what quoting twice leaves within 78 (RFC 5322, section 2.1.1).
pub(super) const WIDTH: usize = 74;

/// Breaks each line between words. What is continued stays under the text of its list item. Empty lines are left single.
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

fn wrap_line(line: &str, wrapped: &mut String) {
    let indent = line.len() - line.trim_start().len();
    let words = line[indent..].split(' ').filter(|it| !it.is_empty());
    let is_item = words
        .clone()
        .next()
        .is_some_and(|it| it.strip_suffix('.').is_some_and(|it| it.parse::<u8>().is_ok()));
    let hanging = indent + if is_item { 3 } else { 0 };
    let mut width = indent;
    wrapped.push_str(&line[..indent]);
    for (index, word) in words.enumerate() {
        let length = word.chars().count();
        if index == 0 {
            width += length;
        } else if width + 1 + length <= WIDTH {
            wrapped.push(' ');
            width += 1 + length;
        } else {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(hanging));
            width = hanging + length;
        }
        wrapped.push_str(word);
    }
    wrapped.push('\n');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_continued_stays_under_its_item() {
        let text = "Hello,\n\n\n1. one\n2. two two two two two two two two two two two two two two two two two two two two\n\n  in the middle\n\n";
        let wrapped = "Hello,\n\n1. one\n2. two two two two two two two two two two two two two two two two two two\n   two two\n\n  in the middle\n";
        assert_eq!(wrap(text), wrapped);
    }

    #[test]
    fn an_address_is_not_broken() {
        let link = format!("https://portal.example/link/#{}", "x".repeat(100));
        assert_eq!(wrap(&format!("The portal: {link}")), format!("The portal:\n{link}\n"));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_too_long(text in "([a-zé]{1,20} ?|\\n){0,80}") {
            let wrapped = wrap(&text);
            prop_assert!(wrapped.split_whitespace().eq(text.split_whitespace()));
            prop_assert!(wrapped.lines().all(|it| it.chars().count() <= WIDTH || !it.contains(' ')));
        }
    }
}
