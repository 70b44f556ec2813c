//! The functions accept what the document describes, and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::Answer;

use crate::{
    document::{Document, Operation, items, members},
    example::{ExampleAccount, Examples},
    schema,
};

/// An example of a body and its operation.
struct Sample {
    operation: Operation,
    name: String,
    example: Value,
}

/// An object in a sample: the body or an object in it.
struct Part<'a> {
    sample: &'a Sample,
    pointer: String,
    schema: Value,
}

impl Sample {
    fn all(document: &Document) -> Vec<Self> {
        let mut samples = Vec::new();
        for operation in document.operations() {
            for (name, example) in operation.examples.clone() {
                samples.push(Self { operation: document.find(&operation.id), name, example });
            }
        }
        samples
    }

    async fn send(
        &self,
        examples: &mut Examples,
        account: &ExampleAccount,
        body: &Value,
    ) -> Answer {
        let path = self.operation.address(&[&account.account, &account.item]);
        let mut caller =
            account.administrator.as_ref().unwrap_or(&examples.fixture.staff.browser).clone();
        caller.send(self.operation.method.clone(), &path, Some(body.to_string().into_bytes())).await
    }

    fn parts(&self, document: &Document) -> Vec<Part<'_>> {
        let schema = self.operation.body.clone().expect("a body");
        let mut parts = Vec::new();
        for (name, member) in members(&self.example).filter(|(_, value)| value.is_object()) {
            let choices = &schema["properties"][name]["oneOf"];
            let schema = items(choices)
                .map(|value| document.resolve(value))
                .find(|value| schema::mismatches(document, value, member).is_empty());
            parts.push(Part {
                sample: self,
                pointer: format!("/{name}"),
                schema: schema.expect("a schema").clone(),
            });
        }
        for (name, _) in members(&self.example).filter(|(_, value)| value[0].is_object()) {
            let schema = document.resolve(&schema["properties"][name]["items"]).clone();
            parts.push(Part { sample: self, pointer: format!("/{name}/0"), schema });
        }
        parts.push(Part { sample: self, pointer: String::new(), schema });
        parts
    }
}

impl Part<'_> {
    fn names(&self) -> BTreeSet<String> {
        members(&self.schema["properties"]).map(|(name, _)| name.clone()).collect()
    }

    /// Sends the sample with this object changed and returns why the body is malformed, if it is.
    async fn send(
        &self,
        examples: &mut Examples,
        account: &ExampleAccount,
        change: impl FnOnce(&mut serde_json::Map<String, Value>),
    ) -> Option<String> {
        let mut body = account.fill(&self.sample.example);
        change(body.pointer_mut(&self.pointer).and_then(Value::as_object_mut).expect("an object"));
        let answer = self.sample.send(examples, account, &body).await;
        (answer.problem() == "malformed")
            .then(|| answer.body["detail"].as_str().expect("a detail").to_owned())
    }

    fn place(&self, name: &str) -> String {
        format!("{} ({}) {}/{name}", self.sample.operation.id, self.sample.name, self.pointer)
    }
}

#[tokio::test]
async fn every_example_is_accepted() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    for sample in Sample::all(&document) {
        let account = examples.account(&sample.operation.id).await;
        let answer = sample.send(&mut examples, &account, &account.fill(&sample.example)).await;
        assert!(
            (200..300).contains(&answer.status),
            "{}: {}: {answer}",
            sample.operation.id,
            sample.name
        );
    }
}

#[tokio::test]
async fn the_documented_members_of_every_body_are_accepted_and_no_others() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    let account = examples.account("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            let problem = part
                .send(&mut examples, &account, |value| {
                    _ = value.insert("unknown".to_owned(), 1.into());
                })
                .await
                .unwrap_or_default();
            let (_, expected) = problem
                .split_once("unknown field `unknown`, expected ")
                .unwrap_or_else(|| panic!("{}: {problem}", part.place("")));
            let accepted: BTreeSet<_> =
                expected.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            assert_eq!(accepted, part.names(), "{}", part.place(""));
        }
    }
}

#[tokio::test]
async fn the_documented_required_members_are_required_and_no_others() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    let account = examples.account("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for name in part.names() {
                let problem = part
                    .send(&mut examples, &account, |value| _ = value.remove(&name))
                    .await
                    .unwrap_or_default();
                let missed = problem.contains(&format!("missing field `{name}`"));
                assert_eq!(
                    missed,
                    items(&part.schema["required"]).any(|value| *value == name),
                    "{}: {problem}",
                    part.place(&name)
                );
            }
        }
    }
}

#[tokio::test]
async fn the_documented_nullable_members_may_be_null_and_no_others() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    let account = examples.account("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for (name, member) in members(&part.schema["properties"]) {
                // A request for links has one of its two members; `null` counts as absent.
                if sample.operation.id == "request-links" && sample.example.get(name).is_none() {
                    continue;
                }
                let problem = part
                    .send(&mut examples, &account, |value| {
                        _ = value.insert(name.clone(), Value::Null);
                    })
                    .await;
                let documented = schema::mismatches(&document, member, &Value::Null).is_empty();
                assert_eq!(problem.is_none(), documented, "{}: {problem:?}", part.place(name));
            }
        }
    }
}

#[tokio::test]
async fn a_member_of_another_type_is_refused() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    let account = examples.account("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for name in part.names() {
                let problem = part
                    .send(&mut examples, &account, |value| {
                        _ = value.insert(name.clone(), json!([[]]));
                    })
                    .await;
                assert!(problem.is_some(), "{} was accepted", part.place(&name));
            }
        }
    }
}

#[tokio::test]
async fn the_documented_query_parameters_of_every_list_are_accepted_and_no_others() {
    let document = Document::read();
    let mut examples = Examples::start().await;
    let account = examples.account("").await;
    let values = [
        ("limit", "1"),
        ("after", "YWN0aXZpdHkj"),
        ("search", "bab"),
        ("order", "descending"),
        ("managed_by", tests::Portal::VENDOR),
        ("hand_over_to", &account.bob),
    ];
    for list in document.operations().iter().filter(|operation| operation.query().contains("limit"))
    {
        for (name, value) in values {
            let path = format!("{}?{name}={value}", list.address(&[&account.account]));
            let expected = if list.query().contains(name) { 200 } else { 400 };
            let answer = examples.fixture.staff.get(&path).await;
            assert_eq!(answer.status, expected, "{} {name}: {answer}", list.id);
        }
        for limit in ["0", "101", "-1", "1.5", "many", ""] {
            let answer = examples
                .fixture
                .staff
                .get(&format!("{}?limit={limit}", list.address(&[&account.account])))
                .await;
            assert_eq!(answer.problem(), "malformed", "{} {limit}: {answer}", list.id);
        }
    }
}
