//! The result file: the result of each row, for people, and the rows that a resumed import skips.

use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Read, Seek as _, SeekFrom, Write as _},
    path::Path,
};

use anyhow::{Context as _, Result, bail};

use super::csv_file::Row;

const HEADER: &str = "row,key,outcome,id,errors,check\n";

/// The result of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowResult {
    pub(super) outcome: String,
    /// Id of the account or professional.
    pub(super) id: String,
    pub(super) errors: String,
    /// Whether it is a partner that there was not before.
    pub(super) is_new_partner: bool,
}

impl RowResult {
    /// Creates the result of a row that is not sent because of `error`.
    pub(super) fn invalid(error: &str) -> Self {
        Self {
            outcome: "invalid".to_owned(),
            id: String::new(),
            errors: error.to_owned(),
            is_new_partner: false,
        }
    }
}

/// The result file, open at its end.
pub(super) struct ResultFile {
    file: File,
    /// Checksums of the rows that are done.
    done: HashSet<u64>,
}

impl ResultFile {
    /// Creates an empty file, or overwrites an existing one.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let create = || {
            let mut file = File::create(path)?;
            file.write_all(HEADER.as_bytes())?;
            Ok::<_, std::io::Error>(file)
        };
        let file = create().with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { file, done: HashSet::new() })
    }

    /// Opens an existing file and cuts off an incomplete last line, or creates a new file.
    pub(super) fn resume(path: &Path) -> Result<Self> {
        Self::open(path).with_context(|| format!("cannot resume from {}", path.display()))
    }

    fn open(path: &Path) -> Result<Self> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut complete_length = 0;
        let mut lines = BufReader::new(&mut file);
        let mut line = String::new();
        loop {
            line.clear();
            let length = lines.read_line(&mut line)?;
            if complete_length == 0 && !HEADER.starts_with(line.as_str()) {
                bail!("it is not the result of an import; name another file with --result");
            }
            if !line.ends_with('\n') {
                break;
            }
            complete_length += length as u64;
        }
        file.seek(SeekFrom::Start(0))?;
        let done = checksums_of_done_rows((&mut file).take(complete_length))?;
        file.set_len(complete_length)?;
        file.seek(SeekFrom::End(0))?;
        if complete_length == 0 {
            file.write_all(HEADER.as_bytes())?;
        }
        Ok(Self { file, done })
    }

    /// Checks whether an earlier run has done this row.
    pub(super) fn is_done(&self, row: &Row) -> bool {
        self.done.contains(&row.checksum())
    }

    /// Writes rows with their keys and results, in one piece.
    pub(super) fn write<'a>(
        &mut self,
        rows: impl IntoIterator<Item = (&'a Row, &'a str, &'a RowResult)>,
    ) -> Result<()> {
        let mut lines = csv::Writer::from_writer(Vec::new());
        for (row, key, RowResult { outcome, id, errors, .. }) in rows {
            let (number, checksum) = (row.number.to_string(), format!("{:016x}", row.checksum()));
            let [key, errors] = [key, errors].map(as_text);
            lines.write_record([&number, &key, outcome, id, &errors, &checksum])?;
        }
        let lines = lines.into_inner()?;
        self.file.write_all(&lines).context("cannot write the result file")
    }
}

/// Keeps spreadsheets from taking a cell for a formula, also after a semicolon, where those that
/// expect one as the delimiter begin a cell (OWASP, CSV injection). The API exports by the same
/// rule.
fn as_text(cell: &str) -> String {
    let one_line = cell.replace(['\r', '\n', '\t'], " ");
    let parts = one_line.split_inclusive(';').map(|part| {
        let is_formula = part
            .trim_start_matches([' ', '"', '\''])
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        if is_formula { format!("'{part}") } else { part.to_owned() }
    });
    parts.collect()
}

/// Returns the checksums of the rows that are done.
fn checksums_of_done_rows(file: impl Read) -> csv::Result<HashSet<u64>> {
    let mut done = HashSet::new();
    for record in csv::Reader::from_reader(file).records() {
        let record = record?;
        let is_done = record.get(2).is_some_and(|outcome| outcome != "invalid");
        let checksum = record.get(5).filter(|_| is_done);
        done.extend(checksum.and_then(|checksum| u64::from_str_radix(checksum, 16).ok()));
    }
    Ok(done)
}
