//! The result file: what became of each row, for people, and, for the next run, which rows need not be sent again.

use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Read, Seek as _, SeekFrom, Write as _},
    path::Path,
};

use super::file::Row;

const HEADER: &str = "row,key,outcome,id,errors,check\n";

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) outcome: String,
    /// The account or the professional.
    pub(super) id: String,
    pub(super) errors: String,
}

impl Entry {
    /// Says that a row cannot be accepted.
    pub(super) fn invalid(why: &str) -> Self {
        Self { outcome: "invalid".to_owned(), id: String::new(), errors: why.to_owned() }
    }
}

/// The result file, open at its end.
pub(super) struct Journal {
    file: File,
    done: HashSet<u64>,
}

impl Journal {
    /// Begins a new one in place of what was there.
    pub(super) fn anew(path: &Path) -> Result<Self, String> {
        let failed = |error| format!("{} cannot be written: {error}", path.display());
        let mut file = File::create(path).map_err(failed)?;
        file.write_all(HEADER.as_bytes()).map_err(failed)?;
        Ok(Self { file, done: HashSet::new() })
    }

    /// Takes up the one at `path`, without a last line that was cut off; begins a new one if there is none.
    pub(super) fn take_up(path: &Path) -> Result<Self, String> {
        let failed = |error| format!("{} cannot be used: {error}", path.display());
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        let mut whole = 0;
        let mut lines = BufReader::new(&mut file);
        let mut line = String::new();
        loop {
            line.clear();
            let read = lines.read_line(&mut line).map_err(failed)?;
            let is_ours = if whole > 0 { true } else { HEADER.starts_with(line.as_str()) };
            if !is_ours {
                return Err(format!(
                    "{} is no result of an import; name another file with --result",
                    path.display()
                ));
            }
            if !line.ends_with('\n') {
                break;
            }
            whole += read as u64;
        }
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let done = checks_of_done((&mut file).take(whole))
            .map_err(|error| format!("{} cannot be used: {error}", path.display()))?;
        file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(failed)?;
        if whole == 0 {
            file.write_all(HEADER.as_bytes()).map_err(failed)?;
        }
        Ok(Self { file, done })
    }

    /// Tells whether an earlier run has done this row.
    pub(super) fn has(&self, row: &Row) -> bool {
        self.done.contains(&row.check())
    }

    /// Notes what became of rows, in one piece.
    pub(super) fn note<'a>(
        &mut self,
        rows: impl IntoIterator<Item = (&'a Row, &'a str, &'a Entry)>,
    ) -> Result<(), String> {
        let mut lines = csv::Writer::from_writer(Vec::new());
        for (row, key, Entry { outcome, id, errors }) in rows {
            let (number, check) = (row.number.to_string(), format!("{:016x}", row.check()));
            // Nothing that a spreadsheet would take for a formula.
            let key = if key.starts_with(['=', '+', '-', '@']) {
                format!("'{key}")
            } else {
                key.to_owned()
            };
            lines
                .write_record([
                    &number,
                    &key.replace(['\r', '\n'], " "),
                    outcome,
                    id,
                    errors,
                    &check,
                ])
                .map_err(|error| error.to_string())?;
        }
        let lines = lines.into_inner().map_err(|error| error.to_string())?;
        self.file
            .write_all(&lines)
            .map_err(|error| format!("the result cannot be written: {error}"))
    }
}

/// Lists the fingerprints of the rows that are done.
fn checks_of_done(result: impl Read) -> csv::Result<HashSet<u64>> {
    let mut reader = csv::Reader::from_reader(result);
    let mut done = HashSet::new();
    for record in reader.records() {
        let record = record?;
        let is_done = record.get(2).is_some_and(|it| it != "invalid");
        done.extend(
            record.get(5).filter(|_| is_done).and_then(|it| u64::from_str_radix(it, 16).ok()),
        );
    }
    Ok(done)
}
