//! What to import, and how.

use clap::ValueEnum;

/// What the rows of a file describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RecordKind {
    /// Columns `external_id`, name, kind, partner, plan, `starts_on`, `ends_on`, `time_zone`,
    /// email, phone, website, licences
    Accounts,
    /// Columns account (id or external id), name, email, title, phone, language, `ends_on`,
    /// administrator
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
