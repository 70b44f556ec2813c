//! The sections of a mail that counts notices: one for each kind.

use super::{format_day, words};
use crate::{
    Result,
    domain::{CountedKind, DigestEntry, Language, MailKind},
};

/// The notices of one kind.
pub(super) struct Section {
    pub(super) mail: MailKind,
    pub(super) times: u32,
    /// Whom and what the first of them are about.
    pub(super) lines: Vec<String>,
    /// How many more there are.
    pub(super) more: u32,
}

/// Returns the sections of `counts`, each with the lines of its `entries`.
pub(super) fn sections(
    counts: &[CountedKind],
    entries: &[DigestEntry],
    language: Language,
) -> Result<Vec<Section>> {
    let section = |counted: &CountedKind| {
        let listed = entries.iter().filter(|entry| entry.mail == counted.mail);
        let lines: Vec<_> = listed.map(|entry| line(entry, language)).collect::<Result<_>>()?;
        let listed = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Section {
            mail: counted.mail,
            times: counted.times,
            // What says nothing more than the section is left out.
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            more: counted.times.saturating_sub(listed),
        })
    };
    counts.iter().map(section).collect()
}

/// Formats an entry: person, account and day, as far as they are known.
fn line(entry: &DigestEntry, language: Language) -> Result<String> {
    let typed = entry.person.iter().chain(&entry.account).map(words);
    let day = entry.day.map(|day| format_day(day, None, language)).transpose()?;
    Ok(typed.chain(day).collect::<Vec<_>>().join(", "))
}
