//! What the document says may be sent is what the functions accept, and nothing else is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::Answer;

use crate::{
    document::{Document, Operation, items, members},
    scene::{Fixture, Scene},
    schema,
};

/// An example of a body with where to send it.
struct Sample {
    operation: Operation,
    name: String,
    example: Value,
}

/// An object in a sample, the body itself or one within.
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

    async fn send(&self, scene: &mut Scene, fixture: &Fixture, body: &Value) -> Answer {
        let path = self.operation.address(&[&fixture.account, &fixture.item]);
        let mut caller = fixture.administrator.as_ref().unwrap_or(&scene.staff).clone();
        caller.send(self.operation.method.clone(), &path, Some(body.to_string().into_bytes())).await
    }

    fn parts(&self, document: &Document) -> Vec<Part<'_>> {
        let schema = self.operation.body.clone().expect("a body");
        let mut parts = Vec::new();
        for (name, member) in members(&self.example).filter(|(_, it)| it.is_object()) {
            let choices = &schema["properties"][name]["oneOf"];
            let schema = items(choices)
                .map(|it| document.resolve(it))
                .find(|it| schema::faults(document, it, member).is_empty());
            parts.push(Part {
                sample: self,
                pointer: format!("/{name}"),
                schema: schema.expect("a schema").clone(),
            });
        }
        for (name, _) in members(&self.example).filter(|(_, it)| it[0].is_object()) {
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

    /// Sends the sample with this object changed and returns what was wrong with the form of the body, if anything was.
    async fn send(
        &self,
        scene: &mut Scene,
        fixture: &Fixture,
        change: impl FnOnce(&mut serde_json::Map<String, Value>),
    ) -> Option<String> {
        let mut body = fixture.fill(&self.sample.example);
        change(body.pointer_mut(&self.pointer).and_then(Value::as_object_mut).expect("an object"));
        let answer = self.sample.send(scene, fixture, &body).await;
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
    let mut scene = Scene::open().await;
    for sample in Sample::all(&document) {
        let fixture = scene.fixture(&sample.operation.id).await;
        let answer = sample.send(&mut scene, &fixture, &fixture.fill(&sample.example)).await;
        assert!(
            (200..300).contains(&answer.status),
            "{}: {}: {answer}",
            sample.operation.id,
            sample.name
        );
    }
}

#[tokio::test]
async fn the_members_of_every_body_are_those_that_are_accepted() {
    let document = Document::read();
    let mut scene = Scene::open().await;
    let fixture = scene.fixture("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            let told = part
                .send(&mut scene, &fixture, |it| _ = it.insert("unknown".to_owned(), 1.into()))
                .await
                .unwrap_or_default();
            let (_, expected) = told
                .split_once("unknown field `unknown`, expected ")
                .unwrap_or_else(|| panic!("{}: {told}", part.place("")));
            let accepted: BTreeSet<_> =
                expected.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            assert_eq!(accepted, part.names(), "{}", part.place(""));
        }
    }
}

#[tokio::test]
async fn the_members_that_must_be_there_are_those_that_are_missed() {
    let document = Document::read();
    let mut scene = Scene::open().await;
    let fixture = scene.fixture("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for name in part.names() {
                let told = part
                    .send(&mut scene, &fixture, |it| _ = it.remove(&name))
                    .await
                    .unwrap_or_default();
                let missed = told.contains(&format!("missing field `{name}`"));
                assert_eq!(
                    missed,
                    items(&part.schema["required"]).any(|it| *it == name),
                    "{}: {told}",
                    part.place(&name)
                );
            }
        }
    }
}

#[tokio::test]
async fn the_members_that_may_be_null_are_those_that_are_accepted_so() {
    let document = Document::read();
    let mut scene = Scene::open().await;
    let fixture = scene.fixture("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for (name, member) in members(&part.schema["properties"]) {
                // Of its two members a request for links has one; there `null` counts as absent.
                if sample.operation.id == "request-links" && sample.example.get(name).is_none() {
                    continue;
                }
                let told = part
                    .send(&mut scene, &fixture, |it| _ = it.insert(name.clone(), Value::Null))
                    .await;
                let documented = schema::faults(&document, member, &Value::Null).is_empty();
                assert_eq!(told.is_none(), documented, "{}: {told:?}", part.place(name));
            }
        }
    }
}

#[tokio::test]
async fn a_member_of_another_type_is_refused() {
    let document = Document::read();
    let mut scene = Scene::open().await;
    let fixture = scene.fixture("").await;
    for sample in &Sample::all(&document) {
        for part in sample.parts(&document) {
            for name in part.names() {
                let told = part
                    .send(&mut scene, &fixture, |it| _ = it.insert(name.clone(), json!([[]])))
                    .await;
                assert!(told.is_some(), "{} was accepted", part.place(&name));
            }
        }
    }
}

#[tokio::test]
async fn the_query_parameters_of_every_list_are_those_that_are_accepted() {
    let document = Document::read();
    let mut scene = Scene::open().await;
    let fixture = scene.fixture("").await;
    let values = [
        ("limit", "1"),
        ("after", "YWN0aXZpdHkj"),
        ("search", "bab"),
        ("order", "descending"),
        ("managed_by", tests::Portal::VENDOR),
        ("hand_over_to", &fixture.bob),
    ];
    for list in document.operations().iter().filter(|it| it.query().contains("limit")) {
        for (name, value) in values {
            let path = format!("{}?{name}={value}", list.address(&[&fixture.account]));
            let expected = if list.query().contains(name) { 200 } else { 400 };
            let answer = scene.staff.get(&path).await;
            assert_eq!(answer.status, expected, "{} {name}: {answer}", list.id);
        }
        for limit in ["0", "101", "-1", "1.5", "many", ""] {
            let answer = scene
                .staff
                .get(&format!("{}?limit={limit}", list.address(&[&fixture.account])))
                .await;
            assert_eq!(answer.problem(), "malformed", "{} {limit}: {answer}", list.id);
        }
    }
}
