//! `infra/openapi.yaml`, read for the tests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::schema;

const TEXT: &str = include_str!("../../infra/openapi.yaml");

/// The methods a path may have.
const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// The document.
pub(crate) struct Document(pub(crate) Value);

/// An operation with every reference of its own resolved.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: http::Method,
    pub(crate) path: String,
    /// Its effect, its callers, the effect of a retry.
    pub(crate) description: String,
    /// The parameters, with those of the path.
    pub(crate) parameters: Vec<Value>,
    /// The schema of the JSON body, if there is one.
    pub(crate) body: Option<Value>,
    /// The examples of that body, by name.
    pub(crate) examples: BTreeMap<String, Value>,
    /// The responses by status.
    pub(crate) responses: BTreeMap<u16, Value>,
}

impl Document {
    /// Reads the document.
    pub(crate) fn read() -> Self {
        Self(yaml_serde::from_str(TEXT).expect("YAML"))
    }

    /// Follows a reference, if `value` is one.
    pub(crate) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(target) => self
                .0
                .pointer(target.strip_prefix('#').expect("a reference into this document"))
                .unwrap_or_else(|| panic!("no {target}")),
            None => value,
        }
    }

    /// Lists the operations.
    pub(crate) fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.0["paths"]) {
            for (method, operation) in
                members(item).filter(|(name, _)| METHODS.contains(&name.as_str()))
            {
                operations.push(self.operation(path, method, item, operation));
            }
        }
        operations
    }

    /// Returns the operation `id`.
    pub(crate) fn find(&self, id: &str) -> Operation {
        self.operations()
            .into_iter()
            .find(|operation| operation.id == id)
            .unwrap_or_else(|| panic!("{id} is not documented"))
    }

    fn operation(&self, path: &str, method: &str, item: &Value, operation: &Value) -> Operation {
        let parameters = items(&item["parameters"])
            .chain(items(&operation["parameters"]))
            .map(|value| self.resolve(value).clone())
            .collect();
        let media = &self.resolve(&operation["requestBody"])["content"]["application/json"];
        let responses = members(&operation["responses"]);
        Operation {
            id: operation["operationId"].as_str().expect("an operationId").to_owned(),
            method: method.to_uppercase().parse().expect("a method"),
            path: path.to_owned(),
            description: operation["description"].as_str().unwrap_or_default().to_owned(),
            parameters,
            body: media.get("schema").map(|value| self.resolve(value).clone()),
            examples: examples(media),
            responses: responses
                .map(|(status, response)| {
                    (status.parse().expect("a status"), self.resolve(response).clone())
                })
                .collect(),
        }
    }

    /// Lists the kinds of problem that a schema allows.
    pub(crate) fn kinds(&self, schema: &Value) -> BTreeSet<String> {
        let schema = self.resolve(schema);
        match schema["properties"]["type"]["const"].as_str() {
            Some(address) => kind(address).map(str::to_owned).into_iter().collect(),
            None => items(&schema["oneOf"]).flat_map(|value| self.kinds(value)).collect(),
        }
    }
}

impl Operation {
    /// Lists the names of the query parameters.
    pub(crate) fn query(&self) -> BTreeSet<&str> {
        self.parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|item| item["name"].as_str())
            .collect()
    }

    /// Returns the path with `parameters` in place of its own, in order.
    pub(crate) fn address(&self, parameters: &[&str]) -> String {
        let mut parameters = parameters.iter();
        let part = |text: &str| {
            if text.starts_with('{') {
                (*parameters.next().expect("a parameter")).to_owned()
            } else {
                text.to_owned()
            }
        };
        self.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// Lists its documented outcomes: the kinds of problem, and the status of all other answers.
    pub(crate) fn outcomes(&self, document: &Document) -> BTreeSet<String> {
        let mut outcomes = BTreeSet::new();
        for (status, response) in &self.responses {
            match response["content"].get("application/problem+json") {
                Some(media) => outcomes.extend(document.kinds(&media["schema"])),
                None => _ = outcomes.insert(status.to_string()),
            }
        }
        outcomes
    }

    /// Lists the differences between an answer and the document.
    pub(crate) fn mismatches(
        &self,
        document: &Document,
        status: u16,
        headers: &BTreeMap<String, String>,
        body: &Value,
    ) -> Vec<String> {
        let Some(response) = self.responses.get(&status) else {
            return vec![format!("{status} is not documented")];
        };
        let mut mismatches = Vec::new();
        for (name, header) in members(&response["headers"]) {
            match headers.get(&name.to_lowercase()) {
                Some(text) => mismatches.extend(schema::mismatches(
                    document,
                    &document.resolve(header)["schema"],
                    &typed(text),
                )),
                None if document.resolve(header)["required"] == true => {
                    mismatches.push(format!("header {name} is missing"));
                }
                None => {}
            }
        }
        if headers.get("cache-control").is_none_or(|value| value != "no-store") {
            mismatches.push("the answer may be cached".to_owned());
        }
        let expected: Vec<_> = members(&response["content"]).map(|(kind, _)| kind).collect();
        match headers.get("content-type") {
            None if expected.is_empty() && body.is_null() => {}
            Some(given) if expected.contains(&given) => mismatches.extend(schema::mismatches(
                document,
                &response["content"][given]["schema"],
                body,
            )),
            given => {
                mismatches.push(format!("content type {given:?} where {expected:?} is documented"));
            }
        }
        mismatches
    }
}

/// Returns the kind that a problem's type names; `None` for the type of anything else.
pub(crate) fn kind(address: &str) -> Option<&str> {
    address.strip_prefix("/problems/")?.strip_suffix('/')
}

/// Lists the examples of a media type, a header or a parameter.
pub(crate) fn examples(place: &Value) -> BTreeMap<String, Value> {
    let named =
        members(&place["examples"]).map(|(name, item)| (name.clone(), item["value"].clone()));
    let single = place.get("example").map(|value| ("the example".to_owned(), value.clone()));
    named.chain(single).collect()
}

/// Lists the members of an object; none of anything else.
pub(crate) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Lists the items of an array; none of anything else.
pub(crate) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Parses a header's text as the type in its schema.
fn typed(text: &str) -> Value {
    text.parse::<u64>().map_or_else(|_| text.into(), Value::from)
}
