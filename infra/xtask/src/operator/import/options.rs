//! What to import, and how.

use clap::ValueEnum;

/// What the rows of a file describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RecordKind {
    /// Accounts, by their external ids
    Accounts,
    /// People, each with the id or external id of the account
    Professionals,
}

/// How to import the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImportOptions {
    /// Only previews the results.
    pub(super) dry_run: bool,
    /// Mails invitations to new professionals.
    pub(super) send_invitations: bool,
}
