//! The parts of `infra/template.yaml` that the local run emulates.
//!
//! Parsing is strict: what the local run would do in another way than AWS is an error at the start.

mod pattern;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

pub(crate) use pattern::Pattern;

/// The deployed template.
pub(crate) const DEPLOYED: &str = include_str!("../../template.yaml");

/// The parts of the template that the local run emulates.
#[derive(Debug)]
pub(crate) struct Template {
    /// The logical ids of all functions.
    pub(crate) functions: BTreeSet<String>,
    /// The HTTP API's routes.
    pub(crate) routes: Vec<Route>,
    /// The DynamoDB tables.
    pub(crate) tables: Vec<Table>,
    /// The functions' event sources on the tables' streams.
    pub(crate) streams: Vec<Stream>,
    /// The functions' schedules.
    pub(crate) schedules: Vec<Schedule>,
    /// The rules on the default event bus.
    pub(crate) rules: Vec<Rule>,
    /// The logical ids of the SES configuration sets, which are their names in the local run.
    pub(crate) configuration_sets: BTreeSet<String>,
    /// The names of the cookies that CloudFront forwards to the API.
    pub(crate) forwarded_cookies: Vec<String>,
}

/// A route of the HTTP API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The logical id of the function that answers.
    pub(crate) function: String,
    /// One method; the local run does not support `ANY`.
    pub(crate) method: Method,
    /// A path such as `/api/accounts/{account}`.
    pub(crate) path: String,
}

/// A DynamoDB table.
#[derive(Debug)]
pub(crate) struct Table {
    /// The logical id, which is its name in the local run.
    pub(crate) name: String,
    /// The input of `CreateTable`.
    pub(crate) definition: Value,
    /// The `TimeToLiveSpecification` of `UpdateTimeToLive`.
    pub(crate) time_to_live: Option<Value>,
}

/// A function's event source on a table's stream.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    /// The logical id of the function.
    pub(crate) function: String,
    /// The logical id of the table.
    pub(crate) table: String,
    /// The function gets only records that match one of these patterns, or all without patterns.
    pub(crate) filters: Vec<Pattern>,
    /// The most records of one invocation.
    pub(crate) batch_size: usize,
    /// The number of batches of a shard that are processed beside each other. The records of one
    /// item stay in order.
    pub(crate) lanes: usize,
    /// Whether a batch that fails is halved.
    pub(crate) bisects: bool,
    /// How often a batch is retried; `None` without end.
    pub(crate) retries: Option<u32>,
    /// How old a record may become; `None` without end.
    pub(crate) max_age: Option<Duration>,
    /// The logical id of the queue that gets what was given up.
    pub(crate) destination: Option<String>,
}

/// A function's schedule: once in each interval of a fixed length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// The logical id of the function.
    pub(crate) function: String,
    /// The length of an interval, in seconds.
    length: i64,
    /// When the first interval after 1970 begins, in seconds.
    offset: i64,
}

/// A rule on the default event bus that hands events to a function.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The logical id of the function.
    pub(crate) function: String,
    /// The pattern of the events.
    pub(crate) pattern: Pattern,
}

/// Why the local run cannot emulate the template.
#[derive(Debug, thiserror::Error)]
#[error("infra/template.yaml: {0}")]
pub struct TemplateError(pub(crate) String);

impl Template {
    /// Parses the YAML of a SAM template.
    pub(crate) fn parse(yaml: &str) -> Result<Self, TemplateError> {
        let document: Document =
            yaml_serde::from_str(yaml).map_err(|error| TemplateError(error.to_string()))?;
        let sets = document
            .resources
            .iter()
            .filter(|(_, resource)| resource.kind == "AWS::SES::ConfigurationSet");
        let mut template = Self {
            functions: BTreeSet::new(),
            routes: vec![],
            tables: vec![],
            streams: vec![],
            schedules: vec![],
            rules: vec![],
            configuration_sets: sets.map(|(id, _)| id.clone()).collect(),
            forwarded_cookies: vec![],
        };
        for (id, resource) in document.resources {
            match resource.kind.as_str() {
                "AWS::Serverless::Function" => {
                    template.add_function(&id, resource.properties()?)?;
                }
                "AWS::DynamoDB::Table" => {
                    template.tables.push(Table::read(&id, resource.properties()?)?);
                }
                "AWS::CloudFront::OriginRequestPolicy" => {
                    let policy: OriginRequestPolicy = read(&id, resource.properties()?)?;
                    template.forwarded_cookies = policy.cookies(&id)?;
                }
                _ => {}
            }
        }
        Ok(template)
    }

    fn add_function(&mut self, id: &str, properties: Value) -> Result<(), TemplateError> {
        let function: Function = read(id, properties)?;
        for (name, event) in function.events {
            let place = format!("{id}.Events.{name}");
            match read(&place, event)? {
                Event::HttpApi(route) => self.routes.push(route.read(id, &place)?),
                Event::DynamoDb(source) => self.streams.push(source.read(id, &place)?),
                Event::ScheduleV2(schedule) => self.schedules.push(schedule.read(id, &place)?),
                Event::EventBridgeRule(rule) => {
                    self.rules.push(rule.read(id, &place, &self.configuration_sets)?);
                }
            }
        }
        self.functions.insert(id.to_owned());
        Ok(())
    }
}

