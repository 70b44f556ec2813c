//! Feeds a function from the table's stream, as Lambda's event source mapping does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::PathBuf,
    time::Duration,
};

use dynoxide::{
    Database, DynoxideError,
    actions::{
        describe_stream::DescribeStreamRequest, get_records::GetRecordsRequest,
        get_shard_iterator::GetShardIteratorRequest, list_streams::ListStreamsRequest,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{task::spawn_blocking, time::Instant};

use crate::{data::write_whole, error::StartError, functions::Functions, template::Stream};

/// Records per read, the most that DynamoDB returns.
const PAGE: usize = 1000;

/// The longest pause between two attempts for a record.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A function's place in a table's stream.
///
/// A record that fails is retried on its own until it succeeds. There is no dead-letter queue, so a
/// mail waits and is not lost. All records before the place in the data folder have succeeded, so a
/// crash loses nothing and repeats little.
pub(crate) struct Feed {
    source: Stream,
    functions: Functions,
    database: Database,
    stream_arn: String,
    shard: String,
    /// The file that keeps the place; `None` in memory.
    file: Option<PathBuf>,
    place: Place,
    /// The failed records by sequence number.
    waiting: BTreeMap<String, Waiting>,
}

/// Where the next read starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    Start,
    At(String),
    After(String),
}

/// The outcome of an invocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Succeeded,
    /// The index of the first record that failed. Those after it are unprocessed.
    FailedAt(usize),
    FailedWhole,
}

struct Waiting {
    record: Value,
    attempts: u32,
    due: Instant,
}

/// Which failed records a round retries.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Retry {
    /// All of them.
    All,
    /// Those whose pause is over.
    Due,
}

/// Why a round stopped early. The next one continues there.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The embedded DynamoDB failed.
    #[error("the stream cannot be read: {0}")]
    Read(String),
    /// The place in the stream could not be stored.
    #[error("the place in the stream cannot be stored: {0}")]
    Store(#[from] io::Error),
}

impl Feed {
    /// Opens the stream at the place in `file`, or at its beginning.
    pub(crate) fn open(
        source: Stream,
        functions: &Functions,
        database: &Database,
        file: Option<PathBuf>,
    ) -> Result<Self, StartError> {
        let kept = match &file {
            Some(file) => read_place(file).map_err(StartError::file(file))?,
            None => None,
        };
        let refused = |error: DynoxideError| StartError::Table {
            table: source.table.clone(),
            cause: error.to_string(),
        };
        let (stream_arn, shard) = find_shard(database, &source.table).map_err(refused)?;
        Ok(Self {
            functions: functions.clone(),
            database: database.clone(),
            stream_arn,
            shard,
            file,
            place: kept.unwrap_or(Place::Start),
            waiting: BTreeMap::new(),
            source,
        })
    }

    /// Feeds each record to the function once, and returns how many have failed and wait.
    pub(crate) async fn round(&mut self, retry: Retry) -> Result<usize, StreamError> {
        self.retry(retry).await?;
        loop {
            let records = self.read().await?;
            let Some(last) = records.last().map(sequence) else { return Ok(self.waiting.len()) };
            let matching = |record: &&Value| {
                self.source.filters.is_empty()
                    || self.source.filters.iter().any(|filter| filter.matches(record))
            };
            let matching: Vec<_> = records.iter().filter(matching).cloned().collect();
            for batch in matching.chunks(self.source.batch_size) {
                let failed = self.feed(batch).await;
                for record in batch.iter().filter(|record| failed.contains(&sequence(record))) {
                    let waiting = Waiting {
                        record: record.clone(),
                        attempts: 1,
                        due: Instant::now() + pause(1),
                    };
                    self.waiting.insert(sequence(record), waiting);
                }
                self.place =
                    batch.last().map_or(Place::Start, |record| Place::After(sequence(record)));
                self.store_place()?;
            }
            self.place = Place::After(last);
            self.store_place()?;
        }
    }

    async fn retry(&mut self, retry: Retry) -> Result<(), StreamError> {
        let now = Instant::now();
        let due = self
            .waiting
            .values()
            .filter(|waiting| matches!(retry, Retry::All) || waiting.due <= now);
        let due: Vec<_> = due.map(|waiting| waiting.record.clone()).collect();
        for batch in due.chunks(self.source.batch_size) {
            let failed = self.feed(batch).await;
            for sequence in batch.iter().map(sequence) {
                if !failed.contains(&sequence) {
                    self.waiting.remove(&sequence);
                } else if let Some(waiting) = self.waiting.get_mut(&sequence) {
                    waiting.attempts += 1;
                    waiting.due = Instant::now() + pause(waiting.attempts);
                }
            }
            self.store_place()?;
        }
        Ok(())
    }

