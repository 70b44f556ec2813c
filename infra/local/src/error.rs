//! Why the local run does not start.

use std::{io, path::PathBuf};

use crate::template::TemplateError;

/// Why a [`Stack`](crate::Stack) does not start, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The template uses something that the local run does not emulate.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Neither the current folder nor the one Portico was built in is a repository of Portico.
    #[error(
        "{} is not in a repository of Portico; change to one, with Cargo.toml and site/config.toml",
        .0.display()
    )]
    NoRepository(PathBuf),
    /// Another program listens on the port.
    #[error("port {0} is taken; stop the program that uses it or choose another with --port")]
    PortTaken(u16),
    /// Another process uses the data folder.
    #[error(
        "{} is in use by another Portico; stop that one or choose another folder with --data",
        .0.display()
    )]
    InUse(PathBuf),
    /// The database file cannot be read.
    #[error(
        "{} is damaged ({cause}); start with --fresh to empty its folder",
        .file.display()
    )]
    Damaged {
        /// The database file.
        file: PathBuf,
        /// What the engine says about the damage.
        cause: String,
    },
    /// The database was created for another version of the template.
    #[error(
        "the tables in {} do not match infra/template.yaml; start with --fresh to empty its folder",
        .0.display()
    )]
    Outdated(PathBuf),
    /// A file or folder cannot be used.
    #[error("cannot use {}: {cause}", .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// The embedded DynamoDB refused a table.
    #[error("the embedded DynamoDB cannot create the table {table}: {cause}")]
    Table {
        /// The table's name.
        table: String,
        /// The engine's reason.
        cause: String,
    },
    /// The machine has no socket or thread left.
    #[error("cannot start a server on this machine: {0}")]
    Server(#[source] io::Error),
}

impl StartError {
    /// Returns a function that turns an I/O error on `path` into a start error.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }
}
