//! Feeds a function from the table's stream, as Lambda's event source mapping does.

use std::{
    collections::VecDeque,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
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

use crate::{
    data::{append_line, write_whole},
    error::StartError,
    functions::Functions,
    template::Stream,
};

/// Records per read, the most that DynamoDB returns.
const PAGE: usize = 1000;

/// The longest pause between two attempts for a batch.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A function's place in a table's stream.
///
/// As on Lambda, the records of a shard belong to a number of lanes and stay in order in each. A
/// batch that fails is retried from the record that failed, after longer and longer pauses, and
/// what is behind it in its lane waits. A batch that fails from its first record on is halved. What
/// has failed too often is given up: its place goes to the queue of the mapping's destination, and
/// the lane goes on.
///
/// All records before the place in the data folder have been processed, so a crash loses nothing
/// and repeats little.
pub(crate) struct Feed {
    source: Stream,
    functions: Functions,
    database: Database,
    stream_arn: String,
    shard: String,
    /// The file that keeps the place; `None` in memory.
    file: Option<PathBuf>,
    place: Place,
    lanes: Vec<VecDeque<Batch>>,
    given_up: Vec<DeadLetter>,
}

/// Where the next read starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    Start,
    At(String),
    After(String),
}

/// Records that are given to the function together.
struct Batch {
    records: Vec<Value>,
    /// How often it has failed.
    attempts: u32,
    read_at: Instant,
    due: Instant,
}

/// A message about a batch that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The logical id of the queue.
    pub queue: String,
    /// The message, as Lambda writes it: where the records are in the stream, but not the records.
    pub message: Value,
}

/// The outcome of an invocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Succeeded,
    /// The index of the first record that failed. Those after it count as unprocessed.
    FailedAt(usize),
}