impl Table {
    fn read(id: &str, mut properties: Value) -> Result<Self, TemplateError> {
        let Some(fields) = properties.as_object_mut() else {
            return Err(TemplateError(format!("{id}: Properties are missing")));
        };
        let time_to_live = fields.remove("TimeToLiveSpecification");
        // Not part of CreateTable, or without meaning on one machine.
        for name in [
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "Tags",
        ] {
            fields.remove(name);
        }
        // CloudFormation enables a stream by its view type; CreateTable needs a flag too.
        if let Some(stream) = fields.get_mut("StreamSpecification").and_then(Value::as_object_mut) {
            stream.insert("StreamEnabled".into(), true.into());
        }
        fields.insert("TableName".into(), id.into());
        Ok(Self { name: id.to_owned(), definition: properties, time_to_live })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    resources: BTreeMap<String, Resource>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(rename = "Type")]
    kind: String,
    #[serde(rename = "Properties", default)]
    properties: yaml_serde::Value,
}

impl Resource {
    /// Returns the properties as JSON. An intrinsic function such as `!Ref Table` becomes
    /// `{"!Ref": "Table"}`.
    fn properties(self) -> Result<Value, TemplateError> {
        serde_json::to_value(self.properties).map_err(|error| TemplateError(error.to_string()))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OriginRequestPolicy {
    origin_request_policy_config: OriginRequestPolicyConfig,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OriginRequestPolicyConfig {
    cookies_config: CookiesConfig,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CookiesConfig {
    cookie_behavior: String,
    #[serde(default)]
    cookies: Vec<String>,
}

impl OriginRequestPolicy {
    fn cookies(self, id: &str) -> Result<Vec<String>, TemplateError> {
        let config = self.origin_request_policy_config.cookies_config;
        if config.cookie_behavior != "whitelist" {
            return Err(TemplateError(format!(
                "{id}: CookieBehavior must be whitelist; list the portal's own cookies"
            )));
        }
        Ok(config.cookies)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Function {
    #[serde(default)]
    events: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(tag = "Type", content = "Properties")]
enum Event {
    HttpApi(HttpApi),
    #[serde(rename = "DynamoDB")]
    DynamoDb(DynamoDb),
    ScheduleV2(ScheduleV2),
    EventBridgeRule(EventBridgeRule),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HttpApi {
    method: String,
    path: String,
}

impl HttpApi {
    fn read(self, function: &str, place: &str) -> Result<Route, TemplateError> {
        let method = match Method::from_bytes(self.method.to_uppercase().as_bytes()) {
            Ok(method) if method != "ANY" => method,
            _ => {
                return Err(TemplateError(format!(
                    "{place}: {} is not one method; add an event for each",
                    self.method
                )));
            }
        };
        Ok(Route { function: function.to_owned(), method, path: self.path })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DynamoDb {
    stream: Value,
    batch_size: usize,
    #[serde(default)]
    filter_criteria: FilterCriteria,
    #[serde(default)]
    function_response_types: Vec<String>,
    #[serde(default = "one")]
    parallelization_factor: usize,
    #[serde(default)]
    bisect_batch_on_function_error: bool,
    #[serde(default)]
    maximum_retry_attempts: Option<i64>,
    #[serde(default)]
    maximum_record_age_in_seconds: Option<i64>,
    #[serde(default)]
    destination_config: Value,
}

fn one() -> usize {
    1
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FilterCriteria {
    filters: Vec<Filter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Filter {
    pattern: String,
}

impl DynamoDb {
    fn read(self, function: &str, place: &str) -> Result<Stream, TemplateError> {
        let table = self.stream["!GetAtt"].as_str().and_then(|arn| arn.strip_suffix(".StreamArn"));
        let Some(table) = table else {
            return Err(TemplateError(format!(
                "{place}: Stream must be the !GetAtt of a table's StreamArn"
            )));
        };
        if self.batch_size == 0 {
            return Err(TemplateError(format!("{place}: BatchSize must be 1 or more")));
        }
        // Without it a failed record would fail its batch, which `Feed` does not emulate.
        if !self.function_response_types.iter().any(|kind| kind == "ReportBatchItemFailures") {
            return Err(TemplateError(format!(
                "{place}: FunctionResponseTypes must have ReportBatchItemFailures"
            )));
        }
        let mut filters = Vec::new();
        for filter in self.filter_criteria.filters {
            filters.push(
                Pattern::parse(&filter.pattern)
                    .map_err(|error| TemplateError(format!("{place}: {error}")))?,
            );
        }
        let destination = &self.destination_config["OnFailure"]["Destination"]["!GetAtt"];
        let destination = destination.as_str().and_then(|arn| arn.strip_suffix(".Arn"));
        // Lambda's -1 is without end.
        let seconds = self.maximum_record_age_in_seconds.and_then(|age| u64::try_from(age).ok());
        Ok(Stream {
            function: function.to_owned(),
            table: table.to_owned(),
            filters,
            batch_size: self.batch_size,
            lanes: self.parallelization_factor.clamp(1, 10),
            bisects: self.bisect_batch_on_function_error,
            retries: self.maximum_retry_attempts.and_then(|most| u32::try_from(most).ok()),
            max_age: seconds.map(Duration::from_secs),
            destination: destination.map(str::to_owned),
        })
    }
}

impl Schedule {
    /// Returns the number of the interval that `now` is in.
    pub(crate) fn interval(&self, now: Timestamp) -> i64 {
        (now.as_second() - self.offset).div_euclid(self.length)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ScheduleV2 {
    schedule_expression: String,
    schedule_expression_timezone: Option<String>,
}

impl ScheduleV2 {
    fn read(self, function: &str, place: &str) -> Result<Schedule, TemplateError> {
        if let Some(zone) = self.schedule_expression_timezone.filter(|zone| zone != "UTC") {
            return Err(TemplateError(format!(
                "{place}: the local run does not support the time zone {zone}; use UTC"
            )));
        }
        let text = &self.schedule_expression;
        let (length, offset) = parse_rate(text)
            .map(|length| (length, 0))
            .or_else(|| parse_cron(text))
            .ok_or_else(|| {
                TemplateError(format!(
                    "{place}: the local run does not support {text}; use one like rate(5 minutes), \
                     rate(1 hour), cron(30 * * * ? *) or cron(30 2 * * ? *)"
                ))
            })?;
        Ok(Schedule { function: function.to_owned(), length, offset })
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Parses `rate(NUMBER UNIT)`, with a singular unit only for 1, into seconds.
fn parse_rate(text: &str) -> Option<i64> {
    let (number, unit) = text.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let number = i64::from(number.parse::<u16>().ok()?);
    let unit = match (unit, number) {
        ("minute", 1) | ("minutes", 2..) => MINUTE,
        ("hour", 1) | ("hours", 2..) => HOUR,
        ("day", 1) | ("days", 2..) => DAY,
        _ => return None,
    };
    Some(number * unit)
}

/// Parses `cron(MINUTE HOUR * * ? *)`, where the hour may be `*`, into the length of the interval
/// and its offset, both in seconds.
fn parse_cron(text: &str) -> Option<(i64, i64)> {
    let fields: Vec<_> = text.strip_prefix("cron(")?.strip_suffix(')')?.split(' ').collect();
    let [minute, hour, "*", "*", "?", "*"] = fields[..] else { return None };
    let below = |text: &str, limit: u8| {
        text.parse::<u8>().ok().filter(|number| *number < limit).map(i64::from)
    };
    let minute = below(minute, 60)? * MINUTE;
    match hour {
        "*" => Some((HOUR, minute)),
        hour => Some((DAY, below(hour, 24)? * HOUR + minute)),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EventBridgeRule {
    pattern: Value,
    event_bus_name: Option<Value>,
    input: Option<Value>,
    input_path: Option<Value>,
}

impl EventBridgeRule {
    fn read(
        self,
        function: &str,
        place: &str,
        configuration_sets: &BTreeSet<String>,
    ) -> Result<Rule, TemplateError> {
        let Self { mut pattern, event_bus_name, input, input_path } = self;
        let refused =
            [("EventBusName", event_bus_name), ("Input", input), ("InputPath", input_path)];
        if let Some((name, _)) = refused.iter().find(|(_, value)| value.is_some()) {
            return Err(TemplateError(format!("{place}: the local run does not support {name}")));
        }
        resolve(&mut pattern, configuration_sets)
            .map_err(|error| TemplateError(format!("{place}: {error}")))?;
        let pattern =
            Pattern::read(pattern).map_err(|error| TemplateError(format!("{place}: {error}")))?;
        Ok(Rule { function: function.to_owned(), pattern })
    }
}

/// Replaces each `!Ref` to a configuration set by its name.
fn resolve(value: &mut Value, configuration_sets: &BTreeSet<String>) -> Result<(), String> {
    match value {
        Value::Object(fields) => match fields.get("!Ref") {
            Some(Value::String(id)) if configuration_sets.contains(id) => {
                *value = Value::String(id.clone());
                Ok(())
            }
            Some(other) => Err(format!("!Ref {other} is not a configuration set")),
            None => fields.values_mut().try_for_each(|value| resolve(value, configuration_sets)),
        },
        Value::Array(values) => {
            values.iter_mut().try_for_each(|value| resolve(value, configuration_sets))
        }
        _ => Ok(()),
    }
}

fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, TemplateError> {
    serde_json::from_value(value).map_err(|error| TemplateError(format!("{place}: {error}")))
}

#[cfg(test)]
mod tests;
