//! Tests what happens to records that fail.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use portico::lambda::Function;

use super::*;
use crate::{dynamodb::Engine, template::Template};

const TEMPLATE: &str = r#"
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Deliver:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Mail:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            FilterCriteria:
              Filters: [{ Pattern: '{"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "mail#"}]}}}}' }]
            BatchSize: 4
            FunctionResponseTypes: [ReportBatchItemFailures]
            BisectBatchOnFunctionError: true
            MaximumRetryAttempts: 2
            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } }
"#;

/// A table, and a function that records its input and fails as told.
struct Mailing {
    engine: Engine,
    source: Stream,
    functions: Functions,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    batches: Vec<Vec<String>>,
    failing: Vec<&'static str>,
    crashing: Vec<&'static str>,
}

impl Mailing {
    fn start() -> Self {
        let mut template = Template::parse(TEMPLATE).expect("a template");
        let engine = Engine::start(None, &template.tables).expect("an engine");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let deliver: Function = {
            let seen = seen.clone();
            Arc::new(move |call| {
                let answer = deliver(&mut lock(&seen), &call.event);
                Box::pin(async move { answer.map_err(Into::into) })
            })
        };
        let functions = Functions::of(BTreeMap::from([("deliver", deliver)]));
        Self { engine, source: template.streams.remove(0), functions, seen }
    }

    fn feed(&self, file: Option<PathBuf>) -> Feed {
        Feed::open(self.source.clone(), &self.functions, self.engine.database(), file)
            .expect("a feed")
    }

