//! Imports a file chunk by chunk. The caller supplies the function calls.

use std::{collections::HashSet, io::Read};

use anyhow::Result;

use super::{
    accounts,
    call::CallFunction,
    csv_file::{CsvFile, Row, fingerprint},
    options::{ImportOptions, RecordKind},
    professionals,
    result_file::{ResultFile, RowResult},
};

/// How far an import is, and how many rows had which result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// Position in the file, in bytes.
    pub(super) position: u64,
    pub(super) created: u64,
    pub(super) updated: u64,
    pub(super) unchanged: u64,
    pub(super) invalid: u64,
    /// Rows done by an earlier run.
    pub(super) already_done: u64,
    /// Names of unknown columns.
    pub(super) ignored_columns: Vec<String>,
}

/// One run over a file.
pub(super) struct Importer<'a> {
    kind: RecordKind,
    options: ImportOptions,
    result_file: ResultFile,
    call_function: &'a mut CallFunction<'a>,
    on_progress: &'a mut dyn FnMut(&Progress),
    progress: Progress,
    planned_partners: accounts::PlannedPartners,
    account_lookup: professionals::AccountLookup,
    /// Fingerprints of the keys of all rows so far.
    seen_keys: HashSet<u64>,
}

impl<'a> Importer<'a> {
    pub(super) fn new(
        kind: RecordKind,
        options: ImportOptions,
        result_file: ResultFile,
        call_function: &'a mut CallFunction<'a>,
        on_progress: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        Self {
            kind,
            options,
            result_file,
            call_function,
            on_progress,
            progress: Progress::default(),
            planned_partners: accounts::PlannedPartners::default(),
            account_lookup: professionals::AccountLookup::default(),
            seen_keys: HashSet::new(),
        }
    }

    /// Imports the whole file, with one chunk of it in memory at a time.
    pub(super) fn run(mut self, source: impl Read + 'static) -> Result<Progress> {
        let (columns, required): (&[&[&str]], _) = match self.kind {
            RecordKind::Accounts => (&accounts::COLUMNS, accounts::REQUIRED_COLUMNS),
            RecordKind::Professionals => (&professionals::COLUMNS, professionals::REQUIRED_COLUMNS),
        };
        let mut file = CsvFile::open(source, columns, required)?;
        self.progress.ignored_columns = std::mem::take(&mut file.ignored_columns);
        let mut chunk = Vec::new();
        while let Some(row) = file.next_row()? {
            self.progress.position = row.position;
            let key = self.key(&row);
            if !self.seen_keys.insert(fingerprint(&key)) && !key.is_empty() {
                self.record(&[row], &[RowResult::invalid("already appears in an earlier row")])?;
                continue;
            }
            if self.result_file.is_done(&row) {
                self.progress.already_done += 1;
                continue;
            }
            if self.is_full(&chunk, &row) {
                self.send(&mut chunk)?;
            }
            chunk.push(row);
        }
        self.send(&mut chunk)?;
        Ok(self.progress)
    }

    /// Checks whether `next` must go into another chunk.
    fn is_full(&self, chunk: &[Row], next: &Row) -> bool {
        match self.kind {
            RecordKind::Accounts => chunk.len() == accounts::MAX_ROWS_PER_CALL,
            RecordKind::Professionals => {
                chunk.len() == professionals::MAX_ROWS_PER_CALL
                    || chunk.last().is_some_and(|last| last.cell(0) != next.cell(0))
            }
        }
    }

    fn send(&mut self, chunk: &mut Vec<Row>) -> Result<()> {
        let rows = std::mem::take(chunk);
        if rows.is_empty() {
            return Ok(());
        }
        let results = match self.kind {
            RecordKind::Accounts => {
                accounts::send(&rows, self.options, &mut self.planned_partners, self.call_function)?
            }
            RecordKind::Professionals => professionals::send(
                &rows,
                self.options,
                &mut self.account_lookup,
                self.call_function,
            )?,
        };
        self.record(&rows, &results)
    }

    fn record(&mut self, rows: &[Row], results: &[RowResult]) -> Result<()> {
        let keys: Vec<_> = rows.iter().map(|row| self.key(row)).collect();
        let lines = rows.iter().zip(&keys).zip(results);
        self.result_file.write(lines.map(|((row, key), result)| (row, key.as_str(), result)))?;
        for result in results {
            let count = match result.outcome.as_str() {
                "created" | "added" => &mut self.progress.created,
                "updated" => &mut self.progress.updated,
                "invalid" => &mut self.progress.invalid,
                _ => &mut self.progress.unchanged,
            };
            *count += 1;
        }
        (self.on_progress)(&self.progress);
        Ok(())
    }

    /// Returns what identifies a row's record: an account's external id, or a professional's
    /// account and e-mail address. Empty if the row has none.
    fn key(&self, row: &Row) -> String {
        match self.kind {
            RecordKind::Accounts => row.cell(0).to_owned(),
            RecordKind::Professionals if row.cell(2).is_empty() => String::new(),
            RecordKind::Professionals => format!("{} {}", row.cell(0), row.cell(2).to_lowercase()),
        }
    }
}

impl Progress {
    /// Formats the progress in a file of `size` bytes as one line.
    pub(super) fn line(&self, size: u64) -> String {
        let Self { position, created, updated, unchanged, invalid, already_done, .. } = self;
        let percent = (position * 100).checked_div(size).unwrap_or(100).min(100);
        let rows = created + updated + unchanged + invalid + already_done;
        format!(
            "{percent:3} %  {rows} rows: {created} new, {updated} changed, \
             {unchanged} unchanged, {invalid} with errors"
        )
    }

    /// Formats the results of a complete run.
    pub(super) fn summary(&self, dry_run: bool) -> Vec<String> {
        let counts = [
            (self.created, if dry_run { "would be created" } else { "created" }),
            (self.updated, if dry_run { "would be changed" } else { "changed" }),
            (self.unchanged, "unchanged"),
            (self.already_done, "done by an earlier run"),
            (self.invalid, "with errors"),
        ];
        let mut lines: Vec<_> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, result)| format!("{count} {result}"))
            .collect();
        if !self.ignored_columns.is_empty() {
            lines.push(format!("Ignored columns: {}", self.ignored_columns.join(", ")));
        }
        lines
    }
}
