//! The cost of announcing plans: it grows with the accounts that are due, and not with those that
//! are stored (requirement 29, issue 5).
//!
//! `cargo test -p tests --test bench -- 10000 100000 1000000` measures with each of these numbers
//! of stored accounts. On three days, 1,000, 10,000 and 100,000 more are due (no more than
//! are stored), and flag-lapsed-plans runs on each day. The embedded database does one thing at a
//! time, so compare times within one run only, and count the calls.
//!
//! The table's stream is off: the engine looks through all of its records before it adds one, which
//! DynamoDB does not. Transactions carry no token for a similar reason; see [`Probe::counting`].

use std::{collections::HashMap, fs, process, time::Instant};

use aws_sdk_dynamodb::types::{AttributeValue, StreamSpecification};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use local::{Options, Stack};
use portico::store::Progress;
use serde_json::{Value, json};
use tests::Probe;

type Error = Box<dyn std::error::Error>;
type Item = HashMap<String, AttributeValue>;

const TABLE: &str = "Table";
/// How many accounts are due on a day.
const DUE: [u32; 3] = [1_000, 10_000, 100_000];
/// The first of those days; the others follow at this distance, so that no run sees two of them.
const FIRST: Date = jiff::civil::date(2027, 6, 1);
const APART: i32 = 10;
/// Clock ticks a second, as Linux counts a thread's time.
const TICKS: f64 = 100.0;

fn main() {
    let stored: Vec<u32> =
        std::env::args().skip(1).filter_map(|value| value.replace('_', "").parse().ok()).collect();
    let stored = if stored.is_empty() { vec![10_000, 100_000, 1_000_000] } else { stored };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if let Err(error) = runtime.block_on(measure(&stored)) {
        say(&format!("the benchmark failed: {error}"));
        process::exit(1);
    }
}

async fn measure(stored: &[u32]) -> Result<(), Error> {
    say("   stored       due     calls   a due      time    a due ms   engine's CPU   other CPU");
    for stored in stored {
        let probe = Probe::counting();
        let options = Options {
            wrap: Some(probe.wrap()),
            today: Some(jiff::civil::date(2026, 11, 22)),
            ..Options::default()
        };
        let stack = Stack::start(options).await?;
        let unwatched = StreamSpecification::builder().stream_enabled(false).build()?;
        stack
            .dynamodb
            .update_table()
            .table_name(TABLE)
            .stream_specification(unwatched)
            .send()
            .await?;
        let began = Instant::now();
        seed(&stack, *stored).await?;
        say(&format!("{stored:>9} created after {:.0} s", began.elapsed().as_secs_f64()));
        for (due, day) in days().filter(|(due, _)| *due <= *stored) {
            stack.app.clock.set(day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp());
            // No account is due on the days between.
            stack
                .app
                .store
                .record_progress(
                    flag_lapsed_plans::NAME,
                    Progress { through: day - 3.days(), grace_days: None },
                )
                .await?;
            probe.reset();
            let (began, [engine, other]) = (Instant::now(), cpu());
            let answer = stack.functions.invoke(flag_lapsed_plans::NAME, Value::Null).await?;
            let (took, [engine_after, other_after]) = (began.elapsed().as_secs_f64(), cpu());
            if answer["noticed"] != json!({ "14-days": due }) || answer["finished"] != true {
                return Err(format!("{due} were due, and this was announced: {answer}").into());
            }
            let calls = u32::try_from(probe.calls().len())?;
            say(&format!(
                "{stored:>9} {due:>9} {calls:>9} {:>7.2} {took:>7.1} s {:>11.2} {:>12.1} s {:>9.1} s",
                f64::from(calls) / f64::from(due),
                took * 1000.0 / f64::from(due),
                engine_after - engine,
                other_after - other,
            ));
        }
        stack.stop().await;
    }
    Ok(())
}

fn days() -> impl Iterator<Item = (u32, Date)> {
    DUE.into_iter().enumerate().map(|(index, due)| {
        (due, FIRST + (APART * i32::try_from(index).unwrap_or_default()).days())
    })
}

