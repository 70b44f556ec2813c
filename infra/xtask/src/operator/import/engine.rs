//! Brings a file in, part by part; how a function is asked is somebody else's matter.

use std::{collections::HashSet, io::Read};

use serde_json::{Value, json};

use super::{
    Target, Wishes, accounts,
    file::{Row, Rows, fingerprint},
    journal::{Entry, Journal},
    professionals,
};
use crate::operator::answer;

/// Asks a function, by its name, with an event.
pub(super) type Ask<'a> = dyn FnMut(&str, &Value) -> Result<Answer, String> + 'a;

/// What a function of the API has answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u64,
    pub(super) body: Value,
}

/// How far it is, and what became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// In bytes.
    pub(super) position: u64,
    pub(super) made: u64,
    pub(super) changed: u64,
    pub(super) unchanged: u64,
    pub(super) invalid: u64,
    /// Done by an earlier run.
    pub(super) earlier: u64,
    /// Columns that nobody understands.
    pub(super) ignored: Vec<String>,
}

/// One run over a file.
pub(super) struct Engine<'a> {
    target: Target,
    wishes: Wishes,
    journal: Journal,
    ask: &'a mut Ask<'a>,
    watch: &'a mut dyn FnMut(&Progress),
    progress: Progress,
    expected: accounts::Expected,
    accounts: professionals::Accounts,
    /// The fingerprints of what tells the rows so far apart.
    seen: HashSet<u64>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        target: Target,
        wishes: Wishes,
        journal: Journal,
        ask: &'a mut Ask<'a>,
        watch: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        let (expected, accounts) = Default::default();
        Self {
            target,
            wishes,
            journal,
            ask,
            watch,
            progress: Progress::default(),
            expected,
            accounts,
            seen: HashSet::new(),
        }
    }

    /// Reads the file to its end, with one part of it in memory at a time.
    pub(super) fn run(mut self, source: impl Read + 'static) -> Result<Progress, String> {
        let mut rows = match self.target {
            Target::Accounts => Rows::open(source, &accounts::COLUMNS, accounts::REQUIRED),
            Target::Professionals => {
                Rows::open(source, &professionals::COLUMNS, professionals::REQUIRED)
            }
        }?;
        self.progress.ignored = std::mem::take(&mut rows.ignored);
        let mut part = Vec::new();
        while let Some(row) = rows.next()? {
            self.progress.position = row.position;
            let key = self.key(&row);
            if !self.seen.insert(fingerprint(&key)) && !key.is_empty() {
                self.note(&[row], &[Entry::invalid("stands in a row above already")])?;
                continue;
            }
            if self.journal.has(&row) {
                self.progress.earlier += 1;
                continue;
            }
            if self.is_full(&part, &row) {
                self.send(&mut part)?;
            }
            part.push(row);
        }
        self.send(&mut part)?;
        Ok(self.progress)
    }

    fn is_full(&self, part: &[Row], next: &Row) -> bool {
        match self.target {
            Target::Accounts => part.len() == accounts::MOST,
            Target::Professionals => {
                part.len() == professionals::MOST
                    || part.last().is_some_and(|it| it.cell(0) != next.cell(0))
            }
        }
    }

    fn send(&mut self, part: &mut Vec<Row>) -> Result<(), String> {
        let rows = std::mem::take(part);
        if rows.is_empty() {
            return Ok(());
        }
        let entries = match self.target {
            Target::Accounts => accounts::send(&rows, self.wishes, &mut self.expected, self.ask)?,
            Target::Professionals => {
                professionals::send(&rows, self.wishes, &mut self.accounts, self.ask)?
            }
        };
        self.note(&rows, &entries)
    }

    fn note(&mut self, rows: &[Row], entries: &[Entry]) -> Result<(), String> {
        let keys: Vec<_> = rows.iter().map(|it| self.key(it)).collect();
        self.journal.note(
            rows.iter()
                .zip(&keys)
                .zip(entries)
                .map(|((row, key), entry)| (row, key.as_str(), entry)),
        )?;
        for entry in entries {
            let count = match entry.outcome.as_str() {
                "created" | "added" => &mut self.progress.made,
                "updated" => &mut self.progress.changed,
                "invalid" => &mut self.progress.invalid,
                _ => &mut self.progress.unchanged,
            };
            *count += 1;
        }
        (self.watch)(&self.progress);
        Ok(())
    }

    /// Returns what tells a row from the others: the number of an account, or account and address of a professional. Empty if it has none.
    fn key(&self, row: &Row) -> String {
        match self.target {
            Target::Accounts => row.cell(0).to_owned(),
            Target::Professionals if row.cell(2).is_empty() => String::new(),
            Target::Professionals => format!("{} {}", row.cell(0), row.cell(2).to_lowercase()),
        }
    }
}

impl Answer {
    /// Takes what a function of the API answers when it is invoked.
    pub(super) fn read(answer: &Value) -> Result<Self, String> {
        let status = answer["status"]
            .as_u64()
            .ok_or_else(|| format!("the function's answer is not understood: {answer}"))?;
        Ok(Self { status, body: answer["body"].clone() })
    }

    /// Tells whether asking again in a moment may help.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self.status, 429 | 503)
    }

    /// Spells why the whole of it was refused.
    pub(super) fn refusal(self) -> String {
        answer::read(&json!({ "status": self.status, "body": self.body }))
            .err()
            .unwrap_or_else(|| format!("the answer {} is not understood", self.status))
    }
}

/// Reads what became of `count` rows; `id` is what names whom they are about.
pub(super) fn entries(body: &Value, count: usize, id: &str) -> Result<Vec<Entry>, String> {
    let results = body["results"]
        .as_array()
        .filter(|it| it.len() == count)
        .ok_or("the function has not answered for each row")?;
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let fault = |it: &Value| format!("{} {}", text(&it["field"]), text(&it["reason"]));
    let errors =
        |it: &Value| it.as_array().into_iter().flatten().map(fault).collect::<Vec<_>>().join("; ");
    Ok(results
        .iter()
        .map(|it| Entry {
            outcome: text(&it["outcome"]),
            id: text(&it[id]),
            errors: errors(&it["errors"]),
        })
        .collect())
}

impl Progress {
    /// Says in one line how far it is in a file of `size` bytes.
    pub(super) fn spell(&self, size: u64) -> String {
        let percent = (self.position * 100).checked_div(size).unwrap_or(100).min(100);
        let rows = self.made + self.changed + self.unchanged + self.invalid + self.earlier;
        format!(
            "{percent:3} %  {rows} rows: {} new, {} changed, {} unchanged, {} with errors",
            self.made, self.changed, self.unchanged, self.invalid
        )
    }

    /// Says what became of all.
    pub(super) fn lines(&self, dry_run: bool) -> Vec<String> {
        let done = |would: &str, has: &str| if dry_run { would.to_owned() } else { has.to_owned() };
        let counts = [
            (self.made, done("would be created", "created")),
            (self.changed, done("would be changed", "changed")),
            (self.unchanged, "are as the file says already".to_owned()),
            (self.earlier, "were done by an earlier run".to_owned()),
            (self.invalid, "have errors".to_owned()),
        ];
        let mut lines: Vec<_> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !self.ignored.is_empty() {
            lines.push(format!("Columns left aside: {}", self.ignored.join(", ")));
        }
        lines
    }
}
