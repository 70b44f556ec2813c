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
    /// What it does, who may call it, what a retry does.
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
            Some(address) => [kind(address).to_owned()].into(),
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

    /// Returns the path with `parameters` in the places of its own, in that order.
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

    /// Lists what may come of it: the kinds of problem, and the status of everything else.
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

    /// Lists what an answer has that the document does not say, and what it lacks.
    pub(crate) fn faults(
        &self,
        document: &Document,
        status: u16,
        headers: &BTreeMap<String, String>,
        body: &Value,
    ) -> Vec<String> {
        let Some(response) = self.responses.get(&status) else {
            return vec![format!("{status} is not documented")];
        };
        let mut faults = Vec::new();
        for (name, header) in members(&response["headers"]) {
            match headers.get(&name.to_lowercase()) {
                Some(text) => faults.extend(schema::faults(
                    document,
                    &document.resolve(header)["schema"],
                    &typed(text),
                )),
                None if document.resolve(header)["required"] == true => {
                    faults.push(format!("header {name} is missing"))
                }
                None => {}
            }
        }
        if headers.get("cache-control").is_none_or(|value| value != "no-store") {
            faults.push("the answer may be cached".to_owned());
        }
        let expected: Vec<_> = members(&response["content"]).map(|(kind, _)| kind).collect();
        match headers.get("content-type") {
            None if expected.is_empty() && body.is_null() => {}
            Some(given) if expected.contains(&given) => {
                faults.extend(schema::faults(document, &response["content"][given]["schema"], body))
            }
            given => {
                faults.push(format!("content type {given:?} where {expected:?} is documented"))
            }
        }
        faults
    }
}

/// Returns the kind that a problem's type names.
pub(crate) fn kind(address: &str) -> &str {
    address.strip_prefix("/problems/").and_then(|text| text.strip_suffix('/')).unwrap_or_default()
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

/// Reads a header's text as the type its schema speaks of.
fn typed(text: &str) -> Value {
    text.parse::<u64>().map_or_else(|_| text.into(), Value::from)
}