/// Fills the table with copies of an ordinary account: `stored` that are due a year
/// later, and those that are due on the days of the benchmark.
async fn seed(stack: &Stack, stored: u32) -> Result<(), Error> {
    let create =
        async |body: Value| stack.functions.invoke("create-account", json!({ "body": body })).await;
    create(json!({ "name": "Example Vendor", "kind": "vendor" })).await?;
    let (mut next, late) = (0, FIRST + 400.days());
    for (count, day) in days().filter(|(due, _)| *due <= stored).chain([(stored, late)]) {
        let plan = json!({
            "name": "Support", "starts_on": "2026-01-01", "ends_on": (day + 14.days()).to_string(),
        });
        let model =
            create(json!({ "name": "Example Customer", "kind": "customer", "plan": plan })).await?;
        let model = model["body"]["account"].as_str().ok_or("no account was created")?.to_owned();
        let key = [("pk", format!("account#{model}")), ("sk", "account".to_owned())]
            .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)));
        let read = stack
            .dynamodb
            .get_item()
            .table_name(TABLE)
            .set_key(Some(key.clone().into()))
            .send()
            .await?;
        let item = to_json(read.item.as_ref().ok_or("the account is not there")?)?;
        stack.dynamodb.delete_item().table_name(TABLE).set_key(Some(key.into())).send().await?;
        for chunk in (next..next + count).collect::<Vec<_>>().chunks(10_000) {
            stack.import(chunk.iter().map(|number| copy(&item, &model, *number, day)).collect())?;
        }
        next += count;
    }
    Ok(())
}

/// Copies a model account as account `number`, with an identifier and shard of its own. The notice
/// 14 days before its plan ends is due on `day`.
fn copy(model: &Value, model_id: &str, number: u32, day: Date) -> Value {
    let id = ulid::Ulid::from_parts(1_790_000_000_000, u128::from(number)).to_string();
    let mut copy = model.clone();
    for value in copy.as_object_mut().into_iter().flat_map(|value| value.values_mut()) {
        if let Some(text) = value.get_mut("S") {
            *text = text.as_str().unwrap_or_default().replace(model_id, &id).into();
        }
    }
    copy["noticed"] = json!({ "S": "30-days" });
    copy["due_on"] = json!({ "S": day.to_string() });
    copy["due_pk"] = json!({ "S": format!("due#{day}#{}", number % 16) });
    copy["due_sk"] = json!({ "S": format!("{day}T00:00:00Z#{id}") });
    copy
}

/// Formats an item in DynamoDB's JSON.
fn to_json(item: &Item) -> Result<Value, Error> {
    let members: Result<serde_json::Map<_, _>, Error> =
        item.iter().map(|(name, value)| Ok((name.clone(), attribute(value)?))).collect();
    Ok(members?.into())
}

fn attribute(value: &AttributeValue) -> Result<Value, Error> {
    Ok(match value {
        AttributeValue::S(value) => json!({ "S": value }),
        AttributeValue::N(value) => json!({ "N": value }),
        AttributeValue::Bool(value) => json!({ "BOOL": value }),
        AttributeValue::Null(value) => json!({ "NULL": value }),
        AttributeValue::M(value) => json!({ "M": to_json(value)? }),
        AttributeValue::L(value) => {
            json!({ "L": value.iter().map(attribute).collect::<Result<Vec<_>, _>>()? })
        }
        other => return Err(format!("an account holds {other:?}").into()),
    })
}

/// Returns the seconds of processor time that the database engine has taken, and all the rest of
/// this process.
fn cpu() -> [f64; 2] {
    let mut seconds = [0.0; 2];
    for task in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        let Some((name, rest)) = stat.rsplit_once(')') else { continue };
        let ticks: f64 = rest
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|text| text.parse::<f64>().ok())
            .sum();
        seconds[usize::from(!name.ends_with("(dynamodb"))] += ticks / TICKS;
    }
    seconds
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn say(line: &str) {
    println!("{line}");
}
