//! What the local run takes from the deployed stack's description, `infra/template.yaml`.
//!
//! Everything is read strictly: what the local run would not do as AWS does is an error at the start, not a difference.

mod pattern;

use std::collections::{BTreeMap, BTreeSet};

use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

pub(crate) use pattern::Pattern;

/// The template that is deployed.
pub(crate) const DEPLOYED: &str = include_str!("../../template.yaml");

/// The parts of the template that the local run stands in for.
#[derive(Debug)]
pub(crate) struct Template {
    /// The logical ids of all functions.
    pub(crate) functions: BTreeSet<String>,
    /// The HTTP API's routes.
    pub(crate) routes: Vec<Route>,
    /// The DynamoDB tables.
    pub(crate) tables: Vec<Table>,
    /// Which functions read which table's stream.
    pub(crate) streams: Vec<Stream>,
    /// The functions that run once a day.
    pub(crate) schedules: Vec<String>,
    /// The rules on the default event bus.
    pub(crate) rules: Vec<Rule>,
    /// The logical ids of the SES configuration sets, which are their names in the local run.
    pub(crate) configuration_sets: BTreeSet<String>,
}

/// A route of the HTTP API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The logical id of the function that answers.
    pub(crate) function: String,
    /// One method; the local run does not know `ANY`.
    pub(crate) method: Method,
    /// A path such as `/api/accounts/{account}`.
    pub(crate) path: String,
}

/// A table, by its logical id.
#[derive(Debug)]
pub(crate) struct Table {
    /// The logical id, which is its name in the local run.
    pub(crate) name: String,
    /// The properties as `CreateTable` takes them.
    pub(crate) definition: Value,
    /// What `UpdateTimeToLive` takes.
    pub(crate) time_to_live: Option<Value>,
}

/// A function's event source on a table's stream.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    /// The logical id of the function that is fed.
    pub(crate) function: String,
    /// The logical id of the table.
    pub(crate) table: String,
    /// Records that match none of these are skipped; without any, none is.
    pub(crate) filters: Vec<Pattern>,
    /// How many records one invocation gets at most.
    pub(crate) batch_size: usize,
}

/// A rule on the default event bus that hands events to a function.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The logical id of the function.
    pub(crate) function: String,
    /// What an event has to match.
    pub(crate) pattern: Pattern,
}

/// The template cannot be stood in for.
#[derive(Debug, thiserror::Error)]
#[error("infra/template.yaml: {0}")]
pub struct TemplateError(pub(crate) String);

