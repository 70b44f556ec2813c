//! Accounts and professionals from a CSV file of any length: read as it goes, sent in parts, and taken up again where it stopped.

mod accounts;
mod engine;
mod file;
mod journal;
mod professionals;

use std::{
    fs::File,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::physical;
use crate::{
    aws::Aws,
    stack::Stack,
    terminal::{say, show_progress},
};
use engine::{Answer, Engine, Progress};
use journal::Journal;

/// How often a busy function is asked again.
const TRIES: u32 = 4;

#[derive(Args)]
pub(crate) struct Arguments {
    /// What the file holds
    what: Target,
    /// The CSV file, in UTF-8, whose first row names the columns
    file: PathBuf,
    /// Says what would become of each row, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Mails no invitations to professionals; they can be sent later
    #[arg(long)]
    without_invitation: bool,
    /// Where to note what became of each row; beside the file if it is not said. Rows noted there as done are not sent again
    #[arg(long)]
    result: Option<PathBuf>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// `external_id`, name, kind, partner, plan, `starts_on`, `ends_on`, `time_zone`, email, phone, website, licences
    Accounts,
    /// account (its id or the vendor's number of it), name, email, title, phone, language, `ends_on`, administrator
    Professionals,
}

/// How the rows are to be brought in.
#[derive(Clone, Copy, Debug)]
struct Wishes {
    dry_run: bool,
    send_invitations: bool,
}

/// Imports the file, and says where the result is.
pub(super) fn run(aws: &Aws, stack: &Stack, arguments: &Arguments) -> Result<(), String> {
    let Arguments { what, file, dry_run, .. } = arguments;
    let failed = |error| format!("{} cannot be read: {error}", file.display());
    let opened = File::open(file).map_err(failed)?;
    let size = opened.metadata().map_err(failed)?.len();
    let result = arguments.result.clone().unwrap_or_else(|| beside(file, *dry_run));
    // A trial has done nothing that could be taken up again.
    let journal = if *dry_run { Journal::anew(&result)? } else { Journal::take_up(&result)? };
    let wishes = Wishes { dry_run: *dry_run, send_invitations: !arguments.without_invitation };

    let mut names = [None, None];
    let mut ask = |function: &str, event: &Value| {
        let place = usize::from(function == "list-accounts");
        let name = match &names[place] {
            Some(name) => name,
            None => names[place].insert(physical(aws, stack, function)?),
        };
        patiently(|| Answer::read(&aws.invoke(name, event)?))
    };
    let mut watch = |progress: &Progress| show_progress(&progress.spell(size));
    let ended = Engine::new(*what, wishes, journal, &mut ask, &mut watch).run(opened);
    say("");
    let summary = ended.map_err(|error| {
        format!(
            "{error}\nWhat is done is noted in {}; the same command again goes on from there.",
            result.display()
        )
    })?;
    for line in summary.lines(*dry_run) {
        say(&line);
    }
    say(&format!("What became of each row is in {}.", result.display()));
    if summary.invalid > 0 {
        Err(format!("{} rows have errors. Mend them, then import the file again.", summary.invalid))
    } else {
        Ok(())
    }
}

/// Asks again while a function is busy, after 2, 4 and 8 seconds.
fn patiently(mut ask: impl FnMut() -> Result<Answer, String>) -> Result<Answer, String> {
    for attempt in 1..TRIES {
        match ask() {
            Ok(answer) if answer.is_busy() => thread::sleep(Duration::from_secs(1 << attempt)),
            answered => return answered,
        }
    }
    ask()
}

fn beside(file: &Path, dry_run: bool) -> PathBuf {
    file.with_extension(if dry_run { "dry-run.csv" } else { "result.csv" })
}

#[cfg(test)]
mod tests;