    /// Feeds each record of a batch to the function and returns the sequence numbers of those that
    /// failed.
    ///
    /// As on Lambda, processing ends at a reported failure. The records after it are fed again,
    /// here without the failed one. A batch that fails as a whole is fed again in halves.
    async fn feed(&self, batch: &[Value]) -> BTreeSet<String> {
        let mut failed = BTreeSet::new();
        let mut unprocessed = vec![batch];
        while let Some(batch) = unprocessed.pop() {
            match (self.invoke(batch).await, batch) {
                (Outcome::Succeeded, _) => {}
                (Outcome::FailedAt(index), _) => {
                    failed.insert(sequence(&batch[index]));
                    unprocessed.push(&batch[index + 1..]);
                }
                (Outcome::FailedWhole, [record]) => {
                    failed.insert(sequence(record));
                }
                (Outcome::FailedWhole, _) => {
                    let (first, second) = batch.split_at(batch.len() / 2);
                    unprocessed.extend([second, first]);
                }
            }
        }
        failed
    }

    async fn invoke(&self, batch: &[Value]) -> Outcome {
        if batch.is_empty() {
            return Outcome::Succeeded;
        }
        let answer =
            match self.functions.invoke(&self.source.function, json!({ "Records": batch })).await {
                Ok(answer) => answer,
                Err(error) => {
                    tracing::error!(error.cause = %error, "a batch of the stream failed");
                    return Outcome::FailedWhole;
                }
            };
        let failures = answer["batchItemFailures"].as_array().into_iter().flatten();
        let indexes = failures.map(|failure| {
            batch.iter().position(|record| {
                failure["itemIdentifier"] == record["dynamodb"]["SequenceNumber"]
            })
        });
        // An unknown identifier fails the whole batch.
        match indexes.collect::<Option<Vec<_>>>().map(|indexes| indexes.into_iter().min()) {
            Some(None) => Outcome::Succeeded,
            Some(Some(lowest)) => Outcome::FailedAt(lowest),
            None => Outcome::FailedWhole,
        }
    }

    /// Reads the records after the place.
    async fn read(&self) -> Result<Vec<Value>, StreamError> {
        let (kind, number) = match self.place.clone() {
            Place::Start => ("TRIM_HORIZON", None),
            Place::At(number) => ("AT_SEQUENCE_NUMBER", Some(number)),
            Place::After(number) => ("AFTER_SEQUENCE_NUMBER", Some(number)),
        };
        let request = GetShardIteratorRequest {
            stream_arn: self.stream_arn.clone(),
            shard_id: self.shard.clone(),
            shard_iterator_type: kind.into(),
            sequence_number: number,
        };
        let database = self.database.clone();
        let read = spawn_blocking(move || {
            let shard_iterator =
                database.get_shard_iterator(request)?.shard_iterator.unwrap_or_default();
            database.get_records(GetRecordsRequest { shard_iterator, limit: Some(PAGE) })
        });
        let answer = read.await.map_err(|error| StreamError::Read(error.to_string()))?;
        let records = answer.map_err(|error| StreamError::Read(error.to_string()))?.records;
        let records = records.iter().map(|record| {
            let mut record = serde_json::to_value(record)
                .map_err(|error| StreamError::Read(error.to_string()))?;
            record["eventSourceARN"] = self.stream_arn.as_str().into();
            Ok(record)
        });
        records.collect()
    }

    /// Stores the place before which all records have succeeded.
    fn store_place(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let place = self
            .waiting
            .keys()
            .next()
            .map_or_else(|| self.place.clone(), |first| Place::At(first.clone()));
        write_whole(file, &serde_json::to_vec(&place)?)
    }
}

fn read_place(file: &PathBuf) -> io::Result<Option<Place>> {
    match fs::read(file) {
        Ok(json) => Ok(Some(serde_json::from_slice(&json)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the stream of a table and its one shard.
fn find_shard(database: &Database, table: &str) -> Result<(String, String), DynoxideError> {
    let missing = || DynoxideError::ResourceNotFoundException(format!("{table} has no stream"));
    let streams = database.list_streams(ListStreamsRequest {
        table_name: Some(table.to_owned()),
        ..Default::default()
    })?;
    let stream_arn = streams.streams.into_iter().next().ok_or_else(missing)?.stream_arn;
    let request = DescribeStreamRequest { stream_arn: stream_arn.clone(), ..Default::default() };
    let shard = database
        .describe_stream(request)?
        .stream_description
        .shards
        .into_iter()
        .next()
        .ok_or_else(missing)?;
    Ok((stream_arn, shard.shard_id))
}

fn sequence(record: &Value) -> String {
    record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default().to_owned()
}

/// Returns 1 second after the first attempt, and twice as long after each further one.
fn pause(attempts: u32) -> Duration {
    Duration::from_secs(1 << (attempts - 1).min(6)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests;