    fn put(&self, keys: &[&str]) {
        for pk in keys {
            let request = json!({ "TableName": "Table", "Item": { "pk": { "S": pk } } });
            self.engine
                .database()
                .put_item(serde_json::from_value(request).expect("a PutItem"))
                .expect("put");
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        lock(&self.seen)
    }

    /// Takes the batches since the last call.
    fn batches(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.seen().batches)
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Processes records like deliver-mail: in order, up to the first failure.
fn deliver(seen: &mut Seen, event: &Value) -> Result<Value, String> {
    let records = event["Records"].as_array().expect("records");
    let keys: Vec<_> = records
        .iter()
        .map(|record| record["dynamodb"]["Keys"]["pk"]["S"].as_str().expect("a key").to_owned())
        .collect();
    seen.batches.push(keys.clone());
    if keys.iter().any(|key| seen.crashing.contains(&key.as_str())) {
        return Err("crashed".into());
    }
    let failed = keys.iter().position(|key| seen.failing.contains(&key.as_str()));
    let failures: Vec<_> = failed
        .map(|index| json!({ "itemIdentifier": sequence(&records[index]) }))
        .into_iter()
        .collect();
    Ok(json!({ "batchItemFailures": failures }))
}

#[tokio::test]
async fn what_matches_is_fed_in_order_and_in_batches() {
    let mailing = Mailing::start();
    mailing.put(&["mail#1", "account#1", "mail#2", "mail#3", "mail#4", "mail#5"]);
    assert_eq!(mailing.feed(None).round(Retry::Due).await.expect("a round"), 0);
    assert_eq!(mailing.batches(), [vec!["mail#1", "mail#2", "mail#3", "mail#4"], vec!["mail#5"]]);
}

#[tokio::test]
async fn what_is_behind_a_failed_record_waits_with_it() {
    let mailing = Mailing::start();
    let mut feed = mailing.feed(None);
    mailing.seen().failing = vec!["mail#2"];
    mailing.put(&["mail#1", "mail#2", "mail#3"]);
    assert_eq!(feed.round(Retry::Due).await.expect("a round"), 2);
    assert_eq!(mailing.batches(), [["mail#1", "mail#2", "mail#3"]]);

    assert_eq!(feed.round(Retry::Due).await.expect("a round"), 2, "its pause is not over");
    assert_eq!(mailing.batches(), Vec::<Vec<String>>::new());

    mailing.seen().failing.clear();
    assert_eq!(feed.round(Retry::All).await.expect("a round"), 0);
    assert_eq!(mailing.batches(), [["mail#2", "mail#3"]]);
    assert_eq!(feed.dead_letters(), []);
}

#[tokio::test]
async fn a_batch_that_crashes_is_halved_until_the_culprit_is_alone() {
    let mailing = Mailing::start();
    mailing.seen().crashing = vec!["mail#3"];
    mailing.put(&["mail#1", "mail#2", "mail#3", "mail#4"]);
    assert_eq!(mailing.feed(None).round(Retry::Due).await.expect("a round"), 2);
    let halves = [
        vec!["mail#1", "mail#2", "mail#3", "mail#4"],
        vec!["mail#1", "mail#2"],
        vec!["mail#3", "mail#4"],
        vec!["mail#3"],
    ];
    assert_eq!(mailing.batches(), halves);
}

#[tokio::test]
async fn what_fails_to_the_last_attempt_goes_to_the_destination_and_the_others_go_on() {
    for crashes in [true, false] {
        let mailing = Mailing::start();
        let mut feed = mailing.feed(None);
        if crashes {
            mailing.seen().crashing = vec!["mail#2"];
        } else {
            mailing.seen().failing = vec!["mail#2"];
        }
        mailing.put(&["mail#1", "mail#2", "mail#3"]);
        let mut waiting = Vec::new();
        for _ in 0..3 {
            waiting.push(feed.round(Retry::All).await.expect("a round"));
        }
        assert_eq!(waiting.last(), Some(&0), "{waiting:?}");
        assert_eq!(mailing.batches().last(), Some(&vec!["mail#3".to_owned()]));
        let [letter] = feed.dead_letters() else { panic!("{:?}", feed.dead_letters()) };
        let (context, info) =
            (&letter.message["requestContext"], &letter.message["DDBStreamBatchInfo"]);
        assert_eq!(letter.queue, "Lost");
        assert_eq!(context["condition"], "RetryAttemptsExhausted");
        assert_eq!(context["approximateInvokeCount"], 3);
        assert_eq!(info["batchSize"], 1);
        assert_eq!(info["startSequenceNumber"], info["endSequenceNumber"]);
    }
}

#[tokio::test]
async fn a_failed_record_holds_up_its_own_lane_only() {
    let mut mailing = Mailing::start();
    mailing.source.lanes = 4;
    let mut feed = mailing.feed(None);
    mailing.seen().failing = vec!["mail#0"];
    let keys: Vec<_> = (0..40).map(|number| format!("mail#{number}")).collect();
    mailing.put(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    let waiting = feed.round(Retry::Due).await.expect("a round");
    assert!((1..30).contains(&waiting), "{waiting} of 40 wait");
}

#[tokio::test]
async fn nothing_that_failed_is_lost_when_the_process_ends() {
    let mailing = Mailing::start();
    let folder = std::env::temp_dir().join(format!("portico-stream-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("place.json");
    mailing.seen().failing = vec!["mail#2"];
    mailing.put(&["mail#1", "mail#2", "mail#3"]);
    let mut feed = mailing.feed(Some(file.clone()));
    assert_eq!(feed.round(Retry::Due).await.expect("a round"), 2);
    drop(feed);

    mailing.batches();
    mailing.seen().failing.clear();
    let mut feed = mailing.feed(Some(file.clone()));
    assert_eq!(feed.round(Retry::Due).await.expect("a round"), 0);
    assert_eq!(mailing.batches(), [["mail#2", "mail#3"]]);

    drop(feed);
    assert_eq!(mailing.feed(Some(file)).round(Retry::Due).await.expect("a round"), 0);
    assert_eq!(mailing.batches(), Vec::<Vec<String>>::new(), "what has succeeded is not fed again");
    fs::remove_dir_all(folder).expect("removed");
}
