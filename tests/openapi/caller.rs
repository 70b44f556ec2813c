//! A caller whose answers are all compared with the document.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tests::{Answer, Browser};

use crate::document::{Document, Operation};

/// A call of an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    operation: String,
    path: Vec<String>,
    query: String,
    body: Option<Vec<u8>>,
    form: Option<(String, String)>,
}

impl Call {
    /// Creates a call of `operation` with the parameters of its path.
    pub(crate) fn new(operation: &str, path: &[&str]) -> Self {
        Self {
            operation: operation.to_owned(),
            path: path.iter().map(|value| (*value).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Sets the query, without the `?`.
    pub(crate) fn query(self, query: &str) -> Self {
        Self { query: query.to_owned(), ..self }
    }

    /// Sets the JSON body; `null` sends none.
    pub(crate) fn body(self, body: &Value) -> Self {
        Self { body: (!body.is_null()).then(|| body.to_string().into_bytes()), ..self }
    }

    /// Sets a form with one field in place of a JSON body.
    pub(crate) fn form(self, name: &str, value: &str) -> Self {
        Self { form: Some((name.to_owned(), value.to_owned())), ..self }
    }

    /// Sets the body as bytes.
    pub(crate) fn raw(self, body: Vec<u8>) -> Self {
        Self { body: Some(body), ..self }
    }
}

/// The documented answers that were seen.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) document: Arc<Document>,
    operations: Arc<BTreeMap<String, Operation>>,
    seen: Arc<Mutex<BTreeSet<(String, String)>>>,
}

/// A browser whose answers are recorded.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) browser: Browser,
    record: Record,
}

impl Record {
    /// Creates an empty record.
    pub(crate) fn new() -> Self {
        let document = Document::read();
        let operations = document
            .operations()
            .into_iter()
            .map(|operation| (operation.id.clone(), operation))
            .collect();
        Self { document: document.into(), operations: Arc::new(operations), seen: Arc::default() }
    }

    /// Records a browser's answers from now on.
    pub(crate) fn caller(&self, browser: Browser) -> Caller {
        Caller { browser, record: self.clone() }
    }

    /// Lists the operations.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.values()
    }

    /// Lists the documented outcomes that were not seen.
    pub(crate) fn missing(&self) -> Vec<(String, String)> {
        let documented = self.operations().flat_map(|operation| {
            operation
                .outcomes(&self.document)
                .into_iter()
                .map(|outcome| (operation.id.clone(), outcome))
        });
        let seen = self.seen.lock().expect("not poisoned");
        documented.filter(|value| !seen.contains(value)).collect()
    }

    /// Compares the body of an operator's answer, which has no headers, with the document.
    pub(crate) fn check_direct(&self, operation: &str, answer: &Value) {
        let status = answer["status"]
            .as_u64()
            .and_then(|number| u16::try_from(number).ok())
            .expect("a status");
        let kind = if status < 400 { "application/json" } else { "application/problem+json" };
        let headers = [("cache-control", "no-store"), ("content-type", kind)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()));
        let mismatches = self.operations[operation].mismatches(
            &self.document,
            status,
            &headers.into(),
            &answer["body"],
        );
        assert_eq!(mismatches, [""; 0], "{operation}: {answer}");
    }
}

impl Caller {
    /// Calls and returns the answer; fails if it differs from the document.
    pub(crate) async fn call(&mut self, call: Call) -> Answer {
        let operation = &self.record.operations[&call.operation];
        let path: Vec<_> = call.path.iter().map(String::as_str).collect();
        let mut address = operation.address(&path);
        if !call.query.is_empty() {
            address = format!("{address}?{}", call.query);
        }
        let answer = match call.form {
            Some((name, value)) => self.browser.post_form(&address, &[(&*name, &*value)]).await,
            None => self.browser.send(operation.method.clone(), &address, call.body).await,
        };
        let mismatches = operation.mismatches(
            &self.record.document,
            answer.status,
            &answer.headers,
            &answer.body,
        );
        assert_eq!(mismatches, [""; 0], "{}: {answer}", call.operation);
        self.record.seen.lock().expect("not poisoned").insert((call.operation, outcome(&answer)));
        answer
    }

    /// Calls and returns the answer; fails if it differs from the document or from what is
    /// expected: a kind of problem, or a status.
    pub(crate) async fn expect(&mut self, expected: &str, call: Call) -> Answer {
        let name = call.operation.clone();
        let answer = self.call(call).await;
        assert_eq!(outcome(&answer), expected, "{name}: {answer}");
        answer
    }
}

fn outcome(answer: &Answer) -> String {
    if answer.problem().is_empty() {
        answer.status.to_string()
    } else {
        answer.problem().to_owned()
    }
}
