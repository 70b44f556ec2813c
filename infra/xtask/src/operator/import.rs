//! Imports accounts and professionals from a CSV file of any length.
//!
//! The file is read in chunks. An import that stopped can be resumed.

mod accounts;
mod call;
mod columns;
mod csv_file;
mod importer;
mod options;
mod professionals;
mod result_file;

use std::{
    fs::File,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::{
    aws::{AwsCli, Stack},
    terminal::print_progress,
};
use call::Response;
use importer::{Importer, Progress};
use options::{ImportOptions, RecordKind};
use result_file::ResultFile;

/// How often to call a busy function in all.
const MAX_ATTEMPTS: u32 = 4;

#[derive(Args)]
#[command(after_help = columns::help())]
pub(crate) struct Arguments {
    /// What the rows describe
    kind: RecordKind,
    /// The CSV file, in UTF-8; its first row names the columns
    file: PathBuf,
    /// Previews the result of each row, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Does not mail invitations to professionals; they can be sent later
    #[arg(long)]
    without_invitation: bool,
    /// File for the result of each row [default: beside the CSV file]. Rows that are done according
    /// to this file are not sent again
    #[arg(long)]
    result: Option<PathBuf>,
}

/// Imports the file and prints a summary.
pub(super) fn run(aws: &AwsCli, stack: &Stack, arguments: &Arguments) -> Result<()> {
    let Arguments { kind, file, dry_run, .. } = arguments;
    let opened = File::open(file)
        .and_then(|opened| Ok((opened.metadata()?.len(), opened)))
        .with_context(|| format!("cannot read {}", file.display()));
    let (size, opened) = opened?;
    let path = arguments.result.clone().unwrap_or_else(|| default_result_path(file, *dry_run));
    // A preview does nothing that could be resumed.
    let result_file =
        if *dry_run { ResultFile::create(&path)? } else { ResultFile::resume(&path)? };
    let options =
        ImportOptions { dry_run: *dry_run, send_invitations: !arguments.without_invitation };

    let mut names = [None, None];
    let mut call_function = |function: &str, event: &Value| {
        let index = usize::from(function == "list-accounts");
        let name = match &names[index] {
            Some(name) => name,
            None => names[index].insert(stack.function_name(aws, function)?),
        };
        retry_while_busy(|| Response::parse(&aws.invoke(name, event)?))
    };
    let mut on_progress = |progress: &Progress| print_progress(&progress.line(size));
    let importer = Importer::new(*kind, options, result_file, &mut call_function, &mut on_progress);
    let result = importer.run(opened);
    println!();
    let progress = result.with_context(|| {
        format!(
            "the import stopped; {} lists the finished rows, run the command again to continue",
            path.display()
        )
    })?;
    for line in progress.summary(*dry_run) {
        println!("{line}");
    }
    println!("The result of each row is in {}.", path.display());
    if progress.invalid > 0 {
        bail!("{} rows have errors. Fix them and import the file again.", progress.invalid);
    }
    Ok(())
}

/// Calls again while a function is busy: after 2, 4 and 8 seconds.
fn retry_while_busy(mut call: impl FnMut() -> Result<Response>) -> Result<Response> {
    for attempt in 1..MAX_ATTEMPTS {
        match call() {
            Ok(response) if response.is_busy() => thread::sleep(Duration::from_secs(1 << attempt)),
            result => return result,
        }
    }
    call()
}

fn default_result_path(file: &Path, dry_run: bool) -> PathBuf {
    file.with_extension(if dry_run { "dry-run.csv" } else { "result.csv" })
}

#[cfg(test)]
mod tests;