/// Which failed batches a round retries.
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
            lanes: (0..source.lanes).map(|_| VecDeque::new()).collect(),
            given_up: Vec::new(),
            source,
        })
    }

    /// Feeds each record to the function once, unless one before it in its lane fails, and returns
    /// how many have failed or wait behind one that has.
    pub(crate) async fn round(&mut self, retry: Retry) -> Result<usize, StreamError> {
        for lane in 0..self.lanes.len() {
            self.work_off(lane, retry).await?;
        }
        loop {
            let records = self.read().await?;
            let Some(last) = records.last().map(sequence) else { break };
            let filters = &self.source.filters;
            let matching = |record: &&Value| {
                filters.is_empty() || filters.iter().any(|filter| filter.matches(record))
            };
            let matching: Vec<_> = records.iter().filter(matching).cloned().collect();
            for batch in matching.chunks(self.source.batch_size) {
                self.feed(batch.to_vec()).await;
                self.place =
                    batch.last().map_or(Place::Start, |record| Place::After(sequence(record)));
                self.store_place()?;
            }
            self.place = Place::After(last);
            self.store_place()?;
        }
        Ok(self.lanes.iter().flatten().map(|batch| batch.records.len()).sum())
    }

    /// Returns what was given up.
    pub(crate) fn dead_letters(&self) -> &[DeadLetter] {
        &self.given_up
    }

    /// Feeds new records to the function. Those that fail wait in their lane, and all others of
    /// that lane behind them.
    ///
    /// On Lambda the lanes run beside each other. Here one function after the other is called, so
    /// that records stay in order for as long as none fails.
    async fn feed(&mut self, batch: Vec<Value>) {
        let mut unprocessed = vec![batch];
        while let Some(batch) = unprocessed.pop() {
            let (mut batch, waiting): (Vec<_>, Vec<_>) =
                batch.into_iter().partition(|record| self.lanes[self.lane(record)].is_empty());
            for record in waiting {
                self.wait(vec![record], 0);
            }
            let Outcome::FailedAt(index) = self.invoke(&batch).await else { continue };
            if index == 0 && self.source.bisects && batch.len() > 1 {
                let second = batch.split_off(batch.len().div_ceil(2));
                unprocessed.extend([second, batch]);
                continue;
            }
            let rest = batch.split_off(index);
            let Some(lane) = rest.first().map(|record| self.lane(record)) else { continue };
            let (failed, others) = rest.into_iter().partition(|record| self.lane(record) == lane);
            self.wait(failed, 1);
            unprocessed.push(others);
        }
    }

    /// Puts records, which have failed so often, at the end of their lane.
    fn wait(&mut self, records: Vec<Value>, attempts: u32) {
        let Some(lane) = records.first().map(|record| self.lane(record)) else { return };
        let now = Instant::now();
        let due = if attempts > 0 { now + pause(attempts) } else { now };
        self.lanes[lane].push_back(Batch { records, attempts, read_at: now, due });
    }

    /// Returns the lane of a record, which is the same for all records of an item.
    fn lane(&self, record: &Value) -> usize {
        let mut hasher = DefaultHasher::new();
        record["dynamodb"]["Keys"].to_string().hash(&mut hasher);
        usize::try_from(hasher.finish() % self.lanes.len() as u64).unwrap_or_default()
    }

    /// Feeds the batches of a lane in order, up to one that fails and has to wait.
    async fn work_off(&mut self, lane: usize, retry: Retry) -> Result<(), StreamError> {
        while let Some(mut batch) = self.lanes[lane].pop_front() {
            if batch.attempts > 0 && matches!(retry, Retry::Due) && batch.due > Instant::now() {
                self.lanes[lane].push_front(batch);
                return Ok(());
            }
            let is_blocked = match self.invoke(&batch.records).await {
                Outcome::Succeeded => false,
                Outcome::FailedAt(0) if self.source.bisects && batch.records.len() > 1 => {
                    let second = batch.records.split_off(batch.records.len().div_ceil(2));
                    self.lanes[lane].push_front(Batch {
                        records: second,
                        attempts: 0,
                        read_at: batch.read_at,
                        due: batch.due,
                    });
                    // Halving is no retry.
                    self.lanes[lane].push_front(batch);
                    false
                }
                Outcome::FailedAt(index) => {
                    batch.records.drain(..index);
                    // The checkpoint has moved, so the rest starts again.
                    batch.attempts = if index == 0 { batch.attempts + 1 } else { 1 };
                    if let Some(condition) = self.exhausted(&batch) {
                        self.give_up(&batch, condition)?;
                        false
                    } else {
                        batch.due = Instant::now() + pause(batch.attempts);
                        self.lanes[lane].push_front(batch);
                        true
                    }
                }
            };
            self.store_place()?;
            if is_blocked {
                break;
            }
        }
        Ok(())
    }

    /// Returns why a batch that has failed is given up, in Lambda's words.
    fn exhausted(&self, batch: &Batch) -> Option<&'static str> {
        if self.source.retries.is_some_and(|retries| batch.attempts > retries) {
            Some("RetryAttemptsExhausted")
        } else if self.source.max_age.is_some_and(|age| batch.read_at.elapsed() > age) {
            Some("RecordAgeExceeded")
        } else {
            None
        }
    }

    /// Gives a batch up, with a message to the destination if there is one.
    fn give_up(&mut self, batch: &Batch, condition: &str) -> Result<(), StreamError> {
        let (function, records) = (&self.source.function, batch.records.len());
        tracing::error!(function, records, condition, "a batch of the stream was given up");
        let Some(queue) = self.source.destination.clone() else { return Ok(()) };
        let ends = (batch.records.first().map(sequence), batch.records.last().map(sequence));
        let message = json!({
            "requestContext": {
                "functionArn": function,
                "condition": condition,
                "approximateInvokeCount": batch.attempts,
            },
            "DDBStreamBatchInfo": {
                "shardId": self.shard,
                "startSequenceNumber": ends.0,
                "endSequenceNumber": ends.1,
                "batchSize": records,
                "streamArn": self.stream_arn,
            },
        });
        if let Some(file) = &self.file {
            let file = file.with_extension("dead-letters.jsonl");
            append_line(&file, &message.to_string())?;
        }
        self.given_up.push(DeadLetter { queue, message });
        Ok(())
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
                    return Outcome::FailedAt(0);
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
            None => Outcome::FailedAt(0),
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

    /// Stores the place before which all records have been processed.
    fn store_place(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let fronts = self.lanes.iter().filter_map(VecDeque::front);
        let first = fronts.filter_map(|batch| batch.records.first().map(sequence)).min();
        let place = first.map_or_else(|| self.place.clone(), Place::At);
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
