//! Reads a CSV file row by row.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context as _, Result, anyhow, bail};
use csv::{ReaderBuilder, StringRecord};
use sha2::{Digest as _, Sha256};

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Number in a spreadsheet, where the header is row 1.
    pub(super) number: u64,
    /// Position of the row's end in the file, in bytes.
    pub(super) position: u64,
    cells: Vec<String>,
}

/// An open file whose header has been read.
pub(super) struct CsvFile {
    reader: csv::Reader<Box<dyn BufRead>>,
    /// Index in the file of each known column.
    indices: Vec<Option<usize>>,
    number: u64,
    /// Names of unknown columns.
    pub(super) ignored_columns: Vec<String>,
}

impl CsvFile {
    /// Reads the header. `columns` lists the names of each known column, the API's first.
    ///
    /// # Errors
    /// If one of the first `required` columns is missing.
    pub(super) fn open(
        source: impl Read + 'static,
        columns: &[&[&str]],
        required: usize,
    ) -> Result<Self> {
        let mut source = BufReader::with_capacity(64 * 1024, source);
        let start = source.fill_buf().context("cannot read the file")?;
        let has_byte_order_mark = start.starts_with(&[0xef, 0xbb, 0xbf]);
        let first_line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count_fields = |delimiter: u8| first_line.split(|byte| *byte == delimiter).count();
        let delimiter = b",;\t"
            .iter()
            .copied()
            .max_by_key(|delimiter| count_fields(*delimiter))
            .unwrap_or(b',');
        if has_byte_order_mark {
            source.consume(3);
        }
        let source: Box<dyn BufRead> = Box::new(source);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(true)
            .from_reader(source);
        let header = reader.headers().map_err(csv_error)?.clone();
        let names: Vec<String> = header.iter().map(normalize).collect();
        let index = |column: &[&str]| {
            names.iter().position(|found| column.iter().any(|name| normalize(name) == *found))
        };
        let indices: Vec<_> = columns.iter().map(|column| index(column)).collect();
        let missing: Vec<_> = columns
            .iter()
            .zip(&indices)
            .take(required)
            .filter(|(_, index)| index.is_none())
            .map(|(column, _)| column[0])
            .collect();
        if !missing.is_empty() {
            bail!(
                "the file has no column {}; its first row must name the columns, and reads: {}",
                missing.join(" and no column "),
                header.iter().collect::<Vec<_>>().join(", ")
            );
        }
        let ignored =
            header.iter().enumerate().filter(|(index, _)| !indices.contains(&Some(*index)));
        let ignored = ignored.map(|(_, name)| name.trim().to_owned());
        let ignored_columns = ignored.filter(|name| !name.is_empty()).collect();
        Ok(Self { reader, indices, number: 1, ignored_columns })
    }

    /// Reads the next row that is not empty.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>> {
        let mut record = StringRecord::new();
        loop {
            if !self.reader.read_record(&mut record).map_err(csv_error)? {
                return Ok(None);
            }
            self.number += 1;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cell = |index: &Option<usize>| {
                index.and_then(|index| record.get(index)).map(clean).unwrap_or_default()
            };
            let cells = self.indices.iter().map(cell).collect();
            let position = self.reader.position().byte();
            return Ok(Some(Row { number: self.number, position, cells }));
        }
    }
}

impl Row {
    /// Returns the cell of a known column, by its index in the list of columns.
    pub(super) fn cell(&self, column: usize) -> &str {
        &self.cells[column]
    }

    /// Returns the cells in the order of the list of columns.
    pub(super) fn cells(&self) -> &[String] {
        &self.cells
    }

    /// Returns a checksum of the cells.
    pub(super) fn checksum(&self) -> u64 {
        fingerprint(&self.cells.join("\u{1f}"))
    }
}

/// Returns the first 64 bits of the text's SHA-256.
pub(super) fn fingerprint(text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(text).into();
    digest[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Removes what spellings of a column differ in: "E-Mail " and "`e_mail`" are the same column.
fn normalize(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !"_-*".contains(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Removes what pasting and exporting add: no-break spaces, and an apostrophe before a cell that
/// looks like a formula.
fn clean(cell: &str) -> String {
    let unquoted =
        cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    unquoted.unwrap_or(cell).replace('\u{a0}', " ").trim().to_owned()
}

fn csv_error(error: csv::Error) -> anyhow::Error {
    let line = error
        .position()
        .map_or_else(String::new, |position| format!(" at line {}", position.line()));
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            anyhow!("the file is not in UTF-8{line}; save it as CSV in UTF-8")
        }
        _ => anyhow::Error::from(error).context(format!("cannot read the file{line}")),
    }
}
