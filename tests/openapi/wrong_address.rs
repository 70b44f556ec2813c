//! Every operation refuses requests that came around CloudFront, before it reads anything of them.

use local::Options;
use portico::domain::OriginKeyHash;
use serde_json::{Value, json};
use tests::Portal;

use crate::{document::Document, schema};

const KEY: &str = "a key that CloudFront knows";

async fn behind_cloudfront() -> Portal {
    let origin_keys = [OriginKeyHash::of(KEY.as_bytes())].into_iter().collect();
    Portal::start_with(Options { origin_keys, ..Options::default() }).await
}

#[tokio::test]
async fn every_operation_refuses_a_request_without_cloudfronts_key_before_it_reads_anything() {
    let portal = behind_cloudfront().await;
    let document = Document::read();
    let mut person = portal.browser();
    person.headers.push(("x-origin-key".to_owned(), KEY.to_owned()));
    person.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
    person.headers.pop();
    portal.probe.reset();
    for operation in document.operations() {
        let path = operation.address(&["01JD7H2M8C1NV1TE5X6Y7Z8A1V"; 3]);
        for key in [None, Some(""), Some("a guess"), Some("another key of the same length")] {
            for body in [None, Some(b"{".to_vec()), Some(vec![b' '; 70_000])] {
                let mut browser = person.clone();
                browser.headers.extend(key.map(|key| ("x-origin-key".to_owned(), key.to_owned())));
                let answer = browser.send(operation.method.clone(), &path, body).await;
                assert_eq!(
                    (answer.status, answer.problem()),
                    (403, "wrong-address"),
                    "{} with {key:?}: {answer}",
                    operation.id
                );
                let schema = &document.0["components"]["schemas"]["WrongAddress"];
                assert_eq!(schema::mismatches(&document, schema, &answer.body), [""; 0]);
                assert_eq!(browser.cookies, person.cookies, "{}", operation.id);
            }
        }
    }
    assert_eq!(portal.probe.calls(), [""; 0], "the database is not asked");
    assert_eq!(portal.mailbox.messages().len(), 0);
}

#[tokio::test]
async fn an_operator_needs_no_key_and_with_it_the_portal_works() {
    let portal = behind_cloudfront().await;
    let shown = portal.operator("ShowSession", json!({})).await;
    assert_ne!(shown["status"], 403, "{shown}");
    let mut person = portal.browser();
    person.headers.push(("x-origin-key".to_owned(), KEY.to_owned()));
    person.sign_in(&portal.provider, "Ada Lovelace", "ada@customer.example").await;
    assert_eq!(person.get("/api/session").await.body["identity"]["name"], "Ada Lovelace");
    assert_eq!(person.post("/api/sign-out", Value::Null).await.status, 200);
}
