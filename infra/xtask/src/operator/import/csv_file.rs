//! Reads a CSV file row by row.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context as _, Result, anyhow, bail};
use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::columns::Column;

/// A row of the file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Number in a spreadsheet, where the header is row 1.
    pub(super) number: u64,
    /// Position of the row's end in the file, in bytes.
    pub(super) position: u64,
    columns: &'static [Column],
    /// The cells of the known columns, as they are in the file.
    cells: Vec<String>,
}

/// An open file whose header has been read.
pub(super) struct CsvFile {
    reader: csv::Reader<Box<dyn BufRead>>,
    columns: &'static [Column],
    /// Index in the file of each known column.
    indices: Vec<Option<usize>>,
    number: u64,
    /// Names of unknown columns.
    pub(super) ignored_columns: Vec<String>,
}

impl CsvFile {
    /// Reads the header.
    ///
    /// # Errors
    /// If a required column is missing.
    pub(super) fn open(source: impl Read + 'static, columns: &'static [Column]) -> Result<Self> {
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
        let index = |column: &Column| header.iter().position(|cell| column.is_called(cell));
        let indices: Vec<_> = columns.iter().map(index).collect();
        let missing: Vec<_> = columns
            .iter()
            .zip(&indices)
            .filter(|(column, index)| column.required && index.is_none())
            .map(|(column, _)| column.name.as_str())
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
        Ok(Self { reader, columns, indices, number: 1, ignored_columns })
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
                index.and_then(|index| record.get(index)).unwrap_or_default().to_owned()
            };
            let cells = self.indices.iter().map(cell).collect();
            let position = self.reader.position().byte();
            return Ok(Some(Row { number: self.number, position, columns: self.columns, cells }));
        }
    }
}

impl Row {
    /// Returns the cell of a column without spaces around it; the empty text if the file has no
    /// such column.
    pub(super) fn cell(&self, column: &str) -> &str {
        let mut cells = self.columns.iter().zip(&self.cells);
        cells.find(|(known, _)| known.name == column).map_or("", |(_, cell)| cell.trim())
    }

    /// Returns what identifies the row's record, such as an account and an e-mail address; the
    /// empty text if part of it is missing.
    pub(super) fn key(&self) -> String {
        let cells = self.columns.iter().zip(&self.cells).filter(|(column, _)| column.key);
        let keys: Vec<_> = cells.map(|(column, cell)| column.key_of(cell.trim())).collect();
        if keys.iter().any(String::is_empty) { String::new() } else { keys.join(" ") }
    }

    /// Returns the row as the API takes it: its cells as they are, without the blank ones of
    /// columns that need not be there.
    pub(super) fn to_json(&self) -> Value {
        let cells = self.columns.iter().zip(&self.cells);
        let cells = cells.filter(|(column, cell)| {
            !column.operator_only && (column.required || !cell.trim().is_empty())
        });
        let cells = cells.map(|(column, cell)| (column.name.clone(), cell.as_str().into()));
        Value::Object(cells.collect::<Map<_, _>>())
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