impl Template {
    /// Reads the YAML of a SAM template.
    pub(crate) fn parse(yaml: &str) -> Result<Self, TemplateError> {
        let document: Document =
            yaml_serde::from_str(yaml).map_err(|error| TemplateError(error.to_string()))?;
        let sets =
            document.resources.iter().filter(|(_, it)| it.kind == "AWS::SES::ConfigurationSet");
        let mut template = Self {
            functions: BTreeSet::new(),
            routes: vec![],
            tables: vec![],
            streams: vec![],
            schedules: vec![],
            rules: vec![],
            configuration_sets: sets.map(|(id, _)| id.clone()).collect(),
        };
        for (id, resource) in document.resources {
            match resource.kind.as_str() {
                "AWS::Serverless::Function" => {
                    template.add_function(&id, resource.properties()?)?
                }
                "AWS::DynamoDB::Table" => {
                    template.tables.push(Table::read(&id, resource.properties()?)?)
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
                Event::ScheduleV2(schedule) => {
                    schedule.check(&place)?;
                    self.schedules.push(id.to_owned());
                }
                Event::EventBridgeRule(rule) => {
                    self.rules.push(rule.read(id, &place, &self.configuration_sets)?)
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
            return Err(TemplateError(format!("{id}: a table needs properties")));
        };
        let time_to_live = fields.remove("TimeToLiveSpecification");
        // Set by other calls than CreateTable, or without meaning on one machine.
        for name in [
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "Tags",
        ] {
            fields.remove(name);
        }
        // CloudFormation turns a stream on by naming what it holds; CreateTable wants to be told.
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
    /// Returns the properties as JSON, in which an intrinsic function such as `!Ref Table` is `{"!Ref": "Table"}`.
    fn properties(self) -> Result<Value, TemplateError> {
        serde_json::to_value(self.properties).map_err(|error| TemplateError(error.to_string()))
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
                    "{place}: {} is not one method; name each",
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
        let table = self.stream["!GetAtt"].as_str().and_then(|it| it.strip_suffix(".StreamArn"));
        let Some(table) = table else {
            return Err(TemplateError(format!(
                "{place}: Stream must be the !GetAtt of a table's StreamArn"
            )));
        };
        if self.batch_size == 0 {
            return Err(TemplateError(format!("{place}: BatchSize must be 1 or more")));
        }
        // Without it one failed record would fail its batch, which is not what `Feed` does.
        if !self.function_response_types.iter().any(|it| it == "ReportBatchItemFailures") {
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
        Ok(Stream {
            function: function.to_owned(),
            table: table.to_owned(),
            filters,
            batch_size: self.batch_size,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ScheduleV2 {
    schedule_expression: String,
}

impl ScheduleV2 {
    /// Accepts `rate(NUMBER UNIT)` and `cron(MINUTE HOUR * * ? *)`: the local run knows days only, and runs what is due more often once a day too.
    fn check(&self, place: &str) -> Result<(), TemplateError> {
        let text = &self.schedule_expression;
        let cron = text.strip_prefix("cron(").and_then(|it| it.strip_suffix(')'));
        let fields: Vec<_> = cron.unwrap_or_default().split(' ').collect();
        let daily = match fields[..] {
            [minute, hour, "*", "*", "?", "*"] => below(minute, 60) && below(hour, 24),
            _ => is_rate(text),
        };
        if daily {
            Ok(())
        } else {
            Err(TemplateError(format!("{place}: {text} is not at least once a day")))
        }
    }
}

/// Tells whether `text` is a rate of once a day or more often.
fn is_rate(text: &str) -> bool {
    let rate = text
        .strip_prefix("rate(")
        .and_then(|it| it.strip_suffix(')'))
        .and_then(|it| it.split_once(' '));
    let Some((number, unit)) =
        rate.and_then(|(number, unit)| Some((number.parse::<u32>().ok()?, unit)))
    else {
        return false;
    };
    match unit {
        "minute" | "hour" | "day" => number == 1,
        "minutes" | "hours" => number > 1,
        _ => false,
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
        if let Some((name, _)) = refused.iter().find(|(_, it)| it.is_some()) {
            return Err(TemplateError(format!("{place}: the local run does not know {name}")));
        }
        resolve(&mut pattern, configuration_sets)
            .map_err(|error| TemplateError(format!("{place}: {error}")))?;
        let pattern =
            Pattern::read(pattern).map_err(|error| TemplateError(format!("{place}: {error}")))?;
        Ok(Rule { function: function.to_owned(), pattern })
    }
}

/// Puts the name of a configuration set in the place of each `!Ref` to it.
fn resolve(value: &mut Value, configuration_sets: &BTreeSet<String>) -> Result<(), String> {
    match value {
        Value::Object(fields) => match fields.get("!Ref") {
            Some(Value::String(id)) if configuration_sets.contains(id) => {
                *value = Value::String(id.clone());
                Ok(())
            }
            Some(other) => Err(format!("!Ref {other} is not a configuration set")),
            None => fields.values_mut().try_for_each(|it| resolve(it, configuration_sets)),
        },
        Value::Array(values) => {
            values.iter_mut().try_for_each(|it| resolve(it, configuration_sets))
        }
        _ => Ok(()),
    }
}

fn below(text: &str, limit: u8) -> bool {
    text.parse::<u8>().is_ok_and(|it| it < limit)
}

fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, TemplateError> {
    serde_json::from_value(value).map_err(|error| TemplateError(format!("{place}: {error}")))
}

#[cfg(test)]
mod tests;
