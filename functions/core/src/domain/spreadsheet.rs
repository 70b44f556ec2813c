//! CSV files that people open in spreadsheets: no cell becomes a formula, whatever the program
//! takes for the delimiter (RFC 4180; OWASP, CSV injection).
//!
//! An apostrophe before a formula makes it text. Spreadsheets show it, and the import removes it. A
//! telephone number such as `+49 30 1234` gets one too: without, a spreadsheet calculates with it
//! and loses the plus sign.

/// With these a spreadsheet begins a formula, also in the full width of East Asian keyboards.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// After these a cell begins, for a reader that expects another delimiter than the comma or ignores
/// a tab or a line break in front of a formula.
const DELIMITERS: [char; 4] = [';', '\t', '\r', '\n'];
/// These may stand before a formula: spaces are trimmed, and quotes may be taken for a cell's.
const BEFORE_FORMULA: [char; 3] = [' ', '"', '\''];

/// Formats a record of a CSV file, with the line break. The delimiter is the comma; what another
/// reader may take for one is quoted too.
pub fn record<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<_> =
        cells.into_iter().map(|cell| quote(escape_formulas(cell.as_ref()))).collect();
    format!("{}\r\n", cells.join(","))
}

/// Puts an apostrophe before each formula: where the text begins, and after what may be taken for a
/// delimiter.
#[must_use]
pub fn escape_formulas(text: &str) -> String {
    beginnings(text)
        .map(
            |(part, first)| {
                if is_formula(part, first) { format!("'{part}") } else { part.to_owned() }
            },
        )
        .collect()
}

/// Removes the apostrophes that [`escape_formulas`] adds.
#[must_use]
pub fn unescape_formulas(text: &str) -> String {
    beginnings(text)
        .map(|(part, first)| {
            part.strip_prefix('\'').filter(|rest| is_formula(rest, first)).unwrap_or(part)
        })
        .collect()
}

/// Splits the text where a cell may begin, and marks where it does begin.
fn beginnings(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split_inclusive(DELIMITERS).enumerate().map(|(index, part)| (part, index == 0))
}

/// Checks whether a program may take `part` for a formula. Where the cell begins, a tab or a line
/// break is enough.
fn is_formula(part: &str, begins_cell: bool) -> bool {
    let part = part.trim_start_matches(BEFORE_FORMULA);
    part.starts_with(FORMULA) || begins_cell && part.starts_with(['\t', '\r', '\n'])
}

fn quote(cell: String) -> String {
    if cell.contains(DELIMITERS) || cell.contains([',', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a file as a spreadsheet with this delimiter does.
    fn read(text: &str, delimiter: u8) -> Vec<String> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let records = reader.into_records().map(|record| record.expect("a record"));
        records.flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_gets_an_apostrophe() {
        for (text, escaped) in [
            ("Ada Lovelace", "Ada Lovelace"),
            ("+49 30 1234", "'+49 30 1234"),
            ("=1+1", "'=1+1"),
            ("－1", "'－1"),
            ("  @SUM(A1)", "'  @SUM(A1)"),
            ("'=1", "''=1"),
            ("'90s", "'90s"),
            ("A; B-C", "A; B-C"),
            ("A;=1", "A;'=1"),
            ("A; -1; \"＝1\"", "A;' -1;' \"＝1\""),
            ("\t=1", "'\t'=1"),
            ("\rA", "'\rA"),
            ("A\tB\r\n=1", "A\tB\r\n'=1"),
        ] {
            assert_eq!(escape_formulas(text), escaped, "{text:?}");
            assert_eq!(unescape_formulas(escaped), text, "{escaped:?}");
        }
    }

    #[test]
    fn delimiters_of_any_reader_are_quoted() {
        assert_eq!(
            record(["a", "b, c", "d;e", "f\tg", "h\"i", "+1"]),
            "a,\"b, c\",\"d;e\",\"f\tg\",\"h\"\"i\",'+1\r\n"
        );
    }

    proptest! {
        #[test]
        fn no_reader_finds_a_formula_and_the_import_finds_the_text(
            rows in prop::collection::vec(
                prop::collection::vec("[ab=+@;,\t\r\n\"' ＝＋－＠-]{0,8}", 2..4), 1..4,
            ),
        ) {
            let text: String = rows.iter().map(record).collect();
            for delimiter in [b',', b';', b'\t'] {
                for cell in read(&text, delimiter) {
                    prop_assert!(
                        !cell.trim_start_matches(' ').starts_with(FORMULA),
                        "{cell:?} of {text:?}"
                    );
                }
            }
            let read = read(&text, b',');
            let cells: Vec<_> = read.iter().map(|cell| unescape_formulas(cell)).collect();
            prop_assert_eq!(cells, rows.concat());
        }
    }
}
