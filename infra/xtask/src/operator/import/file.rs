//! Reading a CSV file as it goes.

use std::io::{BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};
use sha2::{Digest as _, Sha256};

/// A row with its cells by column.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// As a spreadsheet numbers it: the header is row 1.
    pub(super) number: u64,
    /// Where the file has been read to, in bytes.
    pub(super) position: u64,
    cells: Vec<String>,
}

/// A file whose columns are known.
pub(super) struct Rows {
    reader: csv::Reader<Box<dyn BufRead>>,
    places: Vec<Option<usize>>,
    number: u64,
    /// Columns that nobody understands.
    pub(super) ignored: Vec<String>,
}

impl Rows {
    /// Reads the header, which has to name each column that is `required`; columns may be called as their own name or the others beside it.
    pub(super) fn open(
        source: impl Read + 'static,
        columns: &[&[&str]],
        required: usize,
    ) -> Result<Self, String> {
        let mut source = BufReader::with_capacity(64 * 1024, source);
        let begin =
            source.fill_buf().map_err(|error| format!("the file cannot be read: {error}"))?;
        let mark = begin.starts_with(&[0xef, 0xbb, 0xbf]);
        let first = begin.split(|it| *it == b'\n').next().unwrap_or_default();
        let delimiter = *b",;\t"
            .iter()
            .max_by_key(|it| first.split(|byte| byte == *it).count())
            .unwrap_or(&b',');
        if mark {
            source.consume(3);
        }
        let source: Box<dyn BufRead> = Box::new(source);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(true)
            .from_reader(source);
        let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
        let names: Vec<String> = header.iter().map(plain).collect();
        let places: Vec<_> = columns
            .iter()
            .map(|called| names.iter().position(|it| called.iter().any(|name| plain(name) == *it)))
            .collect();
        let lacking: Vec<_> = columns
            .iter()
            .zip(&places)
            .take(required)
            .filter(|(_, place)| place.is_none())
            .map(|(called, _)| called[0])
            .collect();
        if !lacking.is_empty() {
            let there = header.iter().collect::<Vec<_>>().join(", ");
            return Err(format!(
                "the file has no column {}; its first row must name the columns, and reads: {there}",
                lacking.join(" and no column ")
            ));
        }
        let ignored = header
            .iter()
            .enumerate()
            .filter(|(index, it)| !places.contains(&Some(*index)) && !it.trim().is_empty());
        let ignored = ignored.map(|(_, it)| it.trim().to_owned()).collect();
        Ok(Self { reader, places, number: 1, ignored })
    }

    /// Reads the next row that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<Row>, String> {
        let mut record = StringRecord::new();
        loop {
            if !self.reader.read_record(&mut record).map_err(|error| unreadable(&error))? {
                return Ok(None);
            }
            self.number += 1;
            if record.iter().all(|it| it.trim().is_empty()) {
                continue;
            }
            let cell = |place: &Option<usize>| {
                place.and_then(|it| record.get(it)).map(cleaned).unwrap_or_default()
            };
            let cells = self.places.iter().map(cell).collect();
            return Ok(Some(Row {
                number: self.number,
                position: self.reader.position().byte(),
                cells,
            }));
        }
    }
}

impl Row {
    /// Returns the cell of the column at `place` in the list of columns.
    pub(super) fn cell(&self, place: usize) -> &str {
        &self.cells[place]
    }

    /// Returns the cells in the order of the list of columns.
    pub(super) fn cells(&self) -> &[String] {
        &self.cells
    }

    /// Returns a number that two rows have in common only if they say the same.
    pub(super) fn check(&self) -> u64 {
        fingerprint(&self.cells.join("\u{1f}"))
    }
}

/// Returns a number that stands for a text.
pub(super) fn fingerprint(text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    digest[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// "E-Mail " and "`e_mail`" are the same column.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|it| !it.is_whitespace() && !"_-*".contains(*it))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Text pasted from elsewhere is full of spaces that do not break, and an export puts an apostrophe before what looks like a formula.
fn cleaned(cell: &str) -> String {
    let mut signs = cell.chars();
    let quoted =
        signs.next() == Some('\'') && signs.next().is_some_and(|it| "=+-@\t\r".contains(it));
    let cell = if quoted { &cell[1..] } else { cell };
    cell.replace('\u{a0}', " ").trim().to_owned()
}

fn unreadable(error: &csv::Error) -> String {
    let line = error.position().map_or(String::new(), |it| format!(" at line {}", it.line()));
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            format!("the file is not in UTF-8{line}; save it as CSV in UTF-8")
        }
        _ => format!("the file cannot be read{line}: {error}"),
    }
}
