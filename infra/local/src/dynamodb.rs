//! The embedded DynamoDB: dynoxide with its own HTTP server and the template's tables.

use std::{
    collections::BTreeSet,
    io,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    thread::{self, JoinHandle},
};

use dynoxide::{
    Database, DynoxideError, ImportOptions,
    actions::{describe_table::DescribeTableRequest, update_time_to_live::UpdateTimeToLiveRequest},
};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{error::StartError, template::Table};

/// A running engine. It stops when it is dropped.
pub(crate) struct Engine {
    database: Database,
    endpoint: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Engine {
    /// Starts the engine on `file`, or in memory, and creates the tables that are missing.
    pub(crate) fn start(file: Option<&Path>, tables: &[Table]) -> Result<Self, StartError> {
        let database = open(file)?;
        for table in tables {
            create_table(&database, table, file)?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(StartError::Server)?;
        listener.set_nonblocking(true).map_err(StartError::Server)?;
        let address = listener.local_addr().map_err(StartError::Server)?;
        let (stop, stopped) = oneshot::channel();
        // A thread of its own, because SQLite calls block.
        let thread = thread::Builder::new()
            .name("dynamodb".into())
            .spawn({
                let database = database.clone();
                move || serve(listener, database, stopped)
            })
            .map_err(StartError::Server)?;
        Ok(Self { database, endpoint: format!("http://{address}"), stop, thread })
    }

    /// Returns the engine's handle for calls without HTTP.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// Writes items directly into a table.
    pub(crate) fn import(&self, table: &str, items: Vec<Value>) -> Result<(), StartError> {
        let refused = |cause: String| StartError::Table { table: table.to_owned(), cause };
        let items: Result<_, _> = items.into_iter().map(serde_json::from_value).collect();
        let items = items.map_err(|error| refused(error.to_string()))?;
        let options = ImportOptions { record_streams: false, ..ImportOptions::default() };
        self.database
            .import_items(table, items, options)
            .map(|_| ())
            .map_err(|error| refused(error.to_string()))
    }

    /// Returns the endpoint for SDK clients.
    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Stops the engine and waits until its file is closed. Blocks.
    pub(crate) fn stop(self) {
        // An error means that the server has stopped already.
        let _stopped = self.stop.send(());
        let _panicked = self.thread.join();
    }
}

fn serve(listener: TcpListener, database: Database, stopped: oneshot::Receiver<()>) {
    let served =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)
                    .map_err(|error| error.to_string())?;
                let stopped = async {
                    // A dropped sender stops the engine as a message does.
                    let _dropped = stopped.await;
                };
                dynoxide::server::serve_with_shutdown(listener, database, stopped).await
            })
        });
    if let Err(error) = served.map_err(|error: io::Error| error.to_string()).flatten() {
        tracing::error!(error.cause = error, "the embedded DynamoDB stopped; start Portico again");
    }
}

fn open(file: Option<&Path>) -> Result<Database, StartError> {
    let opened = file.map_or_else(Database::memory, |file| Database::new(&file.to_string_lossy()));
    opened.map_err(|error| damaged(file.unwrap_or(Path::new(":memory:")), &error.to_string()))
}

/// Reads the whole file, if it exists, to check that it is not damaged. Opening reads only its
/// first page; damage elsewhere would fail some later request.
pub(crate) fn check(file: &Path) -> Result<(), StartError> {
    if !file.exists() {
        return Ok(());
    }
    let verdict = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|connection| {
            connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        })
        .map_err(|error| damaged(file, &error.to_string()))?;
    if verdict == "ok" { Ok(()) } else { Err(damaged(file, &verdict)) }
}

fn damaged(file: &Path, cause: &str) -> StartError {
    StartError::Damaged { file: file.to_owned(), cause: cause.replace('\n', " ") }
}

fn create_table(database: &Database, table: &Table, file: Option<&Path>) -> Result<(), StartError> {
    let refused = |cause: String| StartError::Table { table: table.name.clone(), cause };
    let definition = serde_json::from_value(table.definition.clone())
        .map_err(|error| refused(error.to_string()))?;
    match database.create_table(definition) {
        Err(DynoxideError::ResourceInUseException(_)) => {
            let request = DescribeTableRequest { table_name: table.name.clone() };
            let existing =
                database.describe_table(request).map_err(|error| refused(error.to_string()))?;
            let existing =
                serde_json::to_value(existing.table).map_err(|error| refused(error.to_string()))?;
            return match file {
                Some(file) if shape(&existing) != shape(&table.definition) => {
                    Err(StartError::Outdated(file.to_owned()))
                }
                _ => Ok(()),
            };
        }
        created => created.map_err(|error| refused(error.to_string()))?,
    };
    if let Some(time_to_live) = &table.time_to_live {
        let request = json!({ "TableName": table.name, "TimeToLiveSpecification": time_to_live });
        let request: UpdateTimeToLiveRequest =
            serde_json::from_value(request).map_err(|error| refused(error.to_string()))?;
        database.update_time_to_live(request).map_err(|error| refused(error.to_string()))?;
    }
    Ok(())
}

/// Returns what two definitions of a table must have in common: its keys, and its indexes with
/// their keys and projections.
fn shape(table: &Value) -> BTreeSet<String> {
    let indexes = table["GlobalSecondaryIndexes"].as_array().into_iter().flatten();
    let part = |definition: &Value| {
        json!([
            definition["IndexName"],
            definition["KeySchema"],
            definition["Projection"]["ProjectionType"]
        ])
        .to_string()
    };
    indexes.chain([table]).map(part).collect()
}
