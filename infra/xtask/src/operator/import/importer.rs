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
        let mut file = CsvFile::open(source, &self.kind.record().columns)?;
        self.progress.ignored_columns = std::mem::take(&mut file.ignored_columns);
        let mut chunk = Vec::new();
        while let Some(row) = file.next_row()? {
            self.progress.position = row.position;
            let key = row.key();
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

    /// Checks whether `next` must go into another chunk. A call is about one account.
    fn is_full(&self, chunk: &[Row], next: &Row) -> bool {
        chunk.len() == self.kind.record().rows_per_request
            || chunk.last().is_some_and(|last| {
                last.cell(professionals::ACCOUNT) != next.cell(professionals::ACCOUNT)
            })
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
        let keys: Vec<_> = rows.iter().map(Row::key).collect();
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
