//! Why the local run does not start.

use std::{io, path::PathBuf};

use crate::template::TemplateError;

/// Why a [`Stack`](crate::Stack) does not start, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The template holds something that the local run does not stand in for.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Another program listens on the port.
    #[error(
        "port {0} is taken; end the program that listens there or choose another port with --port"
    )]
    PortTaken(u16),
    /// Another process works on the data folder.
    #[error("{} is in use by another Portico; end that one or choose another folder with --data", .0.display())]
    InUse(PathBuf),
    /// The database file cannot be read.
    #[error("{} is damaged ({cause}); start anew with --fresh, which empties its folder", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The database was made for another template.
    #[error("{} was made for other tables than infra/template.yaml has now; start anew with --fresh, which empties its folder", .0.display())]
    Outdated(PathBuf),
    /// A file or folder cannot be used.
    #[error("cannot use {}: {cause}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The embedded DynamoDB refused a table.
    #[error("the embedded DynamoDB cannot make the table {table}: {cause}")]
    Table {
        /// Which.
        table: String,
        /// Why.
        cause: String,
    },
    /// No socket or thread could be had.
    #[error("cannot start a server on this machine: {0}")]
    Server(#[source] io::Error),
}

impl StartError {
    /// Returns what turns an I/O error on `path` into a start error.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::File { path, cause }
    }
}
